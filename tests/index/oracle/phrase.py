"""Exact text by the positions of its grams: what a quotation matches, whatever the words are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.analysis import WHITESPACE_STEP
from tests.index.oracle.reader import Reader

SIFTING_GRAMS = 12
"""Grams whose holders are intersected before any position is read: more of them hardly ever leave fewer reports."""


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


def _positions(reader: Reader, step: Step, documents: Collection[int]) -> Mapping[int, Sequence[int]]:
    if not step.is_open:
        return reader.positions(step.gram, documents)
    found: dict[int, list[int]] = {}
    for gram in reader.grams_beginning(step.gram):
        for document, positions in reader.positions(gram, documents).items():
            found.setdefault(document, []).extend(positions)
    return found


def find_phrase(reader: Reader, folded: str) -> frozenset[int]:
    """Return the documents in which a paragraph, or the title, holds `folded`; any whitespace is one space."""
    if len(folded) == 1:
        return frozenset(reader.frequencies("characters", folded))
    steps = list(phrase_steps(folded))
    closed = {step.gram for step in steps if not step.is_open}
    if not closed:
        return frozenset()
    sifting = sorted(closed)[:: -(-len(closed) // SIFTING_GRAMS)]
    rarest_first = sorted((frozenset(reader.frequencies("grams", gram)) for gram in sifting), key=len)
    documents = rarest_first[0].intersection(*rarest_first[1:])
    if len(steps) == 1:
        return documents
    starts: dict[int, set[int]] | None = None
    for step in steps:
        if not documents:
            break
        here = {
            document: {position - step.offset for position in positions}
            for document, positions in _positions(reader, step, documents).items()
        }
        if starts is not None:
            here = {document: places & starts[document] for document, places in here.items()}
        starts = {document: places for document, places in here.items() if places}
        documents = frozenset(starts)
    return documents
