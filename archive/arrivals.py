"""When each report's latest version came in: for feeds and site maps. Reads the store."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive.database import Connection
from archive.record import load_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A report, and when its latest version was made."""

    report_id: str
    made_at: datetime


_LISTED = (
    "SELECT r.report_id AS report_id, max(v.made_at) AS made_at FROM reports r JOIN versions v USING (report_id)"
    " WHERE r.listed AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.report_id = r.report_id)"
)
"""Times are all in UTC and of one form, so that the greatest text is the latest."""


def read_arrivals(connection: Connection, report_ids: Iterable[str], count: int) -> tuple[Arrival, ...]:
    """Return the listed ones of these reports, the last that came first, ties by id."""
    return _read(
        connection,
        f"{_LISTED} AND r.report_id IN (SELECT value FROM json_each(:ids))"
        " GROUP BY r.report_id ORDER BY made_at DESC, r.report_id LIMIT :count",
        {"ids": json.dumps(list(report_ids)), "count": count},
    )


def read_from(connection: Connection, after: str, count: int) -> tuple[Arrival, ...]:
    """Return the listed reports whose ids sort behind `after`, in order of id."""
    return _read(
        connection,
        f"{_LISTED} AND r.report_id > :after GROUP BY r.report_id ORDER BY r.report_id LIMIT :count",
        {"after": after, "count": count},
    )


def read_sections(connection: Connection, size: int) -> tuple[Arrival, ...]:
    """Return, for each run of `size` listed reports by id, its last id and the latest time in it."""
    return _read(
        connection,
        "SELECT max(report_id), max(made_at) FROM"
        " (SELECT report_id, made_at, (row_number() OVER (ORDER BY report_id) - 1) / :size AS section"
        f" FROM ({_LISTED} GROUP BY r.report_id)) GROUP BY section ORDER BY section",
        {"size": size},
    )


def _read(connection: Connection, query: str, values: dict[str, object]) -> tuple[Arrival, ...]:
    return tuple(
        Arrival(report_id=report, made_at=load_time(made_at))
        for report, made_at in connection.execute(query, values)
    )
