"""Writing to the store: what a capture adds to it. Every function runs inside the caller's transaction.

What a report's text does to its versions is decided by one rule. Captures count in order of arrival, and a
capture counts for a report only while none that arrived later gave that report; then

==============================  =========================================================
the report has no version yet   version 1, "first capture"
same text as the latest         no version; the capture is written beside the latest
another text, later capture     the next version, "recaptured"
another text, same capture      the next version, "cleaned again": our rules have changed
==============================  =========================================================

So adding the same captures in the same order a second time changes nothing, whatever they hold.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.database import Connection
from archive.ids import digest_of, identity_of, report_id
from archive.model import Capture, Compilation, Outcome, Report, canonical_text
from archive.record import Described, dump_compilation, dump_described, dump_time
from archive.register import Standing, claim, log, set_listed, standing_of

Status = Literal[
    "new",  # the report's first version
    "changed",  # another version beside the older ones
    "redescribed",  # the text stayed; what is said about it, or whether it is listed, did not
    "unchanged",
]

_ZLIB_LEVEL = 9  # pages are written once and read for decades


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What keeping one report did; `version` and `digest` (SHA-256 of the text, hex) are what it now has."""

    report_id: str
    version: int
    digest: str
    status: Status


def keep_outcome(connection: Connection, outcome: Outcome, now: datetime) -> tuple[Receipt, ...]:
    """Keep a capture and all reports read from it.

    Raises IdCollision when an id is taken by another address, ValueError for an outcome without reports or
    one that breaks the rules of ids and lines.
    """
    if not outcome.reports:
        raise ValueError(
            f"{outcome.capture.origin}: an outcome without reports; keep the capture with its reason"
        )
    identity = identity_of(outcome.capture)
    capture_id = keep_capture_row(connection, outcome.capture)
    receipts = tuple(
        _keep_report(connection, report, identity, capture_id, now) for report in outcome.reports
    )
    _unlist_what_vanished(connection, capture_id, {report.report_id for report in outcome.reports}, now)
    _keep_compilation(connection, outcome, identity, capture_id)
    connection.execute(
        "DELETE FROM unused WHERE capture_id IN (SELECT capture_id FROM yields WHERE capture_id = ?)",
        (capture_id,),
    )
    keep_reason(connection, capture_id, "later captures of the same page gave its reports already")
    return receipts


def keep_capture_row(connection: Connection, capture: Capture) -> int:
    """Return the id of this capture, which is written unless these bytes came from this address before."""
    identity, digest = identity_of(capture), digest_of(capture.body)
    known = connection.execute(
        "SELECT capture_id FROM captures WHERE identity = ? AND digest = ?", (identity, digest)
    ).fetchone()
    if known:
        return int(known[0])
    connection.execute(
        "INSERT OR IGNORE INTO bodies VALUES (?, ?, ?)",
        (digest, len(capture.body), zlib.compress(capture.body, _ZLIB_LEVEL)),
    )
    row = (identity, digest, capture.source_url, dump_time(capture.captured_at))
    cursor = connection.execute(
        "INSERT INTO captures VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
        (*row, capture.media_type, capture.charset, capture.origin),
    )
    return int(cursor.lastrowid or 0)


def keep_reason(connection: Connection, capture_id: int, reason: str) -> None:
    """Write down why a capture gave no report; nothing is written for one that once did."""
    connection.execute(
        "INSERT INTO unused SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM yields WHERE capture_id = ?1)"
        " ON CONFLICT (capture_id) DO UPDATE SET reason = excluded.reason",
        (capture_id, reason),
    )


