"""WARC files (ISO 28500): their pages to captures, records to a WARC file. The only module that knows warcio.

What is captured is the entity body: transfer and content encodings are undone, nothing else is touched.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from archive.carried import EXPORT_VERSION
from archive.entity import entity_body
from archive.errors import CaptureError, UnreadableSource
from archive.found import Found, PassedOver, refusal, shown, too_large
from archive.gunzip import Gunzip, torn
from archive.ids import digest_of, normalise_address
from archive.model import Capture
from archive.warc_export import ENCLOSED_KINDS, EXPORT_HEADER, VERSION_HEADER, Enclosed, Record, gather

_PAGE_TYPES = {
    "": "text/html",  # servers that say nothing; browsers take it for HTML too
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_GZIP_MARK = b"\x1f\x8b"
_WITH_PAYLOAD = ("resource", "conversion")
_ENCLOSED_FACTOR = 8  # what is known of a page, every dropped line of it too, against the page's own limit
_HTTP_HEAD_BYTES = 65536  # status line and headers; servers refuse to send more


def read_warc(path: Path, *, limit_bytes: int) -> Iterator[Found]:
    """Give each record of a WARC file: a capture, an error, or why it was passed over.

    Pages are `response` records with status 200 and `resource` records, of type HTML, XHTML or plain text.
    What can't be read ends the file, with an error that names the place; what stood before it was given.
    """
    name = shown(path)
    try:
        with path.open("rb") as file:
            yield from gather(_read_records(file, name, limit_bytes))
    except FileNotFoundError:
        yield UnreadableSource(f"{name}: vanished before it could be read; add it again once it is back")
    except OSError as error:
        yield UnreadableSource(
            f"{name}: can't be read ({error.strerror}); check its permissions and the disk"
        )
    except CaptureError as error:
        yield error


def _read_records(file: IO[bytes], name: str, limit_bytes: int) -> Iterator[Found | Enclosed]:
    is_packed = file.read(2) == _GZIP_MARK
    file.seek(0)
    if not is_packed:
        yield from _read_unpacked(file, None, name, limit_bytes)
        return
    with closing(Gunzip(file, name)) as gunzip:
        yield from _read_unpacked(gunzip, gunzip, name, limit_bytes)


def _read_unpacked(
    stream: IO[bytes] | Gunzip, gunzip: Gunzip | None, name: str, limit_bytes: int
) -> Iterator[Found | Enclosed]:
    records = WARCIterator(stream, no_record_parse=True)
    record, offset = None, 0
    try:
        for record in records:
            offset = gunzip.offset if gunzip else records.offset
            if not _text(record.rec_headers, "Content-Length").isdigit():
                raise torn(name, offset, "its header is cut off or has no length")
            yield _read_record(record, f"{name}@{offset}", limit_bytes)
    except ArchiveLoadFailed as error:
        if record is None:
            raise UnreadableSource(f"{name}: not a WARC file; fetch or copy it again") from error
        raise torn(name, gunzip.offset if gunzip else records.offset, "not a WARC record") from error
    if record is None:
        raise UnreadableSource(f"{name}: empty; fetch or copy it again")
    if record.raw_stream.limit:
        raise torn(name, offset, "the file is cut off")
    if records.err_count:
        raise torn(name, offset, "its length is wrong")


def _read_record(record: Any, origin: str, limit_bytes: int) -> Found | Enclosed:
    """Give one record; raises UnreadableSource where the file ends inside it."""
    headers, http = record.rec_headers, None
    head = b""
    if record.rec_type == "response" and _text(headers, "WARC-Target-URI").lower().startswith("http"):
        head, http = _read_http_head(record, origin)
        if http.get_statuscode() != "200":
            return PassedOver(what=origin, why=f"HTTP status {http.get_statuscode() or 'missing'}")
    elif _text(headers, EXPORT_HEADER):
        return _read_enclosed(record, origin, limit_bytes)
    elif record.rec_type != "resource":
        return PassedOver(what=origin, why=f"{record.rec_type} record")
    media_type = _media_type(headers if http is None else http)
    if media_type not in _PAGE_TYPES:
        return PassedOver(what=origin, why=f"of type {media_type}")
    content = head + _read(record, limit_bytes + 1, origin)
    if len(content) > limit_bytes:
        return too_large(origin, len(content), limit_bytes)
    return _to_capture(headers, http, content, origin, limit_bytes)


def _read_enclosed(record: Any, origin: str, limit_bytes: int) -> Found | Enclosed:
    """Give a record of an export of ours: part of a page with its canonical copies."""
    headers, limit = record.rec_headers, limit_bytes * _ENCLOSED_FACTOR
    if record.rec_type not in ENCLOSED_KINDS:
        return PassedOver(what=origin, why=f"{record.rec_type} record")
    if _text(headers, EXPORT_HEADER) != str(EXPORT_VERSION):
        return UnreadableSource(
            f"{origin}: exported by a newer version of this program; add it with that version"
        )
    content = _read(record, limit + 1, origin)
    if len(content) > limit:
        return too_large(origin, len(content), limit)
    return Enclosed(
        kind=record.rec_type,
        name=_text(headers, VERSION_HEADER),
        origin=origin,
        content=content,
        is_whole=_text(headers, "WARC-Block-Digest") == f"sha256:{digest_of(content)}",
    )


def _read_http_head(record: Any, origin: str) -> tuple[bytes, Any]:
    """Read status line and headers; return what was read beyond them, and the headers."""
    start = io.BytesIO(_read(record, _HTTP_HEAD_BYTES, origin))
    try:
        headers = StatusAndHeadersParser([], verify=False).parse(start)
    except EOFError:  # a response of no bytes at all
        headers = StatusAndHeaders("", [], "")
    return start.read(), headers


def _read(record: Any, size: int, origin: str) -> bytes:
    """Read `size` bytes, or all that the record has left; raise where the file ends before that."""
    wanted = min(size, record.raw_stream.limit)
    content: bytes = record.raw_stream.read(wanted)
    if len(content) < wanted:
        name, _, offset = origin.rpartition("@")
        raise torn(name, int(offset), "the file is cut off")
    return content


def _to_capture(
    headers: Any, http: Any, content: bytes, origin: str, limit_bytes: int
) -> Capture | CaptureError:
    address = _text(headers, "WARC-Target-URI")
    if cut := _text(headers, "WARC-Truncated"):
        return UnreadableSource(
            f"{origin}: the crawler cut the page off (WARC-Truncated: {cut}); fetch it again"
        )
    try:
        if http is not None:
            content = entity_body(
                content,
                transfer_encoding=_text(http, "Transfer-Encoding"),
                content_encoding=_text(http, "Content-Encoding"),
                limit_bytes=limit_bytes,
            )
        source_url = address if _ADDRESS.match(address) else None
        if source_url:
            normalise_address(source_url)
        captured_at = _to_time(_text(headers, "WARC-Date"))
    except ValueError as error:
        return UnreadableSource(f"{origin}: {error}")
    about = headers if http is None else http
    charset = _CHARSET.search(_text(about, "Content-Type"))
    return refusal(content, origin, limit_bytes) or Capture(
        body=content,
        captured_at=captured_at,
        media_type=_PAGE_TYPES[_media_type(about)],
        origin=origin,
        source_url=source_url,
        charset=charset[1] if charset else None,
    )


def _media_type(headers: Any) -> str:
    return _text(headers, "Content-Type").partition(";")[0].strip().lower()


def _text(headers: Any, name: str) -> str:
    return str(headers.get_header(name) or "").strip()


def _to_time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def write_warc(records: Iterable[Record], out: IO[bytes]) -> None:
    """Write records as WARC 1.1, each a gzip member of its own; the same records give the same bytes.

    Digests are SHA-256 in hex, as everywhere in the archive (WARC 1.1 leaves algorithm and encoding open).
    """
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for record in records:
        digest = f"sha256:{digest_of(record.content)}"
        about = {"WARC-Date": record.moment, "WARC-Record-ID": record.record_id, **dict(record.headers)}
        about["WARC-Block-Digest"] = digest
        if record.kind in _WITH_PAYLOAD:
            about["WARC-Payload-Digest"] = digest
        writer.write_record(
            writer.create_warc_record(
                record.target,
                record.kind,
                payload=io.BytesIO(record.content),
                length=len(record.content),
                warc_content_type=record.media_type,
                warc_headers_dict=about,
            )
        )
