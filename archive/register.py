"""The register of report ids: whose they are, where they stand, whether they are listed. Writes the store.

Every change that the search index must follow is logged here. Each function runs inside the caller's
transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.database import Connection
from archive.errors import IdCollision, NotHeld, Withdrawn
from archive.ids import report_id
from archive.record import dump_time

Event = Literal["version", "description", "listed", "unlisted", "withdrawn", "family"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a report stands before a capture is kept."""

    version: int = 0  # the latest, 0 for none
    digest: str = ""
    newest_capture: int = 0  # the last to arrive of those that gave this report


def claim(connection: Connection, report: str, identity: str, part: int, *, listed: bool = True) -> bool:
    """Give this id to this part of this page, once; return whether it was not given before.

    Raises IdCollision when it is another's, ValueError when the rule of ids gives another id.
    """
    if report != report_id(identity, part):
        raise ValueError(f"{report} is not the id of part {part} of {identity}")
    held = connection.execute("SELECT identity, part FROM reports WHERE report_id = ?", (report,)).fetchone()
    if held is None:
        connection.execute("INSERT INTO reports VALUES (?, ?, ?, ?)", (report, identity, part, listed))
    elif tuple(held) != (identity, part):
        raise IdCollision(
            f"id {report} of part {part} of {identity} already belongs to part {held[1]} of {held[0]};"
            " nothing was written: please report both addresses to the project"
        )
    return held is None


def standing_of(connection: Connection, report: str) -> Standing:
    """Return where a report stands; version 0 for one that has no version yet."""
    latest = connection.execute(
        "SELECT version, digest, (SELECT max(capture_id) FROM yields WHERE report_id = ?1)"
        " FROM versions WHERE report_id = ?1 ORDER BY version DESC LIMIT 1",
        (report,),
    ).fetchone()
    if latest is None:
        return Standing()
    return Standing(version=latest[0], digest=latest[1], newest_capture=latest[2])


def set_listed(connection: Connection, report: str, now: datetime, *, listed: bool) -> bool:
    """List or unlist a report; return whether that changed anything."""
    cursor = connection.execute(
        "UPDATE reports SET listed = ?1 WHERE report_id = ?2 AND listed <> ?1", (listed, report)
    )
    if cursor.rowcount:
        log(connection, report, "listed" if listed else "unlisted", now)
    return cursor.rowcount > 0


def withdraw(connection: Connection, report: str, reason: str, now: datetime) -> None:
    """Write a tombstone. Raises NotHeld, and Withdrawn when one stands already."""
    if connection.execute("SELECT 1 FROM versions WHERE report_id = ?", (report,)).fetchone() is None:
        raise NotHeld(
            f"no report {report} is held, so it can't be withdrawn; of a compilation, withdraw the parts"
        )
    stone = connection.execute(
        "SELECT withdrawn_at, reason FROM withdrawals WHERE report_id = ?", (report,)
    ).fetchone()
    if stone:
        raise Withdrawn(report, stone[0], stone[1])
    connection.execute("INSERT INTO withdrawals VALUES (?, ?, ?)", (report, dump_time(now), reason))
    log(connection, report, "withdrawn", now)


def log(connection: Connection, report: str, what: Event, now: datetime) -> None:
    """Write down a change for the search index."""
    connection.execute("INSERT INTO changes VALUES (NULL, ?, ?, ?)", (report, what, dump_time(now)))
