"""Files, folders and WARC files to captures. Reads the paths it is given.

One bad file never stops the others: it comes out as a CaptureError that names it, in its place.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import CaptureError, UnreadableSource
from archive.found import Found, PassedOver, refusal, shown, too_large
from archive.manifest import MANIFEST_NAME, Entry, Manifest, load_manifest
from archive.model import Capture
from archive.warc import read_warc

PAGE_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
WARC_SUFFIXES = (".warc", ".warc.gz")

_READABLE = ".html, .htm, .txt, .warc and .warc.gz"


class Sources:
    """The files that some paths stand for, found once, and read one by one.

    `files` are in order: paths as given, what is in a folder sorted by name; `remarks` is what was met while
    looking for them.
    """

    def __init__(self, paths: Iterable[Path], *, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._manifests: dict[Path, Manifest] = {}
        self.files: list[Path] = []
        self.remarks: list[CaptureError | PassedOver] = []
        for path in paths:
            self._find(path)

    def read(self, path: Path) -> Iterator[Found]:
        """Give what one of `files` holds."""
        if path.name.lower().endswith(WARC_SUFFIXES):
            yield from read_warc(path, limit_bytes=self._limit_bytes)
            return
        manifest = self._manifest(path.parent)
        yield manifest.fault_of(path.name) or _read_page(
            path, manifest.entries.get(path.name), limit_bytes=self._limit_bytes
        )

    def _find(self, path: Path) -> None:
        if path.is_dir():
            self._find_inside(path)
        elif not os.path.lexists(path):
            self.remarks.append(UnreadableSource(f"{shown(path)}: no such file or folder"))
        elif _is_readable_kind(path.name):
            self.files.append(path)
        else:
            self.remarks.append(UnreadableSource(f"{shown(path)}: of no kind that is read ({_READABLE})"))

    def _find_inside(self, top: Path) -> None:
        """Collect a folder's files; links to folders are not followed, so a loop of links is no trouble."""
        for name, folders, names in os.walk(top, onerror=self._note_unreadable):
            folder = Path(name)
            folders.sort()
            for link in (folder / inner for inner in folders):
                if link.is_symlink():
                    self.remarks.append(PassedOver(what=shown(link), why="a link to a folder"))
            for file in (folder / inner for inner in sorted(names)):
                if _is_readable_kind(file.name):
                    self.files.append(file)
                elif file.name != MANIFEST_NAME:
                    self.remarks.append(
                        PassedOver(what=shown(file), why=f"no page: {file.suffix or 'no suffix'}")
                    )
            self._check_manifest(folder, set(names))

    def _note_unreadable(self, error: OSError) -> None:
        where = shown(Path(str(error.filename)))
        self.remarks.append(UnreadableSource(f"{where}: {error.strerror}; make the folder readable"))

    def _check_manifest(self, folder: Path, names: set[str]) -> None:
        """Name what a manifest says about files that are not there."""
        manifest = self._manifest(folder)
        self.remarks += [fault for name, fault in manifest.faults.items() if name and name not in names]
        for name in sorted(manifest.entries.keys() - names - manifest.faults.keys()):
            self.remarks.append(UnreadableSource(f"{shown(folder / MANIFEST_NAME)}: {name} is not beside it"))

    def _manifest(self, folder: Path) -> Manifest:
        if folder not in self._manifests:
            self._manifests[folder] = load_manifest(folder)
        return self._manifests[folder]


def _is_readable_kind(name: str) -> bool:
    return name.lower().endswith((*PAGE_TYPES, *WARC_SUFFIXES))


def _read_page(path: Path, entry: Entry | None, *, limit_bytes: int) -> Capture | CaptureError:
    name = shown(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return UnreadableSource(f"{name}: not a regular file")
        if about.st_size > limit_bytes:
            return too_large(name, about.st_size, limit_bytes)
        with path.open("rb") as file:
            body = file.read(limit_bytes + 1)  # one more, in case it grows while it is read
        modified_at = datetime.fromtimestamp(int(about.st_mtime), tz=UTC)
    except FileNotFoundError:
        return UnreadableSource(f"{name}: vanished before it could be read; add it again once it is back")
    except OSError as error:
        return UnreadableSource(
            f"{name}: can't be read ({error.strerror}); check its permissions and the disk"
        )
    entry = entry or Entry(address=None, captured_at=None)
    return refusal(body, name, limit_bytes) or Capture(
        body=body,
        captured_at=entry.captured_at or modified_at,
        media_type=PAGE_TYPES[path.suffix.lower()],
        origin=name,
        source_url=entry.address,
    )
