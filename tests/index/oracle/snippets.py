"""Marks and snippets by one pattern at every character and a look at every passage: what `index.snippet` must equal."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.fold import fold
from index.occurrences import Span, Wanted, wanted_of
from index.query import Query
from index.snippet import LEAD_SHARE, MAX_OCCURRENCES, SENTENCE_ENDS, TAIL_SHARE, Snippet
from index.tree import TextField


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A passage that begins at one occurrence and holds as many as fit."""

    paragraph: int
    first: int  # where the first occurrence starts
    last: int  # where the last one ends
    terms: frozenset[str]


def _needles(wanted: Sequence[Wanted], folded: str) -> Iterator[str]:
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


def _occurrences(folded: str, wanted: Sequence[Wanted]) -> Iterator[Span]:
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
    return _united(list(_occurrences(fold(text), wanted_of(query, field))))


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
    wanted = wanted_of(query, None)
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
