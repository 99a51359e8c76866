"""WARC files made with warcio, as crawlers write them."""

import gzip
import io
import uuid
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = "<html><body><h1>琼楼街道2019年政府信息公开年度报告</h1><p>全年主动公开政府信息88条。</p></body></html>".encode()
HTML = (("Content-Type", "text/html; charset=utf-8"),)


class WarcFile:
    """Collects records and writes them, each in its own gzip member unless told otherwise."""

    def __init__(self, *, packed: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=packed)
        self.offsets: list[int] = []

    def response(
        self,
        body: bytes = PAGE,
        *,
        url: str = "http://www.yinque.gov.example/1.html",
        status: str = "200 OK",
        headers: tuple[tuple[str, str], ...] = HTML,
        warc_headers: dict[str, str] | None = None,
        kind: str = "response",
    ) -> "WarcFile":
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        about = {
            "WARC-Date": "2021-03-04T05:06:07Z",
            "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(int=len(self.offsets))}>",
            **(warc_headers or {}),
        }
        return self._write(kind, url, body, http, about)

    def resource(self, body: bytes, *, url: str, media_type: str) -> "WarcFile":
        self.offsets.append(self._out.tell())
        record = self._writer.create_warc_record(
            url,
            "resource",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": "2022-01-02T03:04:05Z"},
        )
        self._writer.write_record(record)
        return self

    def warcinfo(self) -> "WarcFile":
        self.offsets.append(self._out.tell())
        self._writer.write_record(self._writer.create_warcinfo_record("harvest.warc.gz", {"software": "x"}))
        return self

    def _write(
        self, kind: str, url: str, body: bytes, http: StatusAndHeaders, about: dict[str, str]
    ) -> "WarcFile":
        self.offsets.append(self._out.tell())
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=about
        )
        self._writer.write_record(record)
        return self

    @property
    def content(self) -> bytes:
        return self._out.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.content)
        return path


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:], b"")
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
