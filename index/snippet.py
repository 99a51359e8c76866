"""What to mark in a stored text, and which passages of it to show: spans of the original, never changed text.

Spans are found on the folded text, whose offsets are the original's, so a query in either script marks the
text in the script it is stored in. In UTF-16 the fold is not length-preserving: never compute these there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array
from index.occurrences import Folded, Span, fold_paragraphs, occurrences, united, wanted_of
from index.query import Query
from index.tree import TextField

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
class _Windows:
    """For every occurrence the passage that begins with it: of `starts` in `paragraphs`, rising.

    `held[t, n]` tells whether window n shows term t, which has `sizes[t]` characters.
    """

    starts: Array
    paragraphs: Array
    held: Array
    sizes: Array


def marks(text: str, query: Query, *, field: TextField | None = None) -> tuple[Span, ...]:
    """Return the spans of `text` that the query speaks of: code points, in order, none touching another.

    `field` tells that `text` is that field's, so that conditions on it (标题:…) are marked too.
    """
    return united(occurrences(fold_paragraphs([text]), wanted_of(query, field)))


def _windows(folded: Folded, spans: Sequence[Span], length_chars: int) -> _Windows:
    """Find the terms in all windows at once: in one is what stands next, counted from its start, before it ends."""
    starts, ends = np.array(spans, np.int64).T
    begins = np.array(folded.begins)
    paragraphs = np.searchsorted(begins, starts, side="right") - 1
    numbers: dict[str, int] = {}
    terms = np.array([numbers.setdefault(folded.text[start:end], len(numbers)) for start, end in spans])
    windows = np.arange(len(spans))
    next_ends = np.full((len(numbers), len(spans)), len(folded.text) + 1)
    next_ends[terms, windows] = ends
    next_ends = np.minimum.accumulate(next_ends[:, ::-1], axis=1)[:, ::-1]
    held = next_ends <= np.minimum(starts + length_chars, begins[paragraphs + 1] - 1)
    # What is longer than a window is a window of its own, unless shorter terms stand inside.
    alone = windows[~held.any(axis=0)]
    held[terms[alone], alone] = True
    return _Windows(
        starts=starts, paragraphs=paragraphs, held=held, sizes=np.array([len(term) for term in numbers])
    )


def _best_windows(windows: _Windows, count: int, length_chars: int) -> Iterator[int]:
    """Yield the passages that add most: characters of terms not yet shown, then of all terms, the first of equals."""
    total = windows.sizes @ windows.held
    is_new = np.ones(len(windows.sizes), bool)
    is_free = np.ones(len(windows.starts), bool)
    for _ in range(count):
        gains = (windows.sizes * is_new) @ windows.held
        gains = np.where(is_free, gains * (int(windows.sizes.sum()) + 1) + total, -1)
        best = int(gains.argmax())
        if gains[best] < 0:
            return
        yield best
        is_new &= ~windows.held[:, best]
        is_free &= (windows.paragraphs != windows.paragraphs[best]) | (
            abs(windows.starts - windows.starts[best]) >= length_chars
        )


def _cut(text: str, first: int, last: int, length_chars: int) -> Span:
    """Return where a snippet starts and ends: with a sentence where one begins or ends near enough."""
    earliest = max(0, first - int(length_chars * LEAD_SHARE))
    begins = [at + 1 for at in range(earliest, first) if text[at] in SENTENCE_ENDS]
    # Room on the right that the paragraph does not fill goes to the left.
    start = begins[-1] if begins else max(0, min(earliest, len(text) - length_chars))
    end = min(len(text), max(start + length_chars, last))
    if end < len(text):
        latest = max(last, end - int(length_chars * TAIL_SHARE))
        end = next((at for at in range(end, latest, -1) if text[at - 1] in SENTENCE_ENDS), end)
    return start, end


def _last_inside(spans: Sequence[Span], number: int, end: int) -> int:
    """Return where the last span ends of those inside a window that begins with span `number`."""
    inside = spans[number : bisect_left(spans, (end, 0))]
    return max((last for _, last in inside if last <= end), default=spans[number][1])


def _to_snippet(
    paragraphs: Sequence[str], folded: Folded, spans: Sequence[Span], number: int, length_chars: int
) -> Snippet:
    """Cut the passage that begins with span `number`."""
    paragraph = bisect_right(folded.begins, spans[number][0]) - 1
    begin, beyond = folded.begins[paragraph : paragraph + 2]
    text = paragraphs[paragraph]
    last = _last_inside(spans, number, min(spans[number][0] + length_chars, beyond - 1))
    start, end = _cut(text, spans[number][0] - begin, last - begin, length_chars)
    here = spans[bisect_left(spans, (begin, 0)) : bisect_left(spans, (begin + end, 0))]
    inside = ((max(first - begin, start) - start, min(last - begin, end) - start) for first, last in here)
    return Snippet(
        paragraph=paragraph,
        start=start,
        end=end,
        text=text[start:end],
        marks=united((first, last) for first, last in inside if first < last),
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
    folded = fold_paragraphs(paragraphs)
    spans = occurrences(folded, wanted, most=MAX_OCCURRENCES)
    if not spans:
        return ()
    chosen = sorted(_best_windows(_windows(folded, spans, length_chars), count, length_chars))
    return tuple(_to_snippet(paragraphs, folded, spans, number, length_chars) for number in chosen)
