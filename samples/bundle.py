"""Writes the WARC bundle: the pages that live nowhere else."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """One page of the bundle as a server sent it."""

    address: str
    captured_at: str
    content_type: str
    body: bytes


def _record_id(name: str) -> str:
    # Derived from the record's name, not drawn: the bundle has to be the same bytes every time.
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>"


def to_warc(pages: Iterable[Harvested]) -> bytes:
    """Return a gzipped WARC 1.1 with a warcinfo record and one response per page, the same bytes every time."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    sorted_pages = sorted(pages, key=lambda page: page.address)
    info = writer.create_warcinfo_record(
        "harvest.warc.gz", {"software": "samples/make.py", "format": "WARC File Format 1.1"}
    )
    info.rec_headers.replace_header("WARC-Record-ID", _record_id("warcinfo"))
    info.rec_headers.replace_header("WARC-Date", max(page.captured_at for page in sorted_pages))
    writer.write_record(info)
    for page in sorted_pages:
        http = StatusAndHeaders(
            "200 OK",
            [("Content-Type", page.content_type), ("Content-Length", str(len(page.body)))],
            protocol="HTTP/1.1",
        )
        record = writer.create_warc_record(
            page.address,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),  # without it warcio buffers into temporary files that it never closes
            http_headers=http,
            warc_headers_dict={"WARC-Record-ID": _record_id(page.address), "WARC-Date": page.captured_at},
        )
        writer.write_record(record)
    return buffer.getvalue()
