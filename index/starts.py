"""Where a phrase may start, and which starts are right: the places of its grams, compared all at once. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.coding import spread
from index.arrays.files import Array
from index.sets import NONE, Documents, Flags

HALVED = 40
"""Grams that stand so many times as often as the phrase may start are searched by halving, 40 ns for each start;
else all their places are looked up among marked starts, 3 ns each."""

FEW_STARTS = 16
"""So few are searched by halving whatever stands there: 80 us, of which a row of marks takes more."""

MANY_DOCUMENTS = 4096
"""Of so many documents each is tried by its first places: most that have all grams have them side by side there."""

TRIED = 3
"""Places of each document that are tried so; then what is left is searched in full."""

MARKED = 1 << 21
"""Characters of text that are marked at once: 2 MB stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A gram that must stand `offset` positions after the phrase's start; any that begins so when `is_open`."""

    gram: str
    offset: int
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Where a phrase may start: `sizes[n]` of the `starts` are in `documents[n]`, one document's after another's."""

    documents: Documents
    sizes: Array
    starts: Array

    def only(self, is_right: Flags) -> "Starts":
        """Leave out the starts that are not flagged, and documents that have none left."""
        if not len(self.starts):
            return self
        left = is_right.nonzero()[0]
        rows = np.repeat(np.arange(len(self.documents)), self.sizes)
        return _to_starts(self.documents, rows.take(left), self.starts.take(left))


NOWHERE = Starts(documents=NONE, sizes=NONE, starts=NONE)


def _to_starts(documents: Documents, rows: Array, starts: Array) -> Starts:
    """Return starts in the documents of these rows, which rise."""
    sizes = np.bincount(rows, minlength=len(documents))
    held = sizes.nonzero()[0]
    return Starts(documents=documents.take(held), sizes=sizes.take(held), starts=starts)


class Runs:
    """Where a gram stands in documents that all hold it: `positions[begins[n]:ends[n]]`, rising, in the nth of them."""

    def __init__(self, positions: Array, begins: Array, ends: Array) -> None:
        self.positions, self.begins, self.ends = positions, begins, ends
        self.sizes = ends - begins
        self.total = int(self.sizes.sum())
        self._side_by_side = self.total == int(ends[-1] - begins[0])  # then they are not copied

    def between(self, first: int, last: int) -> Array:
        """Return the positions in these documents, one after another."""
        if self._side_by_side:
            return self.positions[int(self.begins[first]) : int(self.ends[last - 1])]
        return self.positions.take(spread(self.begins[first:last], self.sizes[first:last]))

    def only(self, rows: Array) -> "Runs":
        """Leave out all but some documents."""
        return Runs(self.positions, self.begins.take(rows), self.ends.take(rows))

    def has(self, wanted: Array, rows: Array) -> Flags:
        """Return a flag for each of `wanted`: whether the gram stands there, in the document of the row; by halving."""
        ends = self.ends.take(rows)
        below = self.begins.take(rows) - 1  # the last place known to be before the one wanted
        for power in reversed(range(int(self.sizes.max(initial=0)).bit_length())):
            there = below + (1 << power)
            is_before = self.positions.take(there, mode="clip") < wanted
            is_before &= there < ends
            np.copyto(below, there, where=is_before)
        below += 1
        found: Flags = self.positions.take(below, mode="clip") == wanted
        return found & (below < ends)


Grams = Mapping[str, Runs]
"""Where each gram of a phrase stands, all of them in the same documents."""


def all_starts(steps: Sequence[Step], grams: Grams, documents: Documents) -> Starts:
    """Return where all steps are taken; none of them is open."""
    rarest_first = sorted(steps, key=lambda step: grams[step.gram].total)
    totals = [grams[step.gram].total for step in rarest_first]
    if totals[0] <= FEW_STARTS or totals[0] * len(steps) * HALVED < sum(totals):
        return _one_by_one(rarest_first, grams, documents)
    return _all_marked(rarest_first, grams, documents)


def all_documents(steps: Sequence[Step], grams: Grams, documents: Documents) -> Documents:
    """Return only the documents of the same starts: of most the first is right, and no other needs to be looked at."""
    if len(documents) < MANY_DOCUMENTS:
        return all_starts(steps, grams, documents).documents
    first, *others = sorted(steps, key=lambda step: grams[step.gram].total)
    mine = grams[first.gram]
    is_right = np.zeros(len(documents), bool)
    rows, places = np.arange(len(documents)), mine.begins
    for _ in range(TRIED):
        starts = mine.positions.take(places).astype(np.int64) - first.offset
        left = (starts >= 0).nonzero()[0]
        for step in others:
            stands = grams[step.gram].has(starts.take(left) + step.offset, rows.take(left))
            left = left.take(stands.nonzero()[0])
        is_right[rows.take(left)] = True
        places = places + 1
        remaining = (~is_right.take(rows) & (places < mine.ends.take(rows))).nonzero()[0]
        rows, places = rows.take(remaining), places.take(remaining)
    if len(rows):
        others_right = all_starts(
            steps, {gram: runs.only(rows) for gram, runs in grams.items()}, rows
        ).documents
        is_right[others_right] = True
    return documents.take(is_right.nonzero()[0])


def _one_by_one(steps: Sequence[Step], grams: Grams, documents: Documents) -> Starts:
    """Return few starts, looked up among the places of one gram after another."""
    first, *others = steps
    mine = grams[first.gram]
    starts = mine.between(0, len(documents)).astype(np.int64) - first.offset
    rows = np.repeat(np.arange(len(documents)), mine.sizes)
    left = (starts >= 0).nonzero()[0]
    for step in others:
        starts, rows = starts.take(left), rows.take(left)
        left = grams[step.gram].has(starts + step.offset, rows).nonzero()[0]
    return _to_starts(documents, rows.take(left), starts.take(left))


def _all_marked(steps: Sequence[Step], grams: Grams, documents: Documents) -> Starts:
    """Return very many starts: some documents at a time, their places told apart by a base for each.

    A base leaves so much room after a document's last place that no start reaches into the next document.
    """
    longest = max(step.offset for step in steps)
    reach = longest + 1 + np.max([one.positions.take(one.ends - 1) for one in grams.values()], axis=0)
    ends = np.cumsum(reach, dtype=np.int64)
    marks = np.zeros(max(MARKED, int(reach.max())), bool)
    found, sizes = [], []
    first = 0
    while first < len(documents):
        before = int(ends[first] - reach[first])
        last = int(np.searchsorted(ends, before + len(marks), side="right"))
        bases = ends[first:last] - reach[first:last] - before
        places = _marked(steps, grams, slice(first, last), bases, marks)
        sizes.append(np.diff(np.searchsorted(places, bases), append=len(places)))
        found.append(places - np.repeat(bases, sizes[-1]))
        first = last
    every = np.concatenate(sizes)
    held = every.nonzero()[0]
    return Starts(documents=documents.take(held), sizes=every.take(held), starts=np.concatenate(found))


def _marked(steps: Sequence[Step], grams: Grams, part: slice, bases: Array, marks: Flags) -> Array:
    """Return where all steps are taken in some documents, with `bases` added: gram by gram, the rarest first.

    What is left is marked, and the next gram's places are looked up: .8 ns each, where marking them takes 2.4.
    """
    starts: Array = NONE
    for number, step in enumerate(steps):
        one = grams[step.gram]
        positions = one.between(part.start, part.stop)
        places = np.repeat(bases - step.offset, one.sizes[part])
        places += positions
        if not number:
            starts = places.take((positions >= step.offset).nonzero()[0])
            continue
        marks[starts] = True
        right = marks.take(places).nonzero()[0]
        marks[starts] = False
        starts = places.take(right)
        if not len(starts):
            break
    return starts
