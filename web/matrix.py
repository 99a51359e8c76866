"""Which report of which division for which year is held, and which is missing. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from archive.gazetteer.table import Gazetteer
from archive.model import Description, StoredReport

SHOWN_YEARS = 20
"""Columns at most, the latest ones: the duty to report began in 2008, and a page has room for no more."""

CellState = Literal["held", "doubtful", "missing", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One division in one year; `year` is None for its reports that no year is known of.

    `held`: a report states this year. `doubtful`: one may be of it. `missing`: none, though the division stood then.
    `absent`: the division did not stand in that year, or it has no report without a year.
    """

    year: int | None
    state: CellState
    report_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One division below the place: its code, empty where only its written name is known."""

    code: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def held_count(self) -> int:
        """In how many years a report is held beyond doubt."""
        return sum(cell.state == "held" for cell in self.cells)

    @property
    def missing_count(self) -> int:
        """In how many years it stood and no report is held."""
        return sum(cell.state == "missing" for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Divisions by years; the cells of every row stand in the order of `years`, then one without a year."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def missing_count(self) -> int:
        """How many reports are missing."""
        return sum(row.missing_count for row in self.rows)

    @property
    def held_count(self) -> int:
        """How many cells are held beyond doubt."""
        return sum(row.held_count for row in self.rows)

    @property
    def doubtful_count(self) -> int:
        """How many cells of a year have only reports that may be of it."""
        return sum(cell.state == "doubtful" and cell.year is not None for r in self.rows for cell in r.cells)


def spanned(years: Iterable[int]) -> tuple[int, ...]:
    """Return every year from the first to the last, at most the last `SHOWN_YEARS` of them."""
    known = sorted(set(years))
    return tuple(range(known[0], known[-1] + 1)[-SHOWN_YEARS:]) if known else ()


def claimed_years(description: Description) -> tuple[int, ...]:
    """Return the years that a report may be of: its own, else those that its contents allow."""
    if description.year is not None:
        return (description.year,)
    if description.year_range is None:
        return ()
    first, last = description.year_range
    return tuple(range(first, last + 1))[-SHOWN_YEARS:]


def is_sure(description: Description) -> bool:
    """Whether the report states its year, and nothing in it speaks against that."""
    return description.year is not None and description.year_status == "stated"


def to_matrix(
    code: str, reports: Mapping[str, Iterable[StoredReport]], years: tuple[int, ...], gazetteer: Gazetteer
) -> Matrix:
    """Return the divisions right below `code` that stood in one of `years`, and what is held of each.

    `reports` are those of each division, by its code or written name; names without a code come last.
    """
    codes = gazetteer.below(code)
    standing = [one for one in codes if any(_stood(gazetteer, one, year) for year in years)]
    rows = [_to_row(one, reports.get(one, ()), years, gazetteer) for one in standing]
    others = sorted(set(reports) - set(standing))
    rows += [_to_row(one, reports[one], years, gazetteer) for one in others]
    return Matrix(years=years, rows=tuple(rows))


def _stood(gazetteer: Gazetteer, code: str, year: int) -> bool:
    return any(row.stood_in(year) for row in gazetteer.with_code(code))


def _to_row(value: str, reports: Iterable[StoredReport], years: tuple[int, ...], gazetteer: Gazetteer) -> Row:
    division = gazetteer.at(value, years[-1] if years else None)
    reports = tuple(reports)
    cells = (*(_to_cell(value, year, reports, gazetteer) for year in years), _without_year(reports, years))
    return Row(code=value if division else "", name=division.name if division else value, cells=cells)


def _to_cell(value: str, year: int, reports: tuple[StoredReport, ...], gazetteer: Gazetteer) -> Cell:
    of_year = [one for one in reports if year in claimed_years(one.description)]
    sure = [one for one in of_year if is_sure(one.description)]
    if sure or of_year:
        ids = tuple(one.report_id for one in sure or of_year)
        return Cell(year=year, state="held" if sure else "doubtful", report_ids=ids)
    known = gazetteer.with_code(value)
    return Cell(year=year, state="missing" if any(row.stood_in(year) for row in known) else "absent")


def _without_year(reports: tuple[StoredReport, ...], years: tuple[int, ...]) -> Cell:
    """Gather the reports that stand in no column."""
    rest = tuple(
        one.report_id for one in reports if not set(claimed_years(one.description)).intersection(years)
    )
    return Cell(year=None, state="doubtful" if rest else "absent", report_ids=rest)


def by_division(reports: Iterable[StoredReport], rank: str) -> Mapping[str, tuple[StoredReport, ...]]:
    """Sort reports by the division of one rank that they speak for: its code, else its written name."""
    found: dict[str, list[StoredReport]] = {}
    for report in reports:
        for value in _values(report.description, rank):
            found.setdefault(value, []).append(report)
    return {value: tuple(ones) for value, ones in found.items()}


_LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "township": 9}


def _values(description: Description, rank: str) -> Iterator[str]:
    place, length = description.place, _LENGTHS[rank]
    name = getattr(place, rank)
    if name is not None:
        yield place.code[:length] if place.code is not None and len(place.code) >= length else name
