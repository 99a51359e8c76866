"""`new-site` with a live address: a real server on the loopback, well and badly behaved."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.decode import decode
from archive.errors import RuleError, UnreadableSource
from archive.fetch import fetch
from archive.new_site import host_of
from tests.conftest import PROJECT
from tests.ingest.pages import page

LIMIT = 100_000
Answer = Callable[[BaseHTTPRequestHandler], None]


def answers(
    status: int = 200, *, body: bytes = b"", content_type: str | None = "text/html", **headers: str
) -> Answer:
    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if content_type:
            handler.send_header("Content-Type", content_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return give


def endless(handler: BaseHTTPRequestHandler) -> None:
    answers(body=b"<html>")(handler)
    while True:
        handler.wfile.write(b"<p>" * 10_000)


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.server.stopped.wait(20)  # type: ignore[attr-defined]


def trickling(handler: BaseHTTPRequestHandler) -> None:
    answers(body=b"<html>")(handler)
    while not handler.server.stopped.wait(0.05):  # type: ignore[attr-defined]
        handler.wfile.write(b"<p>")


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    answers(body=page(1)[:100], Content_Length="5000")(handler)


def broken_chunks(handler: BaseHTTPRequestHandler) -> None:
    handler.protocol_version = "HTTP/1.1"
    answers(body=b"ffff\r\n<html>", Transfer_Encoding="chunked")(handler)
    handler.close_connection = True


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 ftp ready\r\n")


PAGE = page(1)
TOLD = PAGE.decode().replace("<html>", "<html><meta charset=gb2312>").encode("gb18030")
ANSWERS: dict[str, Answer] = {
    "/page": answers(body=PAGE, content_type="text/html; charset=utf-8"),
    "/moved": answers(302, Location="/page"),
    "/moved-away": answers(301, Location="http://localhost:{port}/page"),
    "/moved-to-ftp": answers(302, Location="ftp://www.guiying.gov.example/1"),
    "/moved-to-a-file": answers(302, Location="file:///etc/hostname"),
    "/moved-for-ever": answers(302, Location="/moved-for-ever"),
    "/moved-nowhere": answers(302),
    "/wrong-charset": answers(body=PAGE, content_type="text/html; charset=iso-8859-1"),
    "/unknown-charset": answers(body=PAGE, content_type="text/html; charset=klingon"),
    "/declared-charset": answers(body=TOLD),
    "/no-type": answers(body=PAGE, content_type=None),
    "/%E5%85%AC%E5%BC%80?%E9%A1%B5=1": answers(body=PAGE),
    "/gone": answers(404, body=b"<html>not here"),
    "/down": answers(503),
    "/picture": answers(body=b"\x89PNG", content_type="image/png"),
    "/document": answers(body=b"%PDF-1.4", content_type="application/pdf"),
    "/empty": answers(),
    "/endless": endless,
    "/silent": silent,
    "/trickling": trickling,
    "/broken-off": broken_off,
    "/broken-chunks": broken_chunks,
    "/no-http": no_http,
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        with suppress(OSError):  # the client has had enough
            ANSWERS[self.path](self)

    def send_header(self, keyword: str, value: str) -> None:
        super().send_header(keyword, value.replace("{port}", str(self.server.server_address[1])))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name in the base class
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.stopped = threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.stopped.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def refusal(address: str, *, timeout_seconds: float = 20) -> str:
    with pytest.raises(UnreadableSource) as refused:
        fetch(address, limit_bytes=LIMIT, timeout_seconds=timeout_seconds)
    message = str(refused.value)
    assert message.startswith(f"{address}: ")
    assert "\n" not in message
    return message.removeprefix(f"{address}: ")


def test_a_page_comes_as_it_is_with_its_address_and_charset(site: str) -> None:
    capture = fetch(f"{site}/page", limit_bytes=LIMIT)
    assert (capture.body, capture.source_url, capture.charset) == (PAGE, f"{site}/page", "utf-8")
    assert capture.media_type == "text/html"


def test_a_redirect_is_followed_and_its_end_is_the_pages_address(site: str) -> None:
    capture = fetch(f"{site}/moved", limit_bytes=LIMIT)
    assert (capture.body, capture.source_url) == (PAGE, f"{site}/page")


@pytest.mark.parametrize("path", ["/wrong-charset", "/unknown-charset", "/declared-charset", "/no-type"])
def test_the_pages_own_bytes_say_their_charset(site: str, path: str) -> None:
    assert "政府信息公开" in decode(fetch(site + path, limit_bytes=LIMIT)).text


def test_an_address_may_be_written_in_chinese(site: str) -> None:
    assert fetch(f"{site}/公开?页=1", limit_bytes=LIMIT).body == PAGE


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "the server says 404 Not Found; check the address, or save the page"),
        ("/down", "the server says 503 Service Unavailable; check the address"),
        ("/moved-for-ever", "the server says 302"),
        ("/moved-nowhere", "the server says 302"),
        ("/moved-to-ftp", "unknown url type: ftp"),
        ("/moved-to-a-file", "the server says 302"),
        ("/picture", "the server sends image/png, which is no page"),
        ("/document", "the server sends application/pdf, which is no page"),
        ("/empty", "the page is empty"),
        ("/endless", f"more than {LIMIT} bytes; save a smaller page"),
        ("/broken-off", "only 100 of 5000 bytes came; try again"),
        ("/broken-chunks", "IncompleteRead"),
        ("/no-http", "save the page in a browser"),
    ],
)
def test_an_answer_that_is_no_page_is_told(site: str, path: str, said: str) -> None:
    assert said in refusal(site + path)


@pytest.mark.parametrize("path", ["/silent", "/trickling"])
def test_a_server_that_takes_its_time_is_left(site: str, path: str) -> None:
    assert "time" in refusal(site + path, timeout_seconds=0.5)


def test_a_refused_connection_and_an_unknown_host_are_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "Connection refused; save the page in a browser" in refusal(f"http://127.0.0.1:{port}/")
    assert "save the page in a browser" in refusal("http://www.guiying.gov.example/1.html")


@pytest.mark.parametrize("address", ["http://", "http://127.0.0.1:99999/", "http://[::1", "https://a..b/"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    assert "save the page in a browser" in refusal(address)


def test_files_are_not_named_after_what_is_no_address() -> None:
    with pytest.raises(RuleError, match="not an address"):
        host_of("http://[::1", None)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The command line in a folder of its own, into which it writes."""
    shutil.copy(PROJECT / "ingest.py", tmp_path)
    (tmp_path / "archive" / "rules" / "sites").mkdir(parents=True)
    (tmp_path / "tests" / "fixtures" / "rules").mkdir(parents=True)
    return tmp_path


