"""What engines are asked: eight plain kinds that all of them know, and what pairs of terms try the top ten."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A query in terms of the field words, all or any of which must be held, or a phrase by its grams."""

    kind: str
    terms: tuple[str, ...] = ()
    phrase: str = ""
    is_any: bool = False
    level: str = ""
    counts: bool = False
    by_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The first ten, how many there are, and the counts of three facets where asked for."""

    ids: tuple[str, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


COMMON = ("公开", "工作", "信息", "内容", "领导", "政府")
MIDDLING = ("教育", "经济", "社会", "组织", "学习", "国家", "活动", "问题")
RARE = ("珊瑚", "望远镜", "钟乳石", "橡皮", "竖琴", "蒸馏", "帆船", "火山")
PHRASES = (
    "政府信息公开条例",
    "公开信息",
    "领导小组",
    "依申请公开",
    "财政预算决算",
    "微信公众号发布",
    "教育培训",
    "经济信息",
)

PAIRS = tuple((common, middling) for common in COMMON[:4] for middling in MIDDLING)
"""Very common terms with middling ones, on which an engine that skips is wrong first."""

QUESTIONS = (
    "教育",
    "政府信息公开",
    "财政预算 教育",
    "为什么乡镇政府没有及时公开环境保护信息",
    '"依申请公开" 教育 -经济',
    "2018年 望舒 领导小组",
    "如何完善政务公开的监督考核机制和工作制度",
    "标题:年度报告 年份:2015..2018",
    "政府信西公开",
    "",
    "環境保護 資訊公開",
    '"微信公众号发布"',
)
"""What people type, for the archive's own query: parsed, all facets, copies folded, ten snippets, JSON."""


def plain_asks() -> tuple[Ask, ...]:
    """Return the queries of all plain kinds."""
    folded = {name: tuple(map(fold, words)) for name, words in (("c", COMMON), ("m", MIDDLING), ("r", RARE))}
    pairs = [(common, middling) for common in folded["c"][:4] for middling in folded["m"][:4]]
    return (
        *(Ask(kind="common term", terms=(term,)) for term in folded["c"]),
        *(Ask(kind="rare term", terms=(term,)) for term in folded["r"]),
        *(Ask(kind="AND 2", terms=pair) for pair in pairs),
        *(Ask(kind="OR 2", terms=pair, is_any=True) for pair in pairs),
        *(Ask(kind="phrase", phrase=fold(text)) for text in PHRASES),
        *(Ask(kind="filter", terms=(term,), level="county") for term in (*folded["c"], *folded["m"])),
        *(Ask(kind="3 facets", terms=(term,), counts=True) for term in (*folded["c"], *folded["m"])),
        *(Ask(kind="by date", terms=(term,), by_date=True) for term in (*folded["c"], *folded["m"])),
    )
