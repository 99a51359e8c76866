"""What was perhaps meant: a slip's neighbours that the index holds, homophones and look-alikes first.

Whoever types Chinese picks from a list of characters that sound or look alike, so 工 for 公 is likelier than
any one letter's edit. Only text that a report holds is ever offered, and offering is all that is done.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Protocol

from archive.pinyin import everyday_characters, plain_readings
from index.analysis import cut_words
from index.engine import Correction
from index.fold import fold
from index.segment import to_segment
from index.tree import Phrase, Words

SHORTEST, LONGEST = 2, 12
"""Folded characters of what is looked into: one character has no neighbours, a sentence too many."""

MAX_LOOKED_AT = 300
"""Candidates whose pairs are looked up in the index at all, .2 ms each."""

MAX_READ = 30
"""Candidates whose pairs' postings are read; rare pairs have short ones."""

MAX_TRIED = 12
"""Candidates whose holders are counted, the likeliest first; one costs as much as a short quotation."""

BINDING = frozenset("的了是在和与及或")
"""Characters that nobody mistypes and any may stand beside."""

MAX_OFFERED = 3
MAX_TEXTS = 4
"""Words and quotations of one query that are looked into."""

SOUNDS_ALIKE, LOOKS_ALIKE, SWAPPED, OTHER, DROPPED = 0.0, 0.5, 0.75, 1.0, 1.5
"""How unlikely each slip is. Only their order matters."""


class Held(Protocol):
    """What is asked of an index."""

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        """Return all grams that begin with one or two characters."""
        ...

    def hold_together(self, grams: Iterable[str]) -> bool:
        """Whether any document holds all of `grams`."""
        ...

    def literal_count(self, folded: str) -> int:
        """Return how many documents hold this folded text."""
        ...


@cache
def _lookalikes() -> dict[str, frozenset[str]]:
    """Return for each character those that are easily taken for it, folded."""
    text = files("index").joinpath("lookalikes.toml").read_text(encoding="utf-8")
    groups = [frozenset(map(fold, group)) for group in tomllib.loads(text)["groups"]]
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for character in group:
            found[character] = found.get(character, frozenset()) | group - {character}
    return found


def _unlikeliness(typed: str, other: str) -> float:
    if not plain_readings(typed).isdisjoint(plain_readings(other)):
        return SOUNDS_ALIKE
    return LOOKS_ALIKE if other in _lookalikes().get(typed, frozenset()) else OTHER


def _replaced(typed: str, held: Held) -> Iterator[tuple[float, str]]:
    """Yield `typed` with one character replaced by one that the index holds beside its neighbour."""
    for at, character in enumerate(typed):
        if at:
            neighbours = tuple(gram[1:] for gram in held.grams_beginning(typed[at - 1]))
        else:
            neighbours = (*_lookalikes().get(character, ()), *_homophones_before(typed, held))
        for other in neighbours:
            if other != character and other.isalnum() and not character.isascii():
                yield _unlikeliness(character, other), typed[:at] + other + typed[at + 1 :]


@cache
def _same_sound() -> dict[str, frozenset[str]]:
    """Return the everyday characters (GB 2312) of each syllable."""
    found: dict[str, set[str]] = {}
    for character in everyday_characters():
        for reading in plain_readings(character):
            found.setdefault(reading, set()).add(fold(character))
    return {reading: frozenset(characters) for reading, characters in found.items()}


def alike(character: str) -> tuple[str, ...]:
    """Return what sounds like a folded character, then what looks like it."""
    sounds = (_same_sound().get(reading, frozenset()) for reading in plain_readings(character))
    same = sorted(frozenset().union(*sounds) - {character})
    return tuple(dict.fromkeys((*same, *sorted(_lookalikes().get(character, ())))))


def _homophones_before(typed: str, held: Held) -> frozenset[str]:
    """Return what sounds like the first character and stands in the index before the second."""
    sounds = (_same_sound().get(reading, frozenset()) for reading in plain_readings(typed[0]))
    alike = frozenset().union(*sounds)
    return frozenset(one for one in alike if any(True for _ in held.grams_beginning(one + typed[1])))


def _moved(typed: str) -> Iterator[tuple[float, str]]:
    """Yield `typed` with two neighbours swapped, or one character left out."""
    for at in range(len(typed) - 1):
        yield SWAPPED, typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
    if len(typed) > SHORTEST:
        for at in range(1, len(typed) - 1):  # without its first or last character it only says less
            yield DROPPED, typed[:at] + typed[at + 1 :]


def _candidates(typed: str, held: Held) -> list[str]:
    """Return the likeliest neighbours of which every pair of characters stands in the index."""

    @cache
    def stands(gram: str) -> bool:  # without reading its postings
        return any(True for _ in held.grams_beginning(gram))

    cost: dict[str, float] = {}
    for unlikeliness, candidate in (*_replaced(typed, held), *_moved(typed)):
        cost[candidate] = min(unlikeliness, cost.get(candidate, DROPPED))
    cost.pop(typed, None)
    # Of equally likely slips that which leaves fewer words: 望舒市真府 is three, 望舒市政府 two.
    likeliest = sorted(cost, key=lambda one: (cost[one], sum(1 for _ in cut_words(one)), one))[:MAX_LOOKED_AT]
    standing = (one for one in likeliest if all(map(stands, _pairs(one))))
    return list(islice(standing, MAX_READ))


def is_met(folded: str, held: Held) -> bool:
    """Whether some report holds all words of a text, none but those that bind a single character, as a slip leaves."""
    words = tuple(word for word in cut_words(folded) if word not in BINDING)
    grams = {gram for word in words for gram in _pairs(word)}
    return bool(words) and min(map(len, words)) > 1 and held.hold_together(sorted(grams))


def corrections(texts: Iterable[Words | Phrase], held: Held) -> Iterator[Correction]:
    """Yield for each short text that no report holds what was perhaps meant by it, the likeliest first.

    Of equally likely ones that which most reports hold stands first.
    """
    for text in islice(texts, MAX_TEXTS):
        typed = to_segment(text.text).literal
        if not SHORTEST <= len(typed) <= LONGEST or not typed.isalnum() or held.literal_count(typed):
            continue
        if is_met(typed, held):
            continue
        # What has its pairs in no one report is most often not worth a look at positions.
        likely = (one for one in _candidates(typed, held) if held.hold_together(_pairs(one)))
        counted = [(one, held.literal_count(one)) for one in islice(likely, MAX_TRIED)]
        found = [(meant, count) for meant, count in counted if count]
        found.sort(key=lambda pair: (_distance(typed, pair[0]), -pair[1], pair[0]))
        for meant, count in found[:MAX_OFFERED]:
            yield Correction(typed=text.text, meant=meant, count=count)


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def _distance(typed: str, meant: str) -> float:
    if len(typed) != len(meant):
        return DROPPED
    different = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return SWAPPED if len(different) > 1 else _unlikeliness(*different[0])
