"""What two reports that share text have in common: paragraph beside paragraph, slot beside slot. Pure.

A slot is where one text was filled in otherwise than the other: `xx市教育局` against `扬中市科技局`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive.families import paragraph_shingles
from archive.hanzi import match_form

LEAST_SHARED = 0.5
"""Share of the shorter paragraph's shingles that both must have to be one paragraph filled in twice."""

BRIDGED_CHARS = 2
"""Slots with so few equal characters between are one: 教育 and 科技 share no name with 市 between xx and 扬中."""

MOST_COMPARED_CHARS = 2_000
"""Longer paragraphs are paired and not compared: the time grows with the square, to half a second here."""

_DIGITS = "0123456789"
_UNIT_ENDS = frozenset("省市州县区镇乡村局委办厅处站")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a paragraph: the same in both, or a slot (either side may be empty)."""

    here: str
    there: str
    is_slot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedParagraph:
    """One paragraph of each report that hold the same text; joined, the pieces' sides are the two texts.

    `pieces` is empty where the paragraphs are too long to be compared.
    """

    here: int
    there: int
    pieces: tuple[Piece, ...]

    @property
    def slots(self) -> tuple[Piece, ...]:
        """Where the two differ."""
        return tuple(piece for piece in self.pieces if piece.is_slot)


def shared_paragraphs(here: Sequence[str], there: Sequence[str]) -> tuple[SharedParagraph, ...]:
    """Pair the paragraphs that two reports share, each with one at most, in the order of `here`."""
    pairs = sorted(_pairs(here, there))
    return tuple(
        SharedParagraph(here=one, there=other, pieces=compare(here[one], there[other]))
        for one, other in pairs
    )


def _pairs(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of paragraph numbers, those that share most claimed first."""
    sets_here, sets_there = list(map(paragraph_shingles, here)), list(map(paragraph_shingles, there))
    holders: dict[str, list[int]] = {}
    for number, shingles in enumerate(sets_there):
        for shingle in shingles:
            holders.setdefault(shingle, []).append(number)
    candidates = [
        (-shared, one, other)
        for one, shingles in enumerate(sets_here)
        for other, shared in Counter(
            other for shingle in shingles for other in holders.get(shingle, ())
        ).items()
        if shared >= LEAST_SHARED * min(len(shingles), len(sets_there[other]))
    ]
    taken_here, taken_there = set[int](), set[int]()
    for _, one, other in sorted(candidates):
        if one not in taken_here and other not in taken_there:
            taken_here.add(one)
            taken_there.add(other)
            yield one, other


def compare(here: str, there: str) -> tuple[Piece, ...]:
    """Cut two texts into what they share and where they differ; script, width and case make no difference."""
    folded_here, folded_there = match_form(here), match_form(there)
    if folded_here == folded_there:
        return (Piece(here=here, there=there, is_slot=False),)
    if max(len(here), len(there)) > MOST_COMPARED_CHARS:
        return ()
    apart = _bridged(_differing(folded_here, folded_there))
    spans = _bridged(list(_widened(apart, folded_here, folded_there)))
    return tuple(_pieces(here, there, spans))


Span = tuple[int, int, int, int]
"""Where two texts differ: start and end in the one, start and end in the other."""


def _differing(here: str, there: str) -> list[Span]:
    """Return where the texts differ; what both begin and end with is left out before, which is nearly all."""
    head = _common_start(here, there)
    tail = _common_start(here[head:][::-1], there[head:][::-1])
    inner_here, inner_there = here[head : len(here) - tail], there[head : len(there) - tail]
    matcher = SequenceMatcher(None, inner_here, inner_there, autojunk=False)
    return [
        (head + a, head + b, head + c, head + d)
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _common_start(here: str, there: str) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other),
        min(len(here), len(there)),
    )


def _bridged(spans: Sequence[Span]) -> list[Span]:
    """Join spans that hardly anything parts."""
    joined: list[Span] = []
    for span in spans:
        if joined and span[0] - joined[-1][1] <= BRIDGED_CHARS:
            first = joined.pop()
            joined.append((first[0], span[1], first[2], span[3]))
        else:
            joined.append(span)
    return joined


def _widened(spans: Sequence[Span], here: str, there: str) -> Iterator[Span]:
    """Widen each span to whole numbers, 375 for 75, and to the end of a name, xx县 for xx; none reach another."""
    low = 0
    for at, (first, last, other_first, other_last) in enumerate(spans):
        high = spans[at + 1][0] if at + 1 < len(spans) else len(here)
        left, right = _digits_beside(
            here[low:first], here[last:high], (here[first:last], there[other_first:other_last])
        )
        start, other_start = first - left, other_first - left
        end, other_end = last + right, other_last + right
        if start < end < high and other_start < other_end and here[end] in _UNIT_ENDS:
            end, other_end = end + 1, other_end + 1
        low = end
        yield start, end, other_start, other_end


def _digits_beside(before: str, after: str, sides: tuple[str, str]) -> tuple[int, int]:
    """Return how many digits before and after a slot belong to a number that begins or ends in it."""
    left = len(before) - len(before.rstrip(_DIGITS)) if any(one[:1].isdecimal() for one in sides) else 0
    right = len(after) - len(after.lstrip(_DIGITS)) if any(one[-1:].isdecimal() for one in sides) else 0
    return left, right


def _pieces(here: str, there: str, spans: Sequence[Span]) -> Iterator[Piece]:
    at, other_at = 0, 0
    for start, end, other_start, other_end in (*spans, (len(here), len(here), len(there), len(there))):
        if start > at:
            yield Piece(here=here[at:start], there=there[other_at:other_start], is_slot=False)
        if start < end or other_start < other_end:
            yield Piece(here=here[start:end], there=there[other_start:other_end], is_slot=True)
        at, other_at = end, other_end
