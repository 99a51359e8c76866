"""What every citation format says of a stored report, decided once. Pure.

An author is never named that the text does not name. The year that a report is about is no year of publication,
which is as a rule the next one: where no date is known none is given. What is doubtful or lost goes along as notes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.hanzi import match_form, to_simplified, to_traditional
from archive.model import Gap, StoredReport

Script = Literal["stored", "hans", "hant"]
WorkType = Literal["report", "webpage", "part"]

_CONVERSIONS: dict[Script, Callable[[str], str]] = {"hans": to_simplified, "hant": to_traditional}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """A version of a report as it is cited.

    It is a "report" where the text names whose, else a "webpage": a model text on a resale site is nobody's report.
    `published_on` is when it was signed or put up.
    """

    key: str  # report id and version: 7bqk2m3nrs5tv1
    type: WorkType
    title: str
    author: str | None
    whole: str | None  # the compilation that it is a part of
    published_on: date | None
    accessed_on: date | None
    address: str
    digest: str
    language: str  # BCP 47
    notes: tuple[str, ...]


def to_work(
    report: StoredReport, address: str, accessed_on: date | None, script: Script = "stored"
) -> CitedWork:
    """Return what to cite of one version whose frozen address this is; without a day of access for None."""
    about = report.description
    author = named_author(report)
    convert = _CONVERSIONS.get(script, str)
    stored = "zh-Hant" if about.script == "hant" else "zh-Hans"
    return CitedWork(
        key=f"{report.report_id}v{report.version.version}",
        type="part" if report.parent_title else "report" if author else "webpage",
        title=convert(report.title),
        author=convert(author) if author else None,
        whole=convert(report.parent_title) if report.parent_title else None,
        published_on=about.published_on,
        accessed_on=accessed_on,
        address=address,
        digest=report.version.digest,
        language={"hans": "zh-Hans", "hant": "zh-Hant"}.get(script, stored),
        notes=tuple(map(convert, doubts(report))),
    )


def named_author(report: StoredReport) -> str | None:
    """Return the issuer as the text writes it; None where its name was only put together from the text.

    A town that says 我镇 and stands in a place's name is known, and names no 人民政府: nobody is cited for it.
    """
    issuer = report.description.issuer
    if issuer is None:
        return None
    wanted = match_form(issuer)
    proofs = (one.quote for name, found in report.description.evidence if name == "issuer" for one in found)
    for line in (*proofs, report.title, *(one.text for one in report.paragraphs)):
        at = match_form(line).find(wanted)
        if at >= 0:
            return line[at : at + len(wanted)]
    return None


def doubts(report: StoredReport) -> tuple[str, ...]:
    """Say in a few words each what a reader who has only the citation must know: what is lost, masked, in doubt."""
    return tuple(dict.fromkeys(_doubts(report)))


def _doubts(report: StoredReport) -> Iterator[str]:
    about = report.description
    yield from map(_loss, report.gaps)
    if "excerpt" in about.flags and not report.gaps:
        yield "节选"
    match about.year_status:
        case "conflict" | "suspect":
            yield "年份存疑"
        case "masked":
            yield "年份打码"
        case _:
            pass
    if about.masked:
        yield "名称或数字打码"
    if "word_filtered" in about.flags:
        yield "有字被网站过滤"
    if about.script_origin == "converted":
        yield "由简体机器转换"


def _loss(gap: Gap) -> str:
    if gap.total_chars is not None and gap.shown_chars is not None:
        return f"原文{gap.total_chars}字,存{gap.shown_chars}字"
    if gap.omitted_chars is not None:
        return f"缺{gap.omitted_chars}字"
    if gap.total_chars is not None:
        return f"原文{gap.total_chars}字,未存全"
    return "文字有缺"
