"""The facets of a state: values in order, and which values a document's row has. Pure.

A row stands for all values of the facets of one group (`index.arrays.columns`): there are few beside documents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.coding import spread, starts_of
from index.arrays.columns import FACET_GROUPS, Row, read_rows
from index.arrays.files import Array, Arrays
from index.engine import FACETS


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetTable:
    """One facet: `values` sorted; `rows` of each document; a row has the values `owned[starts[row]:][:sizes[row]]`."""

    values: tuple[str, ...]
    group: int
    rows: Array
    owned: Array
    starts: Array
    sizes: Array

    def rows_with(self, chosen: Array) -> Array:
        """Return a flag for each row: whether it has one of the values flagged in `chosen`."""
        has = np.zeros(len(self.sizes), bool)
        has[np.repeat(np.arange(len(self.sizes)), self.sizes)[chosen[self.owned]]] = True
        return has

    def count(self, row_counts: Array) -> Array:
        """Return how many documents have each value, of how many have each row."""
        weights = np.repeat(row_counts, self.sizes)
        return np.bincount(self.owned, weights, len(self.values)).astype(np.int64)

    def expand(self, rows: Array) -> tuple[Array, Array]:
        """Return the values of each of `rows`, one after another, and how many each has."""
        sizes = self.sizes[rows]
        return self.owned[spread(self.starts[rows], sizes)], sizes


def to_tables(segments: Sequence[Arrays]) -> dict[str, FacetTable]:
    """Return the facets of segments, taken together."""
    tables: dict[str, FacetTable] = {}
    for number, names in enumerate(FACET_GROUPS):
        rows: list[Row] = []
        codes = [np.zeros(0, np.int32)]
        for arrays in segments:
            codes.append(arrays[f"facets{number}.codes"].astype(np.int32) + np.int32(len(rows)))
            rows += read_rows(arrays, number)
        documents = codes[1] if len(codes) == 2 else np.concatenate(codes)
        for place, name in enumerate(names):
            tables[name] = _to_table([row[place] for row in rows], number, documents)
    return {name: tables[name] for name in FACETS}


def _to_table(values: Sequence[tuple[str, ...]], group: int, rows: Array) -> FacetTable:
    distinct = tuple(sorted({value for row in values for value in row}))
    number_of = {value: number for number, value in enumerate(distinct)}
    sizes = np.array([len(set(row)) for row in values], np.int64)
    owned = np.fromiter(_numbers(values, number_of), np.int64, int(sizes.sum()))
    return FacetTable(
        values=distinct, group=group, rows=rows, owned=owned, starts=starts_of(sizes), sizes=sizes
    )


def _numbers(values: Sequence[tuple[str, ...]], number_of: dict[str, int]) -> Iterator[int]:
    for row in values:
        yield from (number_of[value] for value in dict.fromkeys(row))
