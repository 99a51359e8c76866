"""The places that a report's text names, and which of them it answers to. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.describe.text import Line, ReportText
from archive.gazetteer.names import Mention, find_names
from archive.gazetteer.shortening import short_name
from archive.gazetteer.table import Gazetteer, Rank
from archive.model import Evidence

_VISITED = re.compile(
    r"(?:赴|前往|到访|考察|学习|借鉴|参观|来自|援助|支援|对口|慰问|对比|例如|比如)[^,。;:《》]{0,8}$"
)
_ORGAN = re.compile(r"人民政府|政府|政务|门户|党政|委(?=[、,和及])|委(?:办|员会)")
_TOWN_RANK = re.compile(r"(?:镇|乡|街道|苏木)$")
_GOES_ON = re.compile(r"市[场容]|区[域划]|镇化|乡[村镇]|县(?:[级直]|市(?![场政容民])|区|乡(?!村))")
"""A rank's character with what makes it part of another word: 上海市场, 全州县市."""

# 和县, 成县 and the like are pieces of other words (市和县) unless a larger place's name ends there.
_HELD_BY_ITSELF = 3
_NEAR = 12  # characters before a name in which a visit is spoken of


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One mention with its line."""

    mention: Mention
    line: Line

    @property
    def evidence(self) -> Evidence:
        """The name's span."""
        return self.line.evidence(self.mention.start, self.mention.end)

    @property
    def before_organ(self) -> bool:
        """Whether an organ of that government follows: 桂影县人民政府, 桂影县政务公开网."""
        return _ORGAN.match(self.line.text, self.mention.end) is not None


def find_mentions(text: ReportText) -> tuple[Named, ...]:
    """Return the places that the report names of its own accord; not those that it visited or learned from."""
    lines = (*((text.title,) if text.title else ()), *text.front, *text.body)
    return tuple(named for line in lines for named in _in_line(line))


def _in_line(line: Line) -> Iterator[Named]:
    end_of_last = -1
    for mention in find_names(line.text):
        before = line.text[: mention.start]
        is_short_of_context = mention.end - mention.start < _HELD_BY_ITSELF and mention.start != end_of_last
        end_of_last = mention.end
        if mention.is_full and (is_short_of_context or _GOES_ON.match(line.text, mention.end - 1)):
            continue
        if not _VISITED.search(before[-_NEAR:]):
            yield Named(mention=mention, line=line)


def sole(
    gazetteer: Gazetteer, mentions: tuple[Named, ...], text: ReportText, rank: Rank
) -> tuple[Named, ...]:
    """Return the mentions of the one place of `rank` that the report answers to; nothing where it names several.

    It answers to it where that place's government or site is spoken of once; a county or a town also where its
    stem stands elsewhere too (桂影县, 阳光桂影). A province that is only mentioned may be anybody's.
    """
    full = [each for each in mentions if each.mention.is_full and _has_rank(gazetteer, each, rank)]
    names = {each.mention.name for each in full}
    if len(names) != 1:
        return ()
    (name,) = names
    is_spoken_of = rank != "township" and any(each.before_organ for each in full)
    is_repeated = rank in {"county", "township"} and _occurrences(text, name) > 1
    return tuple(full) if is_spoken_of or is_repeated else ()


def _has_rank(gazetteer: Gazetteer, named: Named, rank: Rank) -> bool:
    return any(row.rank == rank for row in gazetteer.named(named.mention.name))


def _occurrences(text: ReportText, name: str) -> int:
    """Count a name's stem; a stem of one character counts with its rank."""
    stem = _TOWN_RANK.sub("", short_name(name) or name)
    stem = stem if len(stem) > 1 else name
    return sum(line.text.count(stem) for line in text.own_words)
