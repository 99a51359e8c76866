"""The counts of a facet's values, in order, made into objects only where they are looked at. Pure.

A broad search of 100,000 reports counts 26,000 townships and sites; a page shows a hundred, and making them all took
as long as the search.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import overload

import numpy as np

from index.arrays.files import Array
from index.engine import FacetCount

MOST_LISTED = 500
"""Values of a facet that an answer for programs lists unless all are asked for: 26,000 are 1.8 MB of JSON."""

_SMALL = 1 << 16
"""Counts below this are sorted by their digits, ten times as fast as by comparing."""


@lru_cache(maxsize=1 << 17)
def _facet_count(value: str, count: int) -> FacetCount:
    """Keep the counts of rare values, which are small and come again: of 43,000 townships all but a few."""
    return FacetCount(value=value, count=count)


class CountedValues(Sequence[FacetCount]):
    """What tuples of FacetCount are, of the values that count anything: the most frequent first, then by value."""

    def __init__(self, values: Sequence[str], counts: Array) -> None:
        """`values` are sorted; `counts[n]` is that of `values[n]`."""
        self._values = values
        self._counts = counts
        self._held = np.flatnonzero(counts)

    @cached_property
    def _order(self) -> Array:
        counts = self._counts[self._held]
        missing = counts.max(initial=0) - counts
        if missing.max(initial=0) < _SMALL:
            missing = missing.astype(np.uint16)
        return self._held[np.argsort(missing, kind="stable")]

    def _some(self, places: Array) -> Iterator[FacetCount]:
        for value, count in zip(places.tolist(), self._counts[places].tolist(), strict=True):
            yield _facet_count(self._values[value], count)

    def values(self) -> list[str]:
        """Return the values that count anything, sorted."""
        return [self._values[place] for place in self._held.tolist()]

    def among(self, wanted: Iterable[str]) -> Iterator[FacetCount]:
        """Yield those of these values that count anything."""
        for value in wanted:
            place = bisect_left(self._values, value)
            if place < len(self._values) and self._values[place] == value and self._counts[place]:
                yield _facet_count(value, int(self._counts[place]))

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[FacetCount]:
        return self._some(self._order)

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[FacetCount, ...]: ...

    def __getitem__(self, place: int | slice) -> FacetCount | tuple[FacetCount, ...]:
        if isinstance(place, slice):
            return tuple(self._some(self._order[place]))
        value = int(self._order[place])
        return _facet_count(self._values[value], int(self._counts[value]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (CountedValues, tuple)):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def values_of(counts: Sequence[FacetCount]) -> Iterable[str]:
    """Return the values of a facet's counts, in no order, without an object for each."""
    return counts.values() if isinstance(counts, CountedValues) else [one.value for one in counts]


def counts_among(counts: Sequence[FacetCount], wanted: Collection[str]) -> Iterator[FacetCount]:
    """Yield the counts of a few values, in no order."""
    if isinstance(counts, CountedValues):
        return counts.among(wanted)
    chosen = frozenset(wanted)
    return (one for one in counts if one.value in chosen)
