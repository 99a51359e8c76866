"""The facets of a state: values in order, and which values a document's row has. Pure.

A row stands for all values of the facets of one group (`index.arrays.columns`): there are few beside documents.
A commit adds rows to what is known of the segments before it: reading those of 43,000 townships takes .3 s.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.coding import spread, starts_of
from index.arrays.columns import FACET_GROUPS, Row, read_rows
from index.arrays.files import Array, Arrays
from index.engine import FACETS
from index.sets import Flags

_SMALL = 1 << 16
"""So many numbers fit in 16 bits, which numpy sorts 5 times as fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetTable:
    """One facet: `values` sorted; `rows` of each document; a row has the values `owned[starts[row]:][:sizes[row]]`.

    The other way round, a value is had by the rows `holders[begins[value]:begins[value + 1]]`.
    """

    values: tuple[str, ...]
    group: int
    rows: Array
    owned: Array
    starts: Array
    sizes: Array
    holders: Array
    begins: Array

    def rows_with(self, values: Collection[str]) -> Flags:
        """Return a flag for each row: whether it has one of `values`."""
        has = np.zeros(len(self.sizes), bool)
        for value in values:
            number = bisect_left(self.values, value)
            if number < len(self.values) and self.values[number] == value:
                has[self.holders[self.begins[number] : self.begins[number + 1]]] = True
        return has

    def count(self, row_counts: Array) -> Array:
        """Return how many documents have each value, of how many have each row."""
        if not len(self.values):
            return np.zeros(0, np.int64)
        counts: Array = np.add.reduceat(row_counts.take(self.holders), self.begins[:-1])
        return counts

    def expand(self, rows: Array) -> tuple[Array, Array]:
        """Return the values of each of `rows`, one after another, and how many each has."""
        sizes = self.sizes[rows]
        return self.owned[spread(self.starts[rows], sizes)], sizes


Tables = Mapping[str, FacetTable]


def to_tables(segments: Sequence[Arrays], before: Tables | None = None) -> Tables:
    """Return the facets of segments, taken together; those of `before`, if any, stand in front of theirs."""
    tables: dict[str, FacetTable] = {}
    for number, names in enumerate(FACET_GROUPS):
        known = before[names[0]] if before else None
        codes = [known.rows] if known else []
        count = len(known.sizes) if known else 0
        rows: list[Row] = []
        for arrays in segments:
            mine = arrays[f"facets{number}.codes"]
            codes.append(mine.astype(np.int32) + np.int32(count + len(rows)) if codes else mine)
            rows += read_rows(arrays, number)
        documents = codes[0] if len(codes) == 1 else np.concatenate(codes or [np.zeros(0, np.int32)])
        for place, name in enumerate(names):
            tables[name] = _to_table(
                [row[place] for row in rows], number, documents, before[name] if before else None
            )
    return {name: tables[name] for name in FACETS}


def _to_table(
    rows: Sequence[tuple[str, ...]], group: int, documents: Array, before: FacetTable | None
) -> FacetTable:
    """Return a table of `before` and the values of further rows."""
    held = dict.fromkeys(value for row in rows for value in row)
    known, kept = (before.values, before.owned) if before else ((), np.zeros(0, np.int64))
    values, renumbered = _with_new(known, held)
    number_of = (
        {value: bisect_left(values, value) for value in held}
        if len(held) < len(known)
        else {value: number for number, value in enumerate(values)}
    )
    owned = np.array([number_of[value] for row in rows for value in dict.fromkeys(row)], np.int64)
    owned = np.concatenate((kept if renumbered is None else renumbered[kept], owned))
    sizes = np.array([len(set(row)) for row in rows], np.int64)
    sizes = np.concatenate((before.sizes, sizes)) if before else sizes
    order = np.argsort(owned.astype(np.uint16) if len(values) <= _SMALL else owned, kind="stable")
    return FacetTable(
        values=values,
        group=group,
        rows=documents,
        owned=owned,
        starts=starts_of(sizes),
        sizes=sizes,
        holders=np.repeat(np.arange(len(sizes)), sizes)[order],
        begins=np.concatenate(([0], np.cumsum(np.bincount(owned, minlength=len(values))))),
    )


def _with_new(known: tuple[str, ...], held: Iterable[str]) -> tuple[tuple[str, ...], Array | None]:
    """Return `known`, which are sorted, with what else is held, and the known ones' new numbers; None for the same."""
    places = ((value, bisect_left(known, value)) for value in held)
    new = sorted((value, at) for value, at in places if at == len(known) or known[at] != value)
    if not new:
        return known, None
    numbers = np.arange(len(known))
    return tuple(sorted((*known, *(value for value, _ in new)))), numbers + np.searchsorted(
        [at for _, at in new], numbers, side="right"
    )
