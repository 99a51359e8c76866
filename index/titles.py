"""Titles that a query names: 鲛绡湖有多深? speaks of the report 鲛绡湖, whatever else mentions the lake. Pure."""

import re
from collections.abc import Iterable, Iterator

LONGEST = 64
"""Characters of the longest bare title that is looked for."""

MAX_NAMING = 32
"""Characters at the beginning of a text in which titles are looked for: 496 stretches, looked up in .6 ms. Few questions
are longer."""

_TAIL = re.compile(r"\s*\([^()]*\)\s*$")
_NO_WORD = re.compile(r"[\W_]+")


def bare_text(folded: str) -> str:
    """Return folded text without marks and spaces."""
    return _NO_WORD.sub("", folded)


def bare_title(folded: str) -> str:
    """Return a folded title without its bracketed tail, as people cite it: 刑法(2020年修正) is 刑法."""
    return bare_text(_TAIL.sub("", folded))


def nameable(folded: str, words: Iterable[str]) -> Iterator[str]:
    """Yield each bare title that a folded text of these words may name, some more than once.

    They are its stretches of two characters and more, and those of one that are words of it: 水 stands in most
    questions by chance.
    """
    bare = bare_text(folded)[:MAX_NAMING]
    yield from (word for word in words if len(word) == 1)
    for start in range(len(bare)):
        for end in range(start + 2, len(bare) + 1):
            yield bare[start:end]
