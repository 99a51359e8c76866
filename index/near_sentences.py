"""What was perhaps meant by one character of a sentence: 桂影县如何办理依申情公开 has a pair that no report holds on either side.

A sentence finds what holds any of its words, so that a slip leaves hits and is easily overlooked. Only what
sounds or looks like the character that was typed is offered, and only where a report holds it beside its neighbours.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from index.analysis import cut_words
from index.engine import Correction
from index.fold import fold
from index.near_misses import LONGEST, MAX_OFFERED, Held, alike
from index.segment import MAX_LEAD_CHARACTERS, QUESTION_WORDS
from index.tree import Phrase, Words

MAX_SUSPECTS = 3
"""Characters that stand beside neither neighbour in any report. More of them are no slip but another subject."""

MAX_SOUGHT = 4
"""Candidates for one character that are sought as they would stand, .1 ms each."""

NARROW = ((1, 1), (2, 0), (0, 2))
WIDER = ((2, 2), (2, 1), (1, 2))
"""Characters before the one put right and after it, of which a report must hold the narrow, and is shown the wider."""


class HeldAtOnce(Protocol):
    """What is asked of an index, as few times as can be: over a network each time is a round trip."""

    def standing(self, grams: Collection[str]) -> Collection[str]:
        """Return those pairs of characters that stand in any report."""
        ...

    def literal_counts(self, texts: Collection[str]) -> Mapping[str, int]:
        """Return for each folded text how many documents hold it."""
        ...


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Asks an index on this machine, where asking costs no more than the answer."""

    held: Held

    def standing(self, grams: Collection[str]) -> frozenset[str]:
        """Return those pairs of characters that stand in any report."""
        return frozenset(gram for gram in grams if any(True for _ in self.held.grams_beginning(gram)))

    def literal_counts(self, texts: Collection[str]) -> dict[str, int]:
        """Return for each folded text how many documents hold it."""
        return {text: self.held.literal_count(text) for text in texts}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The sentence with another character at one place."""

    at: int
    character: str
    text: str

    def windows(self, shapes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where the text around the place begins and ends, of those shapes that stay within words."""
        for before, after in shapes:
            start, end = self.at - before, self.at + after + 1
            if start >= 0 and end <= len(self.text) and self.text[start:end].isalnum():
                yield start, end

    def texts(self, shapes: Iterable[tuple[int, int]]) -> list[str]:
        """Return the text of each such window."""
        return [self.text[start:end] for start, end in self.windows(shapes)]


def _single(folded: str) -> Iterator[int]:
    """Yield where a word of one character stands: a slip breaks its word into such, 请问 and 什么 stay whole."""
    at = 0
    for word in cut_words(folded):
        if (found := folded.find(word, at)) >= 0:  # 3,045 is cut as 3045
            at = found + len(word)
            if len(word) == 1 and word not in QUESTION_WORDS:
                yield found


def _around(folded: str, at: int, character: str) -> tuple[str, str]:
    """Return a character with the neighbour before it, and with that after it."""
    return folded[at - 1] + character, character + folded[at + 1]


def _doubtful(folded: str) -> dict[int, tuple[str, str]]:
    """Return the places that may hold a slip, each with the two pairs of characters there."""
    return {
        at: _around(folded, at, folded[at])
        for at in _single(folded)
        if 0 < at < len(folded) - 1 and folded[at - 1 : at + 2].isalnum()
    }


def _sentences(texts: Iterable[Words | Phrase]) -> list[str]:
    """Return the first longer text, if any."""
    longer = (text.text[:MAX_LEAD_CHARACTERS] for text in texts if len(text.text) > LONGEST)
    return list(islice(longer, 1))


def doubtful_pairs(texts: Iterable[Words | Phrase]) -> frozenset[str]:
    """Return the pairs that are asked for first, so that an index far away can be asked with its first question."""
    places = (_doubtful(fold(typed)) for typed in _sentences(texts))
    return frozenset(pair for found in places for pairs in found.values() for pair in pairs)


def _readings(folded: str, suspects: Collection[int], held: HeldAtOnce) -> list[_Reading]:
    """Return the likeliest: characters that stand beside both neighbours before those that stand beside one."""
    pairs = {(at, one): _around(folded, at, one) for at in suspects for one in alike(folded[at])}
    standing = held.standing(frozenset(pair for both in pairs.values() for pair in both))
    beside = {place: sum(pair in standing for pair in both) for place, both in pairs.items()}
    found: list[_Reading] = []
    for at in suspects:
        likely = sorted((key for key in pairs if key[0] == at and beside[key]), key=lambda key: -beside[key])
        found += (
            _Reading(at=at, character=one, text=folded[:at] + one + folded[at + 1 :])
            for _, one in likely[:MAX_SOUGHT]
        )
    return found


def _offers(readings: Iterable[_Reading], held: HeldAtOnce) -> Iterator[tuple[int, _Reading, int, int]]:
    """Yield how many reports hold a reading, and where the text begins and ends that they hold."""
    wanted = {reading: reading.texts(NARROW) for reading in readings}
    counts = dict(held.literal_counts(frozenset(text for texts in wanted.values() for text in texts)))
    likely = [reading for reading, texts in wanted.items() if any(map(counts.__getitem__, texts))]
    counts |= held.literal_counts(frozenset(text for reading in likely for text in reading.texts(WIDER)))
    for reading in likely:
        windows = reading.windows((*WIDER, *NARROW))
        start, end = next((start, end) for start, end in windows if counts[reading.text[start:end]])
        yield counts[reading.text[start:end]], reading, start, end


def sentence_corrections(texts: Iterable[Words | Phrase], held: HeldAtOnce) -> Iterator[Correction]:
    """Yield for the first longer text what was perhaps meant by one character of it, what most reports hold first."""
    for typed in _sentences(texts):
        folded = fold(typed)
        doubtful = _doubtful(folded)
        standing = held.standing(frozenset(pair for pairs in doubtful.values() for pair in pairs))
        suspects = [at for at, pairs in doubtful.items() if not any(pair in standing for pair in pairs)]
        if not 0 < len(suspects) <= MAX_SUSPECTS:
            return
        found = sorted(_offers(_readings(folded, suspects, held), held), key=lambda one: -one[0])
        for count, reading, start, end in found[:MAX_OFFERED]:
            meant = typed[start : reading.at] + reading.character + typed[reading.at + 1 : end]
            yield Correction(typed=typed[start:end], meant=meant, count=count)
