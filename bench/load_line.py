"""A reader's connection to a served archive. Talks to this machine's own ports only."""

import asyncio
import re
import zlib

PATIENCE_SECONDS = 60.0
"""An answer that takes longer is an error."""

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


class Line:
    """One kept connection, made anew where the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str) -> tuple[int, bytes]:
        """Return status and body. Raises OSError, TimeoutError, or IncompleteReadError for half an answer."""
        try:
            return await asyncio.wait_for(self._ask_again(path), PATIENCE_SECONDS)
        except BaseException:
            self.hang_up()
            raise

    async def _ask_again(self, path: str) -> tuple[int, bytes]:
        """Ask once more where a kept connection was closed before any answer came, as browsers do (RFC 9112, 9.3.1)."""
        was_kept = self._streams is not None
        try:
            return await self._ask(path)
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            if not was_kept or getattr(error, "partial", b""):
                raise
        self.hang_up()
        return await self._ask(path)

    async def _ask(self, path: str) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
        reader, writer = self._streams
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1])) if length else await _chunks(reader)
        if b"\r\nconnection: close" in head.lower():
            self.hang_up()
        if b"\r\ncontent-encoding: gzip" in head.lower():
            body = zlib.decompress(body, wbits=31)
        return int(head.split(b" ", 2)[1]), body

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body
