"""Pages that the keeper is about to add, with what was decided of them so far. Reads and writes `drafts/` in the data folder.

Kept in files, not in the form: a page has megabytes, and a busy writer, a restart or a closed window lose nothing.
"""

import base64
import json
import re
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from archive.database import folder_error
from archive.errors import NotHeld
from archive.model import Capture
from archive.record import dump_time, load_decisions, load_time
from archive.settings import Settings

KEPT_SECONDS = 7 * 24 * 3600
"""A draft that nobody touched for a week is given up."""

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was handed in at once: a page, or those of a WARC file; `remarks` is what of it was no page."""

    captures: tuple[Capture, ...]
    remarks: tuple[str, ...] = ()


def new_key() -> str:
    """Return a name for a draft that nobody guesses."""
    return token_hex(16)


def save(settings: Settings, key: str, draft: Draft) -> None:
    """Write a draft, and remove those that were given up. Raises DataFolderError."""
    folder = settings.home / "drafts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.json*"):
            if old.stat().st_mtime < time.time() - KEPT_SECONDS:
                old.unlink(missing_ok=True)
        unfinished = folder / f"{key}.json.part"
        unfinished.write_text(
            json.dumps({"pages": [_dump(one) for one in draft.captures], "remarks": draft.remarks}),
            encoding="utf-8",
        )
        unfinished.replace(_path(settings, key))
    except OSError as error:
        raise folder_error(settings.home, error) from error


def load(settings: Settings, key: str) -> Draft:
    """Read a draft. Raises NotHeld when there is none of this name (any more)."""
    try:
        record = json.loads(_path(settings, key).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotHeld(f"no draft {key}: it was added, discarded or given up") from error
    except OSError as error:
        raise folder_error(settings.home, error) from error
    return Draft(captures=tuple(map(_load, record["pages"])), remarks=tuple(record["remarks"]))


def discard(settings: Settings, key: str) -> None:
    """Remove a draft; one that is gone already is no trouble."""
    with suppress(OSError):
        _path(settings, key).unlink(missing_ok=True)


def _path(settings: Settings, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise NotHeld(f"{key!r} is not the name of a draft")
    return settings.home / "drafts" / f"{key}.json"


def _dump(capture: Capture) -> dict[str, Any]:
    decisions = [{**asdict(one), "decided_at": dump_time(one.decided_at)} for one in capture.decisions]
    return {
        "body": base64.b64encode(capture.body).decode("ascii"),
        "captured_at": dump_time(capture.captured_at),
        "media_type": capture.media_type,
        "origin": capture.origin,
        "source_url": capture.source_url,
        "charset": capture.charset,
        "decisions": decisions,
    }


def _load(record: dict[str, Any]) -> Capture:
    return Capture(
        **{
            **record,
            "body": base64.b64decode(record["body"]),
            "captured_at": load_time(record["captured_at"]),
            "decisions": load_decisions(record),
        }
    )
