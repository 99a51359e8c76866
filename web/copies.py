"""The reports that share a report's text, for its page: which, how much, and the slots side by side. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.differences import Piece, SharedParagraph, shared_paragraphs
from archive.families import Relative
from archive.model import StoredReport
from web.languages import counted, gettext
from web.quotes import anchor_of

MOST_SHOWN = 20
MOST_COMPARED = 5
"""Relatives that are compared paragraph by paragraph: some 20 ms each."""

MOST_SLOTS = 30
CONTEXT_CHARS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """One place where two copies differ, with the few words before and after."""

    anchor: str
    number: int  # of the paragraph here, from 1
    before: str
    here: str
    there: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeView:
    """One report that shares text with the one shown."""

    report: StoredReport
    is_copy: bool
    is_representative: bool
    measure: str  # how much both share, in words; empty where they were not compared
    paragraphs: str  # how many paragraphs are the same; empty where they were not compared
    slots: tuple[SlotView, ...]
    more_slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatives:
    """All that share a report's text; `more` are not shown."""

    shown: tuple[RelativeView, ...]
    more: int
    is_representative: bool  # this report, of a family


def to_relatives(
    report: StoredReport, relatives: Sequence[Relative], held: Mapping[str, StoredReport]
) -> Relatives | None:
    """Return what to say of a report's relatives, None where it has none."""
    known = [one for one in relatives if one.report_id in held]
    if not known:
        return None
    representative = report.family.representative if report.family else None
    return Relatives(
        shown=tuple(
            _to_view(report, one, held[one.report_id], compares=number < MOST_COMPARED)
            for number, one in enumerate(known[:MOST_SHOWN])
        ),
        more=max(0, len(known) - MOST_SHOWN),
        is_representative=representative == report.report_id,
    )


def _to_view(
    report: StoredReport, relative: Relative, other: StoredReport, *, compares: bool
) -> RelativeView:
    here, there = (tuple(one.text for one in each.paragraphs) for each in (report, other))
    shared = shared_paragraphs(here, there) if compares else ()
    slots = list(_slots(shared))
    return RelativeView(
        report=other,
        is_copy=relative.relation == "copy",
        is_representative=other.family is not None and other.family.representative == other.report_id,
        measure=_measure(relative),
        paragraphs=_counted(shared, len(here), len(there)) if compares else "",
        slots=tuple(slots[:MOST_SLOTS]),
        more_slots=max(0, len(slots) - MOST_SLOTS),
    )


def _measure(relative: Relative) -> str:
    alike = relative.likeness
    if alike is None:
        return gettext("与其他副本相近")
    if relative.relation == "copy":
        return gettext("文字重合 %(share)s", share=f"{alike.jaccard:.0%}")
    return gettext("较短一份有 %(share)s 的文字相同", share=f"{alike.containment:.0%}")


def _counted(shared: Sequence[SharedParagraph], here: int, there: int) -> str:
    same = sum(1 for one in shared if one.pieces and not one.slots)
    counts = (
        (same, counted("%(num)s 段完全相同", same)),
        (len(shared) - same, counted("%(num)s 段大同小异", len(shared) - same)),
        (here - len(shared), counted("%(num)s 段仅见于本篇", here - len(shared))),
        (there - len(shared), counted("%(num)s 段仅见于该篇", there - len(shared))),
    )
    return gettext("，").join(text for count, text in counts if count)


def _slots(shared: Sequence[SharedParagraph]) -> Iterator[SlotView]:
    for one in shared:
        for at, piece in enumerate(one.pieces):
            if piece.is_slot:
                yield SlotView(
                    anchor=anchor_of(one.here),
                    number=one.here + 1,
                    before=_beside(one.pieces, at - 1)[-CONTEXT_CHARS:],
                    here=piece.here,
                    there=piece.there,
                    after=_beside(one.pieces, at + 1)[:CONTEXT_CHARS],
                )


def _beside(pieces: Sequence[Piece], at: int) -> str:
    return next((piece.here for piece in islice(pieces, at, at + 1)), "") if at >= 0 else ""
