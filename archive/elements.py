"""Elements of markup: which make a block, which hold no text, which are rows of data, which are hidden."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup "
    "option p pre section select summary table tbody td textarea tfoot th thead tr ul".split()
)
# `iframe` and `noframes` hold what a browser of 2005 showed when it knew no frames: markup as text.
SILENT_TAGS = frozenset(
    "script style template noscript svg math object embed canvas audio video head title meta link iframe "
    "noframes noembed".split()
)
# What a browser collapses, and the no-break spaces that pages pad with; an ideographic space is text.
_WHITE_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
# A line break in the source between two wide characters is no space: Chinese is not set with spaces.
_BREAK_IN_HAN = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
EDGES = " \t\r\n\f\v\u00a0\u3000\ufeff\u200b\u200c\u200d\u2002\u2003\u2028\u2029\x00"
"""Characters that are no text at the edge of a block."""

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
CELL_SEPARATOR = " | "
_NUMBER_CELL = re.compile(r"[\d,.]++\s?[件项宗条元万亿个次人]{0,2}$")
_LONGEST_CELL_CHARS = 200  # the standard form's longest cell has 61; layout cells hold whole bodies
# Pages made by hand nest below 60; a page nested a million deep would else copy its path for every block.
DEEPEST_PATH_STEPS = 120
LONGEST_NAMES_CHARS = 500
"""How much of an id, or of an element's classes, is looked at; the longest on the 57 shared pages has 285."""


MOST_ELEMENTS = 200_000
"""The 57 shared pages have 1,200 elements each and 9,000 at most; what has more is an attack or a database."""


class TooMuchMarkup(ValueError):  # noqa: N818 - reads as a sentence in messages
    """A page that holds more elements than any page of reports."""


def squeeze(text: str) -> str:
    """Return `text` as a browser sets it: runs of white space as one space, none at the edges."""
    text = text.strip(EDGES)
    if "\n" in text or "\r" in text:
        text = _BREAK_IN_HAN.sub("", text)
    return _WHITE_SPACE.sub(" ", text) if text else ""


@dataclass(slots=True)
class Open:
    """An element that is open, and what must be undone when it closes."""

    tag: str
    is_block: bool = False
    is_step: bool = False
    is_silent: bool = False
    is_hidden: bool = False


@dataclass(slots=True)
class Row:
    """A `<tr>` that is open: data when it has several short cells and nothing nested."""

    first_block: int
    depth: int
    cells: list[list[str]] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    is_layout: bool = False

    def is_data(self) -> bool:
        """Whether the row holds several short cells and nothing nested."""
        if self.is_layout:
            return False
        filled = [text for text in map(squeeze, map("".join, self.cells)) if text]
        return len(filled) > 1 and all(len(text) <= _LONGEST_CELL_CHARS for text in filled)


def shown_cells(cells: Sequence[str]) -> list[str]:
    """Return a data row's cells as they are written down, squeezed.

    Blank ones go, but keep their places in a row of numbers behind its label: the number under 总计 would else stand
    under 自然人.
    """
    filled = [number for number, cell in enumerate(cells) if cell]
    if not any(_NUMBER_CELL.match(cells[number]) for number in filled[1:]):
        return [cells[number] for number in filled]
    return list(cells[filled[0] : filled[-1] + 1])


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element's own attributes hide it from every reader."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None
