"""What a request about a place, bureau, site or year reads: its subject, its counts, its tables."""

from flask import Flask, abort, current_app

from archive.gazetteer.table import load_gazetteer
from index.document import NO_BUREAU
from index.engine import UNKNOWN
from web.collected import Coverage, coverage_table, covered
from web.holdings import current_engine, current_store
from web.overview import Holdings, PlaceHoldings, Subject, SubjectKind, held_in_place, held_of
from web.overview_drawings import province_counts
from web.overview_words import indicators_table, levels_table, matrix_table, provinces_table, years_table
from web.remembered import Remembered
from web.tables import Table

_REMEMBERED = "archive-overviews"


def subject_of(kind: SubjectKind, value: str) -> Subject:
    """Return what an address names. Aborts with 404 where it is neither held nor, for a place or year, possible."""
    subject = Subject(kind=kind, value=value)
    if kind == "place":
        known = bool(load_gazetteer().with_code(value))
    elif kind == "year":
        known = value.isascii() and value.isdecimal() and len(value) == 4
    else:
        known = value not in {UNKNOWN, NO_BUREAU} and held(subject).total > 0
    if not known:
        abort(404, f"The archive knows no {kind} {value[:60]!r}.")
    return subject


def held(subject: Subject | None) -> Holdings:
    """Count a subject's reports, or all, once for each change of the index."""
    engine = current_engine()
    remembered: Remembered = current_app.extensions[_REMEMBERED]
    return remembered.get(engine.last_change(), subject, lambda: held_of(subject, engine))


def place_held(subject: Subject | None) -> PlaceHoldings | None:
    """Read a place's matrix and numbers, over the years that the whole archive spans; None for other subjects."""
    if subject is None or subject.kind != "place":
        return None
    engine, store = current_engine(), current_store()
    remembered: Remembered = current_app.extensions[_REMEMBERED]
    change = engine.last_change()
    everything = remembered.get(change, None, lambda: held_of(None, engine))
    return remembered.get(
        change,
        ("place", subject.value),
        lambda: held_in_place(subject.value, everything.years, engine, store),
    )


def tables_of(subject: Subject | None) -> tuple[Table, ...]:
    """Return the tables behind a subject's charts, or those of the whole archive."""
    holdings, place = held(subject), place_held(subject)
    tables = [years_table(holdings), levels_table(holdings)]
    if place is None:
        tables.append(provinces_table(province_counts(holdings.facets.get("province", ()))))
    else:
        tables += [matrix_table(place.matrix), indicators_table(place.series)]
    if subject is not None and subject.kind == "year":
        tables.append(coverage_table(coverage_of(subject, holdings)))
    return tuple(tables)


def coverage_of(subject: Subject, holdings: Holdings) -> tuple[Coverage, ...]:
    """Return how many counties of each province a year's reports come from; nothing for other subjects."""
    if subject.kind != "year":
        return ()
    return covered(holdings.facets.get("county", ()), int(subject.value))


def remember(app: Flask) -> None:
    """Remember counts for the whole application."""
    app.extensions[_REMEMBERED] = Remembered()
