"""Exact text by the positions of its grams: what a quotation matches, whatever the words are. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis import WHITESPACE_STEP
from index.arrays.coding import spread, starts_of
from index.arrays.files import Array
from index.arrays.scattered import find_grams, occurrences_in
from index.reader import POSITION_BITS, Reader
from index.sets import NONE, Documents, common, places_in
from index.term import Term

HALVED = 40
"""A gram that stands so many times as often as the phrase may start is searched by halving, 250 ns for each start;
else all its places are marked, 6 ns each."""

FEW_STARTS = 16
"""So few are searched by halving whatever stands there: 80 us, of which a row of marks takes more."""

LONG = 8
"""Grams from which on a quotation is long: its RAREST grams are looked at one after another, 100 us each; most often
they leave next to nothing, in which all of its grams are looked for at once."""

RAREST = 4

MOST_STARTS = 4096
"""Starts for which that is worth its while: what stands in so many reports is short, or worth waiting for."""

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
    if len(steps) == 1 and not steps[0].is_open:
        return reader.term("grams", folded).documents
    if len(steps) < LONG or any(step.is_open for step in steps):
        return _find_steps(reader, steps).documents
    found = _find_steps(reader, _rarest(reader, steps))
    if not len(found.starts):
        return NONE
    if len(found.starts) > MOST_STARTS:
        return _find_steps(reader, steps).documents
    return found.only(_all_here(reader, steps, found)).documents


def _rarest(reader: Reader, steps: Sequence[Step]) -> list[Step]:
    """Return the steps whose grams the fewest documents hold, deleted ones among them."""
    grams = list(dict.fromkeys(step.gram for step in steps))
    holders = np.zeros(len(grams), np.int64)
    for _, arrays in reader.segments:
        numbers, which = find_grams(arrays, grams)
        holders[which] += arrays["grams.holders"][numbers]
    holders_of = dict(zip(grams, holders.tolist(), strict=True))
    return sorted(steps, key=lambda step: holders_of[step.gram])[:RAREST]


def _find_steps(reader: Reader, steps: Sequence[Step]) -> "_Starts":
    """Return where all steps are taken, looked at one after another."""
    terms: dict[str, Term] = {}
    for step in steps:
        if step.is_open or step.gram in terms:
            continue
        terms[step.gram] = reader.term("grams", step.gram)
        if not terms[step.gram].holder_count:  # most that nobody wrote ends here
            return NOWHERE
    documents = _holding_all(terms.values())
    first, *others = sorted(steps, key=lambda step: (step.is_open, _size(step, terms)))
    if first.is_open or not len(documents):
        return NOWHERE
    found = _all_starts(first, terms[first.gram], documents)
    for step in others:
        if not len(found.starts):
            break
        if step.is_open:
            found = found.only(_open_here(reader, step, found))
        else:
            found = found.only(_here(step, terms[step.gram], found))
    return found


def _holding_all(terms: Iterable[Term]) -> Documents:
    """Return the documents that hold all terms; the commoner ones are read only while any document is left."""
    rarest_first = sorted(terms, key=lambda term: term.holder_count)
    documents, others = (rarest_first[0].documents, rarest_first[1:]) if rarest_first else (NONE, [])
    for term in others:
        if not len(documents):
            return NONE
        documents = common([documents, term.documents])
    return documents


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


NOWHERE = _Starts(documents=NONE, sizes=np.zeros(0, np.int64), starts=np.zeros(0, np.int64))


def _all_starts(step: Step, term: Term, documents: Documents) -> _Starts:
    """Return where the phrase would start in `documents`, which hold its gram."""
    begins, ends = term.runs(documents)
    starts = _run_positions(term, begins, ends).astype(np.int64) - step.offset
    found = _Starts(documents=documents, sizes=ends - begins, starts=starts)
    return found.only(starts >= 0)


def _all_here(reader: Reader, steps: Sequence[Step], found: _Starts) -> Array:
    """Return a flag for each start: whether every gram stands where it must; all read at once."""
    grams = list(dict.fromkeys(step.gram for step in steps))
    number_of = {gram: number for number, gram in enumerate(grams)}
    keys = [np.zeros(0, np.int64)]
    for base, arrays in reader.segments:
        numbers, which = find_grams(arrays, grams)
        inside = found.documents[(found.documents >= base) & (found.documents < base + len(arrays["dates"]))]
        place, document, position = occurrences_in(arrays, "grams", numbers, inside - np.int32(base))
        row = np.searchsorted(found.documents, document + base)
        keys.append((which[place] * MOST_STARTS + row << POSITION_BITS) + position)
    stands = np.sort(np.concatenate(keys))
    rows = np.repeat(np.arange(len(found.documents)), found.sizes)
    numbers = np.array([number_of[step.gram] for step in steps])[:, None]
    offsets = np.array([step.offset for step in steps])[:, None]
    wanted = (numbers * MOST_STARTS + rows << POSITION_BITS) + found.starts + offsets
    places = np.minimum(np.searchsorted(stands, wanted), max(len(stands) - 1, 0))
    flags: Array = (stands[places] == wanted).all(axis=0) if len(stands) else np.zeros(len(rows), bool)
    return flags


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
    if len(wanted) <= FEW_STARTS or len(wanted) * HALVED < int((ends - begins).sum()):
        return _halved(term.positions, wanted, np.repeat(begins, found.sizes), np.repeat(ends, found.sizes))
    flags = np.zeros(len(wanted), bool)
    reach = 1 + np.maximum(term.positions[ends - 1], wanted[np.cumsum(found.sizes) - 1])
    total = np.cumsum(reach)
    marks = np.zeros(min(MARKED, int(total[-1])), bool)
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
