"""What matching, ranking and counting read of an index: the same for every engine that scores in this process.

Documents are numbers that hold for one reader only: merges renumber them, so none is ever kept.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.tree import TextField

TermField = Literal["words", "grams", "characters"]
TERM_FIELDS: tuple[TermField, ...] = ("words", "grams", "characters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of each document besides its text; every sequence is indexed by document number.

    `live` are the numbers in use: replaced and withdrawn documents keep theirs until a merge.
    `copied` are the `families` that have several live documents.
    `titled` are the live documents of each bare title (`index.titles`).
    `texts` are folded, `dates` are YYYYMMDD with zeros for what is unknown, 0 for an unknown date.
    `lengths` count terms, `mean_lengths` are their means over the live documents.
    """

    live: frozenset[int]
    report_ids: Sequence[str]
    families: Sequence[str]
    copied: frozenset[str]
    standings: Sequence[str]
    facets: Mapping[str, Sequence[tuple[str, ...]]]
    texts: Mapping[TextField, Sequence[str]]
    titled: Mapping[str, Sequence[int]]
    dates: Sequence[int]
    lengths: Mapping[TermField, Sequence[int]]
    mean_lengths: Mapping[TermField, float]


class Reader(Protocol):
    """One consistent state of an index."""

    @property
    def facts(self) -> Facts:
        """The documents of this state."""
        ...

    def frequencies(self, field: TermField, term: str) -> Mapping[int, int]:
        """Return how often each live document that holds `term` holds it."""
        ...

    def positions(self, gram: str, documents: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Return where `gram` stands in those of `documents` that hold it."""
        ...

    def grams_beginning(self, character: str) -> Iterable[str]:
        """Return all grams that begin with `character`, which is one of them at the end of a run."""
        ...
