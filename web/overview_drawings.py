"""What the pages about a place, bureau, site or year draw: charts with their links, tiles, the matrix's cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from archive.gazetteer.shortening import short_name
from archive.gazetteer.table import RANK_OF_LENGTH, load_gazetteer
from index.engine import UNKNOWN, FacetCount
from web.addresses import latest_path
from web.charts import TILE_COLUMNS, TILES, Drawing, Part, shade, tile_at, to_columns, to_points
from web.filters import search_address
from web.indicator_years import Series
from web.labels import PLACE_FACETS
from web.languages import counted, gettext
from web.matrix import Cell, Matrix, Row
from web.overview import Holdings, Subject
from web.overview_words import CELL_STATES, level_label, ordered_levels, point_label
from web.params import SearchState, including


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One province in the grid; `shade` is 0 for none and 5 for the most."""

    name: str
    label: str
    count: int
    column: int
    row: int
    shade: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TileGrid:
    """The provinces, each about where it lies on a map."""

    tiles: tuple[Tile, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """One cell of the matrix: its sign, what it says when read aloud, and where it leads (nowhere when empty)."""

    state: str
    sign: str
    label: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One division of the matrix; `path` leads to its own page."""

    name: str
    path: str
    cells: tuple[CellView, ...]
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """One indicator's chart."""

    title: str
    unit: str
    drawing: Drawing


def state_of(subject: Subject | None) -> SearchState:
    """Return the search that lists a subject's reports, each copy by itself, as they are counted."""
    state = SearchState(sort="newest", all_copies=True)
    return including(state, subject.filter.facet, subject.value) if subject else state


def draw_years(holdings: Holdings, state: SearchState) -> Drawing | None:
    """Draw the reports of each year; None for a single year, which is no chart."""
    years = _all_years(holdings.years)
    if len(years) < 2:
        return None
    return to_columns({year: (_year_part(state, year, holdings.years.get(year, 0)),) for year in years})


def _all_years(years: Iterable[int]) -> range:
    known = sorted(years)
    return range(known[0], known[-1] + 1) if known else range(0)


def _year_part(state: SearchState, year: int, count: int) -> Part:
    return Part(
        kind="sure",
        count=count,
        label=counted("%(year)s年：%(num)s 份", count, year=year),
        path=search_address(including(state, "year", str(year))),
    )


def draw_levels(holdings: Holdings, state: SearchState) -> Drawing | None:
    """Draw the levels of each year upon each other; None where there is one level or one year only."""
    levels = ordered_levels(holdings.level_years)
    years = _all_years(year for counts in holdings.level_years.values() for year in counts)
    if len(years) < 2 or len(levels) < 2:
        return None
    return to_columns(
        {
            year: tuple(
                _level_part(state, year, level, holdings.level_years[level].get(year, 0)) for level in levels
            )
            for year in years
        }
    )


def _level_part(state: SearchState, year: int, level: str, count: int) -> Part:
    label = counted("%(year)s年%(level)s：%(num)s 份", count, year=year, level=level_label(level))
    chosen = including(including(state, "level", level), "year", str(year))
    return Part(kind=f"level-{level}", count=count, label=label, path=search_address(chosen))


def draw_series(series: Iterable[Series], years: Iterable[int]) -> tuple[SeriesView, ...]:
    """Draw each indicator over the same years, so that charts can be compared."""
    series = tuple(series)
    span = _all_years({*years, *(point.year for one in series for point in one.points)})
    return tuple(
        SeriesView(
            title=one.title,
            unit=one.unit,
            drawing=to_points(
                one,
                span,
                labels={point: point_label(point, one.title) for point in one.points},
                paths={point: latest_path(point.report_id) for point in one.points},
            ),
        )
        for one in series
    )


def province_counts(counts: Iterable[FacetCount]) -> Mapping[str, int]:
    """Return the reports of each province, those held and every other of the map; written names count as unknown."""
    known = {code: 0 for code in load_gazetteer().below("") if not code.startswith("99")}
    for one in counts:
        code = one.value if load_gazetteer().with_code(one.value) else UNKNOWN
        known[code] = known.get(code, 0) + one.count
    return known


def draw_tiles(counts: Mapping[str, int], subject: Subject | None) -> TileGrid:
    """Lay the provinces out; a tile of a bureau or year leads to the search there, else to the province's page."""
    codes = [code for code in counts if code != UNKNOWN]
    others = sorted(code for code in codes if code not in TILES)
    highest = max((counts[code] for code in codes), default=0)
    tiles = tuple(_to_tile(code, counts[code], highest, others, subject) for code in sorted(codes))
    return TileGrid(tiles=tiles, columns=TILE_COLUMNS, rows=1 + max((tile.row for tile in tiles), default=0))


def _to_tile(code: str, count: int, highest: int, others: list[str], subject: Subject | None) -> Tile:
    division = load_gazetteer().at(code)
    name = division.name if division else code
    column, row = tile_at(code, others)
    path = url_for("overviews.show", kind="place", value=code)
    if subject is not None:
        path = search_address(including(state_of(subject), "province", code))
    label = counted("%(place)s：%(num)s 份", count, place=name)
    return Tile(
        name=short_name(name) or name,
        label=label,
        count=count,
        column=column,
        row=row,
        shade=shade(count, highest),
        path=path,
    )


def draw_matrix(matrix: Matrix, subject: Subject) -> tuple[RowView, ...]:
    """Return the matrix's rows with the way each cell leads."""
    return tuple(
        RowView(
            name=row.name,
            path=url_for("overviews.show", kind="place", value=row.code) if row.code else "",
            cells=tuple(_to_cell(cell, row, subject) for cell in row.cells),
            missing=row.missing_count,
        )
        for row in matrix.rows
    )


_SIGNS = {"held": "●", "doubtful": "?", "missing": "×", "absent": ""}


def _to_cell(cell: Cell, row: Row, subject: Subject) -> CellView:
    year = gettext("年份不详") if cell.year is None else gettext("%(year)s年", year=cell.year)
    number = len(cell.report_ids)
    sign = str(number) if number > 1 else _SIGNS[cell.state]
    label = gettext("%(place)s %(year)s：%(state)s", place=row.name, year=year, state=CELL_STATES[cell.state])
    return CellView(state=cell.state, sign=sign, label=label, path=_cell_path(cell, row, subject))


def _cell_path(cell: Cell, row: Row, subject: Subject) -> str:
    """Lead to the one report, to the search that lists several, or to one for mentions of what is missing."""
    if len(cell.report_ids) == 1:
        return latest_path(cell.report_ids[0])
    if cell.state == "absent":
        return ""
    state = state_of(subject)
    if cell.state == "missing":
        mentions = SearchState(text=row.name, filters=state.filters)
        return search_address(including(mentions, "year", str(cell.year)))
    facet = PLACE_FACETS[PLACE_FACETS.index(subject.filter.facet) + 1]
    state = including(state, RANK_OF_LENGTH.get(len(row.code), facet), row.code or row.name)
    # A doubtful year is nobody's filter: the list then has all that is held of the place.
    return search_address(including(state, "year", str(cell.year)) if cell.state == "held" else state)
