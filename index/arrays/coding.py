"""How postings are laid out in arrays, and read again: whole runs of terms at once. Pure.

For each field F, terms in rising order:

=================  ==========================================================================================
``F.holders``      how many documents hold the term
``F.widths``       the bytes of its gaps, counts and positions: `gap + 4 * count + 16 * position`, codes below
``F.gaps_at``      where its gaps begin in ``F.gapsN``; the same for ``F.counts_at`` and ``F.positions_at``
``F.gaps1 2 4``    its first document's number, then the distance of each next one
``F.counts1 4``    how often each document holds it; nothing where it is always once
``F.positions2 4`` where, document after document
=================  ==========================================================================================

A term's width is the least that holds its largest value: common terms have small gaps, and most postings are
those of common terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.arrays.files import Array, Arrays, Sink

WIDTHS: dict[str, tuple[int, ...]] = {"gaps": (1, 2, 4), "counts": (0, 1, 4), "positions": (2, 4)}
"""Bytes of a value for each code; 0 where every value is 1."""

_LIMITS = {"gaps": (255, 65535), "counts": (1, 255), "positions": (65535,)}
_SHIFTS = {"gaps": 0, "counts": 2, "positions": 4}
TYPES: Mapping[int, np.dtype[Any]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The postings of consecutive terms: `holders` for each term, `documents` and `counts` for each posting.

    `positions` for each occurrence, None for a field without them. No term is without a posting.
    """

    holders: Array
    documents: Array
    counts: Array
    positions: Array | None


def starts_of(sizes: Array) -> Array:
    """Return where each of consecutive runs begins."""
    return np.cumsum(sizes) - sizes


def spread(starts: Array, sizes: Array) -> Array:
    """Return the indices of runs: `starts[0]`, `starts[0] + 1` … for `sizes[0]` of them, then the next run's."""
    shift = starts.astype(np.int64) - starts_of(sizes.astype(np.int64))
    return np.repeat(shift, sizes) + np.arange(int(sizes.sum()), dtype=np.int64)


def occurrences(postings: Postings) -> Array:
    """Return how often each term occurs in all its documents."""
    return np.add.reduceat(postings.counts, starts_of(postings.holders), dtype=np.int64)


class FieldWriter:
    """Appends a field's postings, a run of terms at a time, to a sink."""

    def __init__(self, sink: Sink, field: str) -> None:
        self._sink = sink
        self._field = field
        self._written: dict[tuple[str, int], int] = {}
        self._places: dict[str, list[Array]] = {}

    def append(self, postings: Postings) -> None:
        """Add the next terms."""
        if not len(postings.holders):
            return
        starts = starts_of(postings.holders)
        gaps = np.diff(postings.documents, prepend=0)
        gaps[starts] = postings.documents[starts]
        widths = self._put("gaps", gaps, postings.holders)
        widths |= self._put("counts", postings.counts, postings.holders)
        if postings.positions is not None:
            widths |= self._put("positions", postings.positions, occurrences(postings))
        self._sink.append(f"{self._field}.holders", postings.holders.astype("<u4"))
        self._sink.append(f"{self._field}.widths", widths)

    def _put(self, stream: str, values: Array, sizes: Array) -> Array:
        """Write one stream's values, each term's in its own width; return the widths' codes."""
        codes = np.searchsorted(_LIMITS[stream], np.maximum.reduceat(values, starts_of(sizes)))
        at = np.zeros(len(sizes), np.int64)
        for code, width in enumerate(WIDTHS[stream]):
            chosen = codes == code
            if not chosen.any():
                continue
            here = sizes[chosen]
            written = self._written.get((stream, code), 0)
            at[chosen] = written + starts_of(here)
            self._written[stream, code] = written + int(here.sum())
            if width:
                part = values if chosen.all() else values[np.repeat(chosen, sizes)]
                self._sink.append(f"{self._field}.{stream}{width}", part.astype(TYPES[width]))
        self._places.setdefault(stream, []).append(at)
        shifted: Array = (codes << _SHIFTS[stream]).astype("<u1")
        return shifted

    def close(self) -> None:
        """Write where everything stands: in 4 bytes where that is enough, for this is a third of a rare term's size."""
        for stream, places in self._places.items():
            at = np.concatenate(places)
            is_small = max(self._written.values()) < 1 << 32
            self._sink.append(f"{self._field}.{stream}_at", at.astype("<u4" if is_small else "<u8"))


def codes_of(widths: Array, stream: str) -> Array:
    """Return the code of one stream's width."""
    return (widths >> _SHIFTS[stream]) & 3


def read_terms(arrays: Arrays, field: str, first: int, last: int) -> Postings:
    """Return the postings of the terms from number `first` to `last`, excluded."""
    holders = arrays[f"{field}.holders"][first:last].astype(np.int64)
    documents = _read(arrays, field, "gaps", (first, last), holders)
    if len(holders):
        starts = starts_of(holders)
        documents = np.cumsum(documents)
        documents -= np.repeat(np.concatenate(([0], documents[starts[1:] - 1])), holders)
    counts = _read(arrays, field, "counts", (first, last), holders)
    postings = Postings(holders=holders, documents=documents, counts=counts, positions=None)
    if f"{field}.positions_at" not in arrays or not len(holders):
        return postings
    positions = _read(arrays, field, "positions", (first, last), occurrences(postings))
    return Postings(holders=holders, documents=documents, counts=counts, positions=positions)


def _read(arrays: Arrays, field: str, stream: str, terms: tuple[int, int], sizes: Array) -> Array:
    """Return one stream's values of a run of terms: those of equal width lie side by side."""
    codes = codes_of(arrays[f"{field}.widths"][slice(*terms)], stream)
    at = arrays[f"{field}.{stream}_at"][slice(*terms)]
    values = np.ones(int(sizes.sum()), np.int64)
    for code, width in enumerate(WIDTHS[stream]):
        chosen = codes == code
        if width and chosen.any():
            begin = int(at[chosen][0])
            part = arrays[f"{field}.{stream}{width}"][begin : begin + int(sizes[chosen].sum())]
            if chosen.all():
                values[:] = part
            else:
                values[np.repeat(chosen, sizes)] = part
    return values
