"""Exact text by the positions of its grams: what a quotation matches, whatever the words are. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.analysis import WHITESPACE_STEP
from index.arrays.files import Array
from index.reader import POSITION_BITS, Reader, Term
from index.sets import NONE, Documents, common, places_in


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
    rarest_first = sorted(steps, key=lambda step: (step.is_open, _size(step, terms)))
    starts: Array | None = None
    for step in rarest_first:
        here = _starts(reader, step, terms, documents)
        starts = here if starts is None else here[_among(here, starts)]
        documents = np.unique(starts >> POSITION_BITS).astype(np.int32)
        if not len(documents):
            break
    return documents


def _size(step: Step, terms: dict[str, Term]) -> int:
    return 0 if step.is_open else terms[step.gram].holder_count


def _starts(reader: Reader, step: Step, terms: dict[str, Term], documents: Documents) -> Array:
    """Return where the phrase would start in `documents`, by one of its grams."""
    if step.is_open:
        places = np.sort(reader.places_beginning(step.gram, documents))
    else:
        places = terms[step.gram].places(documents)
    return places - step.offset


def _among(starts: Array, others: Array) -> Array:
    """Return a flag for each of `starts`, in order as `others` are: whether it is one of them."""
    if len(starts) <= len(others):
        return places_in(starts, others)[1]
    held = np.zeros(len(starts), bool)
    places, found = places_in(others, starts)
    held[places[found]] = True
    return held