def new_site(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "ingest.py", "new-site", *arguments],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "no_proxy": "*"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_both_files_for_a_live_page(site: str, checkout: Path) -> None:
    done = new_site(checkout, f"{site}/page")
    written = [checkout / line.split("/", 2)[-1] for line in done.stdout.splitlines()]
    assert (done.returncode, len(written)) == (0, 2)
    rules = checkout / "archive" / "rules" / "sites" / "127.0.0.1.toml"
    assert 'hosts = ["127.0.0.1"]' in rules.read_text(encoding="utf-8")
    assert (checkout / "tests" / "fixtures" / "rules" / "127.0.0.1.toml").is_file()


def test_the_files_are_named_after_the_site_that_a_redirect_led_to(site: str, checkout: Path) -> None:
    done = new_site(checkout, f"{site}/moved-away")
    assert done.returncode == 0
    assert "redirected to http://localhost:" in done.stderr
    assert (checkout / "archive" / "rules" / "sites" / "localhost.toml").is_file()
    assert new_site(checkout, f"{site}/moved-away", "--host", "www.guiying.gov.example").returncode == 0
    assert (checkout / "archive" / "rules" / "sites" / "www.guiying.gov.example.toml").is_file()


@pytest.mark.parametrize("path", ["/gone", "/picture", "/broken-off"])
def test_the_command_says_in_a_line_why_there_is_no_page_and_writes_nothing(
    site: str, checkout: Path, path: str
) -> None:
    done = new_site(checkout, site + path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {site}{path}: ")
    assert len(done.stderr.splitlines()) == 1
    assert list((checkout / "archive" / "rules" / "sites").iterdir()) == []
