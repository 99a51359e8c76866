"""What was perhaps meant by one or two characters of a few words run together: 桂影县政务公升 means 政务公开.

No report need hold the whole: 桂影县 and 政务公开 stand in many, 桂影县政务公开 perhaps in none. Where two words meet
anything may stand side by side; but what stands beside it must then be held with its other neighbour. Only what sounds or
looks like the character typed is offered.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, combinations, islice, product

from index.analysis import cut_words
from index.engine import Correction
from index.near_misses import BINDING, LONGEST, MAX_OFFERED, MAX_TEXTS, Held, alike, is_met
from index.segment import to_segment
from index.tree import Phrase, Words

SHORTEST = 4
"""Folded characters: two words."""

MAX_SUSPECTS = 6
"""Characters that may be slips. More of them are no slip but another subject."""

MAX_SOUGHT = 8
"""Candidates that are sought as they would stand, and of each character where two are changed."""

TELLING = 3
"""Characters of words side by side that say as much as REACHES do."""

CERTAIN = 4
"""Characters that a report must hold side by side, some before and some behind, where what was typed might be two words' edges."""

REACHES = ((2, 2), (2, 1), (1, 2), (1, 1), (2, 0), (0, 2))
"""Characters before the first slip and behind the last of which a report must hold the whole, the widest first."""

Change = tuple[int, str]
"""Where a character stands, and what was perhaps meant by it."""

Stands = Callable[[str], bool]
"""Whether any report holds two characters side by side."""


def _odd_pairs(folded: str, stands: Stands) -> Iterator[int]:
    """Yield where two characters begin that stand side by side in no report and are no two words' edges.

    Words meet where the first character stands with the one before it and the second with the one behind.
    """
    held = [
        folded[at].isascii() or folded[at + 1].isascii() or stands(folded[at : at + 2])
        for at in range(len(folded) - 1)
    ]
    for at, is_held in enumerate(held):
        if not (is_held or (0 < at < len(held) - 1 and held[at - 1] and held[at + 1])):
            yield at


def _suspects(folded: str, odd: Sequence[int], stands: Stands) -> list[int]:
    """Return the characters of odd pairs, and those that two words' edges might be were they not words themselves."""
    found = {place for at in odd for place in (at, at + 1)}
    begin, singles = 0, set[int]()
    for word in cut_words(folded):
        singles |= {begin} if len(word) == 1 else set()
        begin += len(word)
    for at in range(len(folded) - 1):
        if not folded[at : at + 2].isascii() and not stands(folded[at : at + 2]):
            found |= {at, at + 1} & singles
    return sorted(at for at in found if folded[at] not in BINDING and not folded[at].isascii())


def _put(folded: str, changes: Iterable[Change]) -> str:
    characters = list(folded)
    for at, one in changes:
        characters[at] = one
    return "".join(characters)


def _likely(folded: str, at: int, stands: Stands) -> list[str]:
    """Return what is like a character and stands beside a neighbour of it, first what stands beside both."""
    pairs = [(at - 1, at), (at, at + 1)]

    def beside(one: str) -> int:
        text = _put(folded, [(at, one)])
        return sum(stands(text[first : last + 1]) for first, last in pairs if first >= 0 and last < len(text))

    found = {one: count for one in alike(folded[at]) if (count := beside(one))}
    return sorted(found, key=lambda one: -found[one])


def _readings(folded: str, odd: Sequence[int], stands: Stands) -> Iterator[tuple[Change, ...]]:
    """Yield the changes of one character, and where there are none of two, that leave no odd pair."""
    suspects = _suspects(folded, odd, stands)
    if len(suspects) > MAX_SUSPECTS:
        return
    likely = {at: _likely(folded, at, stands) for at in suspects}
    has_one = False
    for at in suspects:
        for one in likely[at]:
            if not any(_odd_pairs(_put(folded, [(at, one)]), stands)):
                has_one = True
                yield ((at, one),)
    for places in combinations(suspects, 2) if not has_one else ():
        for meant in product(*(likely[at][:MAX_SOUGHT] for at in places)):
            changes = tuple(zip(places, meant, strict=True))
            if not any(_odd_pairs(_put(folded, changes), stands)):
                yield changes


def _stretches(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of what holds both places: all, words with their neighbours, characters, the word alone."""
    yield 0, len(text)
    ends = list(accumulate(map(len, cut_words(text))))
    begins = [0, *ends[:-1]]
    one, other = bisect_right(begins, first) - 1, bisect_right(begins, last) - 1
    for before, behind in ((1, 1), (1, 0), (0, 1)):
        if (
            one >= before
            and other + behind < len(ends)
            and ends[other + behind] - begins[one - before] >= TELLING
        ):
            yield begins[one - before], ends[other + behind]
    yield from ((first - before, last + 1 + behind) for before, behind in REACHES)
    if one == other and ends[one] - begins[one] > 1:
        yield begins[one], ends[one]


def _held_stretch(meant: str, first: int, last: int, held: Held) -> tuple[int, int, int] | None:
    """Return begin, end and holders of the first stretch around the slips that some report holds, at least a word."""
    for begin, end in _stretches(meant, first, last):
        if begin >= 0 and end <= len(meant) and (count := held.literal_count(meant[begin:end])):
            return begin, end, count
    return None


def _put_right(typed: str, folded: str, held: Held) -> Iterator[Correction]:
    @cache
    def stands(gram: str) -> bool:
        return any(True for _ in held.grams_beginning(gram))

    odd = tuple(_odd_pairs(folded, stands))
    for changes in islice(_readings(folded, odd, stands), MAX_SOUGHT):
        if found := _held_stretch(_put(folded, changes), changes[0][0], changes[-1][0], held):
            begin, end, count = found
            is_within = begin < changes[0][0] and changes[-1][0] + 1 < end
            if not odd and (end - begin < CERTAIN or not is_within):
                continue
            yield Correction(typed=typed[begin:end], meant=_put(typed, changes)[begin:end], count=count)


def word_corrections(texts: Iterable[Words | Phrase], held: Held) -> Iterator[Correction]:
    """Yield what was perhaps meant in texts of a few words that no report holds as they stand, what most hold first."""
    for text in islice(texts, MAX_TEXTS):
        typed = text.text
        folded = to_segment(typed).literal
        if not SHORTEST <= len(folded) <= LONGEST or len(typed) != len(folded) or not folded.isalnum():
            continue
        if held.literal_count(folded) or is_met(folded, held):
            continue
        found = sorted(_put_right(typed, folded, held), key=lambda one: (-len(one.meant), -one.count))
        yield from found[:MAX_OFFERED]
