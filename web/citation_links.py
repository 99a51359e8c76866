"""Links from cited documents inside a report's text: to a law's page, or to the report that is held here.

Only sure citations are plain links; the others are marked and say why they lead nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from archive.errors import IndexFault
from archive.model import Citation, StoredReport
from archive.resolve.titles import sole_of_title
from index.document import SURE_STATES
from index.finder import EngineFinder
from web.holdings import current_engine, current_store
from web.languages import gettext
from web.marks import Span
from web.statistics import CITATION_STATES

MOST_TITLES = 12
"""Cited titles that are looked up among the reports: each costs a look through all titles."""

_REPORT_ENDS = ("报告", "報告", "总结", "總結", "小结", "小結", "年报", "年報", "情况", "情況")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingReport:
    """A report that cites another."""

    report: StoredReport
    paragraph: int | None  # of the first mention


def law_path(citation: Citation) -> str:
    """Return the path of a sure citation's law, at the version where one is known; empty for any other."""
    if citation.state not in SURE_STATES or citation.law_title is None:
        return ""
    return url_for("laws.page", title=citation.law_title, _anchor=citation.law_number)


def citation_spans(report: StoredReport, held: Mapping[str, str]) -> dict[int, tuple[Span, ...]]:
    """Return by paragraph what to link and mark; `held` are the ids of cited reports by their title as cited."""
    spans: dict[int, list[Span]] = {}
    for citation in report.description.citations:
        target = _target(citation, held)
        for mention in citation.mentions:
            if mention.where == "paragraph" and mention.paragraph is not None:
                span = _to_span(mention.start, mention.end, citation, target)
                spans.setdefault(mention.paragraph, []).append(span)
    return {number: tuple(_apart(found)) for number, found in spans.items()}


def _target(citation: Citation, held: Mapping[str, str]) -> str:
    path = law_path(citation)
    if path or citation.title is None or citation.title not in held:
        return path
    return url_for("reports.latest", report_id=held[citation.title])


def _to_span(start: int, end: int, citation: Citation, target: str) -> Span:
    if target:
        known = " ".join(filter(None, (citation.law_title, citation.law_number)))
        return Span(start=start, end=end, kind="law", href=target, title=known or gettext("馆藏报告"))
    why = CITATION_STATES[citation.state]
    among = " ".join(citation.candidates)
    return Span(start=start, end=end, kind="doubtful_law", title=f"{why} {among}".rstrip())


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Leave out spans that begin inside another: a link within a link is none."""
    end = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start >= end:
            end = span.end
            yield span


def cited_reports(report: StoredReport) -> dict[str, str]:
    """Return the ids of reports held here that this one cites by their title, where one title is one text.

    Nothing while there is no index that can be used: the text can be read without.
    """
    titles = [
        one.title
        for one in report.description.citations
        if one.title and one.law_title is None and one.title.rstrip("》").endswith(_REPORT_ENDS)
    ]
    found: dict[str, str] = {}
    if not titles:
        return found
    try:
        finder = EngineFinder(current_engine())
        for title in titles[:MOST_TITLES]:
            match = sole_of_title(title, current_store(), finder)
            if match is not None and match.report_id != report.report_id:
                found[title] = match.report_id
    except IndexFault:
        return {}
    return found


MOST_CITING = 50


def citing_reports(report: StoredReport) -> tuple[CitingReport, ...]:
    """Return the reports that cite this one by its whole title; nothing while there is no index.

    It is asked for with its brackets: thousands of reports have some titles as their own, and would leave no place
    for those that cite one.
    """
    try:
        finder = EngineFinder(current_engine())
        holders = finder.holding_all([f"《{report.title}》"], MOST_CITING)
    except IndexFault:
        return ()
    wanted = finder.fold(report.title)
    others = current_store().reports(one for one in holders.report_ids if one != report.report_id)
    return tuple(
        CitingReport(report=other, paragraph=_first_paragraph(citation))
        for other in others.values()
        for citation in other.description.citations
        if citation.title and finder.fold(citation.title) == wanted
    )


def _first_paragraph(citation: Citation) -> int | None:
    return next((one.paragraph for one in citation.mentions if one.paragraph is not None), None)
