"""In how many reports a paragraph stands word for word: a number for each paragraph. Writes the store.

The numbers lie in the table `sketch_keys`, above those of shingles, so that the paragraphs of a report are counted
over the whole archive by one look into its index. Everything here is derived: `relink` makes it anew. Each function
runs inside the caller's transaction.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from archive.database import Connection
from archive.hanzi import match_form
from archive.model import StoredReport
from archive.reading import read_listed_ids, read_reports

PARAGRAPHS_FROM = 1 << 62
"""Numbers of paragraphs are this and 60 bits of a digest: among ten million paragraphs two in 20,000 archives agree."""

NUMBERED = 1 << 61
"""The number that every report has whose paragraphs are numbered; a store of an older program has reports without."""

LEAST_CHARS = 12
"""Shorter paragraphs are headings, salutations and dates, which half of all reports have in common."""

READ_REPORTS = 200
"""Reports read at once to be checked: with their text some 2 MB."""

_NO_CHARACTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """How many other reports hold each of a text's paragraphs, by its index, and of how many that is known."""

    counts: dict[int, int]
    known: int


def paragraph_key(text: str) -> int | None:
    """Return a paragraph's number: of its characters, simplified, half-width, lower-case, without marks and space.

    None for one of fewer than LEAST_CHARS characters.
    """
    bare = _NO_CHARACTER.sub("", match_form(text))
    if len(bare) < LEAST_CHARS:
        return None
    return PARAGRAPHS_FROM | int.from_bytes(sha256(bare.encode()).digest()[:8]) >> 4


def number_paragraphs(connection: Connection, report: StoredReport) -> None:
    """Write down the numbers of a report's paragraphs."""
    keys = {NUMBERED, *_keys(one.text for one in report.paragraphs)}
    connection.executemany(
        "INSERT OR IGNORE INTO sketch_keys VALUES (?, ?)", ((key, report.report_id) for key in keys)
    )


def forget_paragraphs(connection: Connection, report_id: str) -> None:
    """Take back the numbers of all versions of a report, where it was numbered at all."""
    numbered = "SELECT 1 FROM sketch_keys WHERE key = ? AND report_id = ?"
    if connection.execute(numbered, (NUMBERED, report_id)).fetchone() is None:
        return
    rows = connection.execute("SELECT text FROM versions WHERE report_id = ?", (report_id,))
    keys = {NUMBERED}.union(*(_keys(text.split("\n")[1:]) for (text,) in rows))
    connection.executemany(
        "DELETE FROM sketch_keys WHERE key = ? AND report_id = ?", ((key, report_id) for key in keys)
    )


def count_holders(connection: Connection, report: StoredReport) -> Holders:
    """Count for each paragraph the other listed reports whose latest version holds it."""
    by_index = {
        index: key
        for index, one in enumerate(report.paragraphs)
        if (key := paragraph_key(one.text)) is not None
    }
    counted = dict(
        connection.execute(
            "SELECT key, count(*) FROM sketch_keys WHERE key IN (SELECT value FROM json_each(?))"
            " AND report_id <> ? GROUP BY key",
            (json.dumps([NUMBERED, *set(by_index.values())]), report.report_id),
        ).fetchall()
    )
    counts = {index: counted[key] for index, key in by_index.items() if key in counted}
    return Holders(counts=counts, known=counted.get(NUMBERED, 0))


def misnumbered(connection: Connection) -> Iterator[str]:
    """Yield the reports whose numbers are not those of their paragraphs; those without any are left out.

    Ends with an empty id when there are numbers that belong to none of them, which can't be told while a text is
    damaged: then nobody knows which numbers are its.
    """
    (there,) = connection.execute(
        "SELECT count(*) FROM sketch_keys WHERE key >= ?", (PARAGRAPHS_FROM,)
    ).fetchone()
    listed, whole = sorted(read_listed_ids(connection)), 0
    for report in _readable(connection, listed):
        whole += 1
        keys = _keys(one.text for one in report.paragraphs)
        held = _held(connection, report.report_id, [NUMBERED, *keys])
        if NUMBERED in held:
            there -= len(held) - 1
            if len(held) <= len(keys):
                yield report.report_id
    if there and whole == len(listed):
        yield ""


def _readable(connection: Connection, report_ids: Sequence[str]) -> Iterator[StoredReport]:
    for start in range(0, len(report_ids), READ_REPORTS):
        yield from read_reports(connection, report_ids[start : start + READ_REPORTS]).values()


def _held(connection: Connection, report_id: str, keys: Iterable[int]) -> set[int]:
    rows = connection.execute(
        "SELECT key FROM sketch_keys WHERE key IN (SELECT value FROM json_each(?)) AND report_id = ?",
        (json.dumps(list(keys)), report_id),
    )
    return {key for (key,) in rows}


def _keys(texts: Iterable[str]) -> set[int]:
    return {key for text in texts if (key := paragraph_key(text)) is not None}
