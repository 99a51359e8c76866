"""The entity body of an HTTP message: transfer and content encodings undone (RFC 9112, RFC 9110). Pure."""

import re
import zlib

_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_GZIP_MARK = b"\x1f\x8b"
_GZIP_OR_ZLIB, _RAW_DEFLATE = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS


def entity_body(content: bytes, *, transfer_encoding: str, content_encoding: str, limit_bytes: int) -> bytes:
    """Return the body, at most `limit_bytes` + 1 of it when it was compressed.

    Many crawlers undo an encoding and keep its header: content that plainly isn't so encoded stays as it is.
    Raises ValueError, saying why, when the content is cut off, damaged or encoded in a way not known here.
    """
    body = _unchunked(content) if "chunked" in transfer_encoding.lower() else content
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    for coding in reversed(codings):
        if coding in {"gzip", "x-gzip"}:
            body = _inflated(body, limit_bytes) if body.startswith(_GZIP_MARK) else body
        elif coding == "deflate":
            body = _inflated(body, limit_bytes) if not body.lstrip().startswith(b"<") else body
        elif coding not in {"", "identity", "none"}:
            raise ValueError(
                f"its content encoding {coding} is not read here; unpack it with the tool that fetched it"
            )
    return body


def _unchunked(content: bytes) -> bytes:
    if not _CHUNK_SIZE.match(content):
        return content
    chunks: list[bytes] = []
    position = 0
    while True:
        size_line = _CHUNK_SIZE.match(content, position)
        if size_line is None:
            raise ValueError("its chunked body is cut off or damaged")
        size = int(size_line[1], 16)
        if size == 0:
            return b"".join(chunks)
        chunk = content[size_line.end() : size_line.end() + size]
        position = size_line.end() + size + 2
        if len(chunk) < size or content[position - 2 : position] != b"\r\n":
            raise ValueError("its chunked body is cut off or damaged")
        chunks.append(chunk)


def _inflated(packed: bytes, limit_bytes: int) -> bytes:
    """Inflate gzip, zlib or, as some servers send for deflate, a bare deflate stream."""
    try:
        return _run(packed, _GZIP_OR_ZLIB, limit_bytes)
    except zlib.error as error:
        try:
            return _run(packed, _RAW_DEFLATE, limit_bytes)
        except zlib.error:
            raise ValueError(f"its compressed body is damaged ({error})") from error


def _run(packed: bytes, window_bits: int, limit_bytes: int) -> bytes:
    inflate = zlib.decompressobj(wbits=window_bits)
    body = inflate.decompress(packed, limit_bytes + 1)
    if not inflate.eof and len(body) <= limit_bytes:
        raise ValueError("its compressed body is cut off")
    return body
