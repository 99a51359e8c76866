"""An address from a browser leads to public hosts only, whatever it is spelt like and wherever it redirects."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from archive.errors import UnreadableSource
from archive.fetch import fetch
from archive.public_hosts import connect, is_public
from tests.ingest.pages import page

LIMIT = 100_000


@pytest.fixture
def server() -> Iterator[int]:
    """A server on the loopback that gives a page, and redirects to an address of its query."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/to?"):
                self.send_response(302)
                self.send_header("Location", self.path[4:])
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page(1))

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_known(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "223.5.5.5", "2400:3200::1", "64:ff9b::808:808"])
def test_a_public_address_may_be_reached(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0"]
)
def test_no_spelling_of_this_machine_is_fetched(server: int, host: str) -> None:
    with pytest.raises(UnreadableSource, match="not a public host"):
        fetch(f"http://{host}:{server}/", limit_bytes=LIMIT, may_reach=is_public)


def test_a_host_that_may_be_reached_is_fetched(server: int) -> None:
    capture = fetch(
        f"http://127.0.0.1:{server}/", limit_bytes=LIMIT, may_reach=lambda ip: str(ip) == "127.0.0.1"
    )
    assert capture.body == page(1)


@pytest.mark.parametrize(
    "inner", ["http://127.0.0.2:{port}/", "http://169.254.169.254/latest/", "https://10.0.0.1/"]
)
def test_a_redirect_is_checked_like_the_address_itself(server: int, inner: str) -> None:
    with pytest.raises(UnreadableSource, match="not a public host"):
        fetch(
            f"http://127.0.0.1:{server}/to?{inner.format(port=server)}",
            limit_bytes=LIMIT,
            may_reach=lambda ip: str(ip) == "127.0.0.1",
        )


def test_a_proxy_of_the_environment_is_not_asked(server: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server}")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(UnreadableSource, match="not a public host"):
        fetch("http://127.0.0.2/", limit_bytes=LIMIT, may_reach=is_public)


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to(server: int) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    with connect(
        ("www.guiying.gov.example", server),
        may_reach=lambda ip: str(ip) == "127.0.0.1",
        resolver=rebinding,
    ) as connection:
        assert isinstance(connection, socket.socket)
        assert connection.getpeername()[0] == "127.0.0.1"
    assert asked == ["www.guiying.gov.example"]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(UnreadableSource, match="not a public host"):
        connect(("mixed.example", 80), may_reach=is_public, resolver=lambda *_: ["8.8.8.8", "10.0.0.1"])
