"""The server as a person runs it, in a process of its own."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from archive.settings import Settings
from tests.conftest import PROJECT

PROXY_FREE = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def served(settings: Settings, *arguments: str, environ: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve an archive; give the address that the server printed.

    Without access log (nobody reads the pipe, which would fill) and limits (a suite is quicker than a reader).
    """
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "web", *arguments],
        cwd=PROJECT,
        env={
            **os.environ,
            "ARCHIVE_WEB_ACCESS_LOG": "no",
            "ARCHIVE_WEB_RATE_LIMIT": "none",
            **(environ or {}),
            "ARCHIVE_HOME": str(settings.home),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address is not None, line + process.stdout.read()
        yield address[0]
    finally:
        process.terminate()
        process.communicate(timeout=60)


def fetch(address: str) -> str:
    with PROXY_FREE.open(address, timeout=60) as response:
        return str(response.read().decode())
