"""Where the terms of a query stand in folded text: every place where one begins, to the end of the longest that does.

A text is searched for one term after another by `str.find`: 24 terms in 4,000 characters take a tenth of the time of
one pattern that tries each of them at each character.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from index.fold import fold
from index.query import Query
from index.segment import to_segment
from index.tree import Phrase, TextField, Words, positive_fields, positive_texts

Span = tuple[int, int]

_WHOLE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one segment of the query wants marked, folded: itself, and its words."""

    literal: str  # empty where it is not to be marked
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Paragraphs in one folded text, a line feed after each: paragraph n is `text[begins[n] : begins[n + 1] - 1]`."""

    text: str
    begins: tuple[int, ...]


def fold_paragraphs(paragraphs: Sequence[str]) -> Folded:
    """Fold all at once, which takes a tenth of the time of folding one after another."""
    begins = accumulate((len(text) + 1 for text in paragraphs), initial=0)
    return Folded(text=fold("\n".join(paragraphs)), begins=tuple(begins))


@lru_cache(maxsize=256)
def wanted_of(query: Query, field: TextField | None) -> tuple[Wanted, ...]:
    """Return what the query's texts, and its conditions on `field`, want marked."""
    texts = tuple(positive_texts(query.tree))
    wanted = []
    for text in texts:
        segment = to_segment(text.text)
        # Single characters are marked only where nothing else was asked for.
        shows_literal = len(segment.literal) > 1 or isinstance(text, Phrase) or len(texts) == 1
        parts = segment.marked if isinstance(text, Words) else ()
        wanted.append(Wanted(literal=segment.lead if shows_literal else "", parts=parts))
        preferred = text.preferred if isinstance(text, Words) else ()
        wanted += [Wanted(literal=to_segment(quoted).literal, parts=()) for quoted in preferred]
        # Of a question only its own words: the other script's question has no other wording, and must mark alike.
        others = map(
            to_segment, text.alternatives if isinstance(text, Words) and not segment.is_loose else ()
        )
        wanted += [Wanted(literal=other.literal, parts=other.marked) for other in others]
    for condition in positive_fields(query.tree, field) if field else ():
        segment = to_segment(condition.text)
        wanted.append(Wanted(literal=segment.literal, parts=() if condition.exact else segment.marked))
    return tuple(wanted)


def _holding(needle: str, folded: Folded) -> frozenset[int]:
    """Return the paragraphs that hold `needle` as it stands."""
    if folded.text.find(needle) < 0:
        return _WHOLE
    ends = zip(folded.begins, folded.begins[1:], strict=False)
    return frozenset(
        number for number, (begin, end) in enumerate(ends) if folded.text.find(needle, begin, end) >= 0
    )


def _needles(wanted: Sequence[Wanted], folded: Folded) -> Mapping[str, frozenset[int]]:
    """Return the folded texts to mark, and the paragraphs where each is not.

    A paragraph that holds a segment whole is not dotted with its words besides.
    """
    left_out: dict[str, frozenset[int]] = {}
    for segment in wanted:
        whole_in = _holding(segment.literal, folded) if segment.literal and segment.parts else _WHOLE
        for part in segment.parts:
            left_out[part] = left_out.get(part, whole_in) & whole_in
    left_out.update((segment.literal, _WHOLE) for segment in wanted if segment.literal)
    return left_out


def _with_separators(digits: str) -> str:
    """Write 3045 as a pattern that also matches 3,045, the form it often has in a report."""
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",?", digits)


@lru_cache(maxsize=1024)
def _pattern(needle: str) -> re.Pattern[str] | None:
    """Return what matches, empty, where `needle` begins in another form than its own, with that form in its group."""
    if needle.isascii() and needle.isdecimal() and len(needle) > 3:
        return re.compile(f"(?=({_with_separators(needle)}))")
    words = needle.split()
    spaced = r"\s+".join(map(re.escape, words))
    return re.compile(f"(?=({spaced}))") if len(words) > 1 else None


def _stretches(folded: Folded, left_out: frozenset[int], *, apart: bool) -> Iterator[Span]:
    """Yield where to search: between the paragraphs left out, or each paragraph by itself."""
    if not left_out and not apart:
        yield 0, len(folded.text)
        return
    for number, begin in enumerate(folded.begins[:-1]):
        if number not in left_out:
            yield begin, folded.begins[number + 1] - 1


def _places(needle: str, folded: Folded, left_out: frozenset[int]) -> Iterator[Span]:
    pattern = _pattern(needle)
    text, size = folded.text, len(needle)
    for begin, end in _stretches(folded, left_out, apart=pattern is not None):
        if pattern is not None:
            yield from (match.span(1) for match in pattern.finditer(text, begin, end))
            continue
        at = text.find(needle, begin, end)
        while at >= 0:
            yield at, at + size
            at = text.find(needle, at + 1, end)


def occurrences(folded: Folded, wanted: Sequence[Wanted], *, most: int | None = None) -> list[Span]:
    """Return the spans of `folded.text` where a term begins, in order, at most the first `most` of them."""
    needles = _needles(wanted, folded)
    ends: dict[int, int] = {}
    for needle in sorted(filter(None, needles), key=lambda one: (-len(one), one), reverse=True):
        ends.update(
            islice(_places(needle, folded, needles[needle]), most)
        )  # the longest comes last and stays
    return sorted(ends.items())[:most]


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch; `spans` are in order of their start."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
