"""Filters and facet counts: flags and counts over whole columns, exact."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from index.arrays.columns import FACET_GROUPS
from index.arrays.files import Array
from index.engine import FACETS, FacetCounts, SearchRequest
from index.facet_counts import CountedValues
from index.facet_tables import FacetTable
from index.matching import in_years, passing
from index.reader import Reader
from index.sets import NONE, Documents, Flags, Held, chosen, distinct, flags, is_held


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The documents that pass every filter, and the counts of every facet."""

    documents: Documents
    facets: FacetCounts


def _choices(matching: Documents, request: SearchRequest, reader: Reader) -> dict[str, Flags]:
    """Return for each facet with a choice which of `matching` pass it; limits of the year are a choice of that facet."""
    found: dict[str, Flags] = {}

    def narrow(facet: str, held: Held) -> None:
        here = is_held(matching, held)
        found[facet] = found[facet] & here if facet in found else here

    for choice in request.filters:
        narrow(choice.facet, passing(reader, choice))
    if request.year_from is not None or request.year_to is not None:
        narrow("year", in_years(reader, request.year_from, request.year_to))
    return found


def count(matching: Documents, request: SearchRequest, reader: Reader) -> Counted:
    """Filter the matching documents and count their values, a family once for each value unless all are listed.

    A document that fails one facet's choice alone still counts there: that facet shows what choosing
    another value would give. Values come most frequent first, then by value.
    """
    choices = _choices(matching, request, reader)
    failed = np.zeros(len(matching), np.uint8)
    for passes in choices.values():
        failed += ~passes
    documents = chosen(matching, failed == 0) if choices else matching
    folds = not request.all_copies
    counted = count_facets(documents, [name for name in FACETS if name not in choices], reader, folds=folds)
    for facet, passes in choices.items():
        counted |= count_facets(chosen(matching, failed == ~passes), [facet], reader, folds=folds)
    return Counted(
        documents=documents,
        facets=tuple((name, CountedValues(reader.facets[name].values, counted[name])) for name in FACETS),
    )


MOSTLY = 1.5
"""Where all documents are no more than so many times those found, the others are taken from the counts of all."""


def count_facets(
    documents: Documents, names: Collection[str], reader: Reader, *, folds: bool
) -> dict[str, Array]:
    """Return how many of `documents` have each value of some facets; a family counts once if it `folds`."""
    copied = reader.families
    alone, members = documents, copied.documents[:0]
    if folds and len(copied.documents):
        alone = chosen(documents, ~copied.has_copies.take(documents))
        is_found = flags(documents, reader.size).take(copied.documents)
        members, families = chosen(copied.documents, is_found), chosen(copied.numbers, is_found)
    counts: dict[str, Array] = {}
    left_out = _left_out(documents, reader, is_alone=alone is not documents)
    for group in FACET_GROUPS:
        wanted = [reader.facets[name] for name in group if name in names]
        if not wanted:
            continue
        rows, size = wanted[0].rows, len(wanted[0].sizes)
        if left_out is None:
            row_counts = np.bincount(rows.take(alone), minlength=size)
        else:
            every = reader.row_counts(group[0], is_alone=alone is not documents)
            row_counts = every - np.bincount(rows.take(left_out), minlength=size)
        mixed = np.zeros((2, 0), np.int64)
        if len(members):
            uniform, mixed = _of_families(families, rows.take(members))
            row_counts = row_counts + np.bincount(uniform, minlength=len(row_counts))
        for name in group:
            if name in names:
                table = reader.facets[name]
                counts[name] = table.count(row_counts) + _values_of(mixed, table)
    return counts


def _left_out(documents: Documents, reader: Reader, *, is_alone: bool) -> Documents | None:
    """Return the documents that were not found; None where they are not so few that it is shorter to count them."""
    if len(documents) * MOSTLY < reader.live_count:
        return None
    if len(documents) == reader.live_count:
        return NONE
    missing = ~flags(documents, reader.size)
    if reader.deleted is not None:
        missing &= ~reader.deleted
    if is_alone:
        missing &= ~reader.families.has_copies
    return missing.nonzero()[0]


def _of_families(families: Array, rows: Array) -> tuple[Array, Array]:
    """Return the row of each family whose members have but one; (family, row) of the others, each once."""
    pairs = distinct(np.sort(families << 32 | rows))
    families = pairs >> 32
    rows = pairs & 0xFFFFFFFF
    differs = np.concatenate(([True], families[1:] != families[:-1], [True]))
    is_single = differs[1:] & differs[:-1]
    others = (~is_single).nonzero()[0]
    return chosen(rows, is_single), np.stack((families.take(others), rows.take(others)))


def _values_of(mixed: Array, table: FacetTable) -> Array:
    """Count each value once for each family that has it."""
    families, rows = mixed
    if not len(rows):
        return np.zeros(len(table.values), np.int64)
    values, sizes = table.expand(rows)
    pairs = distinct(np.sort(np.repeat(families, sizes) << 32 | values))
    return np.bincount(pairs & 0xFFFFFFFF, minlength=len(table.values))
