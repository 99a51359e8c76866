"""Markup over the ORIGINAL text: slice it, escape each slice, wrap it. The text itself is never changed.

Offsets count code points. However spans overlap, the characters of the result, tags aside, are the text's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup, escape

SpanKind = Literal["hit", "damage", "removed", "cited", "shared", "law", "doubtful_law"]

_OPENING: dict[SpanKind, Markup] = {
    "hit": Markup("<mark>"),
    "damage": Markup('<span class="damage" tabindex="0" title="{title}">'),
    "removed": Markup('<del title="{title}">'),
    "cited": Markup('<mark class="cited">'),
    "shared": Markup('<span class="shared">'),
    "law": Markup('<a class="law" href="{href}" title="{title}">'),
    "doubtful_law": Markup('<span class="law-doubt" tabindex="0" title="{title}">'),
}
_CLOSING: dict[SpanKind, Markup] = {
    "hit": Markup("</mark>"),
    "damage": Markup("</span>"),
    "removed": Markup("</del>"),
    "cited": Markup("</mark>"),
    "shared": Markup("</span>"),
    "law": Markup("</a>"),
    "doubtful_law": Markup("</span>"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`text[start:end]` is to be wrapped as `kind`; `title` says why, `href` leads on, where the kind shows them."""

    start: int
    end: int
    kind: SpanKind = "hit"
    title: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """Ready markup that stands at `offset` and is no part of the text."""

    offset: int
    markup: Markup


def marked(text: str, spans: Iterable[Span], insertions: Sequence[Insertion] = ()) -> Markup:
    """Wrap the spans of `text` and put in the insertions; spans beyond the text are cut to it."""
    inside = [_clip(span, len(text)) for span in spans]
    inside = [span for span in inside if span.start < span.end]
    cuts = {0, len(text)}
    cuts.update(edge for span in inside for edge in (span.start, span.end))
    cuts.update(_within(one.offset, len(text)) for one in insertions)
    edges = sorted(cuts)
    pieces: list[Markup] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        pieces += [one.markup for one in insertions if _within(one.offset, len(text)) == start]
        if start < end:
            pieces.append(_wrap(text[start:end], [s for s in inside if s.start <= start and end <= s.end]))
    return Markup("").join(pieces)


def hits(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Turn (start, end) pairs into spans of the searched words."""
    return tuple(Span(start=start, end=end) for start, end in spans)


def _within(offset: int, length: int) -> int:
    return max(0, min(offset, length))


def _clip(span: Span, length: int) -> Span:
    start, end = _within(span.start, length), _within(span.end, length)
    return replace(span, start=start, end=end)


def _wrap(text: str, around: Sequence[Span]) -> Markup:
    markup = escape(text)
    for span in around:
        markup = _OPENING[span.kind].format(title=span.title, href=span.href) + markup + _CLOSING[span.kind]
    return markup
