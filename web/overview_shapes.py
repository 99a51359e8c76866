"""What the API's answers about a place, a bureau, a site or a year look like, as types."""

from typing import NotRequired, TypedDict

from web.shapes import FacetJson, ReportSummary


class YearCount(TypedDict):
    """How many reports of one year are held."""

    year: int
    count: int


class MatrixCell(TypedDict):
    """A division's reports of one year, null for those in doubt; `state` says whether they are held or missing."""

    year: int | None
    state: str
    reports: list[str]


class MatrixRow(TypedDict):
    """One division; `code` is null for a name that the gazetteer does not settle."""

    code: str | None
    name: str
    cells: list[MatrixCell]


class MatrixJson(TypedDict):
    """The divisions right below a place by year; `unread` reports were too many to be looked at."""

    years: list[int]
    rows: list[MatrixRow]
    missing: int
    unread: int


class SeriesPoint(TypedDict):
    """A number that a report states; `value` is null where it is masked or not known."""

    year: int
    value: int | float | None
    label: str
    state: str
    doubts: list[str]
    report: str


class SeriesJson(TypedDict):
    """One number over the years."""

    name: str
    title: str
    unit: str
    points: list[SeriesPoint]


class CoverageRow(TypedDict):
    """Of how many of a province's counties a report is held."""

    province: str
    label: str
    counties_held: int
    counties: int


class OverviewJson(TypedDict):
    """What is held of one subject, which stands under the name of its kind; matrix and numbers of a place only."""

    place: NotRequired[str]
    bureau: NotRequired[str]
    site: NotRequired[str]
    year: NotRequired[str]
    label: str
    total: int
    years: list[YearCount]
    levels: dict[str, list[YearCount]]
    facets: dict[str, list[FacetJson]]
    newest: list[ReportSummary]
    matrix: NotRequired[MatrixJson]
    indicators: NotRequired[list[SeriesJson]]
    coverage: NotRequired[list[CoverageRow]]
