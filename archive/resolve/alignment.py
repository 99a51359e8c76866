"""Where a quotation stands in a text whose marks, spaces and line breaks are others. Pure; the door to RapidFuzz.

Both are compared by their bare characters: folded (one character to one), without punctuation and whitespace.
Each bare character knows where it came from, so a match is told as lines and offsets of the text as stored.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio_alignment, ratio

Fold = Callable[[str], str]
"""A conversion under which both scripts are one; it must keep the length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A passage of a text: from `start` in line number `first` up to `end` in line number `last`."""

    first: int
    start: int
    last: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BareText:
    """The letters, Han characters and digits of some lines; `origins` are line and offset of each."""

    text: str
    origins: tuple[tuple[int, int], ...]

    def place(self, start: int, end: int) -> Place:
        """Return where the characters `start` up to `end`, one at least, stand in the lines."""
        first, offset = self.origins[start]
        last, last_offset = self.origins[end - 1]
        return Place(first=first, start=offset, last=last, end=last_offset + 1)


def to_bare(lines: Sequence[str], fold: Fold) -> BareText:
    """Leave out of some lines what no two copies of a text need to share."""
    kept = [
        (character, (number, offset))
        for number, line in enumerate(lines)
        for offset, character in enumerate(fold(line))
        if character.isalnum()
    ]
    return BareText(
        text="".join(character for character, _ in kept), origins=tuple(origin for _, origin in kept)
    )


def occurrences(bare: BareText, wanted: str) -> Iterator[Place]:
    """Yield every place where the bare characters `wanted` stand, in order, none overlapping the one before."""
    at = bare.text.find(wanted) if wanted else -1
    while at >= 0:
        yield bare.place(at, at + len(wanted))
        at = bare.text.find(wanted, at + len(wanted))


def closest(bare: BareText, wanted: str, *, least: float) -> tuple[float, Place] | None:
    """Return the place most like `wanted` and how like it is, from 0 to 1; None where nothing reaches `least`.

    The likeness is RapidFuzz's: twice the characters in common, in order, over those of both.
    """
    if not wanted or len(bare.text) < len(wanted):
        return None
    found = partial_ratio_alignment(wanted, bare.text, score_cutoff=100 * least)
    if found is None or found.dest_start == found.dest_end:
        return None
    return found.score / 100, bare.place(found.dest_start, found.dest_end)


def likeness(one: str, other: str) -> float:
    """Return how like two texts are as wholes, from 0 to 1."""
    return float(ratio(one, other)) / 100
