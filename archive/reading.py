"""Reading from the store: rows into the model's dataclasses."""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from archive.database import Connection
from archive.errors import NotHeld, StoreError, Withdrawn
from archive.ids import digest_of, report_id
from archive.model import Capture, CaptureInfo, Compilation, Description, Family, StoredReport, VersionInfo
from archive.record import Described, load_compilation, load_described, load_time

_COLUMNS = (
    "report_id", "identity", "part", "version", "digest", "made_at", "cause", "text", "description",
    "versions", "captures", "family", "is_alike",
)  # fmt: skip

_SELECT = """
SELECT r.report_id, r.identity, r.part, v.version, v.digest, v.made_at, v.cause, v.text, d.description,
  (SELECT json_group_array(json_object(
      'version', o.version, 'digest', o.digest, 'made_at', o.made_at, 'cause', o.cause))
    FROM versions o WHERE o.report_id = r.report_id),
  (SELECT json_group_array(json_object(
      'capture_id', c.capture_id, 'digest', c.digest, 'source_url', c.source_url,
      'captured_at', c.captured_at, 'media_type', c.media_type, 'charset', c.charset,
      'origin', c.origin, 'length_bytes', b.length_bytes))
    FROM yields y JOIN captures c USING (capture_id) JOIN bodies b ON b.digest = c.digest
    WHERE y.report_id = r.report_id AND y.version = v.version),
  (SELECT json_object('representative', f.representative, 'standing', f.standing, 'size',
      (SELECT count(*) FROM families m WHERE m.representative = f.representative))
    FROM families f WHERE f.report_id = r.report_id),
  EXISTS (SELECT 1 FROM likenesses l WHERE l.report_id = r.report_id)
FROM reports r
JOIN versions v USING (report_id)
LEFT JOIN descriptions d ON d.report_id = v.report_id AND d.version = v.version
"""
_IS_LATEST = "v.version = (SELECT max(version) FROM versions WHERE report_id = r.report_id)"
_NOT_WITHDRAWN = "NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.report_id = r.report_id)"

