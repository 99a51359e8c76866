"""Names in running text: one Aho-Corasick pass over a line. The one door to ahocorasick_rs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from archive.gazetteer.shortening import supporting_short_name
from archive.gazetteer.table import load_gazetteer

_SHORTEST = 2
_MASKS = frozenset("x×*ⅹ✕○某_")
_NOT_NAMES = frozenset(
    # Ordinary words that hold a name or look like one; matched first, they use up its characters.
    "中华人民共和国 人民共和国 计划乡镇 总结计划乡 中小城镇 小城镇 城镇 中心镇 上山下乡 乡镇 城乡 镇街 镇区 市区 城区 郊区 矿区 社区 园区 "
    "地区 全县 各县 市县 县区 城关 新区 山区 库区 灾区 辖区 景区 片区 街区 校区 小区 开发区 高新区 工业区 示范区 保护区 林区 牧区 老城区 "
    "市中区 新城区 城中区 城东区 城西区 经开区 中心区 东区 西区 南区 北区 直属镇 国营农场 良种场".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place named in a line: `[start:end]` is a full name, or the short name of a county or larger place."""

    name: str
    start: int
    end: int
    is_full: bool


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...], frozenset[str]]:
    rows = tuple(load_gazetteer().divisions())
    full = {row.key for row in rows if len(row.name) >= _SHORTEST}
    shorts = {supporting_short_name(row.key) for row in rows if row.rank != "township"} - {""}
    names = tuple(sorted({*full, *shorts, *_NOT_NAMES}))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names, frozenset(full)


def find_names(text: str, *, with_ordinary: bool = False) -> Iterator[Mention]:
    """Yield the names in a line of simplified text, leftmost and longest first, none overlapping.

    A name behind a mask (xx城关镇) is the rest of another one and left out; so is one that is an ordinary word
    (郊区), unless asked for.
    """
    finder, names, full = _automaton()
    for number, start, end in finder.find_matches_as_indexes(text):
        name = names[number]
        is_word = name in _NOT_NAMES and not (with_ordinary and name in full)
        if not is_word and not (start and text[start - 1] in _MASKS):
            yield Mention(name=name, start=start, end=end, is_full=name in full)
