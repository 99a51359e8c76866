"""Out of the store and into another, nothing lost: captures with the canonical copies they gave. Reads and writes the store.

Restoring keeps the promises of keeping: what is held is never changed, each report's versions follow one another.
Every function runs inside the caller's transaction.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.carried import Carried, CarriedVersion, Tombstone
from archive.database import Connection
from archive.errors import IdCollision, StoreError
from archive.ids import digest_of, identity_of, report_id
from archive.keeping import Receipt, Status, keep_capture_row, keep_reason
from archive.reading import read_capture
from archive.register import claim, log, standing_of

_VERSIONS = """
SELECT v.report_id, r.part, v.version, v.digest, v.made_at, v.cause, d.description, r.listed,
  w.withdrawn_at, w.reason, v.text
FROM yields y JOIN versions v USING (report_id, version) JOIN reports r USING (report_id)
LEFT JOIN descriptions d USING (report_id, version) LEFT JOIN withdrawals w USING (report_id)
WHERE y.capture_id = ?1 AND ?1 = (
  SELECT min(capture_id) FROM yields f WHERE f.report_id = y.report_id AND f.version = y.version)
ORDER BY v.report_id, v.version
"""
_AGAIN = """
SELECT y.report_id, y.version FROM yields y WHERE y.capture_id = ?1 AND EXISTS (
  SELECT 1 FROM yields f WHERE f.report_id = y.report_id AND f.version = y.version AND f.capture_id < ?1)
ORDER BY y.report_id, y.version
"""
_COMPILATION = """
SELECT k.compilation FROM captures c JOIN reports r ON r.identity = c.identity AND r.part = 0
JOIN compilations k USING (report_id)
WHERE c.capture_id = ?1 AND ?1 = (SELECT max(capture_id) FROM captures n WHERE n.identity = c.identity)
"""
_DAMAGED = "restore the store from a backup (`python ingest.py verify` names all that is damaged)"
_LEFT_OUT = "none of its reports came with the export it was in; `python ingest.py reclean` reads it anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of one capture: a receipt for each version taken over or held already, and what was refused."""

    receipts: tuple[Receipt, ...]
    refusals: tuple[str, ...]


def read_page_captures(connection: Connection, report_ids: Iterable[str] | None) -> tuple[int, ...]:
    """Return all captures, in order of arrival, of the pages that these reports are from; of every page for None."""
    if report_ids is None:
        rows = connection.execute("SELECT capture_id FROM captures ORDER BY capture_id")
    else:
        rows = connection.execute(
            "SELECT capture_id FROM captures WHERE identity IN (SELECT identity FROM reports"
            "  WHERE report_id IN (SELECT value FROM json_each(?))) ORDER BY capture_id",
            (json.dumps(list(report_ids)),),
        )
    return tuple(capture_id for (capture_id,) in rows)


def read_withdrawn_captures(connection: Connection) -> frozenset[int]:
    """Return all captures of pages from which a report was withdrawn."""
    rows = connection.execute(
        "SELECT capture_id FROM captures JOIN reports USING (identity) JOIN withdrawals USING (report_id)"
    )
    return frozenset(capture_id for (capture_id,) in rows)


def read_carried(connection: Connection, capture_id: int) -> Carried:
    """Return a capture with all that it gave. Raises StoreError when anything of it is damaged."""
    compilation = connection.execute(_COMPILATION, (capture_id,)).fetchone()
    unused = connection.execute("SELECT reason FROM unused WHERE capture_id = ?", (capture_id,)).fetchone()
    return Carried(
        capture=read_capture(connection, capture_id),
        versions=tuple(_read_versions(connection, capture_id)),
        again=tuple(connection.execute(_AGAIN, (capture_id,)).fetchall()),
        reason=unused[0] if unused else None,
        compilation=compilation[0] if compilation else None,
    )


def _read_versions(connection: Connection, capture_id: int) -> Iterator[CarriedVersion]:
    for row in connection.execute(_VERSIONS, (capture_id,)).fetchall():
        report, part, version, digest, made_at, cause, description, listed, withdrawn_at, reason, text = row
        what = f"version {version} of report {report}"
        if digest_of(text.encode("utf-8")) != digest:
            raise StoreError(f"{what} no longer has its digest; {_DAMAGED}")
        if description is None:
            raise StoreError(f"{what} has lost its description; {_DAMAGED}")
        yield CarriedVersion(
            report_id=report,
            part=part,
            version=version,
            digest=digest,
            made_at=made_at,
            cause=cause,
            description=description,
            listed=bool(listed),
            tombstone=Tombstone(withdrawn_at=withdrawn_at, reason=reason) if withdrawn_at else None,
            text=text,
        )


