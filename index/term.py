"""One term in all segments of a state: its documents, how often they hold it, and where."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from index.arrays.files import Array, Arrays
from index.arrays.postings import counts_of, documents_of, holder_count, positions_of
from index.arrays.terms import find_term
from index.sets import NONE, SKEW, Documents, Flags, flags
from index.term_fields import TermField

DENSE_SHARE = 1 / 8
"""Of a term that more of the documents hold a flag and a score are kept for every document there is."""


def joined(parts: Iterable[Array]) -> Array:
    """Return arrays end to end; one alone is not copied."""
    several = list(parts)
    return several[0] if len(several) == 1 else np.concatenate(several or [NONE])


class Term:
    """A term in a state: what is asked of it is read once, and kept as long as the term is.

    `gains` are what `index.ranking` made of it, by weight, for each of `documents`; `rows` the same for every document.
    """

    def __init__(
        self, segments: Sequence[tuple[int, Arrays]], deleted: Array | None, field: TermField, term: str
    ) -> None:
        self._segments = segments
        self._deleted = deleted
        self._field = field
        found = ((base, arrays, find_term(arrays, field, term)) for base, arrays in segments)
        self._places = [(base, arrays, number) for base, arrays, number in found if number is not None]
        self.gains: dict[float, Array] = {}
        self.rows: dict[float, Array] = {}

    @cached_property
    def holder_count(self) -> int:
        """How many documents hold it."""
        if self._deleted is not None:
            return len(self.documents)
        return sum(holder_count(arrays, self._field, number) for _, arrays, number in self._places)

    @cached_property
    def _size(self) -> int:
        """How many documents there are, deleted ones among them."""
        return sum(len(arrays["dates"]) for _, arrays in self._segments)

    @cached_property
    def is_dense(self) -> bool:
        """Whether a good part of all documents hold it."""
        return self.holder_count > self._size * DENSE_SHARE

    @property
    def kept_size(self) -> int:
        """How many entries its longest rows have."""
        return self._size if self.is_dense else self.holder_count

    @cached_property
    def _all(self) -> Documents:
        """Its documents, deleted ones among them."""
        return joined(
            documents_of(arrays, self._field, number) + np.int64(base)
            for base, arrays, number in self._places
        )

    @cached_property
    def _all_counts(self) -> Array:
        return joined(counts_of(arrays, self._field, number) for _, arrays, number in self._places)

    @cached_property
    def _live_places(self) -> Array | None:
        """Where the documents in use stand among all; None where none was deleted."""
        if self._deleted is None:
            return None
        is_deleted = self._deleted.take(self._all)
        return (~is_deleted).nonzero()[0] if is_deleted.any() else None

    @cached_property
    def documents(self) -> Documents:
        """The documents that hold it."""
        return self._all if self._live_places is None else self._all.take(self._live_places)

    @cached_property
    def counts(self) -> Array:
        """How often each of `documents` holds it."""
        return self._all_counts if self._live_places is None else self._all_counts.take(self._live_places)

    @cached_property
    def flags(self) -> Flags | None:
        """A flag for every document: whether it holds it; None for a term that is not dense."""
        return flags(self.documents, self._size) if self.is_dense else None

    @cached_property
    def _ends(self) -> Array:
        return np.cumsum(self._all_counts, dtype=np.int64)

    @cached_property
    def positions(self) -> Array:
        """Where it stands: the run of one document's positions after another's."""
        return joined(
            positions_of(arrays, self._field, number, int(counts_of(arrays, self._field, number).sum()))
            for _, arrays, number in self._places
        )

    def runs(self, documents: Documents) -> tuple[Array, Array]:
        """Return where the runs of `documents`, which all hold it, begin in `positions`, and where they end."""
        if len(documents) == len(self._all):
            return self._ends - self._all_counts, self._ends
        if len(documents) * SKEW < len(self._all):
            places = np.searchsorted(self._all, documents)
        else:
            places = flags(documents, int(self._all[-1]) + 1).take(self._all).nonzero()[0]
        ends = self._ends.take(places)
        return ends - self._all_counts.take(places), ends
