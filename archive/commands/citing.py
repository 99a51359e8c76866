"""`resolve`: a citation or a list of them becomes CSV rows. Reads and writes files, reads the store."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.errors import Refused
from archive.resolve import resolve
from archive.resolve.answer import Finder
from archive.resolve.listing import COLUMNS, read_lines, to_row
from archive.settings import Settings
from archive.store import Store


def resolve_list(
    settings: Settings,
    text: str | None,
    table: Path | None,
    output: Path | None,
    finder: Callable[[], Finder],
) -> None:
    """Write a row for a text, or for each line of a table. Raises Refused where a file can't be read or written."""
    if (text is None) == (table is None):
        raise Refused("give either a TEXT or --csv FILE")
    try:
        lines = read_lines(table.read_bytes(), limit=None) if table else (text or "",)
        with Store.open(settings) as store, _open_output(output) as out:
            _write_rows(lines, store, finder(), out)
    except OSError as error:
        raise Refused(f"{error.filename}: {error.strerror}") from error


def _write_rows(lines: Iterable[str], store: Store, finder: Finder, out: IO[str]) -> None:
    rows = csv.DictWriter(out, COLUMNS)
    rows.writeheader()
    for line in lines:
        found = resolve(line, store, lambda: finder)
        law = f"/law/{found.law.title}" if found.law else ""
        rows.writerow(to_row(found, f"/r/{found.best.report_id}" if found.best else law))


@contextmanager
def _open_output(path: Path | None) -> Iterator[IO[str]]:
    """Open a table to write, or standard output for None."""
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        yield out
