"""What is known of a report, in words for a reader: facts with their proof, doubts, gaps. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Description, Evidence, Gap, Place, StoredReport
from web.labels import KINDS, LEVELS, ORG_TYPES, PLACE_STATUSES, SCRIPTS, place_label

FACT_NAMES = {
    "issuer": "发布机构",
    "level": "层级",
    "place": "地区",
    "bureau": "部门",
    "year": "年份",
    "published_on": "成文日期",
    "kind": "文种",
    "script": "字体",
    "masked": "打码",
}


_CITED_AT_MOST = 3
_CANDIDATES_AT_MOST = 5
_MASK = re.compile(r"[xX×*ⅹ✕_某]")


_ALSO_PROVED_BY = {"level": "org_type", "script": "script_origin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A span of text that proves something; `anchor` is its paragraph's, empty for the title or the page."""

    text: str
    source: str  # 题名, 第3段 or 原网页
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the table of facts; `value` is empty where nothing may be claimed, `note` then says why."""

    name: str
    value: str
    note: str
    quotes: tuple[Quote, ...]


def anchor_of(paragraph: int) -> str:
    """Return a paragraph's anchor; people count from 1."""
    return f"p{paragraph + 1}"


def place_names(place: Place) -> tuple[str, ...]:
    """Return the names that are known, the largest first."""
    return tuple(name for name in (place.province, place.prefecture, place.county, place.township) if name)


def quotes_of(description: Description, fact: str) -> tuple[Quote, ...]:
    """Return what proves one fact, each wording once."""
    found: dict[tuple[str, str], Quote] = {}
    for evidence in (proof for name, proofs in description.evidence if name == fact for proof in proofs):
        quote = to_quote(evidence)
        found.setdefault((quote.text, quote.anchor), quote)
    return tuple(found.values())


def to_quote(evidence: Evidence) -> Quote:
    """Say where a span of evidence stands."""
    if evidence.where == "paragraph" and evidence.paragraph is not None:
        number = evidence.paragraph
        return Quote(text=evidence.quote, source=f"第{number + 1}段", anchor=anchor_of(number))
    return Quote(text=evidence.quote, source="题名" if evidence.where == "title" else "原网页", anchor="")


def year_label(description: Description) -> str:
    """Name the year in a few characters, with its doubt."""
    match description.year_status:
        case "stated" if description.year is not None:
            return f"{description.year}年"
        case "suspect" if description.year is not None:
            return f"{description.year}年（存疑）"
        case "masked":
            return "年份被遮盖"
        case "absent":
            return "年份不详"
        case _:
            return "年份存疑"


def year_sentence(description: Description) -> str:
    """Say how far the year can be trusted, from what was written and what its contents allow."""
    written = "、".join(
        f"“{form}年”" if form.isdecimal() else f"“{form}”" for form in description.year_as_written
    )
    allowed = _allowed_years(description)
    match description.year_status:
        case "stated":
            return ""
        case "conflict":
            if len(description.year_as_written) > 1 and not allowed:
                return f"原文先后写作{written}，彼此不合，年份存疑，不作判断。"
            return f"原文自称年份为{written}，但{allowed or '文中内容与此不合'}，年份存疑，不作判断。"
        case "suspect":
            return f"原文写作{written}，{allowed or '而这类转载网页常替换年份'}，年份存疑。"
        case "masked":
            return f"年份被遮盖，写作{written}。{allowed and f'但{allowed}。'}"
        case "absent":
            return f"原文没有写明年份。{allowed and f'但{allowed}。'}"


def _allowed_years(description: Description) -> str:
    if description.year_range is None:
        return ""
    first, last = description.year_range
    years = f"{first}年" if first == last else f"{first}至{last}年"
    cited = "、".join(f"“{text}”" for text in _contradicting(description)[:_CITED_AT_MOST])
    return f"文中{cited}只与{years}相合" if cited else f"文中所述只与{years}相合"


def _contradicting(description: Description) -> tuple[str, ...]:
    """Return the words in the text that date it otherwise than it claims: neither the claim nor a mask."""
    return tuple(
        quote.text
        for quote in quotes_of(description, "year")
        if quote.anchor
        and not _MASK.search(quote.text)
        and not any(form in quote.text for form in description.year_as_written)
    )


