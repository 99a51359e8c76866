"""Exact text by the positions of its grams: what a quotation matches, whatever the words are. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis import WHITESPACE_STEP
from index.arrays.files import Array
from index.arrays.scattered import find_grams, occurrences_in
from index.reader import POSITION_BITS, Reader
from index.sets import NONE, Documents, common, places_in
from index.starts import NOWHERE, Grams, Runs, Starts, Step, all_documents, all_starts
from index.term import Term

LONG = 8
"""Grams from which on a quotation is long: its RAREST grams are looked at one after another, 100 us each; most often
they leave next to nothing, in which its other grams are looked for, the rarer ones of these all at once."""

RAREST = 4

MOST_AT_ONCE = 4096
"""Documents that hold a gram which is looked at together with others. A formula of the genre, 300 characters whose pairs
nearly all of 100,000 reports hold, took 394 ms when all were and takes 6; at 1,024 short collections paid a fifth more."""

MOST_STARTS = 4096
"""Starts for which that is worth its while: what stands in so many reports is short, or worth waiting for."""

TELLING = 4
"""A gram that so many times fewer reports hold than any other of a phrase is looked at too."""


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
    is_open = any(step.is_open for step in steps)
    if len(steps) < LONG or is_open:
        sought = _sought(reader, [*steps, *_telling_bridge(reader, folded, steps)])
        return _find_steps(reader, sought).documents if is_open else sought.documents_of_all()
    holders = _holders(reader, steps)
    rarest_first = sorted(steps, key=lambda step: holders[step.gram])
    found = _find_steps(reader, _sought(reader, rarest_first[:RAREST]))
    if not len(found.starts):
        return NONE
    if len(found.starts) > MOST_STARTS:
        return _sought(reader, steps).documents_of_all()
    left = rarest_first[RAREST:]
    rare = [step for step in left if holders[step.gram] <= MOST_AT_ONCE]
    found = found.only(_all_here(reader, rare, found)) if rare else found
    for step in left[len(rare) :]:
        if len(found.starts):
            found = _only_where(reader, step, found)
    return found.documents


def _holders(reader: Reader, steps: Sequence[Step]) -> dict[str, int]:
    """Count the documents that hold each step's gram, deleted ones among them."""
    grams = list(dict.fromkeys(step.gram for step in steps))
    holders = np.zeros(len(grams), np.int64)
    for _, arrays in reader.segments:
        numbers, which = find_grams(arrays, grams)
        holders[which] += arrays["grams.holders"][numbers]
    return dict(zip(grams, holders.tolist(), strict=True))


def _telling_bridge(reader: Reader, folded: str, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the gram between two steps that tells most: 公开 and 信息 are in nearly all reports, 开信 in few."""
    taken = {step.offset for step in steps}
    between = [
        Step(gram=folded[offset : offset + 2], offset=offset)
        for offset in range(1, len(folded) - 2)
        if offset not in taken and " " not in folded[offset : offset + 2]
    ]
    closed = [step for step in steps if not step.is_open]
    holders = {step: reader.term("grams", step.gram).holder_count for step in (*closed, *between)}
    rarest = min(between, key=holders.__getitem__, default=None)
    if rarest and holders[rarest] * TELLING < min(holders[step] for step in closed):
        yield rarest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """A phrase's steps, the documents that hold all grams of the closed ones, and where these stand in them."""

    steps: tuple[Step, ...]
    documents: Documents
    grams: Grams

    @property
    def closed(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.is_open)

    def documents_of_all(self) -> Documents:
        """Return the documents in which all steps are taken; none is open. One gram alone stands wherever it is."""
        if len(self.steps) == 1 or not len(self.documents):
            return self.documents
        return all_documents(self.steps, self.grams, self.documents)


def _sought(reader: Reader, steps: Sequence[Step]) -> _Sought:
    terms: dict[str, Term] = {}
    documents = NONE
    for step in steps:
        if not step.is_open and step.gram not in terms:
            terms[step.gram] = reader.term("grams", step.gram)
            if not terms[step.gram].holder_count:  # most that nobody wrote ends here
                break
    else:
        documents = _holding_all(terms.values())
    several = terms.items() if len(documents) and len(steps) > 1 else ()
    grams = {gram: Runs(term.positions, *term.runs(documents)) for gram, term in several}
    return _Sought(steps=tuple(steps), documents=documents, grams=grams)


def _find_steps(reader: Reader, sought: _Sought) -> Starts:
    """Return where all steps are taken."""
    if not len(sought.documents):
        return NOWHERE
    found = all_starts(sought.closed, sought.grams, sought.documents)
    for step in sought.steps:
        if step.is_open and len(found.starts):
            found = found.only(_open_here(reader, step, found))
    return found


def _holding_all(terms: Iterable[Term]) -> Documents:
    """Return the documents that hold all terms; the commoner ones are read only while any document is left."""
    rarest_first = sorted(terms, key=lambda term: term.holder_count)
    documents, others = (rarest_first[0].documents, rarest_first[1:]) if rarest_first else (NONE, [])
    for term in others:
        if not len(documents):
            return NONE
        documents = common([documents, term])
    return documents


def _all_here(reader: Reader, steps: Sequence[Step], found: Starts) -> Array:
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


def _only_where(reader: Reader, step: Step, found: Starts) -> Starts:
    """Leave out the starts at which a common gram does not stand where it must. Its postings are not kept: there are many."""
    term = Term(reader.segments, reader.deleted, "grams", step.gram)
    is_held = places_in(found.documents, term.documents)[1]
    held = found.only(np.repeat(is_held, found.sizes))
    if not len(held.starts):
        return held
    rows = np.repeat(np.arange(len(held.documents)), held.sizes)
    runs = Runs(term.positions, *term.runs(held.documents))
    return held.only(runs.has(held.starts + step.offset, rows))


def _open_here(reader: Reader, step: Step, found: Starts) -> Array:
    """Return the same for a gram of which only the first character is known."""
    wanted = (
        (np.repeat(found.documents.astype(np.int64), found.sizes) << POSITION_BITS)
        + found.starts
        + step.offset
    )
    return places_in(wanted, reader.places_beginning(step.gram, found.documents))[1]
