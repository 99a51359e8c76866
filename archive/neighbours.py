"""What stands around each block of a page: the features of its neighbours, a column each. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate
from math import log1p

from archive.lines import is_sentence
from archive.model import Block

Column = tuple[str, list[float]]
"""A feature's name, and its value for each block."""

_LONGEST_COUNTED_CHARS = 300
_TINY_CHARS = 6
# Windows of neighbours, as (first, last) distances.
_WINDOWS = (("-1", -1, -1), ("+1", 1, 1), ("-4", -4, -2), ("+4", 2, 4), ("-12", -12, -5), ("+12", 5, 12))
_FARTHEST_BLOCKS = 41
"""How far any window reaches, and one more."""

_LENGTHS = [log1p(chars) / 5.71 for chars in range(_LONGEST_COUNTED_CHARS + 1)]
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")


def is_tiny(block: Block) -> bool:
    """Whether a block is a word or two."""
    return len(block.text) <= _TINY_CHARS


class Sums:
    """Sums of a value from the first block on, so that a window of neighbours costs two look-ups.

    They go on at both ends, as if blocks of nothing stood there: no window needs to be cut at an edge.
    """

    def __init__(self, values: Sequence[float]) -> None:
        self._count = len(values)
        sums = list(accumulate(values, initial=0.0))
        self._sums = [0.0] * _FARTHEST_BLOCKS + sums + sums[-1:] * _FARTHEST_BLOCKS

    def up_to(self, distance: int) -> list[float]:
        """Return for each position the sum of all blocks before the one at that distance."""
        start = _FARTHEST_BLOCKS + distance
        return self._sums[start : start + self._count]

    def within(self, first: int, last: int) -> list[float]:
        """Return for each position the sum of its neighbours from the first to the last distance."""
        return [end - start for start, end in zip(self.up_to(first), self.up_to(last + 1), strict=True)]


def neighbours(blocks: Sequence[Block], running: Mapping[int, int], walls: Set[int]) -> Iterator[Column]:
    """Yield what neighbours say: first the links near, then windows of four measures, then the place on the page.

    `running` holds the characters of running text by a block's index.
    """
    each = Sums([1.0] * len(blocks))
    yield "links-near", _means(Sums([block.link_share for block in blocks]), each, -3, 3)
    is_wall = [float(block.index in walls) for block in blocks]
    measures = (
        ("sentences", Sums([float(is_sentence(block.text)) for block in blocks])),
        ("lengths", Sums([_LENGTHS[min(len(block.text), _LONGEST_COUNTED_CHARS)] for block in blocks])),
        ("tiny", Sums([float(is_tiny(block)) for block in blocks])),
        ("walls", Sums(is_wall)),
    )
    for window, first, last in _WINDOWS:
        for name, sums in measures:
            yield name + window, _means(sums, each, first, last)
    yield from _place(blocks, [float(running[block.index]) for block in blocks], is_wall, each)


def _place(
    blocks: Sequence[Block], running: list[float], is_wall: list[float], each: Sums
) -> Iterator[Column]:
    texts, lengths = Sums(running), Sums([float(len(block.text)) for block in blocks])
    above, below = _densities(texts, lengths, -12, -1), _densities(texts, lengths, 1, 12)
    yield "text-above", above
    yield "text-below", below
    yield "text-both-sides", _products(above, below)
    yield "text-near", _densities(texts, lengths, -40, 40)
    clocks = Sums([float(_CLOCK.search(block.text) is not None) for block in blocks])
    yield "clocks-near", _means(clocks, each, -8, 8)
    total = sum(running) or 1.0
    before = [sums / total for sums in texts.up_to(0)]
    after = [(sum(running) - sums) / total for sums in texts.up_to(1)]
    yield "after-text", before
    yield "before-text", after
    yield "amid-text", [4 * one * other for one, other in zip(before, after, strict=True)]
    yield "first-text", [float(share == 0) for share in before]
    yield "last-text", [float(share == 0) for share in after]
    walls_below_text = Sums(_products(is_wall, [float(sums > 0) for sums in texts.up_to(0)]))
    yield "below-walls", [min(3, count) / 3 for count in walls_below_text.up_to(0)]


def _means(sums: Sums, each: Sums, first: int, last: int) -> list[float]:
    """Return the means over the neighbours that there are, 0 where there are none; `each` counts them."""
    pairs = zip(sums.within(first, last), each.within(first, last), strict=True)
    return [value / width if value else 0.0 for value, width in pairs]


def _densities(texts: Sums, lengths: Sums, first: int, last: int) -> list[float]:
    """Return how much of the neighbours' characters is running text."""
    pairs = zip(texts.within(first, last), lengths.within(first, last), strict=True)
    return [value / max(1.0, length) for value, length in pairs]


def _products(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [here * there for here, there in zip(one, other, strict=True)]
