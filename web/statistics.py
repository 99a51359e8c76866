"""A report's indicators and citations in words for a reader, and as JSON. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from archive.describe.indicator_table import indicator_titles
from archive.model import Citation, CitationState, Description, Indicator, SumCheck
from index.document import SURE_STATES
from web.indicator_names import indicator_name
from web.languages import Texts, gettext, listed, msgid
from web.quotes import Quote, to_quote

Json = dict[str, Any]

MASKED = msgid("打码")
CITATION_STATES: Mapping[CitationState, str] = Texts(
    {
        "exact": msgid("名称或文号相符"),
        "alias": msgid("简称或异写"),
        "version_by_date": msgid("按报告年份判定版本"),
        "ambiguous": msgid("可能不止一份，未作判定"),
        "year_conflict": msgid("年份不合"),
        "masked": MASKED,
        "not_held": msgid("未收录"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A sum as a reader reads it: 58 = 47+11."""

    text: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """One number of the table, its parts beside it."""

    name: str
    label: str
    value: str
    is_masked: bool
    note: str
    parts: tuple[str, ...]
    checks: tuple[CheckLine, ...]
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLine:
    """One cited document: as written, and what it is known to be."""

    title: str
    number: str
    state: str
    is_doubtful: bool
    known_as: str
    law_title: str  # of a sure one, empty for any other
    law_number: str
    quotes: tuple[Quote, ...]


def indicator_lines(description: Description) -> tuple[IndicatorLine, ...]:
    """Return the table of numbers: a total on a line of its own, its parts and the check of its sum beside it."""
    return tuple(
        _to_line(description, position, one)
        for position, one in enumerate(description.indicators)
        if one.part_of is None
    )


def citation_lines(description: Description) -> tuple[CitationLine, ...]:
    """Return the cited documents in the order of their first mention."""
    return tuple(
        CitationLine(
            title=f"《{one.title}》" if one.title else "",
            number=one.number_as_written or "",
            state=CITATION_STATES[one.state],
            is_doubtful=one.state in {"year_conflict", "ambiguous"},
            known_as=_known_as(one),
            law_title=(one.law_title or "") if one.state in SURE_STATES else "",
            law_number=one.law_number or "",
            quotes=tuple(to_quote(mention) for mention in one.mentions),
        )
        for one in description.citations
    )


def indicators_json(description: Description) -> list[Json]:
    """Return the indicators as JSON objects; a total bears the `check` of its parts, null where there is none."""
    checks = {check.totals[0]: check for check in reversed(description.checks)}
    return [
        {
            **asdict(one),
            "title": indicator_titles().get(one.name, one.name),
            "check": _check_json(checks[position]) if position in checks else None,
        }
        for position, one in enumerate(description.indicators)
    ]


def citations_json(description: Description) -> list[Json]:
    """Return the citations as JSON objects."""
    return [asdict(one) for one in description.citations]


def _check_json(check: SumCheck) -> Json:
    return {**asdict(check), "holds": check.holds}


def _to_line(description: Description, position: int, one: Indicator) -> IndicatorLine:
    parts = tuple(
        f"{part.label or indicator_name(part.name)} {_number(part)}"
        for part in description.indicators
        if part.part_of == position
    )
    return IndicatorLine(
        name=indicator_name(one.name),
        label=one.label,
        value=gettext(MASKED) if one.value is None else f"{_number(one)} {one.unit}",
        is_masked=one.value is None,
        note=gettext("原文说没有") if one.status == "from_negation" else "",
        parts=parts,
        checks=tuple(_check_lines(description, position)),
        quote=to_quote(one.evidence),
    )


def _check_lines(description: Description, position: int) -> Iterator[CheckLine]:
    for check in description.checks:
        if check.totals[0] != position:
            continue
        totals, parts = (
            "+".join(_number(description.indicators[number]) for number in side)
            for side in (check.totals, check.parts)
        )
        if check.holds:
            yield CheckLine(text=f"{totals} = {parts}", holds=True)
        else:
            yield CheckLine(
                text=f"{parts} = {_digits(check.parts_sum)} ≠ {_digits(check.totals_sum)}", holds=False
            )


def _number(one: Indicator) -> str:
    if one.value is None:
        return gettext(MASKED)
    prefix, suffix = (one.qualifier, "") if one.qualifier not in {"余", "多"} else ("", one.qualifier)
    return f"{prefix}{_digits(one.value)}{suffix}"


def _digits(value: int | float) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _known_as(one: Citation) -> str:
    if one.law_number is None:
        return listed(one.candidates)
    number = "" if one.law_number == one.number else one.law_number
    title = "" if one.title == one.law_title or one.law_title is None else f"《{one.law_title}》"
    return f"{title}{number}"
