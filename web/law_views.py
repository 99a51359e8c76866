"""The laws and notices that reports cite: a page for each with the reports that cite it, by year, and their index."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from archive.describe.laws import Law, law_by_number, law_by_title, laws
from archive.model import StoredReport
from index.document import SURE_STATES
from index.engine import UNKNOWN, SearchRequest
from index.query import Query
from index.tree import Field, Node, Or
from web.holdings import current_engine, current_settings, current_store

law_pages = Blueprint("laws", __name__)

MOST_LISTED = 300
"""Reports that are listed on a law's page; the search page has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """One law of the index, with how many reports cite it."""

    law: Law
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGroup:
    """The citing reports of one year; `year` is empty where it is not known. `count` counts those not listed too."""

    year: str
    count: int
    reports: tuple[StoredReport, ...]


@law_pages.get("/law/")
def index() -> str:
    """List every law and notice that is known, the most cited first."""
    counts = _counts(current_settings().index_path, current_engine().last_change())
    lines = [LawLine(law=law, count=counts[law.title]) for law in laws()]
    lines.sort(key=lambda line: (-line.count, line.law.title))
    return render_template("laws.html", lines=lines)


@law_pages.get("/law/<path:title>")
def page(title: str) -> str | Response:
    """Show a law's versions and the reports that cite it. Another name or a number leads to its page."""
    known = law_by_title(title)
    by_number = law_by_number(title)
    law = known[0] if known else by_number[0] if by_number else None
    if law is None:
        raise NotFound(f"no law or notice of the title {title[:80]!r} is in archive/describe/laws.toml")
    if law.title != title:
        anchor = by_number[1].number if by_number else None
        return redirect(url_for("laws.page", title=law.title, _anchor=anchor))
    found = current_engine().search(
        SearchRequest(query=_citing(law), limit=MOST_LISTED, sort="newest", all_copies=True)
    )
    counts = {one.value: one.count for one in dict(found.facets)["year"] if one.count}
    held = current_store().reports(hit.report_id for hit in found.hits)
    citing = [one for one in held.values() if cites(one, law)]
    return render_template(
        "law.html",
        law=law,
        groups=_by_year(citing, counts),
        total=found.total_reports,
        listed=len(citing),
        search_path=f"{url_for('pages.search')}?{urlencode({'q': _typed(law), 'copies': 'all'})}",
    )


def cites(report: StoredReport, law: Law) -> bool:
    """Whether a report surely cites this law."""
    return any(
        one.law_title == law.title and one.state in SURE_STATES for one in report.description.citations
    )


def _citing(law: Law) -> Query:
    nodes: tuple[Node, ...] = tuple(
        Field(name="number", text=number, exact=True) for number in dict.fromkeys(_numbers(law))
    )
    return Query(text="", tree=Or(parts=nodes) if len(nodes) > 1 else nodes[0])


def _typed(law: Law) -> str:
    return " OR ".join(f'number:"{number}"' for number in dict.fromkeys(_numbers(law)))


def _numbers(law: Law) -> Iterable[str]:
    return (version.number for version in law.versions)


@lru_cache(maxsize=2)
def _counts(_index: Path, _change: int) -> dict[str, int]:
    """Count the reports that cite each law; asked once for each state of the index."""
    engine = current_engine()
    return {
        law.title: engine.search(SearchRequest(query=_citing(law), limit=0)).total_reports for law in laws()
    }


def _by_year(reports: Iterable[StoredReport], counts: dict[str, int]) -> tuple[YearGroup, ...]:
    groups: dict[str, list[StoredReport]] = {year: [] for year in counts}
    for report in reports:
        year = report.description.year
        groups.setdefault(UNKNOWN if year is None else str(year), []).append(report)
    newest_first = sorted(groups, key=lambda year: (year != UNKNOWN, year), reverse=True)
    return tuple(
        YearGroup(
            year="" if year == UNKNOWN else year,
            count=max(counts.get(year, 0), len(groups[year])),
            reports=tuple(groups[year]),
        )
        for year in newest_first
    )
