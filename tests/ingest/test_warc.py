import io
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.carried import Carried
from archive.errors import UnreadableSource
from archive.found import Found, PassedOver
from archive.model import Capture
from archive.warc import read_warc, write_warc
from archive.warc_export import to_records
from tests.conftest import CAPTURED_AT, make_capture
from tests.ingest.warcs import HTML, PAGE, WarcFile, chunked, gzipped

LIMIT = 1024 * 1024


def found(path: Path, limit_bytes: int = LIMIT) -> list[Found]:
    return list(read_warc(path, limit_bytes=limit_bytes))


def three(*, packed: bool) -> WarcFile:
    warc = WarcFile(packed=packed)
    for number in range(3):
        warc.response(PAGE + b"%d" % number, url=f"http://www.yinque.gov.example/{number}.html")
    return warc


@pytest.mark.parametrize("packed", [True, False])
def test_a_response_becomes_a_capture_with_address_time_type_and_charset(
    tmp_path: Path, packed: bool
) -> None:
    path = WarcFile(packed=packed).response().save(tmp_path / "a.warc.gz")
    (capture,) = found(path)
    assert isinstance(capture, Capture)
    assert capture.body == PAGE
    assert capture.source_url == "http://www.yinque.gov.example/1.html"
    assert capture.captured_at == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert (capture.media_type, capture.charset) == ("text/html", "utf-8")
    assert capture.origin == f"{path}@0"


@pytest.mark.parametrize("packed", [True, False])
def test_the_origin_of_a_record_is_the_byte_where_it_begins(tmp_path: Path, packed: bool) -> None:
    warc = three(packed=packed)
    captures = found(warc.save(tmp_path / "a.warc"))
    assert [c.origin.rpartition("@")[2] for c in captures if isinstance(c, Capture)] == list(
        map(str, warc.offsets)
    )


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(PAGE), (("Transfer-Encoding", "chunked"),)),
        (gzipped(PAGE), (("Content-Encoding", "gzip"),)),
        (zlib.compress(PAGE), (("Content-Encoding", "deflate"),)),
        (zlib.compress(PAGE, wbits=-15), (("Content-Encoding", "deflate"),)),
        (chunked(gzipped(PAGE)), (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))),
        (PAGE, (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))),
        (PAGE, (("Content-Encoding", "identity"),)),
    ],
    ids=["chunked", "gzip", "zlib", "deflate", "chunked gzip", "undone before", "identity"],
)
def test_encodings_of_the_transport_are_undone(
    tmp_path: Path, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    path = WarcFile().response(body, headers=(*HTML, *headers)).save(tmp_path / "a.warc.gz")
    (capture,) = found(path)
    assert isinstance(capture, Capture)
    assert capture.body == PAGE


@pytest.mark.parametrize(
    ("body", "header", "message"),
    [
        (chunked(PAGE)[:-20], ("Transfer-Encoding", "chunked"), "chunked body is cut off"),
        (gzipped(PAGE)[:-20], ("Content-Encoding", "gzip"), "compressed body is cut off"),
        (gzipped(PAGE)[:-8] + b"?" * 8, ("Content-Encoding", "gzip"), "compressed body is damaged"),
        (PAGE, ("Content-Encoding", "br"), "encoding br is not read"),
        (gzipped(b" " * LIMIT * 2), ("Content-Encoding", "gzip"), "ARCHIVE_MAX_PAGE_MIB"),
        (b"%PDF-1.4 ...", ("X", "y"), "PDF"),
    ],
    ids=["torn chunk", "torn gzip", "damaged gzip", "brotli", "bomb", "pdf"],
)
def test_a_body_that_can_not_be_had_is_named_and_the_next_record_is_read(
    tmp_path: Path, body: bytes, header: tuple[str, str], message: str
) -> None:
    warc = WarcFile().response(body, headers=(*HTML, header)).response()
    error, capture = found(warc.save(tmp_path / "a.warc.gz"))
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{tmp_path / 'a.warc.gz'}@0: ")
    assert message in str(error)
    assert isinstance(capture, Capture)


def test_what_is_no_page_is_passed_over_with_its_reason(tmp_path: Path) -> None:
    warc = (
        WarcFile()
        .warcinfo()
        .response(status="404 Not Found")
        .response(headers=(("Content-Type", "image/png"),))
    )
    warc.response(kind="revisit").response()
    reasons = [item.why for item in found(warc.save(tmp_path / "a.warc.gz")) if isinstance(item, PassedOver)]
    assert reasons == ["warcinfo record", "HTTP status 404", "of type image/png", "revisit record"]


def test_a_resource_record_is_a_page_too(tmp_path: Path) -> None:
    warc = WarcFile().resource(
        PAGE, url="http://www.jinwu.gov.example/", media_type="text/plain; charset=big5"
    )
    (capture,) = found(warc.save(tmp_path / "a.warc.gz"))
    assert isinstance(capture, Capture)
    assert (capture.media_type, capture.charset) == ("text/plain", "big5")


def test_a_name_that_is_no_web_address_is_no_address(tmp_path: Path) -> None:
    warc = WarcFile().resource(PAGE, url="urn:x:1", media_type="text/html")
    (capture,) = found(warc.save(tmp_path / "a.warc.gz"))
    assert isinstance(capture, Capture)
    assert capture.source_url is None


def test_xhtml_and_a_missing_type_count_as_html(tmp_path: Path) -> None:
    warc = (
        WarcFile()
        .response(headers=(("Content-Type", "application/xhtml+xml"),))
        .response(headers=(("X", "y"),))
    )
    captures = found(warc.save(tmp_path / "a.warc.gz"))
    assert [c.media_type for c in captures if isinstance(c, Capture)] == ["text/html", "text/html"]


def test_a_page_that_the_crawler_cut_off_is_refused(tmp_path: Path) -> None:
    warc = WarcFile().response(warc_headers={"WARC-Truncated": "length"})
    (error,) = found(warc.save(tmp_path / "a.warc.gz"))
    assert "WARC-Truncated: length" in str(error)


def test_a_page_larger_than_the_limit_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    warc = WarcFile().response(b"x" * 2000).response()
    error, capture = found(warc.save(tmp_path / "a.warc.gz"), limit_bytes=1000)
    assert "ARCHIVE_MAX_PAGE_MIB" in str(error)
    assert isinstance(capture, Capture)


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_at_any_byte_gives_the_whole_records_before_the_cut_and_one_error(
    tmp_path: Path, packed: bool
) -> None:
    warc = three(packed=packed)
    ends = [*warc.offsets[1:], len(warc.content)]
    path = tmp_path / "torn.warc"
    for cut in range(1, len(warc.content)):
        path.write_bytes(warc.content[:cut])
        items = found(path)
        captures = [item for item in items if isinstance(item, Capture)]
        errors = [item for item in items if not isinstance(item, Capture)]
        whole = sum(end <= cut for end in ends)
        # Without gzip a record is whole when its body is: the blank lines after it prove nothing.
        assert len(captures) == whole or (
            not packed and len(captures) == whole + 1 and ends[whole] - cut <= 4
        )
        assert [c.body for c in captures] == [PAGE + b"%d" % n for n in range(len(captures))]
        is_at_edge = cut in ends or (not packed and len(captures) > whole)
        assert len(errors) == (0 if is_at_edge else 1)
        if errors and cut > 10:
            where = warc.offsets[whole]
            assert str(errors[0]).startswith(f"{path}: the record at byte {where} can't be read")


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(position=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_a_damaged_byte_never_gives_a_page_that_was_not_there(
    tmp_path: Path, position: int, flip: int
) -> None:
    content = bytearray(three(packed=True).content)
    content[position % len(content)] ^= flip
    path = tmp_path / "damaged.warc.gz"
    path.write_bytes(content)
    bodies = [item.body for item in found(path) if isinstance(item, Capture)]
    assert set(bodies) <= {PAGE + b"%d" % number for number in range(3)}


def test_a_large_record_with_a_wrong_checksum_is_not_taken(tmp_path: Path) -> None:
    big = bytes(range(33, 127)) * 5000
    content = bytearray(WarcFile().response(big).content)
    content[-8] ^= 1  # the CRC of the member's bytes
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    (error,) = found(path)
    assert "gzip data is damaged" in str(error)


def test_records_in_one_single_gzip_member_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzipped(three(packed=False).content))
    assert len(found(path)) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"<html>", "not a WARC file"),
        (gzipped(b"<html>"), "not a WARC file"),
        (b"\x1f\x8b", "cut off"),
    ],
)
def test_a_file_that_is_no_warc_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    (error,) = found(path)
    assert str(path) in str(error)
    assert message in str(error)


