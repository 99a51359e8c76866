"""A gzip file of many members, each checked before any of it is given. Reads the file it is given."""

import zlib
from tempfile import SpooledTemporaryFile
from typing import IO

from archive.errors import UnreadableSource
from archive.settings import MEBIBYTE

_READ_BYTES = 65536
_IN_MEMORY_BYTES = 16 * MEBIBYTE  # a larger member, a film among the pages, waits on disk


def torn(name: str, offset: int, why: str) -> UnreadableSource:
    """Say that a file can't be read from the record at byte `offset` on."""
    return UnreadableSource(
        f"{name}: the record at byte {offset} can't be read: {why}; the records before it were read,"
        " for the rest fetch or copy the file again"
    )


class Gunzip:
    """The unpacked bytes of a gzip file, never across two members in one read.

    warcio takes a torn or damaged member for the end of the file, and gives what it unpacked of it; here a
    member is unpacked whole, and given only when its checksum is right, else UnreadableSource is raised.
    `offset` is where the member of the latest read begins, which in a WARC file is where its record begins.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.offset = 0
        self._file = file
        self._name = name
        self._packed = b""
        self._read_count = 0
        self._member = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 - closed by close()

    def read(self, size: int = _READ_BYTES) -> bytes:
        """Return up to `size` unpacked bytes, none at the end."""
        while True:
            unpacked = self._member.read(size)
            if unpacked or not self._unpack_next():
                return unpacked

    def close(self) -> None:
        """Give back the memory or disk that the member took; the file stays open."""
        self._member.close()

    def _unpack_next(self) -> bool:
        """Unpack the next member; return False when there is none."""
        if not self._fill():
            return False
        self.offset = self._read_count - len(self._packed)
        self._member.seek(0)
        self._member.truncate()
        inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        while not inflate.eof:
            if not self._fill():
                raise torn(self._name, self.offset, "its gzip data is cut off")
            try:
                self._member.write(inflate.decompress(self._packed))
            except zlib.error as error:
                raise torn(self._name, self.offset, f"its gzip data is damaged ({error})") from error
            self._packed = inflate.unused_data
        self._member.seek(0)
        return True

    def _fill(self) -> bool:
        if not self._packed:
            self._packed = self._file.read(_READ_BYTES)
            self._read_count += len(self._packed)
        return bool(self._packed)
