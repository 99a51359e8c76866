"""The archive for others: its reports as JSON lines or a table. Writes to the stream it is given.

Captures as a WARC file are written by archive/warc.py.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

Record = dict[str, Any]

CSV_COLUMNS = (
    "id", "version", "digest", "title", "issuer", "org_type", "level",
    "province", "prefecture", "county", "township", "place_code", "place_status", "bureau", "bureau_domain",
    "year", "year_status", "published_on", "script", "script_origin", "kind", "masked", "flags",
    "site", "url", "parent", "part",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is run as a formula by spreadsheets; titles come from the web."""


def write_jsonl(records: Iterable[Record], out: IO[bytes]) -> int:
    """Write each report's record on a line of its own, UTF-8; return how many."""
    count = 0
    for record in records:
        out.write(jsonl_line(record))
        count += 1
    return count


def write_csv(records: Iterable[Record], out: IO[bytes]) -> int:
    """Write the descriptions, without texts, as a table (RFC 4180); return how many rows.

    With a byte order mark, without which Excel takes UTF-8 for the local encoding and shows noise.
    """
    lines = csv_lines(records)
    out.write(next(lines))
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count


def csv_lines(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the table's lines, the names of its columns first."""
    yield "\ufeff".encode() + _row(CSV_COLUMNS)
    for record in records:
        cells = to_cells(record)
        yield _row(cells[column] for column in CSV_COLUMNS)


def jsonl_line(record: Record) -> bytes:
    """Return one record as a line."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"


def to_cells(record: Record) -> dict[str, str]:
    """Flatten a report's record: one text for each column, empty where nothing is known, flags joined by ;."""
    bureau = record["bureau"] or {"name": None, "domain": None}
    flat = {
        **record,
        **record["place"],
        **record["source"],
        "place_code": record["place"]["code"],
        "place_status": record["place"]["status"],
        "bureau": bureau["name"],
        "bureau_domain": bureau["domain"],
        "masked": str(record["masked"]).lower(),
        "flags": ";".join(record["flags"]),
    }
    return {column: "" if flat[column] is None else _harmless(str(flat[column])) for column in CSV_COLUMNS}


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _row(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8")