def gap_sentence(gap: Gap) -> str:
    """Say what is missing, in the page's own numbers; what it does not state is not claimed."""
    if gap.omitted_chars is not None:
        return f"此处原网页缺{gap.omitted_chars}字"
    if gap.total_chars is not None and gap.shown_chars is not None:
        return f"原文全长{gap.total_chars}字，网页仅显示{gap.shown_chars}字"
    if gap.total_chars is not None:
        return f"原文全长{gap.total_chars}字，网页未全部显示"
    return "此处原网页有文字未显示，字数不详"


def facts(report: StoredReport) -> tuple[Fact, ...]:
    """Return the table of facts: what is claimed, or why nothing is, and the text that proves it."""
    return tuple(_facts(report.description))


def _facts(description: Description) -> Iterator[Fact]:
    place, bureau = description.place, description.bureau
    org_type = ORG_TYPES.get(description.org_type or "", "")
    values = {
        "issuer": (description.issuer or "", "" if description.issuer else "原文没有署名"),
        "level": (
            " · ".join(filter(None, (LEVELS.get(description.level or "", ""), org_type))),
            "" if description.level else "原文不足以判断层级",
        ),
        "place": (" › ".join(place_names(place)), _place_note(place)),
        "bureau": (
            bureau.domain if bureau else "",
            (bureau.name or "") if bureau else _no_bureau(description),
        ),
        "year": (year_label(description), year_sentence(description)),
        "published_on": (description.published_on.isoformat() if description.published_on else "", ""),
        "kind": (KINDS[description.kind], ""),
        "script": (
            SCRIPTS.get(description.script or "", ""),
            "由简体机器转换而来" if description.script_origin == "converted" else "",
        ),
        "masked": ("有" if description.masked else "", ""),
    }
    for name, (value, note) in values.items():
        if value or note:
            quotes = quotes_of(description, name) or quotes_of(description, _ALSO_PROVED_BY.get(name, ""))
            yield Fact(name=_fact_name(name, quotes), value=value, note=note, quotes=quotes)


def _place_note(place: Place) -> str:
    """Say how far a place is known; where a name may mean several, which."""
    note = PLACE_STATUSES[place.status]
    if place.candidates:
        named = "、".join(place_label(code) for code in place.candidates[:_CANDIDATES_AT_MOST])
        more = "等" if len(place.candidates) > _CANDIDATES_AT_MOST else ""
        return f"{note}：{named}{more}"
    if place.status == "as_written" and place.code:
        return f"{note}（上级 {place_label(place.code)} 已核对）"
    return f"{note}（代码 {place.code}）" if place.code else note


def _fact_name(name: str, quotes: tuple[Quote, ...]) -> str:
    """Name a fact; a date that only the page bears is when it was put up, not when the report was signed."""
    if name == "published_on" and not any(quote.anchor for quote in quotes):
        return "发布日期"
    return FACT_NAMES[name]


def _no_bureau(description: Description) -> str:
    return "政府本级，不属于某一部门" if description.org_type == "government" else "原文不足以判断部门"


def byline(report: StoredReport) -> tuple[str, ...]:
    """Return issuer or place, level and year: the line under a title."""
    description = report.description
    issuer = description.issuer or " ".join(place_names(description.place)) or "发布机构未写明"
    level = LEVELS.get(description.level or "", "层级不详")
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
        OriginLine(name="网站", value=report.fields.site or ""),
        OriginLine(
            name="网页地址",
            value=address or "收存时没有地址",
            link=address if address.startswith(("http://", "https://")) else "",
        ),
        OriginLine(name="网页自称地址", value=declared if declared != address else ""),
        OriginLine(name="网页所标日期", value=published.isoformat() if published else ""),
        *(OriginLine(name=name, value=value) for name, value in report.fields.extra),
        OriginLine(name="收存时间", value=f"{info.captured_at:%Y-%m-%d %H:%M} UTC"),
        OriginLine(name="网页 SHA-256", value=info.digest),
    )
    return tuple(line for line in lines if line.value)
