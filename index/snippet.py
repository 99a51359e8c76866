"""What to mark in a stored text, and which passages of it to show: spans of the original, never changed text.

Spans are found on the folded text, whose offsets are the original's, so a query in either script marks the
text in the script it is stored in. In UTF-16 the fold is not length-preserving: never compute these there.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.fold import fold
from index.query import Query
from index.segment import to_segment
from index.tree import Phrase, TextField, Words, positive_fields, positive_texts

Span = tuple[int, int]

SENTENCE_ENDS = frozenset("。;!?；！？…\n")
LEAD_SHARE = 0.25
"""How much of a snippet may stand before its first mark: it is cut at the last sentence end in there."""

TAIL_SHARE = 0.25
"""How much of a snippet's end is given up to end it with a sentence."""

MAX_OCCURRENCES = 2000
"""Occurrences of terms looked at in one report: the best passage of a very long one is sought at its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """`text` is `paragraphs[paragraph][start:end]`; `marks` are spans of `text`."""

    paragraph: int
    start: int
    end: int
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What one segment of the query wants marked, folded: itself, and its words."""

    literal: str  # empty where it is not to be marked
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A passage that begins at one occurrence and holds as many as fit."""

    paragraph: int
    first: int  # where the first occurrence starts
    last: int  # where the last one ends
    terms: frozenset[str]


@lru_cache(maxsize=256)
def _wanted(query: Query, field: TextField | None) -> tuple[_Wanted, ...]:
    """Return what the query's texts, and its conditions on `field`, want marked."""
    texts = tuple(positive_texts(query.tree))
    wanted = []
    for text in texts:
        segment = to_segment(text.text)
        # Single characters are marked only where nothing else was asked for.
        shows_literal = len(segment.literal) > 1 or isinstance(text, Phrase) or len(texts) == 1
        parts = segment.marked if isinstance(text, Words) else ()
        wanted.append(_Wanted(literal=segment.lead if shows_literal else "", parts=parts))
        preferred = text.preferred if isinstance(text, Words) else ()
        wanted += [_Wanted(literal=to_segment(quoted).literal, parts=()) for quoted in preferred]
        # Of a question only its own words: the other script's question has no other wording, and must mark alike.
        others = map(
            to_segment, text.alternatives if isinstance(text, Words) and not segment.is_loose else ()
        )
        wanted += [_Wanted(literal=other.literal, parts=other.marked) for other in others]
    for condition in positive_fields(query.tree, field) if field else ():
        segment = to_segment(condition.text)
        wanted.append(_Wanted(literal=segment.literal, parts=() if condition.exact else segment.marked))
    return tuple(wanted)


def _needles(wanted: Sequence[_Wanted], folded: str) -> Iterator[str]:
    """Yield the folded texts to mark; a text that holds a segment whole is not dotted with its words besides."""
    for segment in wanted:
        if segment.literal:
            yield segment.literal
        if not segment.literal or segment.literal not in folded:
            yield from segment.parts


def _with_separators(digits: str) -> str:
    """Write 3045 as a pattern that also matches 3,045, the form it often has in a report."""
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",?", digits)


def _to_pattern(needle: str) -> str:
    if needle.isascii() and needle.isdecimal() and len(needle) > 3:
        return _with_separators(needle)
    return r"\s+".join(map(re.escape, needle.split()))