def _keep_report(
    connection: Connection, report: Report, identity: str, capture_id: int, now: datetime
) -> Receipt:
    digest = digest_of(_frozen_text(report).encode("utf-8"))
    is_new_id = claim(connection, report.report_id, identity, report.section.part)
    standing = standing_of(connection, report.report_id)
    if capture_id < standing.newest_capture:
        return _receipt(report, standing, "unchanged")
    has_new_text = digest != standing.digest
    if has_new_text:
        standing = _add_version(connection, report, standing, capture_id, now)
    connection.execute(
        "INSERT OR IGNORE INTO yields VALUES (?, ?, ?)", (capture_id, report.report_id, standing.version)
    )
    is_redescribed = _describe(connection, report, standing.version)
    if is_redescribed and not has_new_text:
        log(connection, report.report_id, "description", now)
    is_relisted = not is_new_id and set_listed(connection, report.report_id, now, listed=True)
    if has_new_text:
        return _receipt(report, standing, "new" if standing.version == 1 else "changed")
    return _receipt(report, standing, "redescribed" if is_redescribed or is_relisted else "unchanged")


def _receipt(report: Report, standing: Standing, status: Status) -> Receipt:
    return Receipt(
        report_id=report.report_id, version=standing.version, digest=standing.digest, status=status
    )


def _frozen_text(report: Report) -> str:
    """Return the canonical text, from which title and paragraphs can be told apart again."""
    section = report.section
    if any("\n" in line for line in (section.title, *(p.text for p in section.paragraphs))):
        raise ValueError(f"report {report.report_id}: a title or paragraph holds a line feed")
    return canonical_text(section.title, section.paragraphs)


def _add_version(
    connection: Connection, report: Report, before: Standing, capture_id: int, now: datetime
) -> Standing:
    if before.version == 0:
        cause = "first capture"
    else:
        cause = "cleaned again" if capture_id == before.newest_capture else "recaptured"
    text = _frozen_text(report)
    digest = digest_of(text.encode("utf-8"))
    after = Standing(version=before.version + 1, digest=digest, newest_capture=capture_id)
    connection.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)",
        (report.report_id, after.version, digest, text, dump_time(now), cause),
    )
    log(connection, report.report_id, "version", now)
    return after


def _describe(connection: Connection, report: Report, version: int) -> bool:
    described = dump_described(Described(section=report.section, description=report.description))
    cursor = connection.execute(
        "INSERT INTO descriptions VALUES (?, ?, ?) ON CONFLICT (report_id, version) DO UPDATE"
        " SET description = excluded.description WHERE description <> excluded.description",
        (report.report_id, version, described),
    )
    return cursor.rowcount > 0


def _unlist_what_vanished(connection: Connection, capture_id: int, found: set[str], now: datetime) -> None:
    """Unlist the reports that an earlier reading of this very capture gave and this one doesn't.

    They were our mistake (a compilation not split, say) and would stand in results beside what replaced
    them. What only a later capture no longer shows was really there, and stays.
    """
    gave = connection.execute(
        "SELECT DISTINCT report_id FROM yields WHERE capture_id = ? ORDER BY report_id", (capture_id,)
    ).fetchall()
    for (report,) in gave:
        if report not in found and standing_of(connection, report).newest_capture == capture_id:
            set_listed(connection, report, now, listed=False)


def _keep_compilation(connection: Connection, outcome: Outcome, identity: str, capture_id: int) -> None:
    """Let the newest capture say whether the page is a compilation, and of what."""
    (newest,) = connection.execute(
        "SELECT max(capture_id) FROM captures JOIN yields USING (capture_id) WHERE identity = ?", (identity,)
    ).fetchone()
    if newest is not None and capture_id < newest:
        return
    compilation: Compilation | None = outcome.compilation
    if compilation is None:
        connection.execute("DELETE FROM compilations WHERE report_id = ?", (report_id(identity, 0),))
        return
    claim(connection, compilation.report_id, identity, 0, listed=False)
    connection.execute(
        "INSERT INTO compilations VALUES (?, ?) ON CONFLICT (report_id) DO UPDATE"
        " SET compilation = excluded.compilation WHERE compilation <> excluded.compilation",
        (compilation.report_id, dump_compilation(compilation)),
    )
