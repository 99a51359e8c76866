"""Many citations at once: lines or a table in, a row for each out. Pure."""

import csv
import io
from datetime import UTC, datetime

from archive.decode import decode
from archive.errors import Undecodable
from archive.model import Capture
from archive.resolve.answer import Resolution

MOST_LINES = 1_000
"""Some 30 seconds of work on one list; more are cut off."""

COLUMNS = (
    "query", "kind", "certainty", "score", "id", "version", "title", "paragraph", "address", "digest", "copies", "candidates",
)  # fmt: skip
"""Of a row. `paragraph` counts from 1; `copies` and `candidates` are ids, a space between."""

_NAMED = ("query", "citation", "text", "quote", "引文", "文字", "内容")


def read_lines(content: bytes, limit: int | None = MOST_LINES) -> tuple[str, ...]:
    """Return the citations of a list: of a table the column that bears a known name, else each first cell; else lines.

    A table is told by its header, or by a quoted first cell; anything else is read line by line, so that a comma in a
    citation parts nothing.
    """
    text = _text(content)
    first = text.lstrip().partition("\n")[0].strip()
    cells = next(csv.reader([first]), [])
    names = [cell.strip().lower() for cell in cells]
    column = next((names.index(name) for name in _NAMED if name in names), None)
    if column is None and not first.startswith('"'):
        lines = text.splitlines()
    else:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        lines = [row[column or 0] for row in rows[0 if column is None else 1 :] if len(row) > (column or 0)]
    return tuple([line.strip() for line in lines if line.strip()][:limit])


def _text(content: bytes) -> str:
    """Decode a list as a page is decoded: spreadsheets still write GB 18030."""
    asked_at = datetime.min.replace(tzinfo=UTC)
    capture = Capture(body=content, captured_at=asked_at, media_type="text/plain", origin="the list")
    try:
        return decode(capture).text
    except Undecodable:
        return content.decode("utf-8", errors="replace")


def to_row(found: Resolution, address: str) -> dict[str, str]:
    """Return the cells of one answer; empty where nothing is held."""
    best = found.best
    report = best.report if best else None
    version = (best.version if best else None) or (report.version.version if report else None)
    return {
        "query": found.text,
        "kind": found.kind,
        "certainty": found.certainty,
        "score": f"{found.score:.3f}" if best or found.law else "",
        "id": best.report_id if best else "",
        "version": str(version) if version else "",
        "title": best.title if best else found.law.title if found.law else "",
        "paragraph": str(best.places[0].first + 1) if best and best.places else "",
        "address": address,
        "digest": report.version.digest if report else "",
        "copies": " ".join(one.report_id for one in found.copies),
        "candidates": " ".join(one.report_id for one in found.candidates),
    }
