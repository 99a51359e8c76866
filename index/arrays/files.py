"""Named arrays in one file, mapped when read. Reads and writes files.

::

    magic (8 bytes) | arrays, each at a multiple of 64 | directory (JSON) | directory's length, CRC-32 (4 bytes each) | magic

The directory gives every array's type, place, length and CRC-32. Opening checks magic, directory and the file's
length, which takes microseconds; `faulty_arrays` reads everything.
"""

import json
import mmap
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = Mapping[str, Array]

MAGIC = b"DARRAYS1"
ALIGNMENT = 64
"""A cache line; numpy's vector loops are fastest on aligned data."""

_TRAILER_BYTES = 8 + len(MAGIC)
COPY_BYTES = 1 << 22


class Sink(Protocol):
    """What takes arrays piece by piece, of several names in turn."""

    def append(self, name: str, piece: Array) -> None:
        """Add to the end of an array."""
        ...


class MemorySink:
    """Keeps arrays in memory."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[Array]] = {}

    def append(self, name: str, piece: Array) -> None:
        """Add to the end of an array."""
        self._pieces.setdefault(name, []).append(piece)

    def arrays(self) -> Arrays:
        """Return what was appended."""
        return {name: np.concatenate(pieces) for name, pieces in self._pieces.items()}


class FileSink:
    """Writes arrays to a file. Arrays grow side by side, so each has a file of its own until `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._spools: dict[str, BinaryIO] = {}
        self._types: dict[str, np.dtype[Any]] = {}

    def append(self, name: str, piece: Array) -> None:
        """Add to the end of an array."""
        if name not in self._spools:
            self._spools[name] = self._spool_path(name).open("w+b")
            self._types[name] = piece.dtype
        self._spools[name].write(np.ascontiguousarray(piece, self._types[name]).data)

    def _spool_path(self, name: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{name}")

    def close(self) -> None:
        """Join what was appended into the file, and remove the rest."""
        try:
            with self._path.open("wb") as out:
                out.write(MAGIC)
                directory = {
                    name: _copied(spool, out, self._types[name]) for name, spool in self._spools.items()
                }
                _write_directory(out, directory)
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove all but the file itself."""
        for name, spool in self._spools.items():
            spool.close()
            self._spool_path(name).unlink(missing_ok=True)
        self._spools.clear()


def _copied(spool: BinaryIO, out: BinaryIO, kind: np.dtype[Any]) -> list[str | int]:
    """Append a spool to the file; return its entry in the directory."""
    out.write(bytes(-out.tell() % ALIGNMENT))
    start, checked = out.tell(), 0
    spool.seek(0)
    while piece := spool.read(COPY_BYTES):
        checked = zlib.crc32(piece, checked)
        out.write(piece)
    return [kind.str, start, (out.tell() - start) // kind.itemsize, checked]


def _write_directory(out: BinaryIO, directory: Mapping[str, object]) -> None:
    text = json.dumps(directory).encode()
    out.write(text)
    out.write(len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + MAGIC)


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays that are in memory to a file."""
    with path.open("wb") as out:
        out.write(MAGIC)
        directory = {}
        for name, array in arrays.items():
            out.write(bytes(-out.tell() % ALIGNMENT))
            data = np.ascontiguousarray(array).view(np.uint8).data
            directory[name] = [array.dtype.str, out.tell(), len(array), zlib.crc32(data)]
            out.write(data)
        _write_directory(out, directory)


def open_arrays(path: Path) -> Arrays:
    """Map a file's arrays, read-only; they stay readable when the file is removed.

    Raises FileNotFoundError, and ValueError for a file that is torn or of another kind.
    """
    mapped, directory = _read_directory(path)
    return {
        name: np.frombuffer(mapped, np.dtype(kind), count, start)
        for name, (kind, start, count, _) in directory.items()
    }


def faulty_arrays(path: Path) -> Iterator[str]:
    """Yield the arrays whose content is not what was written. Raises as `open_arrays`."""
    mapped, directory = _read_directory(path)
    for name, (kind, start, count, checked) in directory.items():
        content = np.frombuffer(mapped, np.uint8, count * np.dtype(kind).itemsize, start)
        if zlib.crc32(content.data) != checked:
            yield name


def _read_directory(path: Path) -> tuple[mmap.mmap, dict[str, tuple[str, int, int, int]]]:
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise ValueError(f"{path.name} is empty") from None
    end = len(mapped) - _TRAILER_BYTES
    trailer = mapped[max(0, end) :]
    length = int.from_bytes(trailer[:4], "little")
    text = mapped[max(0, end - length) : max(0, end)]
    is_whole = mapped[: len(MAGIC)] == MAGIC == trailer[8:] and end >= length + len(MAGIC)
    if not is_whole or zlib.crc32(text) != int.from_bytes(trailer[4:8], "little"):
        raise ValueError(f"{path.name} is cut short or not as it was written")
    return mapped, json.loads(text)
