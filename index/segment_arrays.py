"""Gathers the batches of a new segment and writes its one file of arrays. Files are written here."""

from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.arrays.files import Array, Arrays, FileSink, open_arrays, write_arrays
from index.arrays.merging import merge

ARRAYS = ".arrays"
"""How the names of such files end."""

MOST_PARTS = 200
"""Batches that are merged at once: each holds a file open, of which a process may have 1,024."""


class Storage(Protocol):
    """The folder that a segment is written to."""

    folder: str

    def sync_with_commit(self, path: Path) -> None:
        """Have a file on disk before the commit names it."""
        ...


class SegmentArrays:
    """Gathers what a new segment will hold, and writes it: Whoosh's writer of what is kept for each document."""

    def __init__(self, storage: Storage, segment: Any) -> None:
        self._storage = storage
        self._path = Path(storage.folder, segment.make_filename(ARRAYS))
        self._parts: list[tuple[Arrays, Array]] = []
        self._unmerged = 0  # parts at the end that were not merged yet
        self._spilled: list[Path] = []
        self._sink = FileSink(self._path)
        self.is_closed = False

    def add(self, arrays: Arrays, kept: Array | None = None) -> int:
        """Add documents; all but the first batch wait on disk. Return how many."""
        count = len(arrays["dates"])
        if kept is None and self._parts:
            path = self._spill_path()
            write_arrays(path, arrays)
            arrays = open_arrays(path)
        self._parts.append((arrays, np.ones(count, bool) if kept is None else kept))
        self._unmerged += 1
        if self._unmerged == MOST_PARTS:
            self._join_parts()
        return int(np.count_nonzero(self._parts[-1][1])) if kept is not None else count

    def _spill_path(self) -> Path:
        """Return a new file's name, which Whoosh's sweeping knows for this segment's where we are killed."""
        self._spilled.append(self._path.with_name(f"{self._path.name}.part{len(self._spilled)}"))
        return self._spilled[-1]

    def _join_parts(self) -> None:
        """Put the last parts together, so that there are never too many."""
        path = self._spill_path()
        sink = FileSink(path)
        try:
            merge(self._parts[-MOST_PARTS:], sink)
            sink.close()
        finally:
            sink.discard()
        arrays = open_arrays(path)
        self._parts[-MOST_PARTS:] = [(arrays, np.ones(len(arrays["dates"]), bool))]
        self._unmerged = 0

    def write(self) -> None:
        """Write the segment's file, to be synced with the commit."""
        self._storage.sync_with_commit(self._path)
        first, kept = self._parts[0]
        if len(self._parts) == 1 and kept.all():
            write_arrays(self._path, first)
        else:
            merge(self._parts, self._sink)
            self._sink.close()

    def close(self) -> None:
        """Leave nothing but the segment's file."""
        self._sink.discard()
        for path in self._spilled:
            path.unlink(missing_ok=True)
        self.is_closed = True
