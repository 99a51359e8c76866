"""Exact text by the positions of its grams: what a quotation matches, whatever the words are. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.analysis import WHITESPACE_STEP
from index.arrays.coding import spread, starts_of
from index.arrays.files import Array
from index.reader import POSITION_BITS, Reader
from index.sets import NONE, Documents, common, places_in
from index.term import Term

HALVED = 40
"""A gram that stands so many times as often as the phrase may start is searched by halving, 250 ns for each start;
else all its places are marked, 6 ns each."""

MARKED = 1 << 22
"""Characters of text that are marked at once: 4 MB stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A gram that must stand `offset` positions after the phrase's start; any that begins so when `is_open`."""

    gram: str
    offset: int
    is_open: bool = False


def phrase_steps(folded: str) -> Iterator[Step]:
    """Yield the fewest grams that prove a phrase: every other one covers all characters.

    Positions count characters, so neighbouring numbers mean neighbouring characters. Where the phrase has
    whitespace the run before it must end there, which its last character alone says.
    """
    offset = 0
    runs = folded.split()
    for number, run in enumerate(runs, start=1):
        starts = sorted({*range(0, len(run) - 1, 2), len(run) - 2} - {-1})
        yield from (Step(gram=run[start : start + 2], offset=offset + start) for start in starts)
        if number < len(runs):
            yield Step(gram=run[-1], offset=offset + len(run) - 1)
        elif len(run) == 1:
            yield Step(gram=run, offset=offset, is_open=True)
        offset += len(run) + WHITESPACE_STEP


def find_phrase(reader: Reader, folded: str) -> Documents:
    """Return the documents in which a paragraph, or the title, holds `folded`; any whitespace is one space."""
    if len(folded) == 1:
        return reader.term("characters", folded).documents
    steps = list(phrase_steps(folded))
    terms = {step.gram: reader.term("grams", step.gram) for step in steps if not step.is_open}
    if not terms or not all(term.holder_count for term in terms.values()):
        return NONE
    documents = common([term.documents for term in terms.values()])
    if len(steps) == 1 or not len(documents):
        return documents
    first, *others = sorted(steps, key=lambda step: (step.is_open, _size(step, terms)))
    if first.is_open:
        return NONE
    found = _all_starts(first, terms[first.gram], documents)
    for step in others:
        if step.is_open:
            found = found.only(_open_here(reader, step, found))
        else:
            found = found.only(_here(step, terms[step.gram], found))
    return found.documents


def _size(step: Step, terms: dict[str, Term]) -> int:
    return 0 if step.is_open else terms[step.gram].holder_count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Starts:
    """Where a phrase may start: `sizes[n]` of the `starts` are in `documents[n]`, one document's after another's."""

    documents: Documents
    sizes: Array
    starts: Array

    def only(self, chosen: Array) -> "_Starts":
        """Leave out the starts that are not flagged, and documents that have none left."""
        if not len(self.starts):
            return self
        sizes = np.add.reduceat(chosen, starts_of(self.sizes), dtype=np.int64)
        has_any = sizes > 0
        return _Starts(documents=self.documents[has_any], sizes=sizes[has_any], starts=self.starts[chosen])


def _all_starts(step: Step, term: Term, documents: Documents) -> _Starts:
    """Return where the phrase would start in `documents`, which hold its gram."""
    begins, ends = term.runs(documents)
    starts = _run_positions(term, begins, ends).astype(np.int64) - step.offset
    found = _Starts(documents=documents, sizes=ends - begins, starts=starts)
    return found.only(starts >= 0)


def _run_positions(term: Term, begins: Array, ends: Array) -> Array:
    """Return the positions of runs, one after another; runs side by side are not copied."""
    if len(begins) and (begins[1:] == ends[:-1]).all():
        side_by_side: Array = term.positions[int(begins[0]) : int(ends[-1])]
        return side_by_side
    return np.asarray(term.positions[spread(begins, ends - begins)])


def _here(step: Step, term: Term, found: _Starts) -> Array:
    """Return a flag for each start: whether the gram stands where it must."""
    begins, ends = term.runs(found.documents)
    wanted = found.starts + step.offset
    if len(wanted) * HALVED < int((ends - begins).sum()):
        return _halved(term.positions, wanted, np.repeat(begins, found.sizes), np.repeat(ends, found.sizes))
    flags = np.zeros(len(wanted), bool)
    marks = np.zeros(MARKED, bool)
    reach = 1 + np.maximum(term.positions[ends - 1], wanted[np.cumsum(found.sizes) - 1])
    total = np.cumsum(reach)
    bounds = np.cumsum(np.concatenate(([0], found.sizes)))
    first = 0
    while first < len(found.documents):
        before = int(total[first] - reach[first])
        last = max(first + 1, int(np.searchsorted(total, before + len(marks), side="right")))
        if last == first + 1 and reach[first] > len(marks):  # one text longer than all marks
            marks = np.zeros(int(reach[first]), bool)
        bases = total[first:last] - reach[first:last] - before
        stands = _run_positions(term, begins[first:last], ends[first:last])
        stands = np.repeat(bases, (ends - begins)[first:last]) + stands
        part = slice(int(bounds[first]), int(bounds[last]))
        marks[stands] = True
        flags[part] = marks[np.repeat(bases, found.sizes[first:last]) + wanted[part]]
        marks[stands] = False
        first = last
    return flags


def _halved(positions: Array, wanted: Array, low: Array, high: Array) -> Array:
    """Return a flag for each of `wanted`: whether it stands in its run of `positions`, which rises; all at once."""
    ends = high
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        is_below = positions[np.minimum(middle, len(positions) - 1)] < wanted
        is_open = low < high
        low = np.where(is_below & is_open, middle + 1, low)
        high = np.where(is_below | ~is_open, high, middle)
    flags: Array = (low < ends) & (positions[np.minimum(low, len(positions) - 1)] == wanted)
    return flags


def _open_here(reader: Reader, step: Step, found: _Starts) -> Array:
    """Return the same for a gram of which only the first character is known."""
    wanted = (
        (np.repeat(found.documents.astype(np.int64), found.sizes) << POSITION_BITS)
        + found.starts
        + step.offset
    )
    return places_in(wanted, reader.places_beginning(step.gram, found.documents))[1]
