"""A page as received beside what was made of it, block by block. Pure.

Everything shown is text: markup of the captured page never reaches the reader's browser.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from archive.model import Block, Dropped, Edit, Gap, Paragraph, StoredReport
from web.labels import EDITS
from web.languages import gettext
from web.marks import Span, marked
from web.present import gap_sentence
from web.quotes import anchor_of
from web.reasons import Reason, to_reason

RowKind = Literal["kept", "title", "dropped", "other", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptView:
    """A stored paragraph that came from a block."""

    number: int  # from 1
    anchor: str
    markup: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One block of the page: its text as received, and what became of it."""

    number: int  # the block's, from 1
    kind: RowKind
    original: Markup
    kept: tuple[KeptView, ...] = ()
    reason: Reason | None = None  # of a dropped block; None where it is that of the block above
    note: str = ""  # what became of a block that is neither kept nor dropped


def collate(
    blocks: Iterable[Block], report: StoredReport, siblings: Sequence[StoredReport] = ()
) -> tuple[Row, ...]:
    """Put every block beside the paragraphs, the rule or the sibling part that its text went to.

    `siblings` are the other parts of a compilation's page. A block that none of them accounts for, since a
    later program reads the page into other blocks, is `unknown`: nothing is claimed of it.
    """
    kept = _by_block(report)
    others = {number: one for one in siblings for number in _by_block(one)}
    dropped: dict[int, list[Dropped]] = {}
    for one in report.dropped:
        dropped.setdefault(one.block, []).append(one)
    return tuple(_without_repeats(_to_rows(blocks, report, kept, dropped, others)))


def _without_repeats(rows: Iterable[Row]) -> Iterator[Row]:
    """Tell one reason once: an outline box of ten lines was dropped for one."""
    above: Reason | None = None
    for row in rows:
        yield replace(row, reason=None) if row.reason is not None and row.reason == above else row
        above = row.reason


def _by_block(report: StoredReport) -> Mapping[int, tuple[tuple[int, Paragraph], ...]]:
    found: dict[int, tuple[tuple[int, Paragraph], ...]] = {}
    for number, paragraph in enumerate(report.paragraphs):
        found[paragraph.block] = (*found.get(paragraph.block, ()), (number, paragraph))
    return found


def _to_rows(
    blocks: Iterable[Block],
    report: StoredReport,
    kept: Mapping[int, tuple[tuple[int, Paragraph], ...]],
    dropped: Mapping[int, Sequence[Dropped]],
    others: Mapping[int, StoredReport],
) -> Iterator[Row]:
    for block in blocks:
        paragraphs = [pair for pair in kept.get(block.index, ()) if pair[1].captured == block.captured]
        reasons = [one for one in dropped.get(block.index, ()) if one.text in block.captured]
        if paragraphs:
            yield _kept_row(block, paragraphs, reasons)
        elif reasons:
            yield _row(block, "dropped", reason=to_reason(reasons[0].rule, reasons[0].why))
        elif withheld := [gap for gap in report.gaps if gap.notice in block.text]:
            yield _row(block, "dropped", note=_withheld(withheld[0]))
        elif block.text == report.title:
            yield _row(block, "title", note=gettext("题名"))
        elif block.index in others:
            yield _row(block, "other", note=gettext("属于同页第 %(part)s 篇", part=others[block.index].part))
        else:
            yield _row(block, "unknown", note=gettext("篇目或分隔，不在正文之内"))


def _withheld(gap: Gap) -> str:
    return gettext("网页的提示，已改记为缺字：%(gap)s", gap=gap_sentence(gap))


def _row(block: Block, kind: RowKind, reason: Reason | None = None, note: str = "") -> Row:
    original = marked(block.captured, ())
    return Row(number=block.index + 1, kind=kind, original=original, reason=reason, note=note)


def _kept_row(block: Block, paragraphs: Sequence[tuple[int, Paragraph]], reasons: Sequence[Dropped]) -> Row:
    why = {one.rule: one.why for one in reasons}
    removed = {
        Span(start=edit.start, end=edit.end, kind="removed", title=_title_of(edit, why))
        for _, paragraph in paragraphs
        for edit in paragraph.edits
    }
    return Row(
        number=block.index + 1,
        kind="kept",
        original=marked(block.captured, sorted(removed, key=lambda span: span.start)),
        kept=tuple(
            KeptView(number=number + 1, anchor=anchor_of(number), markup=marked(paragraph.text, ()))
            for number, paragraph in paragraphs
        ),
    )


def _title_of(edit: Edit, why: Mapping[str, str]) -> str:
    return EDITS.get(edit.reason) or to_reason(edit.reason, why.get(edit.reason, edit.reason)).text
