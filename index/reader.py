"""One committed state of the index: its segments as one run of documents. Read-only, and shared by all threads.

Documents are numbers that hold for one state only: merges renumber them, so none is ever kept. Columns that a
whole search needs are joined when they are first asked for; of one segment they are the mapped file itself.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from threading import Lock

import numpy as np

from index.arrays.coding import read_terms
from index.arrays.columns import documents_holding, named, text_of, titled
from index.arrays.files import Array, Arrays
from index.arrays.terms import grams_beginning, grams_between
from index.facet_tables import Tables, to_tables
from index.families import Families, to_families
from index.quotations import Quotations
from index.sets import NONE, Documents, Flags, Held, Kept, chosen, flags, places_in
from index.term import Term, joined
from index.term_fields import TermField
from index.tree import TextField

POSITION_BITS = 32
"""Positions are below 2 to the power of this."""

KEPT_POSTINGS = 4_000_000
"""Postings of terms that were asked for last, as they are searched: 32 bytes each with their scores, 128 MB at most."""

KEPT_CHOICES = 16
"""Choices of facets that were asked for last: 9 bytes for each document, 150 MB at most of a million."""

OPEN_TERMS = 4096
"""Grams that begin with a character, read at once: the commonest characters have some thousands."""


class Reader:
    """The segments' arrays with the documents deleted of each."""

    def __init__(self, segments: Sequence[tuple[Arrays, Documents]], before: "Reader | None" = None) -> None:
        """Read segments; what `before` knows of those that it has too is taken from there."""
        sizes = [len(arrays["dates"]) for arrays, _ in segments]
        self._bases = [0, *accumulate(sizes)]
        self.segments = tuple(
            (base, arrays) for base, (arrays, _) in zip(self._bases, segments, strict=False)
        )
        self.size = self._bases[-1]
        deleted = [
            base + numbers for base, (_, numbers) in zip(self._bases, segments, strict=False) if len(numbers)
        ]
        self.deleted: Array | None = None
        if deleted:
            self.deleted = np.zeros(self.size, bool)
            self.deleted[np.concatenate(deleted)] = True
        self.live_count = self.size - sum(map(len, deleted))
        self._lock = Lock()
        self._terms: OrderedDict[tuple[TermField, str], Term] = OrderedDict()
        self._kept_postings = 0
        has_first = before and before.segments and self.segments and before.segments[0][1] is segments[0][0]
        if before and has_first and "first_facets" in before.__dict__:
            self.first_facets = before.first_facets
        self._row_counts: dict[tuple[int, bool], Array] = {}
        self._choices: OrderedDict[Hashable, Kept] = OrderedDict()

    def term(self, field: TermField, term: str) -> Term:
        """Return a term; its postings are read when they are asked for, and kept while others are asked for more."""
        key = (field, term)
        with self._lock:
            if found := self._terms.get(key):
                self._terms.move_to_end(key)
                return found
        fresh = Term(self.segments, self.deleted, field, term)
        size = fresh.kept_size
        with self._lock:
            if key not in self._terms and size <= KEPT_POSTINGS:
                self._terms[key] = fresh
                self._kept_postings += size
                while self._kept_postings > KEPT_POSTINGS:
                    self._kept_postings -= self._terms.popitem(last=False)[1].kept_size
        return fresh

    @cached_property
    def live(self) -> Documents:
        """The documents in use: replaced and withdrawn ones keep their number until a merge."""
        if self.deleted is None:
            return np.arange(self.size, dtype=np.int64)
        return np.flatnonzero(~self.deleted).astype(np.int64)

    def only_live(self, documents: Documents) -> Documents:
        """Return those of `documents` that are in use."""
        return documents if self.deleted is None else chosen(documents, ~self.deleted.take(documents))

    def column(self, name: str) -> Array:
        """Return a column of all documents; of several segments it is joined each time."""
        return joined(arrays[name] for _, arrays in self.segments)

    @cached_property
    def newest(self) -> Array:
        """What is larger the later the date: YYYYMMDD, zeros for what is unknown, 0 for an unknown date."""
        return self.column("dates")

    @cached_property
    def oldest(self) -> Array:
        """What is larger the earlier the date, and 0 for an unknown one."""
        return np.where(self.newest == 0, np.uint32(0), ~self.newest)

    @cached_property
    def ties(self) -> Array:
        """The order of equals, by the first 8 bytes of the family's id; where these are equal, by `family`."""
        return self.column("ties")

    @cached_property
    def _lengths(self) -> dict[str, Array]:
        return {name: self.column(f"{name}.lengths") for name in ("words", "characters")}

    def lengths(self, field: TermField) -> Array:
        """Return how many terms each document has; as many grams as characters."""
        return self._lengths["words" if field == "words" else "characters"]

    @cached_property
    def _mean_lengths(self) -> dict[str, float]:
        return {
            name: int(lengths[self.live].sum(dtype=np.int64)) / self.live_count if self.live_count else 0.0
            for name, lengths in self._lengths.items()
        }

    def mean_length(self, field: TermField) -> float:
        """Return the mean of the lengths of the documents in use."""
        return self._mean_lengths["words" if field == "words" else "characters"]

    @cached_property
    def norms(self) -> dict[tuple[str, float, float], Array]:
        """What `index.ranking` made of the lengths, kept for the next search."""
        return {}

    def having(self, key: Hashable, facet: str, rows: Callable[[], Flags]) -> Held:
        """Return the documents in use whose row of a facet is flagged; those asked for last are kept, under `key`."""
        with self._lock:
            if found := self._choices.get(key):
                self._choices.move_to_end(key)
                return found
        numbers = self.only_live(rows().take(self.facets[facet].rows).nonzero()[0])
        fresh = Kept(documents=numbers, flags=flags(numbers, self.size))
        with self._lock:
            self._choices[key] = fresh
            while len(self._choices) > KEPT_CHOICES:
                self._choices.popitem(last=False)
        return fresh

    @cached_property
    def quotations(self) -> Quotations:
        """What was quoted last, and where it was found."""
        return Quotations()

    @cached_property
    def first_facets(self) -> Tables:
        """The facets of the first segment alone, the largest as a rule: the state after it has them too."""
        return to_tables([arrays for _, arrays in self.segments[:1]])

    @cached_property
    def facets(self) -> Tables:
        """The facets' values and who has which."""
        others = [arrays for _, arrays in self.segments[1:]]
        return to_tables(others, self.first_facets) if others else self.first_facets

    def row_counts(self, facet: str, *, is_alone: bool) -> Array:
        """Return how many documents in use have each row of a facet; those without copies only, if `is_alone`."""
        key = (self.facets[facet].group, is_alone)
        if key not in self._row_counts:
            table = self.facets[facet]
            documents = chosen(self.live, ~self.families.has_copies[self.live]) if is_alone else self.live
            self._row_counts[key] = np.bincount(table.rows.take(documents), minlength=len(table.sizes))
        return self._row_counts[key]

    @cached_property
    def families(self) -> Families:
        """The documents of which there are several copies."""
        return to_families(self.segments, self.deleted, self.size)

    def _segment_of(self, document: int) -> tuple[Arrays, int]:
        number = bisect_right(self._bases, document, hi=len(self.segments)) - 1
        return self.segments[number][1], document - self._bases[number]

    def report_id(self, document: int) -> str:
        """Return a document's id."""
        arrays, number = self._segment_of(document)
        return str(arrays["report_ids"][number].decode())

    def report_ids_of(self, documents: Sequence[int]) -> list[str]:
        """Return the ids of some documents."""
        if len(self.segments) != 1:
            return [self.report_id(document) for document in documents]
        return [one.decode() for one in self.segments[0][1]["report_ids"].take(documents).tolist()]

    def report_ids(self) -> Iterator[str]:
        """Yield the ids of all documents in use."""
        ids = np.concatenate([arrays["report_ids"] for _, arrays in self.segments] or [np.zeros(0, "S1")])
        yield from (one.decode() for one in ids[self.live].tolist())

    def family(self, document: int) -> str:
        """Return the id of a document's family: its own for a text of its own."""
        return self.families.names.get(document) or self.report_id(document)

    def holding(self, field: TextField, needle: str) -> Documents:
        """Return the documents in use whose `field` holds `needle`."""
        found = [documents_holding(arrays, field, needle) + base for base, arrays in self.segments]
        return self.only_live(np.concatenate(found or [NONE]).astype(np.int64))

    def titled(self, bare: str) -> Iterator[tuple[int, str]]:
        """Yield the documents in use whose bare title is most likely `bare`, with their titles."""
        for base, arrays in self.segments:
            for number in titled(arrays, bare):
                if self.deleted is None or not self.deleted[base + number]:
                    yield base + number, text_of(arrays, "title", number)

    def named(self, bare: Sequence[str]) -> list[tuple[str, Documents]]:
        """Return those of many bare titles that documents in use have, but for a bracketed tail, and those documents."""
        found: dict[str, list[Documents]] = {}
        for base, arrays in self.segments:
            for title, documents in named(arrays, bare):
                if len(live := self.only_live(documents.astype(np.int64) + np.int64(base))):
                    found.setdefault(title, []).append(live)
        return [(title, joined(found[title])) for title in bare if title in found]

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        """Return all grams that begin with one or two characters; one may stand alone at the end of a run."""
        found: set[str] = set()
        for _, arrays in self.segments:
            found.update(grams_between(arrays, *grams_beginning(arrays, beginning)))
        return sorted(found)

    def places_beginning(self, character: str, documents: Documents) -> Array:
        """Return where any gram that begins with a character stands in `documents`, in order.

        A place is `document << POSITION_BITS | position`.
        """
        found = [NONE.astype(np.int64)]
        for base, arrays in self.segments:
            first, last = grams_beginning(arrays, character)
            for start in range(first, last, OPEN_TERMS):
                postings = read_terms(arrays, "grams", start, min(last, start + OPEN_TERMS))
                assert postings.positions is not None  # grams have positions
                holders = (postings.documents + base).astype(np.int64)
                chosen = places_in(holders, documents)[1]
                positions = postings.positions[np.repeat(chosen, postings.counts)]
                here = np.repeat(holders[chosen].astype(np.int64), postings.counts[chosen])
                found.append((here << POSITION_BITS) + positions)
        return np.sort(np.concatenate(found))
