"""What the archive's values are called, for readers, in their language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive.gazetteer.table import RANK_OF_LENGTH, load_gazetteer
from archive.model import Flag
from archive.repair import GLOSS_REASON
from index.document import NO_BUREAU
from index.engine import UNKNOWN
from web.bureau_names import BUREAU_FIELDS
from web.languages import Texts, gettext, msgid

FACET_NAMES: Mapping[str, str] = Texts(
    {
        "level": msgid("层级"),
        "year": msgid("年份"),
        "bureau": msgid("部门"),
        "province": msgid("省份"),
        "prefecture": msgid("地市"),
        "county": msgid("县区"),
        "township": msgid("乡镇"),
        "kind": msgid("文种"),
        "flag": msgid("文本状况"),
        "script": msgid("字体"),
        "site": msgid("来源网站"),
    }
)
"""Every facet, in the order in which the search page shows them."""

LEVELS: Mapping[str, str] = Texts(
    {
        "national": msgid("国家级"),
        "province": msgid("省级"),
        "prefecture": msgid("地市级"),
        "county": msgid("县级"),
        "township": msgid("乡镇级"),
        "village": msgid("村级"),
    }
)
KINDS: Mapping[str, str] = Texts(
    {
        "annual_report": msgid("年度报告"),
        "summary": msgid("工作总结"),
        "brief_summary": msgid("工作小结"),
        "key_points_implementation": msgid("要点落实情况"),
        "work_plan_section": msgid("工作计划部分"),
        "problems_section": msgid("存在问题部分"),
        "proposals_handling_section": msgid("建议提案办理部分"),
        "other": msgid("其他"),
    }
)
SCRIPTS: Mapping[str, str] = Texts({"hans": msgid("简体"), "hant": msgid("繁体"), "mixed": msgid("简繁混用")})
ORG_TYPES: Mapping[str, str] = Texts({"government": msgid("政府"), "bureau": msgid("部门")})
PLACE_STATUSES: Mapping[str, str] = Texts(
    {
        "resolved": msgid("已核对行政区划"),
        "ambiguous": msgid("文中不足以断定是哪一处，未作判断"),
        "as_written": msgid("照原文所写，未核对行政区划"),
        "masked": msgid("地名被遮盖"),
        "unknown": msgid("原文未写明"),
    }
)
VERSION_CAUSES: Mapping[str, str] = Texts(
    {
        "first capture": msgid("首次收存"),
        "recaptured": msgid("原网页文字有变"),
        "cleaned again": msgid("整理规则更新"),
    }
)
DAMAGES: Mapping[str, str] = Texts(
    {
        "word_filter": msgid("此处的字被网站的过滤词替换，无法复原"),
        "orphan_gloss": msgid("此处残留拼音注音，所注的字已丢失"),
        "private_use": msgid("此处是无法识别的自造字"),
        "undecodable": msgid("此处的字节无法解码"),
        "stray_mark": msgid("此处有多余的符号"),
    }
)
EDITS: Mapping[str, str] = Texts({GLOSS_REASON: msgid("混入的拼音")})
"""Reasons of repairs that a reader meets often; others are shown as the rule wrote them."""

PLACE_FACETS = ("province", "prefecture", "county", "township")
"""Facets whose values are division codes, the largest first; a place without a code is its written name."""

Tone = Literal["loss", "doubt", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLabel:
    """A flag's badge: its short name, what it means to a reader, and how grave it is."""

    name_text: str
    meaning_text: str
    tone: Tone

    @property
    def name(self) -> str:
        """The short name in the reader's language."""
        return gettext(self.name_text)

    @property
    def meaning(self) -> str:
        """What it means, in the reader's language."""
        return gettext(self.meaning_text)


FLAGS: Mapping[Flag, FlagLabel] = {
    "truncated": FlagLabel(
        name_text=msgid("残缺"), meaning_text=msgid("原网页声明有文字未显示，缺处已在文中标出。"), tone="loss"
    ),
    "excerpt": FlagLabel(
        name_text=msgid("摘录"), meaning_text=msgid("从行文结构看，这只是一份更长报告的一部分。"), tone="loss"
    ),
    "masked": FlagLabel(
        name_text=msgid("打码"),
        meaning_text=msgid("地名、年份或数字被网站换成了 x、× 或 *，不能当作 0 或空白。"),
        tone="loss",
    ),
    "word_filtered": FlagLabel(
        name_text=msgid("过滤词"),
        meaning_text=msgid("网站的过滤程序删改了个别词语，已在文中标出。"),
        tone="loss",
    ),
    "pinyin": FlagLabel(
        name_text=msgid("拼音混入"),
        meaning_text=msgid("网站在字后混入了拼音，整理时已去除，原样可在“原网页”查看。"),
        tone="plain",
    ),
    "converted": FlagLabel(
        name_text=msgid("机器转换繁体"),
        meaning_text=msgid("由简体逐字转成繁体，用字不可作为繁体原文引用。"),
        tone="doubt",
    ),
    "year_doubt": FlagLabel(
        name_text=msgid("年份存疑"),
        meaning_text=msgid("报告所称的年份与内容不符、被遮盖或未写明。"),
        tone="doubt",
    ),
    "template_copy": FlagLabel(
        name_text=msgid("雷同文本"), meaning_text=msgid("与馆藏另一份报告大段相同。"), tone="doubt"
    ),
}

_VALUE_LABELS: Mapping[str, Mapping[str, str]] = {
    "level": LEVELS,
    "kind": KINDS,
    "script": SCRIPTS,
    "flag": Texts({flag: label.name_text for flag, label in FLAGS.items()}),
    "bureau": Texts({NO_BUREAU: msgid("政府本级"), **BUREAU_FIELDS}),
}
_UNKNOWN_LABELS: Mapping[str, str] = Texts(
    {"flag": msgid("无特别状况"), "bureau": msgid("部门不详"), "year": msgid("年份不详")}
)


def facet_value_label(facet: str, value: str) -> str:
    """Name one value of one facet, e.g. ("level", "township") as 乡镇级; a value without a label is its own."""
    if value == UNKNOWN:
        return _UNKNOWN_LABELS.get(facet) or gettext("不详")
    if facet == "year":
        return gettext("%(year)s年", year=value)
    if facet in PLACE_FACETS:
        return place_label(value)
    return _VALUE_LABELS.get(facet, {}).get(value, value)


def place_label(value: str) -> str:
    """Name a division with the one it lies in, 玉杵镇（桂影县）; a name without a code, or a code unknown, is its own."""
    gazetteer = load_gazetteer()
    division = gazetteer.at(value) if len(value) in RANK_OF_LENGTH else None
    if division is None:
        return value
    above = gazetteer.chain(division)[:-1]
    return f"{division.name}（{above[-1].name}）" if above else division.name


def closed_values(facet: str) -> tuple[str, ...] | None:
    """Return every value that a facet can have, in the order to show; None where values come from the reports."""
    if facet in ("level", "kind", "script", "flag"):
        return (*_VALUE_LABELS[facet], UNKNOWN)
    return None
