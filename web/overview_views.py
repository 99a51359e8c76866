"""The pages, tables and JSON of a place, a bureau, a site and a year: what is held, and what is missing."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, abort, render_template, url_for

from archive.gazetteer.table import load_gazetteer
from index.engine import UNKNOWN
from web.holdings import current_store
from web.labels import FACET_NAMES, PLACE_FACETS
from web.overview import Holdings, Subject, SubjectKind
from web.overview_api import json_path, overview_api
from web.overview_drawings import (
    draw_levels,
    draw_matrix,
    draw_series,
    draw_tiles,
    draw_years,
    province_counts,
    state_of,
)
from web.overview_links import page_of
from web.overview_reading import coverage_of, held, place_held, remember, subject_of, tables_of
from web.overview_words import (
    KIND_NAMES,
    TABLES,
    level_label,
    ordered_levels,
    title_of,
)
from web.tables import Table, to_csv
from web.values import ValueView, to_values

overviews = Blueprint("overviews", __name__)
LISTED_VALUES = 24
_KIND = "<any(place, bureau, site, year):kind>/<path:value>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A division above a place, with its page."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelKey:
    """A level in the key of the chart of levels."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueList:
    """The values of one facet among a subject's reports, each leading into the search or to its own page."""

    facet: str
    label: str
    values: tuple[tuple[ValueView, str], ...]  # with the path of the value's own page, or none


@overviews.get(f"/{_KIND}")
def show(kind: SubjectKind, value: str) -> str:
    """Show one subject's page; 404 for one that is neither held nor known."""
    subject = subject_of(kind, value)
    holdings = held(subject)
    place = place_held(subject)
    state = state_of(subject)
    counts = province_counts(holdings.facets.get("province", ()))
    store = current_store()
    newest = store.reports(holdings.newest_ids)
    return render_template(
        "overview.html",
        subject=subject,
        title=title_of(subject),
        json_path=json_path(subject),
        kicker=KIND_NAMES[kind],
        crumbs=_crumbs(subject),
        holdings=holdings,
        state=state,
        years=draw_years(holdings, state),
        levels=draw_levels(holdings, state),
        tiles=draw_tiles(counts, subject) if kind != "place" else None,
        place=place,
        matrix=draw_matrix(place.matrix, subject) if place else (),
        series=draw_series(place.series, holdings.years) if place else (),
        tables={table.name: table for table in tables_of(subject)},
        shown_levels=_level_keys(holdings),
        coverage=coverage_of(subject, holdings),
        lists=_lists(subject, holdings),
        newest=[newest[one] for one in holdings.newest_ids if one in newest],
    )


@overviews.get(f"/csv/<any{TABLES}:name>/{_KIND}")
def table(name: str, kind: SubjectKind, value: str) -> Response:
    """Give one of a page's tables as CSV."""
    found = next((one for one in tables_of(subject_of(kind, value)) if one.name == name), None)
    if found is None:
        abort(404, f"The page of {kind} {value!r} has no table {name}.")
    return _as_csv(found)


@overviews.get("/csv/<any(years, levels, provinces):name>")
def everything(name: str) -> Response:
    """Give one of the tables of the whole archive as CSV."""
    return _as_csv(next(one for one in tables_of(None) if one.name == name))


def _as_csv(found: Table) -> Response:
    response = Response(to_csv(found), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={found.name}.csv"
    return response


def _level_keys(holdings: Holdings) -> tuple[LevelKey, ...]:
    return tuple(
        LevelKey(value=level, label=level_label(level)) for level in ordered_levels(holdings.level_years)
    )


def _crumbs(subject: Subject) -> tuple[Crumb, ...]:
    division = load_gazetteer().at(subject.value) if subject.kind == "place" else None
    if division is None:
        return ()
    above = load_gazetteer().chain(division)[:-1]
    return tuple(
        Crumb(name=one.name, path=url_for("overviews.show", kind="place", value=one.code)) for one in above
    )


def _lists(subject: Subject, holdings: Holdings) -> tuple[ValueList, ...]:
    """Return the facets to go on from: those that the subject's page does not show otherwise."""
    start = state_of(subject)
    wanted: tuple[str, ...] = ("prefecture", "county", "township", "bureau", "kind", "site", "flag")
    if subject.kind == "place":
        rank = PLACE_FACETS.index(subject.filter.facet)
        wanted = tuple(one for one in wanted if one not in PLACE_FACETS[: rank + 1])
    lists = []
    for facet in wanted:
        if facet == subject.filter.facet:
            continue
        views = [view for view in to_values(start, facet, holdings.facets.get(facet, ())) if view.count > 0]
        if len(views) > 1 or (views and views[0].value != UNKNOWN):
            shown = tuple((view, page_of(facet, view.value)) for view in views[:LISTED_VALUES])
            lists.append(ValueList(facet=facet, label=FACET_NAMES[facet], values=shown))
    return tuple(lists)


def register(app: Flask) -> None:
    """Answer the addresses, and remember counts for the whole application."""
    remember(app)
    app.register_blueprint(overviews)
    app.register_blueprint(overview_api)
