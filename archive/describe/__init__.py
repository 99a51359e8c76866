"""What a report is: each fact with the words that prove it, and nothing the text does not support."""

from archive.describe.bureau import domain_by_subject, domain_of
from archive.describe.citation_states import When
from archive.describe.citations import find_citations
from archive.describe.excerpt import find_excerpt
from archive.describe.findings import Findings, rules_of
from archive.describe.indicators import find_indicators
from archive.describe.issuer import Issuer, find_issuer, masked_governments
from archive.describe.kind import find_kind
from archive.describe.level import Standing, find_standing, has_deleted_name, with_city_level
from archive.describe.masks import find_masks
from archive.describe.place import find_place
from archive.describe.published import find_dates
from archive.describe.script import find_writing
from archive.describe.self_reference import find_self_reference
from archive.describe.text import ReportText, to_report_text
from archive.describe.year import find_year
from archive.gazetteer.table import load_gazetteer
from archive.hanzi import to_simplified
from archive.model import Bureau, Description, Evidence, Flag, Section

__all__ = ["describe"]

MAX_EVIDENCE = 3  # spans kept for a fact that many words prove
_GOVERNMENT_ORGANS = {"街道": "办事处", "村": "村民委员会", "社区": "居民委员会"}


def describe(section: Section) -> Description:
    """Describe one report from its own words; a compilation's heading says nothing about its parts.

    Facts that the text does not give are None; `evidence` names the spans behind those it gives.
    """
    found = _find_all(section)
    is_plan = found.kind[0] == "work_plan_section"  # its numbers are aims
    indicators, checks = ((), ()) if is_plan else find_indicators(found.text)
    return Description(
        title_hans=to_simplified(section.title),
        issuer=_issuer_name(found.issuer),
        org_type=found.standing.org_type,
        level=found.standing.level,
        place=found.place.place,
        bureau=found.bureau[0],
        year=found.year.year,
        year_status=found.year.status,
        year_as_written=found.year.as_written,
        year_range=found.year.range,
        published_on=found.dates.published_on,
        script=found.writing.script,
        script_origin=found.writing.origin,
        kind=found.kind[0],
        masked=bool(found.masks),
        flags=_flags(section, found),
        evidence=_evidence(found),
        rules=rules_of(found),
        indicators=indicators,
        checks=checks,
        citations=find_citations(found.text, _when(found)),
    )


def _when(found: Findings) -> When:
    """Return the years that the report can be about: the stated one, else what its dated events allow."""
    year = found.year
    if year.status == "stated" and year.year is not None:
        return When(first=year.year, last=year.year, signed_on=found.dates.published_on)
    first, last = year.range or (None, None)
    return When(first=first, last=last, signed_on=found.dates.published_on)


def _find_all(section: Section) -> Findings:
    text = to_report_text(section)
    self_found = find_self_reference(text)
    issuer = find_issuer(text, section.fields, self_found)
    standing = find_standing(text, issuer, self_found)
    is_hidden = has_deleted_name(text) or bool(masked_governments(text, self_found))
    kind = find_kind(text, self_found)
    dates = find_dates(text, section.fields)
    year = find_year(text, kind[0], dates)
    place = find_place(
        load_gazetteer(),
        text,
        issuer,
        standing.org_type,
        standing.level,
        name_is_hidden=is_hidden,
        year=year.year if year.status == "stated" else None,
    )
    return Findings(
        text=text,
        self_found=self_found,
        issuer=issuer,
        standing=with_city_level(standing, place.city_level, place.evidence),
        place=place,
        bureau=_bureau(text, issuer, standing),
        kind=kind,
        dates=dates,
        year=year,
        writing=find_writing(text, has_glosses=_has_glosses(section)),
        masks=tuple(found.evidence for found in find_masks(text)[:MAX_EVIDENCE]),
        excerpt=find_excerpt(text, *kind),
    )


def _evidence(found: Findings) -> tuple[tuple[str, tuple[Evidence, ...]], ...]:
    """Return each field that has any with the spans that prove it."""
    spans: dict[str, tuple[Evidence, ...]] = {
        "issuer": found.issuer.evidence if found.issuer and _issuer_name(found.issuer) else (),
        "org_type": found.standing.org_evidence,
        "level": found.standing.level_evidence,
        "place": found.place.evidence,
        "bureau": found.bureau[1],
        "year": found.year.evidence,
        "published_on": found.dates.evidence,
        "script_origin": found.writing.evidence,
        "kind": found.kind[1],
        "masked": found.masks,
        "excerpt": found.excerpt,
    }
    return tuple((field, evidence) for field, evidence in spans.items() if evidence)


def _issuer_name(issuer: Issuer | None) -> str | None:
    """Return the name simplified, a government's completed by its organ: 玉杵镇 reports as 玉杵镇人民政府."""
    if issuer is None:
        return None
    name = issuer.name
    written = to_simplified(name.evidence.quote if name.evidence else name.text)
    if name.bureau or (name.office and name.divisions):
        return written
    if not name.divisions:
        return None  # 市人民政府 names nobody
    last = name.divisions[-1]
    return written + next(
        (organ for suffix, organ in _GOVERNMENT_ORGANS.items() if last.endswith(suffix)), "人民政府"
    )


def _bureau(
    text: ReportText, issuer: Issuer | None, standing: Standing
) -> tuple[Bureau | None, tuple[Evidence, ...]]:
    """Return the department: by its name, else by the subject that dominates what 我局 writes."""
    if standing.org_type != "bureau":
        return None, ()
    name = issuer.name.bureau or issuer.name.office if issuer else None
    domain = domain_of(name) if name else None
    if name and issuer and domain:
        return Bureau(name=to_simplified(name), domain=domain), issuer.evidence
    by_subject = domain_by_subject(text)
    if by_subject is None:
        return None, ()
    return Bureau(name=to_simplified(name) if name else None, domain=by_subject[0]), by_subject[1]


def _flags(section: Section, found: Findings) -> tuple[Flag, ...]:
    raised: dict[Flag, bool] = {
        "truncated": bool(section.gaps),
        "excerpt": bool(found.excerpt),
        "masked": bool(found.masks),
        "word_filtered": any(damage.kind == "word_filter" for damage in section.damages),
        "pinyin": _has_glosses(section),
        "converted": found.writing.origin == "converted",
        "year_doubt": found.year.status != "stated",
    }
    return tuple(flag for flag, holds in raised.items() if holds)


def _has_glosses(section: Section) -> bool:
    return any(edit.reason == "pinyin gloss" for paragraph in section.paragraphs for edit in paragraph.edits)
