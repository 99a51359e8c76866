"""Two stored texts beside each other, as rows of a page. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from archive.differences import Piece
from archive.model import StoredReport
from archive.side_by_side import Row, side_by_side
from web.quotes import anchor_of

Kind = Literal["same", "changed", "here", "there"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A paragraph of one text."""

    number: int  # from 1
    anchor: str
    markup: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRow:
    """One row: a paragraph of each, or of one alone."""

    kind: Kind
    here: Side | None
    there: Side | None


def to_rows(here: StoredReport, there: StoredReport) -> tuple[BesideRow, ...]:
    """Return both texts, what differs marked."""
    texts_here, texts_there = ([one.text for one in each.paragraphs] for each in (here, there))
    return tuple(_to_row(row, texts_here, texts_there) for row in side_by_side(texts_here, texts_there))


def _to_row(row: Row, here: list[str], there: list[str]) -> BesideRow:
    kind: Kind = (
        "there" if row.here is None else "here" if row.there is None else "same" if row.is_same else "changed"
    )
    return BesideRow(
        kind=kind,
        here=_side(row.here, here, row.pieces, is_here=True),
        there=_side(row.there, there, row.pieces, is_here=False),
    )


def _side(number: int | None, texts: list[str], pieces: Iterable[Piece], *, is_here: bool) -> Side | None:
    if number is None:
        return None
    marked = Markup("").join(_marked(pieces, is_here=is_here))
    return Side(number=number + 1, anchor=anchor_of(number), markup=marked or escape(texts[number]))


def _marked(pieces: Iterable[Piece], *, is_here: bool) -> Iterator[Markup]:
    tag = Markup("<del>{}</del>") if is_here else Markup("<ins>{}</ins>")
    for piece in pieces:
        text = piece.here if is_here else piece.there
        if text:
            yield tag.format(text) if piece.is_slot else escape(text)