INFO_COLUMNS = (
    "capture_id", "digest", "source_url", "captured_at", "media_type", "charset", "origin", "length_bytes",
)  # fmt: skip
_SELECT_INFO = f"SELECT {', '.join(INFO_COLUMNS)} FROM captures JOIN bodies USING (digest)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The last change of one report: `withdrawn` when it is no longer to be found by searching.

    That is: it has a tombstone, or the page it came from was read again and no longer gives it.
    """

    change: int
    report_id: str
    withdrawn: bool


def read_report(connection: Connection, report: str, version: int | None) -> StoredReport:
    """Return one version, the latest for None.

    Raises NotHeld, Withdrawn, and StoreError when the text does not have its digest.
    """
    wanted = _IS_LATEST if version is None else "v.version = :version"
    found = connection.execute(
        f"{_SELECT} WHERE r.report_id = :report AND {wanted}", {"report": report, "version": version}
    ).fetchone()
    if found is None:
        raise NotHeld(_why_not_held(connection, report, version))
    _refuse_withdrawn(connection, report)
    return _to_report(dict(zip(_COLUMNS, found, strict=True)))


def _why_not_held(connection: Connection, report: str, version: int | None) -> str:
    if connection.execute("SELECT 1 FROM compilations WHERE report_id = ?", (report,)).fetchone():
        return f"{report} is a compilation: its parts are the reports"
    count = connection.execute("SELECT count(*) FROM versions WHERE report_id = ?", (report,)).fetchone()[0]
    if count:
        return f"report {report} has no version {version}; it has {count}"
    return f"no report {report} is held"


def _refuse_withdrawn(connection: Connection, report: str) -> None:
    stone = connection.execute(
        "SELECT withdrawn_at, reason FROM withdrawals WHERE report_id = ?", (report,)
    ).fetchone()
    if stone:
        raise Withdrawn(report, stone[0], stone[1])


def read_reports(connection: Connection, report_ids: Iterable[str]) -> dict[str, StoredReport]:
    """Return the latest versions by id; what is not held, withdrawn or damaged is left out.

    One damaged report must not take a page of results with it; its own page says what is wrong.
    """
    rows = connection.execute(
        f"{_SELECT} WHERE r.report_id IN (SELECT value FROM json_each(?)) AND {_IS_LATEST} AND {_NOT_WITHDRAWN}",
        (json.dumps(list(report_ids)),),
    )
    reports: dict[str, StoredReport] = {}
    for row in rows:
        with suppress(StoreError):
            report = _to_report(dict(zip(_COLUMNS, row, strict=True)))
            reports[report.report_id] = report
    return reports


def read_latest(connection: Connection) -> Iterator[StoredReport]:
    """Return the latest version of every listed report, in order of id."""
    rows = connection.execute(
        f"{_SELECT} WHERE r.listed AND {_IS_LATEST} AND {_NOT_WITHDRAWN} ORDER BY r.report_id"
    )
    for row in rows:
        yield _to_report(dict(zip(_COLUMNS, row, strict=True)))


def count_reports(connection: Connection) -> int:
    """Return how many reports `read_latest` gives."""
    (count,) = connection.execute(
        f"SELECT count(*) FROM reports r WHERE r.listed AND {_NOT_WITHDRAWN}"
    ).fetchone()
    return int(count)


def read_listed_ids(connection: Connection) -> frozenset[str]:
    """Return the ids of the reports that `read_latest` gives."""
    rows = connection.execute(f"SELECT report_id FROM reports r WHERE r.listed AND {_NOT_WITHDRAWN}")
    return frozenset(report for (report,) in rows)


def _to_report(row: dict[str, Any]) -> StoredReport:
    """Raises StoreError when the text does not have its digest: an altered text is never given out."""
    report, part = row["report_id"], row["part"]
    if digest_of(row["text"].encode("utf-8")) != row["digest"]:
        raise StoreError(
            f"version {row['version']} of report {report} no longer has its digest;"
            " restore the store from a backup (`python ingest.py verify` names all that is damaged)"
        )
    described = _load(row)
    section = described.section
    versions = tuple(sorted(map(_to_version, json.loads(row["versions"])), key=lambda info: info.version))
    is_latest = row["version"] == versions[-1].version
    return StoredReport(
        report_id=report,
        version=_to_version(row),
        title=section.title,
        paragraphs=section.paragraphs,
        gaps=section.gaps,
        damages=section.damages,
        dropped=section.dropped,
        description=_with_likeness(described.description, is_alike=is_latest and bool(row["is_alike"])),
        fields=section.fields,
        part=part,
        part_count=section.part_count,
        parent_id=report_id(row["identity"], 0) if part else None,
        parent_title=section.parent_title,
        captures=tuple(sorted(map(to_info, json.loads(row["captures"])), key=lambda info: info.capture_id)),
        versions=versions,
        notes=section.notes,
        decisions=section.decisions,
        family=Family(**json.loads(row["family"])) if is_latest and row["family"] else None,
    )


def _with_likeness(description: Description, *, is_alike: bool) -> Description:
    """Raise the one flag that a report's own words can't: whether another report shares its text."""
    return replace(description, flags=(*description.flags, "template_copy")) if is_alike else description


def _load(row: dict[str, Any]) -> Described:
    try:
        title, *paragraphs, _ = row["text"].split("\n")
        return load_described(row["description"], title=title, paragraphs=tuple(paragraphs), part=row["part"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"version {row['version']} of report {row['report_id']}: its description can't be read ({error});"
            " restore the store from a backup"
        ) from error


def _to_version(row: dict[str, Any]) -> VersionInfo:
    return VersionInfo(
        version=row["version"], digest=row["digest"], made_at=load_time(row["made_at"]), cause=row["cause"]
    )


def to_info(row: dict[str, Any]) -> CaptureInfo:
    """Turn a row of INFO_COLUMNS into what is known of a capture."""
    return CaptureInfo(**{**row, "captured_at": load_time(row["captured_at"])})


def read_compilation(connection: Connection, report: str) -> Compilation | None:
    """Return the compilation under this id, None when there is none."""
    row = connection.execute("SELECT compilation FROM compilations WHERE report_id = ?", (report,)).fetchone()
    return None if row is None else load_compilation(row[0])


def read_capture_info(connection: Connection, capture_id: int) -> CaptureInfo:
    """Return what is known of a capture. Raises NotHeld."""
    row = connection.execute(f"{_SELECT_INFO} WHERE capture_id = ?", (capture_id,)).fetchone()
    if row is None:
        raise NotHeld(f"no capture {capture_id} is held")
    return to_info(dict(zip(INFO_COLUMNS, row, strict=True)))


def read_captures(connection: Connection) -> Iterator[CaptureInfo]:
    """Return what is known of every capture, in order of arrival."""
    for row in connection.execute(f"{_SELECT_INFO} ORDER BY capture_id"):
        yield to_info(dict(zip(INFO_COLUMNS, row, strict=True)))


def read_capture(connection: Connection, capture_id: int) -> Capture:
    """Return a capture. Raises NotHeld, and StoreError when its bytes are not those that were received."""
    info = read_capture_info(connection, capture_id)
    row = connection.execute("SELECT deflated FROM bodies WHERE digest = ?", (info.digest,)).fetchone()
    body = inflated(row[0])
    if body is None or digest_of(body) != info.digest:
        raise StoreError(
            f"capture {capture_id} ({info.source_url or info.origin}) no longer has its digest;"
            " restore the store from a backup (`python ingest.py verify` names all that is damaged)"
        )
    return Capture(
        body=body,
        captured_at=info.captured_at,
        media_type=info.media_type,
        origin=info.origin,
        source_url=info.source_url,
        charset=info.charset,
    )


def inflated(deflated: bytes) -> bytes | None:
    """Return the bytes of a body, None when they can't be had."""
    try:
        return zlib.decompress(deflated)
    except zlib.error:
        return None


def read_changes(connection: Connection, change: int) -> Iterator[Change]:
    """Return the last change of each report that changed after number `change`, in order."""
    rows = connection.execute(
        "SELECT max(c.change), c.report_id, NOT r.listed OR w.report_id IS NOT NULL"
        " FROM changes c JOIN reports r USING (report_id) LEFT JOIN withdrawals w USING (report_id)"
        " WHERE c.change > ? GROUP BY c.report_id ORDER BY 1",
        (change,),
    )
    for number, report, withdrawn in rows:
        yield Change(change=number, report_id=report, withdrawn=bool(withdrawn))


def last_change(connection: Connection) -> int:
    """Return the number of the last change, 0 when there is none."""
    (number,) = connection.execute("SELECT coalesce(max(change), 0) FROM changes").fetchone()
    return int(number)
