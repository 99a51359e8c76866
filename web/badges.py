"""What a reader must know before quoting a report: a badge for each flag, with the text that proves it. Pure."""

from dataclasses import dataclass

from archive.model import Evidence, Flag, Gap, StoredReport
from archive.repair import GLOSS_REASON
from web.labels import FLAGS, Tone
from web.languages import counted, gettext
from web.quotes import Quote, quotes_of, to_quote

_QUOTED_AT_MOST = 4
_BESIDE_CHARS = 4
_PROVED_BY = {"year_doubt": "year", "converted": "script_origin"}
"""Flags whose proof stands under another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One thing a reader must know before quoting: short form, explanation and the text that shows it."""

    flag: Flag
    name: str
    detail: str  # 缺663字; empty where there is nothing to count
    meaning: str
    tone: Tone
    quotes: tuple[Quote, ...]


def missing_words(gaps: tuple[Gap, ...]) -> str:
    """Sum up the gaps in a few characters for a badge: 缺663字, or 全文2929字仅存1862字."""
    omitted = sum(gap.omitted_chars for gap in gaps if gap.omitted_chars is not None)
    remains = [
        gettext("全文%(total)s字仅存%(shown)s字", total=gap.total_chars, shown=gap.shown_chars)
        for gap in gaps
        if gap.total_chars is not None and gap.shown_chars is not None and gap.omitted_chars is None
    ]
    return gettext("，").join([counted("缺%(num)s字", omitted), *remains] if omitted else remains)


def badges(report: StoredReport) -> tuple[Badge, ...]:
    """Return one badge for each flag, the gravest first."""
    made = [
        Badge(
            flag=flag,
            name=FLAGS[flag].name,
            detail=missing_words(report.gaps) if flag == "truncated" else "",
            meaning=FLAGS[flag].meaning,
            tone=FLAGS[flag].tone,
            quotes=_proof_of_flag(report, flag),
        )
        for flag in report.description.flags
    ]
    return tuple(sorted(made, key=lambda badge: list(FLAGS).index(badge.flag)))


def _proof_of_flag(report: StoredReport, flag: Flag) -> tuple[Quote, ...]:
    if flag == "truncated":
        return tuple(Quote(text=gap.notice, source=gettext("原网页"), anchor="") for gap in report.gaps)
    if flag == "word_filtered":
        return tuple(
            _around(report.paragraphs[one.paragraph].text, one.paragraph, one.start, one.end)
            for one in report.damages
            if one.kind == "word_filter" and 0 <= one.paragraph < len(report.paragraphs)
        )[:_QUOTED_AT_MOST]
    if flag == "pinyin":
        return tuple(
            _around(paragraph.captured, number, edit.start, edit.end)
            for number, paragraph in enumerate(report.paragraphs)
            for edit in paragraph.edits
            if edit.reason == GLOSS_REASON
        )[:_QUOTED_AT_MOST]
    return quotes_of(report.description, _PROVED_BY.get(flag, flag))


def _around(text: str, paragraph: int, start: int, end: int) -> Quote:
    """Quote a span with the few characters beside it that make it readable."""
    quote = text[max(0, start - _BESIDE_CHARS) : end + _BESIDE_CHARS]
    return to_quote(Evidence(where="paragraph", quote=quote, paragraph=paragraph))
