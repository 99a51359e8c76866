"""Where and when reports were captured: the pages under an address, the captures behind each version. Reads the store."""

from archive.database import Connection
from archive.model import CaptureInfo
from archive.reading import INFO_COLUMNS, to_info


def read_identities(connection: Connection, stem: str, limit: int) -> tuple[str, ...]:
    """Return the identities of captured pages that begin with `stem`, in order, `limit` at most."""
    rows = connection.execute(
        "SELECT DISTINCT identity FROM captures WHERE identity >= ?1 AND identity < ?1 || char(1114111)"
        " ORDER BY identity LIMIT ?2",
        (stem, limit),
    )
    return tuple(identity for (identity,) in rows)


def read_history(connection: Connection, report: str) -> tuple[tuple[int, CaptureInfo], ...]:
    """Return every capture that gave this report, in order of arrival, with the version that it gave."""
    rows = connection.execute(
        f"SELECT y.version, {', '.join(INFO_COLUMNS)} FROM yields y JOIN captures USING (capture_id)"
        " JOIN bodies USING (digest) WHERE y.report_id = ? ORDER BY capture_id",
        (report,),
    )
    return tuple((row[0], to_info(dict(zip(INFO_COLUMNS, row[1:], strict=True)))) for row in rows)
