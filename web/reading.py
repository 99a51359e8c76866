"""A stored report's text as passages to read: anchors, gaps in place, damage and searched words marked. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from archive.hanzi import match_form
from archive.model import Gap, Paragraph, StoredReport
from web.labels import DAMAGES
from web.languages import current_language
from web.marks import Insertion, Span, hits, marked
from web.present import gap_sentence
from web.quotes import anchor_of

CELL_SEPARATOR = " | "
"""What stands between the cells of a table's row in a stored paragraph."""

_RANKS = (
    (2, re.compile(r"[一二三四五六七八九十]+[、.,\s]|第[一二三四五六七八九十]+[章节部]")),
    (3, re.compile(r"\([一二三四五六七八九十]+\)")),
    (4, re.compile(r"\(?[0-9]+[.、)]")),
)
_GAP = Markup('<span class="gap" role="note" lang="{}"><span class="gap-text">{}</span></span>')

MarkFinder = Callable[[str], Iterable[tuple[int, int]]]
Converter = Callable[[str], str]
SpansByParagraph = Mapping[int, Sequence[Span]]
InsertionsByParagraph = Mapping[int, Sequence[Insertion]]
PassageKind = Literal["front_matter", "body", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphView:
    """One paragraph ready to be read; `rank` is 2 to 4 for a heading and 0 otherwise; `cells` of a table's row."""

    number: int  # from 1
    anchor: str
    rank: int
    markup: Markup
    cells: tuple[Markup, ...] = ()
    shared_by: int = 0  # other reports that hold it, where that was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Neighbouring paragraphs that are set alike."""

    kind: PassageKind
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report's text: its title, what is missing before the first paragraph, and its passages."""

    title: Markup
    missing_before: tuple[str, ...]
    passages: tuple[Passage, ...]
    hit_count: int  # in the paragraphs; the title's are marked and not counted
    first_hit: str  # the anchor of the first paragraph with a searched word, empty where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What else is marked and put in, by paragraph; `shared_by` counts the other reports that hold the paragraph."""

    spans: SpansByParagraph = field(default_factory=dict)
    insertions: InsertionsByParagraph = field(default_factory=dict)
    shared_by: Mapping[int, int] = field(default_factory=dict)


def to_reading(
    report: StoredReport,
    find_marks: MarkFinder,
    title_marks: Iterable[tuple[int, int]] = (),
    convert: Converter = str,
    additions: Additions | None = None,
) -> Reading:
    """Set a report's text with `title_marks` and the spans that `find_marks` finds in each paragraph marked.

    `find_marks` reads the stored text; `convert` says what is shown in its place and must keep its length.
    """
    found = [tuple(find_marks(paragraph.text)) for paragraph in report.paragraphs]
    added = additions or Additions()
    views = [
        (
            _passage_kind(paragraph),
            _to_view(report, number, convert(paragraph.text), hits(found[number]), added),
        )
        for number, paragraph in enumerate(report.paragraphs)
    ]
    return Reading(
        title=marked(convert(report.title), hits(title_marks)),
        missing_before=tuple(gap_sentence(gap) for gap in report.gaps if gap.paragraph < 0),
        passages=tuple(
            Passage(kind=kind, paragraphs=tuple(view for _, view in group))
            for kind, group in groupby(views, key=lambda pair: pair[0])
        ),
        hit_count=sum(len(spans) for spans in found),
        first_hit=next((anchor_of(number) for number, spans in enumerate(found) if spans), ""),
    )


def heading_rank(text: str) -> int:
    """Return 2 for 一、, 3 for （一）, 4 for 1.; a heading without a number is 2."""
    folded = match_form(text)
    return next((rank for rank, pattern in _RANKS if pattern.match(folded)), 2)


def _passage_kind(paragraph: Paragraph) -> PassageKind:
    match paragraph.role:
        case "front_matter":
            return "front_matter"
        case "table":
            return "table"
        case _:
            return "body"


def _to_view(
    report: StoredReport, number: int, text: str, found: tuple[Span, ...], added: Additions
) -> ParagraphView:
    """Set one paragraph as `text`, which is what is stored or its conversion, as long."""
    role = report.paragraphs[number].role
    spans = (*found, *_damage_spans(report, number), *added.spans.get(number, ()))
    gaps = (
        Insertion(offset=gap.offset, markup=_to_markup(gap)) for gap in report.gaps if gap.paragraph == number
    )
    insertions = (*added.insertions.get(number, ()), *gaps)
    return ParagraphView(
        number=number + 1,
        anchor=anchor_of(number),
        rank=heading_rank(text) if role == "heading" else 0,
        markup=marked(text, spans, insertions),
        cells=tuple(_cells(text, spans, insertions)) if role == "table" else (),
        shared_by=added.shared_by.get(number, 0),
    )


def _damage_spans(report: StoredReport, number: int) -> tuple[Span, ...]:
    return tuple(
        Span(start=one.start, end=one.end, kind="damage", title=DAMAGES[one.kind])
        for one in report.damages
        if one.paragraph == number
    )


def _to_markup(gap: Gap) -> Markup:
    return _GAP.format(current_language(), gap_sentence(gap))


def _cells(text: str, spans: tuple[Span, ...], insertions: tuple[Insertion, ...]) -> Iterator[Markup]:
    start = 0
    for cell in text.split(CELL_SEPARATOR):
        end = start + len(cell)
        last = end == len(text)
        yield marked(
            cell,
            [replace(one, start=one.start - start, end=one.end - start) for one in spans],
            [
                Insertion(offset=one.offset - start, markup=one.markup)
                for one in insertions
                if start <= one.offset and (last or one.offset < end + len(CELL_SEPARATOR))
            ],
        )
        start = end + len(CELL_SEPARATOR)
