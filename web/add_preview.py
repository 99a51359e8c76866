"""A page before it is added: block by block what is kept and why, the reports that come out, and the keeper's choices. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from archive.corrections import names_of_blocks
from archive.decode import decode
from archive.errors import CaptureError
from archive.explain import BlockStory, Explanation, explain
from archive.fact_story import FactStory, facts_of, place_of, shorten
from archive.ids import digest_of
from archive.model import Capture, Decision, Fate, Page, Report
from archive.page import read_page
from archive.pipeline import reports_of
from archive.repair import repair
from archive.rulebook import load_rulebook
from web.reasons import Reason, to_reason

SHOWN_BLOCKS = 4000
"""What is further down is left to the rules; the longest report page known has under 700 blocks."""

_LONGEST_TITLE_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """One block: `reason` why it is dropped, `percent` how much it looks like text, `is_decided` by the keeper."""

    index: int
    text: str
    is_kept: bool
    is_title: bool
    may_be_title: bool
    is_decided: bool
    reason: Reason | None
    percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact that would be described, with the words that prove it."""

    fact: FactStory
    proofs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report that would come out."""

    report_id: str
    title: str
    count: int  # of paragraphs
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page of a draft; `refusal` says why nothing would come out of it."""

    number: int
    capture: Capture
    refusal: str
    notes: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    hidden_count: int  # blocks beyond SHOWN_BLOCKS
    reports: tuple[ReportView, ...]


def to_page_view(number: int, capture: Capture) -> PageView:
    """Read a page as adding it would, with the decisions so far."""
    try:
        told = explain(capture, load_rulebook())
    except CaptureError as error:
        return _unreadable(number, capture, str(error))
    reports, refusal = _reports(capture)
    decided = _decided_indexes(capture)
    return PageView(
        number=number,
        capture=capture,
        refusal=told.refusal or refusal,
        notes=told.page.notes if told.page else (),
        blocks=tuple(_to_block_view(story, decided) for story in told.stories[:SHOWN_BLOCKS]),
        hidden_count=max(0, len(told.stories) - SHOWN_BLOCKS),
        reports=tuple(_to_report_view(report) for report in reports),
    )


def _unreadable(number: int, capture: Capture, refusal: str) -> PageView:
    return PageView(
        number=number, capture=capture, refusal=refusal, notes=(), blocks=(), hidden_count=0, reports=()
    )


def _reports(capture: Capture) -> tuple[tuple[Report, ...], str]:
    try:
        return reports_of(capture).reports, ""
    except CaptureError as error:
        return (), str(error)


def _read(capture: Capture) -> Page:
    return repair(read_page(capture, decode(capture)))


def _decided_indexes(capture: Capture) -> set[int]:
    names = {(one.block, one.nth) for one in capture.decisions}
    if not names:
        return set()
    return {block.index for block, name in names_of_blocks(_read(capture)) if name in names}


def _to_block_view(story: BlockStory, decided: Collection[int]) -> BlockView:
    block = story.block
    return BlockView(
        index=block.index,
        text=block.text,
        is_kept=story.fate == "kept",
        is_title=story.fate == "title",
        may_be_title=len(block.text) <= _LONGEST_TITLE_CHARS,
        is_decided=block.index in decided,
        reason=to_reason(story.rule, story.why) if story.rule else None,
        percent=None if story.likelihood is None else round(100 * story.likelihood),
    )


def _to_report_view(report: Report) -> ReportView:
    return ReportView(
        report_id=report.report_id,
        title=report.section.title,
        count=len(report.section.paragraphs),
        facts=tuple(
            FactView(
                fact=fact, proofs=tuple((place_of(proof), shorten(proof.quote)) for proof in fact.proofs)
            )
            for fact in facts_of(report)
            if fact.value != "-"
        ),
    )


def decide(capture: Capture, kept: Collection[int], title: int | None, now: datetime) -> Capture:
    """Return the capture with what the keeper's boxes say, as far as it is not what the rules say anyway.

    `kept` are the indexes of ticked blocks, `title` the chosen one's, None to leave it. A decision that was made
    before keeps its time. A page that can't be read has none.
    """
    bare = replace(capture, decisions=())
    try:
        told = explain(bare, load_rulebook())
    except CaptureError:
        return bare
    digest, before = digest_of(capture.body), {_key(one): one for one in capture.decisions}
    names = {block.index: name for block, name in names_of_blocks(_read(bare))}
    fates = _fates(told, kept, title)
    decisions = (
        Decision(capture=digest, block=names[index][0], nth=names[index][1], fate=fate, decided_at=now)
        for index, fate in fates
    )
    return replace(bare, decisions=tuple(before.get(_key(one), one) for one in decisions))


def _fates(told: Explanation, kept: Collection[int], title: int | None) -> list[tuple[int, Fate]]:
    fates: list[tuple[int, Fate]] = []
    for story in told.stories[:SHOWN_BLOCKS]:
        index = story.block.index
        if index == title:
            fates += [(index, "title")] if story.fate != "title" else []
        elif index in kept and story.fate != "kept":
            fates += [(index, "keep")] if story.fate != "title" or title is not None else []
        elif index not in kept and story.fate == "kept":
            fates.append((index, "drop"))
    return fates


def _key(one: Decision) -> tuple[str, int, str]:
    return one.block, one.nth, one.fate
