"""What was perhaps meant by one character of a sentence: 桂影县如何办理依申情公开 has a pair that no report holds on either side.

A sentence finds what holds any of its words, so that a slip leaves hits and is easily overlooked. Only what
sounds or looks like the character that was typed is offered, and only where a report holds it beside its neighbours.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

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


def _is_held(gram: str, held: Held) -> bool:
    return any(True for _ in held.grams_beginning(gram))


def _single(folded: str) -> Iterator[int]:
    """Yield where a word of one character stands: a slip breaks its word into such, 请问 and 什么 stay whole."""
    at = 0
    for word in cut_words(folded):
        if (found := folded.find(word, at)) >= 0:  # 3,045 is cut as 3045
            at = found + len(word)
            if len(word) == 1 and word not in QUESTION_WORDS:
                yield found


def _suspects(folded: str, held: Held) -> list[int]:
    """Return where a character has neighbours on both sides and stands beside neither of them in any report.

    One more than may be suspected is enough.
    """
    found = (
        at
        for at in _single(folded)
        if 0 < at < len(folded) - 1
        and folded[at - 1 : at + 2].isalnum()
        and not _is_held(folded[at - 1 : at + 1], held)
        and not _is_held(folded[at : at + 2], held)
    )
    return list(islice(found, MAX_SUSPECTS + 1))


def _likely(folded: str, at: int, held: Held) -> list[str]:
    """Return the likeliest characters for a place: those that stand beside both neighbours before those beside one."""
    before, after = folded[at - 1], folded[at + 1]
    beside = {one: _is_held(before + one, held) + _is_held(one + after, held) for one in alike(folded[at])}
    return sorted(filter(beside.__getitem__, beside), key=lambda one: -beside[one])[:MAX_SOUGHT]


def _put_right(folded: str, at: int, held: Held) -> Iterator[tuple[int, int, str, int]]:
    """Yield what may have been meant at a place: where the text shown begins and ends, the character, its reports."""
    for one in _likely(folded, at, held):
        meant = folded[:at] + one + folded[at + 1 :]

        def count_of(window: tuple[int, int], meant: str = meant) -> int:
            left, right = at - window[0], at + window[1] + 1
            is_inside = left >= 0 and right <= len(meant) and meant[left:right].isalnum()
            return held.literal_count(meant[left:right]) if is_inside else 0

        for windows in (WIDER, NARROW) if any(map(count_of, NARROW)) else ():
            counts = {window: count for window in windows if (count := count_of(window))}
            if counts:
                (before, after), count = next(iter(counts.items()))
                yield at - before, at + after + 1, one, count
                break


def sentence_corrections(texts: Iterable[Words | Phrase], held: Held) -> Iterator[Correction]:
    """Yield for the first longer text what was perhaps meant by one character of it, what most reports hold first."""
    longer = (text.text[:MAX_LEAD_CHARACTERS] for text in texts if len(text.text) > LONGEST)
    for typed in islice(longer, 1):
        folded = fold(typed)
        suspects = _suspects(folded, held)
        if len(suspects) > MAX_SUSPECTS:
            return
        found = [(at, *one) for at in suspects for one in _put_right(folded, at, held)]
        found.sort(key=lambda one: -one[-1])
        for at, start, end, character, count in found[:MAX_OFFERED]:
            yield Correction(
                typed=typed[start:end], meant=typed[start:at] + character + typed[at + 1 : end], count=count
            )
