"""One term in all segments of a state: its documents, how often they hold it, and where."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from index.arrays.files import Array, Arrays
from index.arrays.postings import counts_of, documents_of, holder_count, positions_of
from index.arrays.terms import find_term
from index.sets import NONE, Documents
from index.term_fields import TermField


def joined(parts: Iterable[Array]) -> Array:
    """Return arrays end to end; one alone is not copied."""
    several = list(parts)
    return several[0] if len(several) == 1 else np.concatenate(several or [NONE])


class Term:
    """A term in a state: what is asked of it is read once, and kept as long as the term is.

    `gains` are what `index.ranking` made of it, by weight.
    """

    def __init__(
        self, segments: Sequence[tuple[int, Arrays]], deleted: Array | None, field: TermField, term: str
    ) -> None:
        self._deleted = deleted
        self._field = field
        found = ((base, arrays, find_term(arrays, field, term)) for base, arrays in segments)
        self._places = [(base, arrays, number) for base, arrays, number in found if number is not None]
        self.gains: dict[float, Array] = {}

    @cached_property
    def holder_count(self) -> int:
        """How many documents hold it."""
        if self._deleted is not None:
            return len(self.documents)
        return sum(holder_count(arrays, self._field, number) for _, arrays, number in self._places)

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
    def _is_live(self) -> Array | None:
        return None if self._deleted is None else ~self._deleted[self._all]

    @cached_property
    def documents(self) -> Documents:
        """The documents that hold it."""
        return self._all if self._is_live is None else self._all[self._is_live]

    @cached_property
    def counts(self) -> Array:
        """How often each of `documents` holds it."""
        return self._all_counts if self._is_live is None else self._all_counts[self._is_live]

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
        places = np.searchsorted(self._all, documents)
        ends = self._ends[places]
        return ends - self._all_counts[places], ends
