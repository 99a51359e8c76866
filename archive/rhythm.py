"""The rhythm of a dump's lines, which has no markup to tell parts of the page apart.

Droughts without a sentence, lists of headlines, lines that return, dated lists, clusters of running text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from archive.lines import is_structure
from archive.model import Block
from archive.neighbours import Column

_SHORTEST_HEADLINE_CHARS, _LONGEST_HEADLINE_CHARS = 7, 36
_ENDS_CLAUSE = re.compile(r"[。；;：:，,、]$")
_STAMP = re.compile(
    r"[\s\[(（]*(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\s\])）]*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[\s\])）]*"
)
_LONGEST_STAMP_CHARS = 24
_FEWEST_REPEATS = 3  # 回复, 举报, 赞 under every reader's comment
_LONGEST_DROUGHT_BLOCKS = 30
_CLUSTER_REACH_BLOCKS = 3  # headings, links and names that stand on lines of their own in mid-text
_TITLE_REACH_BLOCKS = 25
_LONG_PAGE_CHARS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cluster:
    """Running text with no more than a few other lines in between; `share` is its part of the page's."""

    number: int
    share: float


_NO_CLUSTER = _Cluster(number=0, share=0.0)


class Rhythm:
    """What the lines around each position look like; `anchor` is the title's position, -1 without one."""

    def __init__(self, blocks: Sequence[Block], running: Mapping[int, int], anchor: int) -> None:
        chars = [running[block.index] for block in blocks]
        counts = Counter(block.text for block in blocks)
        self._anchor = anchor
        self._above = _droughts(chars)
        self._below = _droughts(chars[::-1])[::-1]
        self._repeats = _sums(float(counts[block.text] >= _FEWEST_REPEATS) for block in blocks)
        self._headlines = _sums(float(_is_headline(block.text)) for block in blocks)
        self._stamps = _sums(float(_is_stamp(block.text)) for block in blocks)
        self._clusters = _clusters(chars)
        self._page = min(1.0, log1p(sum(chars)) / log1p(_LONG_PAGE_CHARS))
        under = self._clusters[anchor + 1 : anchor + 1 + _TITLE_REACH_BLOCKS] if anchor >= 0 else []
        self._titled = next((cluster.number for cluster in under if cluster.number), 0)

    def columns(self) -> Iterator[Column]:
        """Yield the features, a value for each position."""
        # A drought or a headline says something on a page that has running text; verses and dialogues have none.
        page, count = self._page, len(self._clusters)
        above = [page * drought for drought in self._above]
        below = [page * drought for drought in self._below]
        yield "drought", list(map(min, above, below))
        yield "drought-above", above
        yield "drought-below", below
        yield "drought-both", [one * other for one, other in zip(above, below, strict=True)]
        yield "repeats-near", [_mean(self._repeats, at, 6) for at in range(count)]
        yield "headlines-near", [page * _mean(self._headlines, at, 4) for at in range(count)]
        yield "stamps-near", [_mean(self._stamps, at, 8) for at in range(count)]
        yield "cluster", [cluster.share for cluster in self._clusters]
        yield "page-text", [page] * count
        if self._titled:
            yield "has-titled", [1.0] * count
            yield "titled-cluster", [float(cluster.number == self._titled) for cluster in self._clusters]
        if self._anchor >= 0:
            under = range(1, count - self._anchor)
            yield "near-title", [0.0] * (self._anchor + 1) + [1 / (1 + distance / 10) for distance in under]


def _sums(values: Iterable[float]) -> list[float]:
    return [0.0, *accumulate(values)]


def _mean(sums: Sequence[float], at: int, reach: int) -> float:
    start, end = max(0, at - reach), min(len(sums) - 1, at + reach + 1)
    return (sums[end] - sums[start]) / (end - start)


def _is_headline(text: str) -> bool:
    return (
        _SHORTEST_HEADLINE_CHARS <= len(text) <= _LONGEST_HEADLINE_CHARS
        and "。" not in text
        and not _ENDS_CLAUSE.search(text)
        and not is_structure(text)
    )


def _is_stamp(text: str) -> bool:
    return len(text) < _LONGEST_STAMP_CHARS and _STAMP.fullmatch(text) is not None


def _droughts(chars: Sequence[int]) -> list[float]:
    """Return for each position how far the last running text above it is, 0 (here) to 1 (30 blocks and more)."""
    found = []
    since = _LONGEST_DROUGHT_BLOCKS
    for here in chars:
        since = 0 if here else min(_LONGEST_DROUGHT_BLOCKS, since + 1)
        found.append(log1p(since) / log1p(_LONGEST_DROUGHT_BLOCKS))
    return found


def _clusters(chars: Sequence[int]) -> list[_Cluster]:
    """Return the cluster that each position stands in."""
    spans: list[tuple[int, int]] = []
    for position, here in enumerate(chars):
        if here and spans and position - spans[-1][1] <= _CLUSTER_REACH_BLOCKS:
            spans[-1] = (spans[-1][0], position)
        elif here:
            spans.append((position, position))
    total = sum(chars) or 1
    found = [_NO_CLUSTER] * len(chars)
    for number, (first, last) in enumerate(spans, start=1):
        cluster = _Cluster(number=number, share=sum(chars[first : last + 1]) / total)
        found[first : last + 1] = [cluster] * (last + 1 - first)
    return found
