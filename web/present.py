"""What is known of a report, in words for a reader: facts with their proof, doubts, gaps. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Description, Gap, Place, StoredReport
from web.labels import (
    KINDS,
    LEVELS,
    ORG_TYPES,
    PLACE_STATUSES,
    SCRIPTS,
    facet_value_label,
    place_label,
)
from web.languages import Texts, counted, dated, gettext, listed, msgid
from web.quotes import Quote, quotes_of
from web.year_words import year_label, year_sentence

FACT_NAMES = Texts(
    {
        "issuer": msgid("发布机构"),
        "level": msgid("层级"),
        "place": msgid("地区"),
        "bureau": msgid("部门"),
        "year": msgid("年份"),
        "published_on": msgid("成文日期"),
        "kind": msgid("文种"),
        "script": msgid("字体"),
        "masked": msgid("打码"),
    }
)


_CANDIDATES_AT_MOST = 5


_ALSO_PROVED_BY = {"level": "org_type", "script": "script_origin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the table of facts; `value` is empty where nothing may be claimed, `note` then says why."""

    name: str
    value: str
    note: str
    quotes: tuple[Quote, ...]


def place_names(place: Place) -> tuple[str, ...]:
    """Return the names that are known, the largest first."""
    return tuple(name for name in (place.province, place.prefecture, place.county, place.township) if name)


def gap_sentence(gap: Gap) -> str:
    """Say what is missing, in the page's own numbers; what it does not state is not claimed."""
    if gap.omitted_chars is not None:
        return counted("此处原网页缺%(num)s字", gap.omitted_chars)
    if gap.total_chars is not None and gap.shown_chars is not None:
        return gettext(
            "原文全长%(total)s字，网页仅显示%(shown)s字", total=gap.total_chars, shown=gap.shown_chars
        )
    if gap.total_chars is not None:
        return gettext("原文全长%(total)s字，网页未全部显示", total=gap.total_chars)
    return gettext("此处原网页有文字未显示，字数不详")


def facts(report: StoredReport) -> tuple[Fact, ...]:
    """Return the table of facts: what is claimed, or why nothing is, and the text that proves it."""
    return tuple(_facts(report.description))


def _facts(description: Description) -> Iterator[Fact]:
    place, bureau = description.place, description.bureau
    org_type = ORG_TYPES.get(description.org_type or "", "")
    values = {
        "issuer": (description.issuer or "", "" if description.issuer else gettext("原文没有署名")),
        "level": (
            " · ".join(filter(None, (LEVELS.get(description.level or "", ""), org_type))),
            "" if description.level else gettext("原文不足以判断层级"),
        ),
        "place": (" › ".join(place_names(place)), _place_note(place)),
        "bureau": (
            facet_value_label("bureau", bureau.domain) if bureau else "",
            (bureau.name or "") if bureau else _no_bureau(description),
        ),
        "year": (year_label(description), year_sentence(description)),
        "published_on": (dated(description.published_on) if description.published_on else "", ""),
        "kind": (KINDS[description.kind], ""),
        "script": (
            SCRIPTS.get(description.script or "", ""),
            gettext("由简体机器转换而来") if description.script_origin == "converted" else "",
        ),
        "masked": (gettext("有") if description.masked else "", ""),
    }
    for name, (value, note) in values.items():
        if value or note:
            quotes = quotes_of(description, name) or quotes_of(description, _ALSO_PROVED_BY.get(name, ""))
            yield Fact(name=_fact_name(name, quotes), value=value, note=note, quotes=quotes)


def _place_note(place: Place) -> str:
    """Say how far a place is known; where a name may mean several, which."""
    note = PLACE_STATUSES[place.status]
    if place.candidates:
        named = listed(place_label(code) for code in place.candidates[:_CANDIDATES_AT_MOST])
        if len(place.candidates) > _CANDIDATES_AT_MOST:
            return gettext("%(note)s：%(places)s等", note=note, places=named)
        return gettext("%(note)s：%(places)s", note=note, places=named)
    if place.status == "as_written" and place.code:
        return gettext("%(note)s（上级 %(above)s 已核对）", note=note, above=place_label(place.code))
    return gettext("%(note)s（代码 %(code)s）", note=note, code=place.code) if place.code else note


def _fact_name(name: str, quotes: tuple[Quote, ...]) -> str:
    """Name a fact; a date that only the page bears is when it was put up, not when the report was signed."""
    if name == "published_on" and not any(quote.anchor for quote in quotes):
        return gettext("发布日期")
    return FACT_NAMES[name]


def _no_bureau(description: Description) -> str:
    if description.org_type == "government":
        return gettext("政府本级，不属于某一部门")
    return gettext("原文不足以判断部门")


def byline(report: StoredReport) -> tuple[str, ...]:
    """Return issuer or place, level and year: the line under a title."""
    description = report.description
    issuer = description.issuer or " ".join(place_names(description.place)) or gettext("发布机构未写明")
    level = LEVELS.get(description.level or "") or gettext("层级不详")
    return (issuer, level, KINDS[description.kind])


def html_language(description: Description) -> str:
    """Return the `lang` of a report's own text."""
    return "zh-Hant" if description.script == "hant" else "zh-Hans"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLine:
    """One thing known of where a report was found; `link` where it can be followed."""

    name: str
    value: str
    link: str = ""


def origin(report: StoredReport) -> tuple[OriginLine, ...]:
    """Return what is known of the page that this version was last found on."""
    info = report.captures[-1]
    address = info.source_url or ""
    declared = report.fields.address or ""
    published = report.fields.published_on
    lines = (
        OriginLine(name=gettext("网站"), value=report.fields.site or ""),
        OriginLine(
            name=gettext("网页地址"),
            value=address or gettext("收存时没有地址"),
            link=address if address.startswith(("http://", "https://")) else "",
        ),
        OriginLine(name=gettext("网页自称地址"), value=declared if declared != address else ""),
        OriginLine(name=gettext("网页所标日期"), value=dated(published) if published else ""),
        *(OriginLine(name=name, value=value) for name, value in report.fields.extra),
        OriginLine(name=gettext("收存时间"), value=f"{info.captured_at:%Y-%m-%d %H:%M} UTC"),
        OriginLine(name=gettext("网页 SHA-256"), value=info.digest),
    )
    return tuple(line for line in lines if line.value)
