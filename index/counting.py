"""Filters and facet counts: flags and counts over whole columns, exact."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from index.arrays.columns import FACET_GROUPS
from index.arrays.files import Array
from index.engine import FACETS, FacetCounts, SearchRequest
from index.facet_counts import CountedValues
from index.facet_tables import FacetTable
from index.matching import choice_flags, in_years
from index.reader import Reader
from index.sets import Documents, flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The documents that pass every filter, and the counts of every facet."""

    documents: Documents
    facets: FacetCounts


def _choices(matching: Documents, request: SearchRequest, reader: Reader) -> dict[str, Array]:
    """Return for each facet with a choice which of `matching` pass it; limits of the year are a choice of that facet."""
    passing: dict[str, Array] = {}

    def narrow(facet: str, all_flags: Array) -> None:
        here = all_flags[matching]
        passing[facet] = passing[facet] & here if facet in passing else here

    for chosen in request.filters:
        narrow(chosen.facet, choice_flags(reader, chosen))
    if request.year_from is not None or request.year_to is not None:
        narrow("year", in_years(reader, request.year_from, request.year_to))
    return passing


def count(matching: Documents, request: SearchRequest, reader: Reader) -> Counted:
    """Filter the matching documents and count their values, a family once for each value unless all are listed.

    A document that fails one facet's choice alone still counts there: that facet shows what choosing
    another value would give. Values come most frequent first, then by value.
    """
    choices = _choices(matching, request, reader)
    failed = np.zeros(len(matching), np.uint8)
    for passes in choices.values():
        failed += ~passes
    passing = matching[failed == 0] if choices else matching
    folds = not request.all_copies
    counted = count_facets(passing, [name for name in FACETS if name not in choices], reader, folds=folds)
    for facet, passes in choices.items():
        counted |= count_facets(matching[failed == ~passes], [facet], reader, folds=folds)
    return Counted(
        documents=passing,
        facets=tuple((name, CountedValues(reader.facets[name].values, counted[name])) for name in FACETS),
    )


def count_facets(
    documents: Documents, names: Collection[str], reader: Reader, *, folds: bool
) -> dict[str, Array]:
    """Return how many of `documents` have each value of some facets; a family counts once if it `folds`."""
    copied = reader.families
    alone, members = documents, copied.documents[:0]
    if folds and len(copied.documents):
        alone = documents[~copied.has_copies[documents]]
        is_found = flags(documents, reader.size)[copied.documents]
        members, families = copied.documents[is_found], copied.numbers[is_found]
    counts: dict[str, Array] = {}
    for group in FACET_GROUPS:
        wanted = [reader.facets[name] for name in group if name in names]
        if not wanted:
            continue
        rows = wanted[0].rows
        row_counts = np.bincount(rows[alone], minlength=len(wanted[0].sizes))
        mixed = np.zeros((2, 0), np.int64)
        if len(members):
            uniform, mixed = _of_families(families, rows[members])
            row_counts = row_counts + np.bincount(uniform, minlength=len(row_counts))
        for name in group:
            if name in names:
                table = reader.facets[name]
                counts[name] = table.count(row_counts) + _values_of(mixed, table)
    return counts


def _of_families(families: Array, rows: Array) -> tuple[Array, Array]:
    """Return the row of each family whose members have but one; (family, row) of the others, each once."""
    pairs = _distinct(families << 32 | rows)
    families = pairs >> 32
    rows = pairs & 0xFFFFFFFF
    differs = np.concatenate(([True], families[1:] != families[:-1], [True]))
    is_single = differs[1:] & differs[:-1]
    return rows[is_single], np.stack((families[~is_single], rows[~is_single]))


def _values_of(mixed: Array, table: FacetTable) -> Array:
    """Count each value once for each family that has it."""
    families, rows = mixed
    if not len(rows):
        return np.zeros(len(table.values), np.int64)
    values, sizes = table.expand(rows)
    pairs = _distinct(np.repeat(families, sizes) << 32 | values)
    return np.bincount(pairs & 0xFFFFFFFF, minlength=len(table.values))


def _distinct(numbers: Array) -> Array:
    """Return the different ones, in order; `np.unique` finds them by hashing, five times as slowly."""
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
