"""What the archive holds of one place, bureau, site or year, counted. Reads the engine and the store.

Cost is bounded whatever the archive holds: at most eight searches for the counts; three more, `READ_AT_MOST` reports each,
for a place. All is remembered until the index changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.gazetteer.table import RANK_OF_LENGTH, load_gazetteer
from archive.model import StoredReport
from archive.store import Store
from index.document import NO_BUREAU
from index.engine import UNKNOWN, Engine, FacetCount, Filter, ResultPage, SearchRequest
from index.query import parse
from web.indicator_years import Series, to_series
from web.labels import PLACE_FACETS
from web.matrix import Matrix, by_division, spanned, to_matrix

READ_AT_MOST = 1500
"""Reports of a place that are read: 60 townships in 20 years are 1,200."""

NEWEST = 6
SubjectKind = Literal["place", "bureau", "site", "year"]
KINDS: tuple[SubjectKind, ...] = ("place", "bureau", "site", "year")
Counts = dict[str, Sequence[FacetCount]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page is about, and the filter that finds its reports."""

    kind: SubjectKind
    value: str

    @property
    def filter(self) -> Filter:
        """The choice of a facet that the subject is."""
        facet = RANK_OF_LENGTH[len(self.value)] if self.kind == "place" else self.kind
        return Filter(facet=facet, include=(self.value,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """The counts of one subject: every facet, and the years of each level."""

    total: int
    facets: Counts
    years: dict[int, int]
    level_years: dict[str, dict[int, int]]
    newest_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHoldings:
    """What is held of the divisions right below a place, and the place's own numbers over the years.

    `unread` counts reports beyond `READ_AT_MOST`, which neither speaks of.
    """

    matrix: Matrix
    series: tuple[Series, ...]
    unread: int


def held_of(subject: Subject | None, engine: Engine) -> Holdings:
    """Count what is held of a subject, of everything where there is none."""
    filters = (subject.filter,) if subject else ()
    result = _search(engine, filters, limit=NEWEST)
    facets = dict(result.facets)
    levels = [one.value for one in _own_counts(facets, "level") if one.count]
    return Holdings(
        total=result.total,
        facets=facets,
        years=_by_year(_own_counts(facets, "year"), subject),
        level_years={
            level: _by_year(
                dict(_search(engine, (*filters, Filter(facet="level", include=(level,)))).facets)["year"],
                subject,
            )
            for level in levels
        },
        newest_ids=tuple(hit.report_id for hit in result.hits),
    )


def _own_counts(facets: Counts, name: str) -> Sequence[FacetCount]:
    return facets.get(name, ())


def _by_year(counts: Iterable[FacetCount], subject: Subject | None) -> dict[int, int]:
    """Return the reports of each year; a facet's own choice does not narrow it, so a year's page takes its own only."""
    found = {int(one.value): one.count for one in counts if one.value.isdecimal() and one.count}
    if subject is not None and subject.kind == "year":
        return {year: count for year, count in found.items() if str(year) == subject.value}
    return found


def held_in_place(code: str, years: Iterable[int], engine: Engine, store: Store) -> PlaceHoldings:
    """Read the reports of a place's own government and of those right below it."""
    gazetteer = load_gazetteer()
    rank = PLACE_FACETS.index(RANK_OF_LENGTH[len(code)])
    lower = PLACE_FACETS[rank + 1 :]
    ranks = sorted({RANK_OF_LENGTH[len(one)] for one in gazetteer.below(code)}, key=PLACE_FACETS.index)
    place = Filter(facet=PLACE_FACETS[rank], include=(code,))
    own, unread = _read(engine, store, (place, *_unknown(lower)))
    below: dict[str, tuple[StoredReport, ...]] = {}
    for child in ranks:
        others = tuple(facet for facet in lower if facet != child)
        chosen = (place, Filter(facet=child, exclude=(UNKNOWN,)), *_unknown(others))
        reports, more = _read(engine, store, chosen)
        below.update(by_division(reports, child))
        unread += more
    return PlaceHoldings(
        matrix=to_matrix(code, below, spanned(years), gazetteer), series=to_series(own), unread=unread
    )


def _unknown(facets: Iterable[str]) -> tuple[Filter, ...]:
    return tuple(Filter(facet=facet, include=(UNKNOWN,)) for facet in facets)


def _read(engine: Engine, store: Store, filters: tuple[Filter, ...]) -> tuple[tuple[StoredReport, ...], int]:
    """Read the governments' own reports among those found, and count those beyond `READ_AT_MOST`."""
    governments = Filter(facet="bureau", include=(NO_BUREAU, UNKNOWN))
    result = _search(engine, (*filters, governments), limit=READ_AT_MOST)
    found = store.reports([hit.report_id for hit in result.hits])
    kept = (one for one in found.values() if one.description.org_type != "bureau")
    return tuple(kept), max(0, result.total - READ_AT_MOST)


def _search(engine: Engine, filters: tuple[Filter, ...], limit: int = 1) -> ResultPage:
    return engine.search(
        SearchRequest(query=parse(""), filters=filters, sort="newest", limit=limit, all_copies=True)
    )
