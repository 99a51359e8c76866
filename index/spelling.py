"""A title's pinyin: what suggestions look for, and nothing else does. Pure.

Titles are spelled when they are indexed, 25 µs each beside milliseconds for cutting their text into words: spelled
while somebody types, 100,000 titles would take seconds.
"""

import re
from functools import cache, lru_cache

from archive.pinyin import known_syllables, spelled
from index.fold import fold

MOST_CUTS = 4
"""Ways to cut letters into syllables that are looked for: xian is xian and xi an."""

LONGEST = 60
"""Letters that are cut: a title's name and more."""

_RUN = re.compile(r"\d+|[^\W\d]+")


@lru_cache(maxsize=4096)
def _syllables(run: str) -> tuple[str, ...]:
    return spelled(run)


def syllables(text: str) -> tuple[str, ...]:
    """Return the pinyin of each character, every digit and Latin letter as it is; marks and spaces are left out.

    Runs between digits are remembered: 年政府信息公开工作年度报告 ends most titles.
    """
    return tuple(one for run in _RUN.findall(fold(text)) for one in _syllables(run))


def initials(text: str) -> str:
    """Return the first letters of a text's syllables: 桂影县2018年 is gyx2018n."""
    return "".join(one[:1] for one in syllables(text))


def spelling(text: str) -> str:
    """Return a text's syllables, each with a capital, so that `an` is not found in 县: 桂影县 is GuiYingXian."""
    return "".join(map(str.capitalize, syllables(text)))


def cut_letters(letters: str) -> tuple[str, ...]:
    """Return the spellings that letters and digits may stand for, the longest syllables first.

    The last syllable is unfinished only where none would end (xinxigongk): a whole one is looked for as the
    beginning of longer ones anyway. Empty where the letters are no pinyin.
    """
    if not 0 < len(letters) <= LONGEST:
        return ()
    return tuple(_cuts(letters, _finished()) or _cuts(letters, _begun()))


def _cuts(letters: str, last: frozenset[str]) -> list[str]:
    """Return the first ways to cut letters, of which the last piece is a digit or one of `last`."""
    ways: list[list[str]] = [[] for _ in letters] + [[""]]
    for at in range(len(letters) - 1, -1, -1):
        for end in range(min(len(letters), at + _longest()), at, -1):
            piece = letters[at:end]
            allowed = last if end == len(letters) else _finished()
            if piece in allowed or (len(piece) == 1 and piece.isdecimal()):
                ways[at] += [f"{piece.capitalize()}{rest}" for rest in ways[end]]
        del ways[at][MOST_CUTS:]
    return ways[0]


@cache
def _finished() -> frozenset[str]:
    return known_syllables()


@cache
def _begun() -> frozenset[str]:
    return frozenset(one[:end] for one in known_syllables() for end in range(1, len(one)))


@cache
def _longest() -> int:
    return max(map(len, known_syllables()))
