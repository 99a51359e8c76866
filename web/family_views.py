"""A family of copies: each with its site, date and completeness, two beside each other, and what is shared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from archive.differences import shared_paragraphs
from archive.model import StoredReport
from web.addresses import settle_id
from web.badges import Badge, badges
from web.beside import to_rows
from web.holdings import current_store
from web.marks import Span
from web.reading import Additions

family_pages = Blueprint("families", __name__, url_prefix="/r")
family_pages.before_request(settle_id)

MOST_SHARING = 20
"""Reports that one's own words are compared with for what is grey, the closest first: some 20 ms each."""

MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One copy of a family, or one report made from the same template."""

    report: StoredReport
    is_copy: bool
    is_representative: bool
    captured_on: date | None
    characters: int
    badges: tuple[Badge, ...]  # what it has lost
    is_whole: bool  # nothing is known to be lost, masked or damaged
    shared: str  # how much both share, empty for the report itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What of a report others hold too: the spans that its closest relatives share, and how many hold each paragraph."""

    spans: dict[int, tuple[Span, ...]]
    compared: int  # relatives that the spans were looked for in
    counts: dict[int, int]  # of all reports, those that hold the paragraph word for word
    known: int  # reports that the counts are of

    def additions(self) -> Additions:
        """Return it as what a reading marks."""
        return Additions(spans=self.spans, shared_by=self.counts)


@family_pages.get("/<report_id>/family")
def page(report_id: str) -> str:
    """List the copies of a report, the representative first, and those made from the same template."""
    store = current_store()
    report = store.report(report_id)
    relatives = store.relatives(report_id)[:MOST_MEMBERS]
    held = store.reports(one.report_id for one in relatives)
    members = [_to_member(report, "", is_copy=True)]
    for relative in relatives:
        if relative.report_id in held:
            alike = relative.likeness
            shared = "" if alike is None else f"{alike.jaccard:.0%}"
            other = held[relative.report_id]
            members.append(_to_member(other, shared, is_copy=relative.relation == "copy"))
    members.sort(key=_order)
    return render_template("family.html", report=report, members=members)


@family_pages.get("/<report_id>/compare/<other_id>")
def compare(report_id: str, other_id: str) -> str:
    """Show two reports beside each other."""
    store = current_store()
    here, there = store.report(report_id), store.report(other_id)
    return render_template("compare.html", here=here, there=there, rows=to_rows(here, there))


def _order(member: Member) -> tuple[bool, str]:
    family = member.report.family
    return not member.is_copy, family.standing if family else ""


def _to_member(other: StoredReport, shared: str, *, is_copy: bool) -> Member:
    family = other.family
    captured = min((one.captured_at for one in other.captures), default=None)
    return Member(
        report=other,
        is_copy=is_copy,
        is_representative=is_copy and family is not None and family.representative == other.report_id,
        captured_on=captured.date() if captured else None,
        characters=sum(len(one.text) for one in other.paragraphs),
        badges=tuple(one for one in badges(other) if one.flag != "template_copy"),
        is_whole=family is not None and family.standing.startswith("0"),
        shared=shared,
    )


def to_sharing(report: StoredReport) -> Sharing:
    """Compare a report with those it shares text with, and count its paragraphs over all reports."""
    store = current_store()
    ids = [one.report_id for one in store.relatives(report.report_id)[:MOST_SHARING]]
    others = store.reports(ids)
    holders = store.holders(report)
    return Sharing(
        spans=shared_spans(_texts(report), map(_texts, others.values())),
        compared=len(others),
        counts=holders.counts,
        known=holders.known,
    )


def _texts(report: StoredReport) -> list[str]:
    return [one.text for one in report.paragraphs]


def shared_spans(here: Sequence[str], others: Iterable[Sequence[str]]) -> dict[int, tuple[Span, ...]]:
    """Return what of `here` any of the others holds, by paragraph. Pure."""
    found: dict[int, set[tuple[int, int]]] = {}
    for other in others:
        for pair in shared_paragraphs(here, other):
            start = 0
            for piece in pair.pieces:
                if not piece.is_slot and len(piece.here) >= LEAST_SHARED_CHARS:
                    found.setdefault(pair.here, set()).add((start, start + len(piece.here)))
                start += len(piece.here)
    return {number: tuple(_joined(sorted(pairs))) for number, pairs in found.items()}


LEAST_SHARED_CHARS = 4
"""Fewer characters in common between two differences are chance."""


def _joined(pairs: Iterable[tuple[int, int]]) -> list[Span]:
    """Join spans that touch or overlap."""
    joined: list[Span] = []
    for start, end in pairs:
        if joined and start <= joined[-1].end:
            last = joined.pop()
            joined.append(Span(start=last.start, end=max(last.end, end), kind="shared"))
        else:
            joined.append(Span(start=start, end=end, kind="shared"))
    return joined