def test_a_record_without_a_length_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n\r\nbody")
    (error,) = found(path)
    assert "no length" in str(error)


def test_garbage_after_a_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(three(packed=False).content + b"garbage without end")
    *captures, error = found(path)
    assert len(captures) == 3
    assert "not a WARC record" in str(error)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (error,) = found(tmp_path / "gone.warc")
    assert "vanished" in str(error)


def test_captures_written_to_a_warc_file_come_back_as_they_were(tmp_path: Path) -> None:
    captures = [
        make_capture(PAGE, source_url="http://www.yinque.gov.example/1.html", charset="gb2312"),
        make_capture("珠淚鄉公所\n".encode("big5"), media_type="text/plain"),
        make_capture(
            PAGE + b"2", captured_at=CAPTURED_AT.replace(microsecond=120), source_url="https://a.example/?b=c"
        ),
    ]
    path = tmp_path / "export.warc.gz"
    path.write_bytes(written(captures))
    no_page, *back = found(path)
    assert no_page == PassedOver(what=f"{path}@0", why="warcinfo record")
    assert back == [Carried(capture=capture, reason="all boilerplate") for capture in captures]


def test_the_same_captures_give_the_same_warc_file() -> None:
    assert written([make_capture(PAGE)]) == written([make_capture(PAGE)])


def written(captures: list[Capture]) -> bytes:
    out = io.BytesIO()
    pages = (Carried(capture=capture, reason="all boilerplate") for capture in captures)
    write_warc(to_records(pages, now=CAPTURED_AT), out)
    return out.getvalue()
