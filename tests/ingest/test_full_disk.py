"""A disk that is full, a folder that is read-only: told in plain words, and what was kept stays whole.

Nobody can make root's folders read-only with chmod, so these tests mount small file systems of their own;
where that is not allowed they are skipped, but in CI they fail. The limit on file size needs no rights.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.settings import Settings
from archive.store import Store
from tests.ingest.pages import PROJECT, exported, ingest, ingest_alone, write_pages

pytestmark = pytest.mark.crash

PAGES = 40


def mount(*arguments: str | Path) -> None:
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"this machine lets nobody mount a small disk: {done.stderr.strip()}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file system of a given size; called again, it is resized."""
    place = tmp_path / "disk"

    def of_size(size: str) -> Path:
        if place.exists():
            mount("-o", f"remount,size={size}", place)
        elif shutil.which("mount") is None:
            pytest.skip("there is no mount command")
        else:
            place.mkdir()
            mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", place)
        return place / "data"

    yield of_size
    subprocess.run(["umount", "--lazy", place], capture_output=True, check=False)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("full") / "pages", PAGES)


@pytest.mark.parametrize("size", ["40k", "120k", "400k", "1400k"])
def test_a_full_disk_is_told_and_with_more_room_the_same_command_goes_on(
    disk: Callable[[str], Path], pages: Path, size: str
) -> None:
    home = disk(size)
    done = ingest(home, "add", pages)
    assert done.returncode == 2, done.stdout
    assert "error: " in done.stderr
    assert str(home) in done.stderr
    assert "space" in done.stderr.lower()
    disk("64m")
    assert ingest(home, "add", pages).returncode == 0
    assert len(exported(home)) == PAGES
    assert ingest(home, "verify").stdout == f"{PAGES} reports, nothing wrong\n"


def test_on_a_full_disk_what_was_kept_can_still_be_read(disk: Callable[[str], Path], pages: Path) -> None:
    home = disk("1400k")
    done = ingest(home, "add", pages)
    kept = int(done.stdout.split(" pages: ", maxsplit=1)[0])
    assert 0 < kept <= PAGES
    with Store.open(Settings(home=home)) as store:
        assert store.report_count() == kept
        assert list(store.verify()) == []


def test_a_read_only_disk_is_told(disk: Callable[[str], Path], pages: Path) -> None:
    home = disk("8m")
    mount("-o", "remount,ro", home.parent)
    done = ingest(home, "add", pages)
    assert done.returncode == 2
    assert f"error: {home}: Read-only file system" in done.stderr


def test_an_archive_on_a_read_only_disk_can_be_read_and_not_written(
    disk: Callable[[str], Path], pages: Path
) -> None:
    home = disk("64m")
    assert ingest(home, "add", pages).returncode == 0
    mount("-o", "remount,ro", home.parent)
    assert len(exported(home)) == PAGES
    assert ingest(home, "verify").returncode == 0
    for arguments in (
        ["add", str(pages)],
        ["reindex"],
        ["withdraw", exported(home)[0]["id"], "--reason", "x"],
    ):
        done = ingest(home, *arguments)
        assert done.returncode == 2
        assert str(home) in done.stderr


@pytest.mark.parametrize("form", ["warc", "jsonl", "csv", "bagit"])
def test_an_export_to_a_full_disk_is_told_and_leaves_no_half_file(
    disk: Callable[[str], Path], tmp_path: Path, pages: Path, form: str
) -> None:
    home, output = tmp_path / "home", disk("8k")
    assert ingest(home, "add", pages).returncode == 0
    if form != "bagit":
        output.write_text("as it was")
    done = ingest(home, "export", "--format", form, "--output", output)
    assert done.returncode == 2
    assert f"error: {output}: No space left" in done.stderr
    assert [path.name for path in output.parent.iterdir()] == ([] if form == "bagit" else [output.name])
    assert form == "bagit" or output.read_text() == "as it was"
    disk("64m")
    output.unlink(missing_ok=True)
    assert ingest(home, "export", "--format", form, "--output", output).returncode == 0


@pytest.mark.parametrize("limit_bytes", [2_000, 60_000, 600_000])
def test_a_limit_on_file_size_is_told_like_a_full_disk(tmp_path: Path, pages: Path, limit_bytes: int) -> None:
    home = tmp_path / "data"
    limited = ingest_alone(
        home,
        "add",
        pages,
        cwd=PROJECT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes)),
    )
    assert limited.returncode == 2, limited.stdout
    assert f"error: {home}" in limited.stderr
    assert "space" in limited.stderr
    assert ingest(home, "add", pages).returncode == 0
    assert len(exported(home)) == PAGES
    assert ingest(home, "verify").returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the read-only disk covers it")
def test_a_folder_without_write_permission_is_told(tmp_path: Path, pages: Path) -> None:
    home = tmp_path / "data"
    home.mkdir(mode=0o555)
    done = ingest(home, "add", pages)
    assert done.returncode == 2
    assert str(home) in done.stderr
