"""A real Chromium, which must be there in CI and is loudly missed elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.browser import places
from tests.conftest import PROJECT
from tests.web import invented
from tests.web.serving import served

expect.set_options(timeout=30_000)  # as long as an action may take; five seconds are little on a busy machine

# A test's browser talks to the test's server and to nobody else.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        reason = "no chromium on the PATH: install Debian's package `chromium` to run the browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def invented_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the invented archive, served."""
    settings = Settings(home=tmp_path_factory.mktemp("invented"))
    with Store.open(settings, writable=True) as store:
        invented.fill(store)
        reindex(store, settings)
    with served(settings, "--port", "0") as address:
        yield address


@pytest.fixture(scope="session")
def varied_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive that has every kind of page in tests/browser/places.py."""
    settings = Settings(home=tmp_path_factory.mktemp("varied"))
    places.fill(settings)
    with served(settings, "--port", "0", environ=places.KEEPER) as address:
        yield address


@pytest.fixture(scope="session")
def seeds_site(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive into which `ingest.py add` took the five real pages."""
    settings = Settings(home=tmp_path_factory.mktemp("seeds") / "data")
    subprocess.run(
        [sys.executable, "ingest.py", "add", str(shared_dir / "seeds")],
        cwd=PROJECT,
        env={**os.environ, "ARCHIVE_HOME": str(settings.home)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    with served(settings, "--port", "0") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of 1280 pixels whose complaints fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
