"""`python -m web` as a person runs it."""

import os
import re
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

from archive.settings import Settings
from tests.conftest import PROJECT
from tests.web.serving import fetch, served


def test_the_printed_address_serves_the_archive_to_many_at_once(archive: Settings) -> None:
    with served(archive, "--port", "0") as address:
        pages: list[str] = []
        threads = [
            threading.Thread(target=lambda: pages.append(fetch(f"{address}search?q=%E5%85%AC%E5%BC%80")))
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=180)
        assert len(pages) == 12
        assert len(set(pages)) == 1
        assert "<mark>公开</mark>" in pages[0]


def test_readers_who_keep_their_connection_leave_room_for_others(archive: Settings) -> None:
    with served(archive, "--port", "0") as address:
        port = urlsplit(address).port or 0
        kept = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(250)]
        for one in kept:
            one.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: archive\r\n\r\n")
        assert {one.recv(12) for one in kept} == {b"HTTP/1.1 200"}
        assert "<mark>公开</mark>" in fetch(f"{address}search?q=%E5%85%AC%E5%BC%80")
        for one in kept:
            one.close()


def test_a_port_in_use_is_named_with_what_to_do(archive: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "-m", "web", "--port", str(port)],
            cwd=PROJECT,
            env={**os.environ, "ARCHIVE_HOME": str(archive.home)},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    assert result.returncode == 2
    assert f"port {port} is already in use" in result.stderr
    assert f"--port {port + 1}" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_host_that_is_not_this_machine_is_told(archive: Settings) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "web", "--host", "192.0.2.1"],
        cwd=PROJECT,
        env={**os.environ, "ARCHIVE_HOME": str(archive.home)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert result.returncode == 2
    assert "192.0.2.1" in result.stderr
    assert "Traceback" not in result.stderr


def test_flask_finds_the_application() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "web", "routes"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    for address in ("/search", "/r/<report_id>", "/r/<report_id>.md", "/cite", "/api/search", "/healthz"):
        assert re.search(rf"\s{re.escape(address)}\s", result.stdout + " ")
