"""A government's numbers over the years, each as sure as its reports make it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from archive.model import Description, Indicator, StoredReport
from web.indicator_names import indicator_name
from web.matrix import claimed_years, is_sure

FOLLOWED = (
    "disclosed",
    "requests_received",
    "requests_answered",
    "requests_granted",
    "requests_refused",
    "reconsiderations",
    "litigations",
)
"""What is drawn over the years, in this order: 主动公开, 依申请公开 and what came of it. A report's page has all its numbers."""

PointState = Literal["sure", "doubtful", "masked"]
Doubt = Literal["year", "several", "inexact", "sum", "masked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One number of one report. `value` is None where it is masked, never 0; `doubts` say why it is not sure."""

    year: int
    value: int | float | None
    unit: str
    label: str
    report_id: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def state(self) -> PointState:
        """How far the number can be trusted."""
        return "masked" if self.value is None else "doubtful" if self.doubts else "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One indicator in one unit over the years, oldest first; a year without a point stated none."""

    name: str
    unit: str
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        """What it is called in the reader's language: the series themselves are remembered for all readers."""
        return indicator_name(self.name)


def to_series(reports: Iterable[StoredReport]) -> tuple[Series, ...]:
    """Return the followed indicators that any report states; totals only, for parts are in another total already."""
    points: dict[tuple[str, str], list[Point]] = {}
    for report in reports:
        for position, one in enumerate(report.description.indicators):
            if one.name in FOLLOWED and one.part_of is None:
                for year in claimed_years(report.description):
                    found = points.setdefault((one.name, one.unit), [])
                    found.append(_to_point(report, year, position, one))
    ordered = sorted(points, key=lambda key: (FOLLOWED.index(key[0]), key[1]))
    return tuple(
        Series(
            name=name,
            unit=unit,
            points=_settled(points[name, unit]),
        )
        for name, unit in ordered
    )


def _to_point(report: StoredReport, year: int, position: int, one: Indicator) -> Point:
    return Point(
        year=year,
        value=one.value,
        unit=one.unit,
        label=one.label,
        report_id=report.report_id,
        doubts=tuple(_doubts(report.description, position, one)),
    )


def _doubts(description: Description, position: int, one: Indicator) -> list[Doubt]:
    found: list[Doubt] = []
    if one.value is None:
        found.append("masked")
    if not is_sure(description):
        found.append("year")
    if one.qualifier:
        found.append("inexact")
    if any(position in check.totals and not check.holds for check in description.checks):
        found.append("sum")
    return found


def _settled(points: list[Point]) -> tuple[Point, ...]:
    """Sort the points, and doubt each of those that differ within one year: nobody can say which counts."""
    values: dict[int, set[int | float | None]] = {}
    for point in points:
        values.setdefault(point.year, set()).add(point.value)
    marked = {
        Point(
            year=one.year,
            value=one.value,
            unit=one.unit,
            label=one.label,
            report_id=one.report_id,
            doubts=(*one.doubts, *(("several",) if len(values[one.year]) > 1 else ())),
        )
        for one in points
    }
    return tuple(sorted(marked, key=lambda one: (one.year, one.value is None, one.value or 0, one.label)))
