import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import CaptureError
from archive.found import PassedOver
from archive.model import Capture
from archive.sources import Sources

LIMIT = 100_000
PAGE = "<html><body><p>玉杵镇主动公开信息</p></body></html>".encode()


def sources(*paths: Path, limit_bytes: int = LIMIT) -> Sources:
    return Sources(paths, limit_bytes=limit_bytes)


def read(found: Sources) -> list[Capture | CaptureError | PassedOver]:
    return [item for file in found.files for item in found.read(file)]


def only_error(path: Path, *, limit_bytes: int = LIMIT) -> str:
    found = sources(path, limit_bytes=limit_bytes)
    (error,) = found.remarks or read(found)
    assert isinstance(error, CaptureError)
    assert str(path) in str(error)
    return str(error)


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.HTML", "a.htm", "c/d/e.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    captures = read(sources(tmp_path))
    assert [c.origin for c in captures if isinstance(c, Capture)] == [
        str(tmp_path / name) for name in ("a.htm", "b/1.HTML", "b/2.txt", "c/d/e.html")
    ]
    assert [c.media_type for c in captures if isinstance(c, Capture)] == [
        "text/html", "text/html", "text/plain", "text/html",
    ]  # fmt: skip


def test_a_page_without_a_manifest_has_no_address_and_the_time_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    os.utime(path, (1_600_000_000.7, 1_600_000_000.7))
    (capture,) = read(sources(path))
    assert isinstance(capture, Capture)
    assert (capture.body, capture.source_url, capture.charset) == (PAGE, None, None)
    assert capture.captured_at == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def test_other_files_in_a_folder_are_passed_over_with_their_kind(tmp_path: Path) -> None:
    for name in ("a.html", "map.jpg", "README"):
        (tmp_path / name).write_bytes(PAGE)
    found = sources(tmp_path)
    assert [(Path(r.what).name, r.why) for r in found.remarks if isinstance(r, PassedOver)] == [
        ("README", "no page: no suffix"),
        ("map.jpg", "no page: .jpg"),
    ]
    assert len(found.files) == 1


def test_another_file_that_is_named_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"PK\x03\x04")
    assert ".warc.gz" in only_error(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04...", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"<p>\x00\x01\x02</p>", "NUL"),
    ],
)
def test_what_is_no_page_in_spite_of_its_name_is_named_with_its_kind(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(content)
    assert message in only_error(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030", "big5"])
def test_a_page_in_an_encoding_full_of_nuls_is_still_a_page(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("珠淚鄉公所".encode(encoding))
    (capture,) = read(sources(path))
    assert isinstance(capture, Capture)


def test_a_page_over_the_limit_is_refused_with_the_limit_and_how_to_raise_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"x" * 2_097_152)
    message = only_error(path, limit_bytes=1_048_576)
    assert "2.0 MiB" in message
    assert "1 MiB" in message
    assert "ARCHIVE_MAX_PAGE_MIB" in message


def test_a_page_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"x" * 1000)
    (capture,) = read(sources(path, limit_bytes=1000))
    assert isinstance(capture, Capture)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no such file or folder" in only_error(tmp_path / "gone.html")


def test_a_file_that_vanishes_before_it_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    found = sources(path)
    path.unlink()
    (error,) = read(found)
    assert str(path) in str(error)
    assert "vanished" in str(error)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    assert "not a regular file" in only_error(tmp_path / "a.html")


def test_a_loop_of_links_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = sources(tmp_path)
    assert len(read(found)) == 1
    assert {(Path(r.what).name, r.why) for r in found.remarks if isinstance(r, PassedOver)} == {
        ("loop", "a link to a folder"),
        ("self", "no page: no suffix"),
    }


def test_a_name_that_is_not_utf8_can_be_told_and_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xf0.html"))
    path.write_bytes(PAGE)
    (capture,) = read(sources(tmp_path))
    assert isinstance(capture, Capture)
    assert capture.origin == f"{tmp_path}/\\xb9\\xf0.html"
    capture.origin.encode("utf-8")


def write_manifest(folder: Path, *lines: str) -> Path:
    (folder / "a.html").write_bytes(PAGE)
    (folder / "b.html").write_bytes(PAGE + b"b")
    (folder / "addresses.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


A_LINE = "a.html\thttp://www.guiying.gov.example/a\t2021-03-04T13:06:07+08:00"
B_LINE = "b.html\t\t2020-01-01T00:00:00Z"


def test_a_manifest_gives_addresses_and_times(tmp_path: Path) -> None:
    found = sources(
        write_manifest(tmp_path, "# file, address, time", "file\taddress\tcaptured_at", A_LINE, "", B_LINE)
    )
    first, second = read(found)
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert (first.source_url, first.captured_at) == (
        "http://www.guiying.gov.example/a",
        datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC),
    )
    assert (second.source_url, second.captured_at) == (None, datetime(2020, 1, 1, tzinfo=UTC))
    assert found.remarks == []


def test_a_file_named_by_itself_has_the_same_address_as_in_its_folder(tmp_path: Path) -> None:
    write_manifest(tmp_path, A_LINE)
    (capture,) = read(sources(tmp_path / "a.html"))
    assert isinstance(capture, Capture)
    assert capture.source_url == "http://www.guiying.gov.example/a"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a.html", "not of the form"),
        ("a.html\twww.guiying.gov.example\t", "is not an address"),
        ("a.html\thttp://a.example/\tyesterday", "yesterday"),
        ("a.html\thttp://a.example/\t2021-03-04T05:06:07", "no time zone"),
        ("a.html\thttp://a.example/\t2021-03-04T05:06:07Z\tmore", "not of the form"),
    ],
)
def test_a_file_whose_line_is_wrong_is_not_added_under_another_id(
    tmp_path: Path, line: str, message: str
) -> None:
    error, capture = read(sources(write_manifest(tmp_path, B_LINE, line)))
    assert isinstance(error, CaptureError)
    assert str(tmp_path / "addresses.tsv") + ", line 2: " in str(error)
    assert message in str(error)
    assert isinstance(capture, Capture)


def test_two_lines_for_one_file_are_an_error(tmp_path: Path) -> None:
    error, _ = read(sources(write_manifest(tmp_path, A_LINE, B_LINE, A_LINE)))
    assert "line 3: a.html was named before" in str(error)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("gone.html\thttp://a.example/\t", "gone.html is not beside it"),
        ("../a.html\t\t", "not the name of a file"),
    ],
)
def test_a_line_about_a_file_that_is_not_there_is_named(tmp_path: Path, line: str, message: str) -> None:
    (error,) = sources(write_manifest(tmp_path, A_LINE, line)).remarks
    assert isinstance(error, CaptureError)
    assert message in str(error)


def test_beside_a_manifest_that_can_not_be_read_nothing_is_added(tmp_path: Path) -> None:
    write_manifest(tmp_path)
    (tmp_path / "addresses.tsv").write_bytes("a.html\thttp://a.example/桂".encode("gb18030"))
    errors = read(sources(tmp_path))
    assert len(errors) == 2
    assert all("not UTF-8" in str(error) for error in errors)
