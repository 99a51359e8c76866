"""A chart's numbers as a table: what a page lists below the chart, and the CSV of it. Pure."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

CellValue = str | int | float | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns; None is a cell that nothing is known of, never 0."""

    name: str  # as in the address of its CSV
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]


def to_csv(table: Table) -> str:
    """Write a table as CSV (RFC 4180) with a byte order mark, without which spreadsheets misread Han.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerows([table.columns, *([_inert(cell) for cell in row] for row in table.rows)])
    return f"\ufeff{out.getvalue()}"


def to_records(table: Table, keys: Sequence[str]) -> list[dict[str, CellValue]]:
    """Return a table's rows as JSON objects under stable keys, whatever the language of its columns."""
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def _inert(cell: CellValue) -> CellValue:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