@lru_cache(maxsize=1024)
def _finder(needles: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern that matches, empty, wherever a needle begins, with the longest such in its group."""
    longest_first = sorted(needles, key=lambda needle: (-len(needle), needle))
    return re.compile(f"(?=({'|'.join(map(_to_pattern, longest_first))}))")


def _occurrences(folded: str, wanted: Sequence[_Wanted]) -> Iterator[Span]:
    needles = frozenset(filter(None, _needles(wanted, folded)))
    if needles:
        for match in _finder(needles).finditer(folded):
            yield match.span(1)


def _united(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch; `spans` are in order of their start."""
    united: list[Span] = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def marks(text: str, query: Query, *, field: TextField | None = None) -> tuple[Span, ...]:
    """Return the spans of `text` that the query speaks of: code points, in order, none touching another.

    `field` tells that `text` is that field's, so that conditions on it (标题:…) are marked too.
    """
    return _united(list(_occurrences(fold(text), _wanted(query, field))))


def _windows(paragraph: int, folded: str, spans: Sequence[Span], length_chars: int) -> Iterator[_Window]:
    """Yield, for every occurrence, the passage of `length_chars` that begins with it."""
    for number, (first, end) in enumerate(spans):
        beyond = bisect_left(spans, (first + length_chars, 0))
        inside = [span for span in spans[number:beyond] if span[1] <= first + length_chars]
        yield _Window(
            paragraph=paragraph,
            first=first,
            last=max((last for _, last in inside), default=end),
            terms=frozenset(folded[slice(*span)] for span in inside or [(first, end)]),
        )


def _best_windows(windows: Sequence[_Window], count: int, length_chars: int) -> Iterator[_Window]:
    """Yield the passages that add most: characters of terms not yet shown, then of all terms, the first of equals."""
    shown: set[str] = set()
    left = list(windows)
    for _ in range(count):
        if not left:
            return
        best = max(left, key=lambda w: (sum(map(len, w.terms - shown)), sum(map(len, w.terms))))
        yield best
        shown |= best.terms
        left = [w for w in left if w.paragraph != best.paragraph or abs(w.first - best.first) >= length_chars]


def _cut(text: str, window: _Window, length_chars: int) -> Span:
    """Return where a snippet starts and ends: with a sentence where one begins or ends near enough."""
    earliest = max(0, window.first - int(length_chars * LEAD_SHARE))
    begins = [at + 1 for at in range(earliest, window.first) if text[at] in SENTENCE_ENDS]
    # Room on the right that the paragraph does not fill goes to the left.
    start = begins[-1] if begins else max(0, min(earliest, len(text) - length_chars))
    end = min(len(text), max(start + length_chars, window.last))
    if end < len(text):
        latest = max(window.last, end - int(length_chars * TAIL_SHARE))
        end = next((at for at in range(end, latest, -1) if text[at - 1] in SENTENCE_ENDS), end)
    return start, end


def _to_snippet(text: str, window: _Window, spans: Sequence[Span], length_chars: int) -> Snippet:
    start, end = _cut(text, window, length_chars)
    inside = [(max(first, start) - start, min(last, end) - start) for first, last in spans]
    return Snippet(
        paragraph=window.paragraph,
        start=start,
        end=end,
        text=text[start:end],
        marks=tuple((first, last) for first, last in inside if first < last),
    )


def best_snippets(
    paragraphs: Sequence[str], query: Query, *, length_chars: int = 120, count: int = 2
) -> tuple[Snippet, ...]:
    """Return up to `count` passages that show most of the query's terms, in the order of the text.

    Lengths are in characters and may be exceeded by one long phrase. Nothing to mark gives no snippet.
    """
    wanted = _wanted(query, None)
    if not wanted:
        return ()
    windows: list[_Window] = []
    spans_of: dict[int, list[Span]] = {}
    left = MAX_OCCURRENCES
    for number, text in enumerate(paragraphs):
        folded = fold(text)
        spans = list(islice(_occurrences(folded, wanted), left))
        if spans:
            left -= len(spans)
            spans_of[number] = spans
            windows.extend(_windows(number, folded, spans, length_chars))
        if left <= 0:
            break
    chosen = sorted(_best_windows(windows, count, length_chars), key=lambda w: (w.paragraph, w.first))
    return tuple(
        _to_snippet(paragraphs[w.paragraph], w, _united(spans_of[w.paragraph]), length_chars) for w in chosen
    )
