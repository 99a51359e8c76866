"""The archive for others: its reports as JSON lines or a table, or all of it. Writes where it is told.

The bag is written by archive/bag.py, the records of a WARC file are made in archive/warc_export.py.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from archive.bag import ToJson, write_bag
from archive.landing import landing_file, landing_folder
from archive.model import StoredReport
from archive.store import Store
from archive.warc import write_warc
from archive.warc_export import to_records

Record = dict[str, Any]

FORMS = ("warc", "jsonl", "csv", "bagit")
READ_REPORTS = 200
"""Reports read from the store at once: with their text some 2 MB."""

CSV_COLUMNS = (
    "id", "version", "digest", "title", "issuer", "org_type", "level",
    "province", "prefecture", "county", "township", "place_code", "place_status", "bureau", "bureau_domain",
    "year", "year_status", "published_on", "script", "script_origin", "kind", "masked", "flags",
    "site", "url", "parent", "part",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is run as a formula by spreadsheets; titles come from the web."""


def export_to(
    output: Path | None,
    store: Store,
    form: str,
    chosen: tuple[str, ...] | None,
    to_json: ToJson,
    *,
    now: datetime,
) -> str:
    """Write the chosen reports, all for None, to a file, a folder (bagit) or standard output; say how much.

    What stands under `output` stays until everything is written and on disk. Raises OSError, and StoreError when
    something to be written is damaged.
    """
    if form == "bagit":
        if output is None:
            raise OSError(22, "a bag is a folder and can't be written there")
        with landing_folder(output) as folder:
            return f"{write_bag(folder, store, _reports(store, chosen), to_json, now=now)} reports"
    with landing_file(output) if output is not None else nullcontext(sys.stdout.buffer) as out:
        if form == "warc":
            captures = store.page_captures(chosen)
            write_warc(to_records(map(store.carried, captures), now=now), out)
            return f"{len(captures)} captures"
        records = map(to_json, _reports(store, chosen))
        count = write_jsonl(records, out) if form == "jsonl" else write_csv(records, out)
        return f"{count} reports"


def _reports(store: Store, chosen: tuple[str, ...] | None) -> Iterator[StoredReport]:
    if chosen is None:
        yield from store.latest_reports()
        return
    waiting = iter(chosen)
    while batch := list(islice(waiting, READ_REPORTS)):
        held = store.reports(batch)
        yield from (
            held.get(report) or store.report(report) for report in batch
        )  # which says why it can't be had


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
