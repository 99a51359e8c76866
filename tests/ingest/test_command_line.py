"""The contract of `python ingest.py`: what it prints, what it leaves behind, and its exit status."""

import csv
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from tests.ingest.pages import command, environment, exported, ingest, ingest_alone, page, texts, write_pages
from tests.ingest.warcs import WarcFile
from tests.store.made import NOW, all_rows

FIRST = report_id("http://www.guiying.gov.example/0.html", 0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three pages, made once; copy it before writing to it."""
    folder = tmp_path_factory.mktemp("filled")
    assert ingest(folder / "data", "add", write_pages(folder / "pages", 3)).returncode == 0
    return folder / "data"


@pytest.fixture
def own(filled: Path, home: Path) -> Path:
    """A copy of the archive of three pages, to write to."""
    shutil.copytree(filled, home)
    return home


def test_adding_pages_tells_what_came_of_them(tmp_path: Path, home: Path) -> None:
    done = ingest_alone(home, "add", write_pages(tmp_path / "pages", 3))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "3 pages: 3 reports new, 0 changed, 0 described anew, 0 unchanged;"
        " 0 without a report, 0 failed, 0 passed over\n"
    )
    assert ingest(home, "verify").stdout == "3 reports, nothing wrong\n"


def test_adding_the_same_pages_twice_changes_nothing(tmp_path: Path, own: Path) -> None:
    before = all_rows(own / "archive.sqlite3")
    done = ingest(own, "add", write_pages(tmp_path / "pages", 3), "--jobs", "2")
    assert done.returncode == 0
    assert "0 reports new, 0 changed, 0 described anew, 3 unchanged" in done.stdout
    assert all_rows(own / "archive.sqlite3") == before


def test_a_page_that_changed_makes_a_version(tmp_path: Path, own: Path) -> None:
    folder = write_pages(tmp_path / "pages", 3)
    (folder / "000.html").write_bytes(page(0, condition="本报告经镇政府审定。"))
    done = ingest(own, "add", folder)
    assert "0 reports new, 1 changed, 0 described anew, 2 unchanged" in done.stdout
    assert {record["version"] for record in exported(own) if record["id"] == FIRST} == {2}


def test_several_processes_store_what_one_stores(tmp_path: Path, home: Path, filled: Path) -> None:
    assert ingest(home, "add", "--jobs", "3", write_pages(tmp_path / "pages", 3)).returncode == 0
    assert exported(home) == exported(filled)


def test_a_dry_run_tells_what_would_come_out_and_leaves_nothing(tmp_path: Path, home: Path) -> None:
    done = ingest(home, "add", "--dry-run", write_pages(tmp_path / "pages", 1))
    assert done.returncode == 0
    origin, line = done.stdout.splitlines()
    assert origin == str(tmp_path / "pages" / "000.html")
    assert line.split() == [
        FIRST,
        "township",
        "2010",
        "9",
        "paragraphs",
        "玉杵镇2010年政府信息公开工作年度报告",
    ]
    assert not home.exists()


def test_one_bad_file_is_named_with_its_cause_and_the_others_are_kept(tmp_path: Path, home: Path) -> None:
    folder = write_pages(tmp_path / "pages", 2)
    (folder / "empty.html").touch()
    (folder / "scan.txt").write_bytes(b"%PDF-1.4")
    (folder / "chrome.html").write_text("<html><body><a href='/'>首页</a></body></html>", encoding="utf-8")
    (folder / "noise.txt").write_bytes(bytes(range(128, 256)) * 40)
    (folder / "charset.html").write_bytes(b'<meta charset="x-klingon">' + page(5))
    (folder / "map.jpg").write_bytes(b"\xff\xd8")
    WarcFile().response(page(6)).response(page(7)).save(folder / "torn.warc.gz")
    with (folder / "torn.warc.gz").open("r+b") as file:
        file.truncate(file.seek(0, 2) - 30)
    done = ingest(home, "add", folder, tmp_path / "gone.html")
    assert done.returncode == 1
    assert "4 reports new" in done.stdout
    assert "1 without a report, 5 failed, 1 passed over" in done.stdout
    assert "passed over: 1 no page: .jpg" in done.stdout
    told = done.stderr.splitlines()
    assert sorted(line.split(": ")[1].rpartition("/")[2] for line in told) == [
        "chrome.html", "empty.html", "gone.html", "noise.txt", "scan.txt", "torn.warc.gz",
    ]  # fmt: skip
    assert ingest(home, "verify").stdout == "4 reports, nothing wrong\n"


def test_a_page_of_fifty_megabytes_is_refused_with_the_limit(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    done = ingest(home, "add", path)
    assert done.returncode == 1
    assert "50.0 MiB" in done.stderr
    assert "32 MiB" in done.stderr


@pytest.mark.parametrize("name", ["", "gone", "gone.html"])
def test_with_nothing_to_read_no_archive_is_made(tmp_path: Path, home: Path, name: str) -> None:
    (tmp_path / "nothing").mkdir()
    done = ingest(home, "add", tmp_path / "nothing" / name)
    assert done.returncode == 2
    assert "error: no page to read there" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"], ["add", "x.html", "--jobs", "0"], ["remove"], ["withdraw", "0123456789ab"],
        ["withdraw", "not-an-id", "--reason", "x"], ["withdraw", "0123456789ab", "--reason", " "],
        ["export", "--format", "xml"],
    ],
)  # fmt: skip
def test_wrong_usage_is_told_and_does_nothing(home: Path, arguments: list[str]) -> None:
    done = ingest(home, *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"], ["reindex"], ["export", "--format", "csv"], ["withdraw", "0123456789ab", "--reason", "x"],
    ],
)  # fmt: skip
def test_without_an_archive_the_way_to_one_is_told(home: Path, arguments: list[str]) -> None:
    done = ingest(home, *arguments)
    assert done.returncode == 2
    assert str(home) in done.stderr
    assert "ingest.py add" in done.stderr
    assert not home.exists()


def test_a_store_of_another_program_is_named(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / "archive.sqlite3").write_bytes(b"not a database" * 100)
    done = ingest(home, "add", write_pages(tmp_path / "pages", 1))
    assert done.returncode == 2
    assert str(home / "archive.sqlite3") in done.stderr


def test_a_second_add_is_told_who_is_writing(tmp_path: Path, own: Path) -> None:
    with Store.open(Settings(home=own), writable=True):
        done = ingest(own, "add", write_pages(tmp_path / "pages", 1))
    assert done.returncode == 2
    assert f"process {os.getpid()} is writing" in done.stderr
    assert str(own) in done.stderr


def test_of_two_adds_at_once_one_works_and_the_other_is_told(tmp_path: Path, home: Path) -> None:
    folder = write_pages(tmp_path / "pages", 20)
    runs = [
        subprocess.Popen(
            command("add", folder),
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [run.communicate(timeout=120)[1] for run in runs]
    statuses = sorted(run.returncode for run in runs)
    assert statuses in ([0, 0], [0, 2])  # both, when the first ended before the second began
    assert statuses == [0, 0] or any("is writing to this archive" in text for text in told)
    assert len(exported(home)) == 20
    assert ingest(home, "verify").returncode == 0


def test_withdrawing_hides_a_report_and_leaves_its_tombstone(own: Path) -> None:
    done = ingest(own, "withdraw", FIRST.upper(), "--reason", "含有个人信息")
    assert (done.returncode, done.stdout) == (0, f"{FIRST} withdrawn\n")
    assert FIRST not in {record["id"] for record in exported(own)}
    assert ingest(own, "verify").stdout == "2 reports, nothing wrong\n"
    again = ingest(own, "withdraw", FIRST, "--reason", "再次")
    assert again.returncode == 2
    assert "含有个人信息" in again.stderr


def test_withdrawing_what_is_not_held_is_told(own: Path) -> None:
    done = ingest(own, "withdraw", "0123456789ab", "--reason", "x")
    assert done.returncode == 2
    assert "0123456789ab" in done.stderr


def test_verify_names_damage_and_fails(own: Path) -> None:
    connection = sqlite3.connect(own / "archive.sqlite3")
    connection.executescript(
        "DROP TRIGGER versions_stay; UPDATE versions SET text = replace(text, '100', '101');"
    )
    connection.close()
    done = ingest(own, "verify")
    assert done.returncode == 1
    assert f"version 1 of report {FIRST}: its text has the digest" in done.stderr


def test_verify_names_an_index_that_is_missing_or_behind(own: Path) -> None:
    with Store.open(Settings(home=own), writable=True) as store:
        store.withdraw(FIRST, reason="x", now=NOW)
    done = ingest(own, "verify")
    assert done.returncode == 1
    assert "index: knows change 3 of 4" in done.stderr
    assert f"index entry {FIRST}: should not be there" in done.stderr
    shutil.rmtree(own / "index")
    assert "no search index" in ingest(own, "verify").stderr


def test_reindex_mends_the_index(own: Path) -> None:
    shutil.rmtree(own / "index")
    done = ingest(own, "reindex")
    assert (done.returncode, done.stdout) == (0, "3 reports indexed\n")
    assert ingest(own, "verify").returncode == 0


def test_the_next_add_brings_a_missing_index_back(tmp_path: Path, own: Path) -> None:
    shutil.rmtree(own / "index")
    assert ingest(own, "add", write_pages(tmp_path / "pages", 3)).returncode == 0
    assert ingest(own, "verify").returncode == 0


def test_an_index_of_another_version_is_rebuilt_by_the_next_add(tmp_path: Path, own: Path) -> None:
    (manifest,) = own.glob("index/generation-*/manifest.json")
    manifest.write_text("{}")
    assert "reindex" in ingest(own, "verify").stderr
    assert ingest(own, "add", write_pages(tmp_path / "pages", 3)).returncode == 0
    assert ingest(own, "verify").returncode == 0


def test_an_exported_warc_makes_the_same_archive_again(tmp_path: Path, own: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "bare.html").write_bytes(page(8))
    (extra / "chrome.html").write_text("<html><body><a href='/'>首页</a></body></html>", encoding="utf-8")
    assert ingest(own, "add", extra).returncode == 1
    path = tmp_path / "export.warc.gz"
    done = ingest(own, "export", "--format", "warc", "--output", path)
    assert done.stderr == f"5 captures written to {path}\n"
    copy = tmp_path / "copy"
    assert ingest(copy, "add", path).returncode == 0
    assert ingest(copy, "verify").stdout == "4 reports, nothing wrong\n"
    assert texts(exported(copy)) == texts(exported(own))
    assert len(texts(exported(copy))) == 4


def test_exported_lines_hold_the_fields_that_others_depend_on(filled: Path) -> None:
    record = next(record for record in exported(filled) if record["id"] == FIRST)
    assert record.keys() == {
        "id", "version", "digest", "title", "issuer", "org_type", "level", "place", "bureau", "year", "year_status",
        "year_range", "published_on", "script", "script_origin", "kind", "masked", "gaps", "flags", "indicators",
        "citations", "source", "corrections", "notes", "parent", "part", "family", "paragraphs",
    }  # fmt: skip
    assert (record["level"], record["year"], record["place"]["township"]) == ("township", 2010, "玉杵镇")
    assert record["source"]["url"] == "http://www.guiying.gov.example/0.html"


def test_an_exported_table_opens_in_a_spreadsheet(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    assert ingest(filled, "export", "--format", "csv", "--output", path).returncode == 0
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert len(rows) == 3
    assert (rows[FIRST]["township"], rows[FIRST]["year"], rows[FIRST]["masked"]) == (
        "玉杵镇",
        "2010",
        "false",
    )


def test_an_export_that_can_not_be_written_is_told_and_leaves_nothing(filled: Path, tmp_path: Path) -> None:
    done = ingest(filled, "export", "--format", "csv", "--output", tmp_path / "gone" / "x.csv")
    assert done.returncode == 2
    assert str(tmp_path / "gone" / "x.csv") in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_was_read_and_says_so(tmp_path: Path, home: Path, jobs: str) -> None:
    folder = write_pages(tmp_path / "pages", 400)
    run = subprocess.Popen(
        command("add", folder, "--jobs", jobs),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A suite started in the background has SIGINT ignored, and its children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    deadline = time.monotonic() + 180
    while count_captures(home) < 5:
        assert time.monotonic() < deadline
        assert run.poll() is None
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
    out, err = run.communicate(timeout=180)
    assert run.returncode == 130, err
    assert "Traceback" not in err
    assert "stopped; what is counted here is kept" in err
    counted = int(out.split(" pages", maxsplit=1)[0])
    assert 5 <= counted < 400
    assert counted <= count_captures(home) <= counted + 1  # one may be committed and not counted yet


def count_captures(home: Path) -> int:
    try:
        return len(all_rows(home / "archive.sqlite3").get("captures", [])) if home.exists() else 0
    except sqlite3.Error:  # the file is just being made
        return 0


def test_the_help_names_every_command() -> None:
    told = subprocess.run(command("--help"), capture_output=True, text=True, check=True).stdout
    for name in ("add", "reindex", "verify", "withdraw", "export"):
        assert f"\n  {name} " in told
