"""Ids and addresses as people write them: copied from papers with a full stop behind, or typed by hand. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from archive.ids import read_id

# What stands after an address in a sentence or a GB/T 7714 line and is copied with it.
_TRAILING = ".,;:!?。，；：、！？)）]】》>”’\"' \t\u3000"
_PERMALINK = re.compile(r"/r/(?P<id>[^/?#\s]+)(?:/v/(?P<version>[0-9]{1,6}))?(?:[/?#].*)?$")
_INSIDE = re.compile(
    r"/r/(?P<id>[0-9A-Za-z]{12})(?:/v/(?P<version>[0-9]{1,6}))?(?![0-9A-Za-z])(?:\S*?#(?P<anchor>p[0-9]{1,6}))?"
)
_ANCHOR = re.compile(r"#(p[0-9]{1,6})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A report that a text names by its id, with the version and the paragraph where it names them."""

    report_id: str
    version: int | None = None
    anchor: str | None = None


def read_reference(text: str) -> Reference | None:
    """Read an id or one of our own addresses, with what a sentence left at its end; None for anything else."""
    text = unquote(text).strip(_TRAILING)
    bare = read_id(text)
    if bare is not None:
        return Reference(report_id=bare)
    match = _PERMALINK.search(text)
    report_id = read_id(match["id"].removesuffix(".md")) if match else None
    if match is None or report_id is None:
        return None
    anchor = _ANCHOR.search(text)
    return Reference(
        report_id=report_id,
        version=int(match["version"]) if match["version"] else None,
        anchor=anchor[1] if anchor else None,
    )


def find_references(text: str) -> Iterator[Reference]:
    """Yield what our own addresses name that stand in a longer text, such as a reference of a paper."""
    for match in _INSIDE.finditer(text):
        report_id = read_id(match["id"])
        if report_id is not None:
            version = int(match["version"]) if match["version"] else None
            yield Reference(report_id=report_id, version=version, anchor=match["anchor"])


def mended_path(path: str) -> str | None:
    """Return a report's path without the full stop that was copied with it, None where nothing is to mend."""
    mended = path.rstrip(_TRAILING + "/")
    is_report = path.startswith("/r/") and mended != path and _PERMALINK.match(mended) is not None
    return mended if is_report else None