def restore(connection: Connection, carried: Carried, now: datetime) -> Restored:
    """Keep a capture with the versions that another archive read from it, under their numbers, dates and causes.

    A version is refused, and named, where this archive has another text under its number, where the version
    before it is missing, and where its id is not that of its page. Raises ValueError for a page whose address
    is none, and IdCollision for a compilation.
    """
    identity = identity_of(carried.capture)
    capture_id = keep_capture_row(connection, carried.capture)
    for report, number in carried.again:
        _yield_again(connection, capture_id, report, number)
    receipts: list[Receipt] = []
    refusals: list[str] = []
    for version in carried.versions:
        try:
            receipts.append(_restore_version(connection, version, identity, capture_id, now))
        except (ValueError, IdCollision) as error:
            refusals.append(f"version {version.version} of report {version.report_id}: {error}")
    connection.execute(
        "DELETE FROM unused WHERE capture_id IN (SELECT capture_id FROM yields WHERE capture_id = ?)",
        (capture_id,),
    )
    if connection.execute("SELECT 1 FROM unused WHERE capture_id = ?", (capture_id,)).fetchone() is None:
        keep_reason(connection, capture_id, carried.reason or _LEFT_OUT)
    if carried.compilation is not None:
        _restore_compilation(connection, identity, carried.compilation)
    return Restored(receipts=tuple(receipts), refusals=tuple(refusals))


def _yield_again(connection: Connection, capture_id: int, report: str, version: int) -> None:
    """Write down that a capture gave a report's latest version too, unless that version was refused."""
    standing = standing_of(connection, report)
    if standing.version == version and standing.newest_capture <= capture_id:
        connection.execute("INSERT OR IGNORE INTO yields VALUES (?, ?, ?)", (capture_id, report, version))


def _restore_version(
    connection: Connection, version: CarriedVersion, identity: str, capture_id: int, now: datetime
) -> Receipt:
    """Write one version; raises ValueError or IdCollision, having written nothing, when it must be refused."""
    standing = standing_of(connection, version.report_id)
    held = connection.execute(
        "SELECT digest FROM versions WHERE report_id = ? AND version = ?",
        (version.report_id, version.version),
    ).fetchone()
    if held is not None and held[0] != version.digest:
        raise ValueError(
            "this archive has another text under that number; it stays, and the other is left out"
        )
    if held is None and version.version != standing.version + 1:
        raise ValueError(f"version {standing.version + 1}, which comes before it, is missing; it is left out")
    if held is None and capture_id < standing.newest_capture:
        raise ValueError("a later capture of its page gave this report already; it is left out")
    claim(connection, version.report_id, identity, version.part, listed=version.listed)
    if held is None:
        _write_version(connection, version, capture_id, now)
    _restore_tombstone(connection, version, now)
    status: Status = "unchanged" if held else "new" if version.version == 1 else "changed"
    return Receipt(report_id=version.report_id, version=version.version, digest=version.digest, status=status)


def _write_version(connection: Connection, version: CarriedVersion, capture_id: int, now: datetime) -> None:
    key = (version.report_id, version.version)
    connection.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)",
        (*key, version.digest, version.text, version.made_at, version.cause),
    )
    connection.execute("INSERT INTO yields VALUES (?, ?, ?)", (capture_id, *key))
    connection.execute("INSERT INTO descriptions VALUES (?, ?, ?)", (*key, version.description))
    log(connection, version.report_id, "version", now)


def _restore_tombstone(connection: Connection, version: CarriedVersion, now: datetime) -> None:
    """Put the tombstone over the report, with the date and reason it had; one that stands already stays."""
    stone = version.tombstone
    if stone is None:
        return
    cursor = connection.execute(
        "INSERT INTO withdrawals SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
        " (SELECT 1 FROM withdrawals WHERE report_id = ?1)",
        (version.report_id, stone.withdrawn_at, stone.reason),
    )
    if cursor.rowcount:
        log(connection, version.report_id, "withdrawn", now)


def _restore_compilation(connection: Connection, identity: str, compilation: str) -> None:
    """Write down that the page is a compilation, unless it is known as one here."""
    compilation_id = report_id(identity, 0)
    claim(connection, compilation_id, identity, 0, listed=False)
    connection.execute(
        "INSERT INTO compilations VALUES (?, ?) ON CONFLICT (report_id) DO NOTHING",
        (compilation_id, compilation),
    )
