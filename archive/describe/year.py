"""Which year a report is about, and how far its claim can be trusted.

Resale sites rewrite years, so a claim is only as good as what stands beside it. `stated`: nothing speaks against
it. `conflict`: the text itself contradicts it, and then no year is given. `suspect`: a part of a resale compilation,
where every year may have been substituted, or a title's year over a body whose own is masked. `masked`, `absent`.
"""

from collections import Counter
from dataclasses import dataclass

from archive.describe.claims import MASKED_YEAR_RE, Claim, Role, find_claims
from archive.describe.events import Bounds, find_bounds
from archive.describe.published import Dates
from archive.describe.text import ReportText, find
from archive.model import Evidence, Kind, YearStatus

MAX_EVIDENCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFound:
    """The year as `Description` holds it, with evidence."""

    year: int | None = None
    status: YearStatus = "absent"
    as_written: tuple[str, ...] = ()
    range: tuple[int, int] | None = None
    evidence: tuple[Evidence, ...] = ()
    roles: tuple[Role, ...] = ()  # of the claims that are shown


def find_year(text: ReportText, kind: Kind, dates: Dates) -> YearFound:
    """Weigh the claims against each other and against the dated facts in the text."""
    claims = find_claims(text)
    bounds = find_bounds(text)
    own = tuple(claim for claim in claims if claim.role != "plan")
    claimed = _claimed_year(own)
    masks = tuple(claim for claim in own if claim.value is None)
    status, year = _judge(text, claims, claimed, bounds, dates)
    if status == "absent" and (hidden := next(find(MASKED_YEAR_RE, text.own_words, quoted=True), None)):
        masked = hidden.group_evidence("year")
        return YearFound(status="masked", as_written=(masked.quote,), evidence=(masked,))
    if status == "absent" and kind == "work_plan_section" and any(claim.value for claim in claims):
        own, status = claims, "suspect"  # only the plan's year is written; the report's own is not
    shown = _shown(own, claimed, masks, status)
    against: tuple[Evidence, ...] = ()
    if status == "conflict" and claimed:
        against = (*(mask.evidence for mask in masks[:2]), *bounds.against(claimed, dates.signed_on)[:3])
    span = (year, year) if status == "stated" and year else _range(masks, bounds, dates)
    return YearFound(
        year=year,
        status=status,
        as_written=tuple(dict.fromkeys(claim.written for claim in shown)),
        range=span,
        evidence=(*(claim.evidence for claim in shown[:MAX_EVIDENCE]), *against),
        roles=tuple(dict.fromkeys(claim.role for claim in shown[:MAX_EVIDENCE])),
    )


def _claimed_year(own: tuple[Claim, ...]) -> int | None:
    """Return the year the report claims most firmly: title, then opening or period, then the most frequent."""
    for roles in ({"title"}, {"opening", "period"}, {"until", "lead"}):
        counts = Counter(claim.value for claim in own if claim.role in roles and claim.value)
        if counts:
            (year, count), *rest = counts.most_common(2)
            if not rest or count > rest[0][1]:
                return year
            return max(counts)  # 2017-2018年度: the later one is the year of the report
    return None


def _judge(
    text: ReportText, claims: tuple[Claim, ...], claimed: int | None, bounds: Bounds, dates: Dates
) -> tuple[YearStatus, int | None]:
    own = tuple(claim for claim in claims if claim.role != "plan")
    has_masks = any(claim.value is None for claim in own)
    title_claims = any(claim.role == "title" and claim.value for claim in own)
    if claimed is None:
        return ("masked", None) if has_masks else ("absent", None)
    if has_masks and not title_claims:
        return "masked", None  # one year that the masking missed is not a claim
    if _is_contradicted(claimed, own, bounds, dates):
        return "conflict", None
    if has_masks or (text.is_part and not _is_corroborated(text, claimed, claims, dates)):
        return "suspect", claimed
    return "stated", claimed


def _is_corroborated(text: ReportText, claimed: int, claims: tuple[Claim, ...], dates: Dates) -> bool:
    """Whether a compilation's part shows that its years were left alone.

    A site that substitutes years makes them all one (every year on one resale page is 2020). So a second year in its right
    relation to the first speaks for both: signed, or planning for, the year after. So does a heading of the part's own.
    """
    if text.title and any(claim.role == "title" and claim.value == claimed for claim in claims):
        return True
    signed_after = dates.signed_on is not None and dates.signed_on.year == claimed + 1
    return signed_after or any(claim.role == "plan" and claim.value == claimed + 1 for claim in claims)


def _is_contradicted(claimed: int, own: tuple[Claim, ...], bounds: Bounds, dates: Dates) -> bool:
    """Whether the text's other years, its signature or a firm dated event rule the claimed year out."""
    if _body_says_otherwise(claimed, own):
        return True
    if dates.published_on and dates.published_on.year < claimed:
        return True
    return bool(bounds.against(claimed, dates.signed_on))


def _body_says_otherwise(claimed: int, own: tuple[Claim, ...]) -> bool:
    """Whether the body never names the claimed year and claims another.

    A sentence that merely starts with the next year is a plan in other words (2013年着手建立 in a report for 2012).
    """
    years = {claim.value for claim in own if claim.role != "title" and claim.value}
    next_year_leads = all(claim.role == "lead" for claim in own if claim.value == claimed + 1)
    if next_year_leads:
        years.discard(claimed + 1)
    return bool(years) and claimed not in years


def _shown(
    own: tuple[Claim, ...], claimed: int | None, masks: tuple[Claim, ...], status: YearStatus
) -> tuple[Claim, ...]:
    if claimed is None or status == "masked":
        return own
    plain = tuple(claim for claim in own if claim.value)
    if status == "stated":
        return tuple(claim for claim in plain if claim.value == claimed)
    return plain or masks


def _range(masks: tuple[Claim, ...], bounds: Bounds, dates: Dates) -> tuple[int, int] | None:
    """Return the report years that the text allows; None unless both ends are held."""
    earliest = [bounds.earliest] if bounds.earliest is not None else []
    latest = [bounds.latest] if bounds.latest is not None else []
    for mask in masks:
        digits = mask.written[:3]
        if digits.isdecimal() and len(digits) == len("201"):  # 201x年
            earliest.append(int(digits) * 10)
            latest.append(int(digits) * 10 + 9)
    if dates.signed_on:
        earliest.append(dates.signed_on.year - 1)
    if dates.published_on:
        latest.append(dates.published_on.year)
    if not earliest or not latest or max(earliest) > min(latest):
        return None
    return max(earliest), min(latest)
