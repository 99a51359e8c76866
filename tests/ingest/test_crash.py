"""kill -9 at any moment of an `add`, then `add` again: nothing lost, nothing twice, `verify` is clean."""

import subprocess
import time
from pathlib import Path

import pytest

from archive.errors import DataFolderError
from archive.settings import Settings
from archive.store import Store
from tests.ingest.pages import command, environment, exported, ingest, texts, write_pages

pytestmark = pytest.mark.crash

PAGES = 30
ROUNDS = 8
"""Moments of death, spread evenly from the first breath of the program to its end."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("crash") / "pages", PAGES)


def start(home: Path, pages: Path, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command("add", pages, *options),
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def whole(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, set[tuple[str, int, str]]]:
    """How long an undisturbed run takes, in seconds, and what it stores."""
    home = tmp_path_factory.mktemp("whole") / "data"
    began = time.monotonic()
    assert start(home, pages).wait(timeout=120) == 0
    return time.monotonic() - began, texts(exported(home))


def reports_after_crash(home: Path) -> int:
    """Count what a reader finds right after the crash; the store is whole then, though the index may lag."""
    try:
        with Store.open(Settings(home=home)) as store:
            assert list(store.verify()) == []
            return store.report_count()
    except DataFolderError:  # killed before there was a store
        return 0


@pytest.mark.parametrize("moment", range(1, ROUNDS + 1))
def test_killed_at_any_moment_nothing_is_lost_and_nothing_twice(
    tmp_path: Path, pages: Path, whole: tuple[float, set[tuple[str, int, str]]], moment: int
) -> None:
    seconds, expected = whole
    home = tmp_path / "data"
    run = start(home, pages)
    time.sleep(seconds * moment / (ROUNDS + 1))
    run.kill()
    run.wait()
    survived = reports_after_crash(home)
    again = ingest(home, "add", pages)
    assert again.returncode == 0, again.stderr
    assert (
        f"{PAGES - survived} reports new, 0 changed, 0 described anew, {survived} unchanged" in again.stdout
    )
    assert texts(exported(home)) == expected
    verified = ingest(home, "verify")
    assert verified.returncode == 0, verified.stderr


def test_killed_again_and_again_the_work_still_ends(
    tmp_path: Path, pages: Path, whole: tuple[float, set[tuple[str, int, str]]]
) -> None:
    seconds, expected = whole
    home = tmp_path / "data"
    survived = 0
    for share in (0.6, 0.7, 0.8, 0.9):
        run = start(home, pages)
        time.sleep(seconds * share)
        run.kill()
        run.wait()
        before, survived = survived, reports_after_crash(home)
        assert survived >= before
    assert ingest(home, "add", pages).returncode == 0
    assert texts(exported(home)) == expected
    assert ingest(home, "verify").returncode == 0


def test_killed_while_it_commits_page_by_page_every_counted_page_is_there(
    tmp_path: Path, pages: Path
) -> None:
    home = tmp_path / "data"
    run = start(home, pages)
    while reports_after_crash(home) < PAGES // 3:
        assert run.poll() is None, "the run ended before it could be killed"
        time.sleep(0.005)
    run.kill()
    run.wait()
    survived = reports_after_crash(home)
    assert survived >= PAGES // 3
    assert ingest(home, "add", pages).returncode == 0
    assert len(exported(home)) == PAGES


def workers_of(run: "subprocess.Popen[bytes]") -> set[int]:
    """The processes that a run started and that still live, by its session."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, state, session = read_stat(stat)
            is_worker = b"spawn_main" in (stat.parent / "cmdline").read_bytes()
        except OSError:  # it ended while we looked
            continue
        if session == run.pid and state != "Z" and is_worker:
            found.add(pid)
    return found


def read_stat(path: Path) -> tuple[int, str, int]:
    before, _, after = path.read_text(encoding="utf-8", errors="replace").rpartition(")")
    state, _parent, _group, session = after.split()[:4]
    return int(before.split()[0]), state, int(session)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see other processes")
def test_the_workers_of_a_killed_run_end_too(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 300)
    run = start(tmp_path / "data", folder, "--jobs", "2")
    deadline = time.monotonic() + 180
    while len(workers_of(run)) < 2 or reports_after_crash(tmp_path / "data") < 3:
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    run.kill()
    run.wait()
    while workers := workers_of(run):
        assert time.monotonic() < deadline, f"still alive: {workers}"
        time.sleep(0.05)
