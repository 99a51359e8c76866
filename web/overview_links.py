"""The ways to the pages about a place, bureau, site and year."""

from dataclasses import dataclass

from flask import url_for

from archive.gazetteer.table import load_gazetteer
from archive.model import StoredReport
from index.document import NO_BUREAU, to_document
from index.engine import UNKNOWN
from web.labels import FACET_NAMES, PLACE_FACETS, facet_value_label, place_label
from web.languages import gettext
from web.params import SearchState


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page about something that a report is of."""

    name: str
    path: str


def page_of(facet: str, value: str) -> str:
    """Return the path of a facet value's own page, empty where it has none."""
    if value in {UNKNOWN, NO_BUREAU}:
        return ""
    if facet in PLACE_FACETS:
        known = bool(load_gazetteer().with_code(value))
        return url_for("overviews.show", kind="place", value=value) if known else ""
    kind = {"bureau": "bureau", "site": "site", "year": "year"}.get(facet)
    return url_for("overviews.show", kind=kind, value=value) if kind else ""


def pages_beside(report: StoredReport) -> tuple[PageLink, ...]:
    """Return the pages about a report's place and those above it, its bureau, its year and its site."""
    facets = dict(to_document(report).facets)
    links = []
    for facet in (*PLACE_FACETS, "bureau", "year", "site"):
        for value in facets[facet]:
            path = page_of(facet, value)
            if path:
                links.append(PageLink(name=_name(facet, value), path=path))
    return tuple(links)


def pages_of_choices(state: SearchState) -> tuple[PageLink, ...]:
    """Return the pages about what a search is narrowed to, where a facet has one choice."""
    return tuple(
        PageLink(name=facet_value_label(one.facet, one.include[0]), path=path)
        for one in state.filters
        if len(one.include) == 1 and (path := page_of(one.facet, one.include[0]))
    )


def _name(facet: str, value: str) -> str:
    if facet in PLACE_FACETS:
        return place_label(value).partition("（")[0]
    if facet == "year":
        return facet_value_label(facet, value)
    return gettext("%(facet)s：%(value)s", facet=FACET_NAMES[facet], value=facet_value_label(facet, value))
