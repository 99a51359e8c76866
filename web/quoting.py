"""A quotation in an address: how a link to any selected passage is made, and what a page shows when it is followed.

The link names the latest version and the version it was cited from; a passage that a newer cleaning no longer has
is shown in the version that has it, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from archive.errors import NotHeld
from archive.model import StoredReport
from archive.resolve.alignment import Place
from archive.resolve.quotation import CONTEXT_CHARS, Quotation, Refound, cite, find_again
from archive.store import Store
from web.addresses import LAST_VERSION
from web.marks import Insertion, Span

MOST_QUOTED_CHARS = 600
"""A longer selection is cited by its beginning, with its place; 600 characters make an address of 5,400 bytes."""

CITED = Markup('<span class="cited-start" id="cited"></span>')
"""What the fragment of such a link leads to."""

State = Literal["found", "changed", "older", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What came of a quotation: the version to show, and where in it the passage stands (None where it is gone)."""

    report: StoredReport
    quotation: Quotation
    state: State
    refound: Refound | None
    latest: int


def read_quotation(arguments: Mapping[str, str]) -> Quotation | None:
    """Read the parameters quote, prefix, suffix, at (paragraph from 1, a full stop, offset) and version."""
    exact = arguments.get("quote", "").replace("\r\n", "\n")[:MOST_QUOTED_CHARS]
    if not exact.strip():
        return None
    paragraph, _, start = arguments.get("at", "").partition(".")
    version = _number(arguments.get("version", ""))
    return Quotation(
        exact=exact,
        prefix=arguments.get("prefix", "")[-CONTEXT_CHARS:],
        suffix=arguments.get("suffix", "")[:CONTEXT_CHARS],
        paragraph=None if _number(paragraph) is None else int(paragraph) - 1,
        start=_number(start),
        version=version if version and version <= LAST_VERSION else None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def to_arguments(quotation: Quotation) -> dict[str, str]:
    """Write a quotation as parameters: `read_quotation` gives the same one back."""
    at = (
        None
        if quotation.paragraph is None or quotation.start is None
        else f"{quotation.paragraph + 1}.{quotation.start}"
    )
    values = {
        "quote": quotation.exact,
        "prefix": quotation.prefix,
        "suffix": quotation.suffix,
        "at": at,
        "version": str(quotation.version) if quotation.version else None,
    }
    return {name: value for name, value in values.items() if value}


def quotation_of(report: StoredReport, place: Place) -> Quotation:
    """Return the quotation of a place in a report."""
    return cite(_texts(report), place, version=report.version.version)


def find_quoted(report: StoredReport, quotation: Quotation, store: Store) -> Quoted:
    """Look for a quotation in this version of a report, then in the one it was cited from, then in all others."""
    here = find_again(_texts(report), quotation)
    latest = report.versions[-1].version
    if here is not None:
        state: State = "changed" if here.how == "fuzzy" else "found"
        return Quoted(report=report, quotation=quotation, state=state, refound=here, latest=latest)
    for number in _others(report, quotation):
        try:
            other = store.report(report.report_id, number)
        except NotHeld:
            continue
        there = find_again(_texts(other), quotation)
        if there is not None and there.how != "fuzzy":
            return Quoted(report=other, quotation=quotation, state="older", refound=there, latest=latest)
    return Quoted(report=report, quotation=quotation, state="gone", refound=None, latest=latest)


def _others(report: StoredReport, quotation: Quotation) -> tuple[int, ...]:
    newest_first = [one.version for one in reversed(report.versions)]
    wanted = [quotation.version] if quotation.version else []
    return tuple(dict.fromkeys(one for one in (*wanted, *newest_first) if one != report.version.version))


def quoted_spans(quoted: Quoted) -> tuple[dict[int, tuple[Span, ...]], dict[int, tuple[Insertion, ...]]]:
    """Return by paragraph what to mark, and the target that the link leads to, before its first character."""
    if quoted.refound is None:
        return {}, {}
    place, texts = quoted.refound.place, _texts(quoted.report)
    spans: dict[int, tuple[Span, ...]] = {
        number: (
            Span(
                start=place.start if number == place.first else 0,
                end=place.end if number == place.last else len(texts[number]),
                kind="cited",
            ),
        )
        for number in range(place.first, place.last + 1)
    }
    return spans, {place.first: (Insertion(offset=place.start, markup=CITED),)}


def _texts(report: StoredReport) -> tuple[str, ...]:
    return tuple(one.text for one in report.paragraphs)
