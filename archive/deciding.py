"""What the keeper decided of a capture, from the descriptions that it led to. Reads the store."""

import json
from dataclasses import replace

from archive.database import Connection
from archive.errors import StoreError
from archive.ids import digest_of, identity_of
from archive.model import Capture
from archive.record import load_decisions

_NEWEST = """
SELECT d.report_id, d.version, d.description
FROM captures c JOIN yields y USING (capture_id) JOIN reports r USING (report_id)
JOIN descriptions d ON d.report_id = y.report_id AND d.version = y.version
WHERE c.identity = ? AND c.digest = ? ORDER BY r.listed DESC, y.version DESC LIMIT 1
"""


def as_decided(connection: Connection, capture: Capture) -> Capture:
    """Return the capture with the decisions that its newest version was made by, as it is where there are none.

    A version may be shared with another capture of the page; only decisions of these very bytes count.
    Raises ValueError when its address is none, StoreError for a description that can't be read.
    """
    digest = digest_of(capture.body)
    row = connection.execute(_NEWEST, (identity_of(capture), digest)).fetchone()
    if row is None or '"decisions":' not in row[2]:  # nearly always: no JSON is read for nothing
        return capture
    try:
        decisions = load_decisions(json.loads(row[2]))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"version {row[1]} of report {row[0]}: the keeper's decisions can't be read ({error});"
            " restore the store from a backup"
        ) from error
    return replace(capture, decisions=tuple(one for one in decisions if one.capture == digest))
