"""What the API answers about a place, a bureau, a site and a year, as types: openapi.json is made from them."""

from typing import NotRequired, TypedDict

from web.indicator_years import Doubt, PointState
from web.matrix import CellState
from web.overview import SubjectKind
from web.report_shapes import ReportSummary
from web.shapes import FacetJson


class YearCount(TypedDict):
    """How many reports are held of a year."""

    year: int
    count: int


class CellJson(TypedDict):
    """A division in a year, null for its reports that stand in none, with the ids of what is held or doubtful."""

    year: int | None
    state: CellState
    reports: list[str]


class RowJson(TypedDict):
    """A division below the place; without a code where only its written name is known."""

    code: str | None
    name: str
    cells: list[CellJson]


class MatrixJson(TypedDict):
    """Divisions by years: what is held and what is missing. `unread` counts reports too many to be looked at."""

    years: list[int]
    rows: list[RowJson]
    missing: int
    unread: int


class PointJson(TypedDict):
    """One number of one report; null where it is masked, never 0."""

    year: int
    value: int | float | None
    label: str
    state: PointState
    doubts: list[Doubt]
    report: str


class SeriesJson(TypedDict):
    """An indicator over the years."""

    name: str
    title: str
    unit: str
    points: list[PointJson]


class CoverageJson(TypedDict):
    """How many counties of a province a year's reports come from."""

    province: str
    label: str
    counties_held: int
    counties: int


class OverviewJson(TypedDict):
    """What is held of a place, bureau, site or year: every copy counts."""

    kind: SubjectKind
    value: str
    label: str
    total: int
    years: list[YearCount]
    levels: dict[str, list[YearCount]]
    facets: dict[str, list[FacetJson]]
    newest: list[ReportSummary]
    matrix: NotRequired[MatrixJson]
    indicators: NotRequired[list[SeriesJson]]
    coverage: NotRequired[list[CoverageJson]]
