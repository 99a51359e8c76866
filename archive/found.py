"""What reading a source can give: a capture, alone or with its canonical copies, an error that names it, or no page."""

import os
from dataclasses import dataclass
from pathlib import Path

from archive.carried import Carried
from archive.errors import CaptureError, UnreadableSource
from archive.model import Capture
from archive.settings import MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Something met on the way that no page can be in: a picture in a folder, a request in a WARC file."""

    what: str
    why: str


Found = Capture | Carried | CaptureError | PassedOver

_TEXT_MARKS = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00\x00\xfe\xff",
)  # UTF-16 and UTF-32, where NUL is half of every "<"
_NUL_SEARCH_BYTES = (
    8000  # as git does: a page with NULs has them early, and one stray NUL further on does no harm
)
_KNOWN = (
    (b"%PDF", "a PDF document", "save it as text"),
    (b"PK\x03\x04", "a ZIP archive or a .docx, .xlsx or .epub document", "unpack it, or save it as text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)", "save it as text or HTML"),
    (b"{\\rtf", "an RTF document", "save it as text or HTML"),
    (b"\x89PNG", "a PNG picture", "type its text into a .txt file"),
    (b"\xff\xd8\xff", "a JPEG picture", "type its text into a .txt file"),
    (b"GIF8", "a GIF picture", "type its text into a .txt file"),
    (b"RIFF", "a WebP picture or a recording", "type its text into a .txt file"),
    (b"II*\x00", "a TIFF picture", "type its text into a .txt file"),
    (b"\x1f\x8b", "gzip", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"SQLite format 3", "an SQLite database", "leave it out"),
)


def shown(path: Path) -> str:
    """Return a path as text that can be printed and stored whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def refusal(body: bytes, name: str, limit_bytes: int) -> UnreadableSource | None:
    """Say why `body` can't be a page, None when it may be one."""
    if len(body) > limit_bytes:
        return too_large(name, len(body), limit_bytes)
    if not body.strip():
        return UnreadableSource(f"{name}: empty; fetch the page again")
    for mark, kind, advice in _KNOWN:
        if body.startswith(mark):
            return UnreadableSource(f"{name}: not a page but {kind}; {advice}, then add that")
    if b"\x00" in body[:_NUL_SEARCH_BYTES] and not body.startswith(_TEXT_MARKS):
        return UnreadableSource(f"{name}: binary, not a page (it holds NUL bytes); save it as text or HTML")
    return None


def too_large(name: str, length_bytes: int, limit_bytes: int) -> UnreadableSource:
    """Refuse a page for its size."""
    return UnreadableSource(
        f"{name}: {length_bytes / MEBIBYTE:.1f} MiB or more, and pages are read up to {limit_bytes / MEBIBYTE:g} MiB;"
        " set ARCHIVE_MAX_PAGE_MIB higher if this really is one page"
    )
