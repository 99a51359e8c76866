"""Out again, by the command line: of everything or of a selection, whole or not at all."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

import bagit
import pytest

from archive.ids import report_id
from archive.landing import landing_file, landing_folder
from archive.settings import Settings
from archive.store import Store
from index.choosing import read_choices
from index.engine import Filter
from tests.conftest import PROJECT
from tests.ingest.pages import command, environment, exported, ingest, write_pages
from tests.ingest.test_round_trip import CARRIED_TABLES
from tests.store.made import LATER, NOW, a_capture, a_compilation, all_rows

PAGES = 6
IDS = tuple(report_id(f"http://www.guiying.gov.example/{number}.html", 0) for number in range(PAGES))
COLLECTION = "http://www.jinwu.gov.example/hj.html"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six reports of six years, the first recaptured, and a compilation with a withdrawn part."""
    folder = tmp_path_factory.mktemp("archive")
    home = folder / "data"
    assert ingest(home, "add", write_pages(folder / "pages", PAGES)).returncode == 0
    first = folder / "pages" / "000.html"
    first.write_text(first.read_text(encoding="utf-8").replace("100条", "999条"), encoding="utf-8")
    assert ingest(home, "add", folder / "pages").returncode == 0
    with Store.open(Settings(home=home), writable=True) as store:
        store.keep(a_compilation(a_capture("<p>合集</p>", COLLECTION)), now=NOW)
    assert ingest(home, "withdraw", report_id(COLLECTION, 2), "--reason", "含有个人信息").returncode == 0
    return home


def lines(home: Path, *arguments: str | Path) -> set[str]:
    done = ingest(home, "export", "--format", "jsonl", *arguments)
    assert done.returncode == 0, done.stderr
    return {json.loads(line)["id"] for line in done.stdout.splitlines()}


def test_ids_a_list_and_a_search_choose_and_add_up(archive: Path, tmp_path: Path) -> None:
    listing = tmp_path / "ids.txt"
    listing.write_text(f"\ufeff# 沧溟省\n\n{IDS[2].upper()}  # 丹桂乡\n", encoding="utf-8")
    assert lines(archive, IDS[1]) == {IDS[1]}
    assert lines(archive, "--list", listing) == {IDS[2]}
    assert lines(archive, "--query", "标题:冰轮镇") == {IDS[3]}
    assert lines(archive, IDS[1], "--list", listing, "--query", "标题:冰轮镇") == set(IDS[1:4])


def test_a_search_chooses_all_that_match_and_not_a_page_of_them(archive: Path) -> None:
    assert lines(archive, "--query", "政府信息公开工作年度报告") == set(IDS)
    assert lines(archive, "--where", "year=2012", "--where", "year=2014") == {IDS[2], IDS[4]}
    assert lines(archive, "--query", "年度报告", "--where", "from=2011", "--where", "to=2013") == set(
        IDS[1:4]
    )
    assert lines(archive, "--query", "年度报告", "--where", "year=-2010") == set(IDS[1:])


def test_of_a_compilation_its_parts_are_chosen_without_those_withdrawn(archive: Path) -> None:
    assert lines(archive, report_id(COLLECTION, 0)) == {report_id(COLLECTION, 1), report_id(COLLECTION, 3)}


def test_a_report_chosen_twice_comes_out_once(archive: Path) -> None:
    done = ingest(archive, "export", "--format", "csv", IDS[1], IDS[1].upper(), "--query", "标题:蟾桥镇")
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [IDS[1]]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["0123456789ab"], "no report 0123456789ab is held"),
        (["标题"], "not a report id"),
        ([report_id(COLLECTION, 2)], "含有个人信息"),
        (["--query", "蓬壶市方壶县"], "nothing is chosen"),
        (["--where", "colour=red"], "facets are"),
        (["--where", "from=soon"], "a year is a number"),
        (["--list", "gone.txt"], "gone.txt: No such file"),
    ],
)
def test_what_can_not_be_chosen_is_told_and_writes_nothing(
    archive: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    output = tmp_path / "out.jsonl"
    done = ingest(archive, "export", "--format", "jsonl", "-o", output, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_is_behind_chooses_nothing(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "data"
    shutil.copytree(archive, home)
    with Store.open(Settings(home=home), writable=True) as store:
        store.withdraw(IDS[5], reason="x", now=LATER)
    done = ingest(home, "export", "--format", "csv", "--query", "年度报告")
    assert (done.returncode, "reindex" in done.stderr) == (2, True)


def test_choices_of_one_facet_are_joined() -> None:
    filters, years = read_choices(["level=township", "level=-county", "level=village", "to=2018"])
    assert filters == (Filter(facet="level", include=("township", "village"), exclude=("county",)),)
    assert years == {"to": 2018}


def test_a_warc_of_a_selection_makes_an_archive_of_it(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "some.warc.gz"
    done = ingest(archive, "export", "--format", "warc", "-o", path, IDS[0])
    assert done.stderr == f"2 captures written to {path}\n"
    copy = tmp_path / "copy"
    assert ingest(copy, "add", path).returncode == 0
    assert ingest(copy, "verify").stdout == "1 reports, nothing wrong\n"
    assert [record["version"] for record in exported(copy)] == [2]
    dry = ingest(tmp_path / "none", "add", "--dry-run", path)
    assert f"{IDS[0]}/v/2" in dry.stdout


def test_the_samples_come_back_from_a_warc_as_they_were(tmp_path: Path) -> None:
    home, copy, path = tmp_path / "data", tmp_path / "copy", tmp_path / "all.warc.gz"
    ingest(home, "add", PROJECT / "samples" / "pages")
    assert ingest(home, "export", "--format", "warc", "-o", path).returncode == 0
    assert ingest(copy, "add", path).returncode == 0
    assert ingest(copy, "verify").returncode == 0
    before, after = (all_rows(one / "archive.sqlite3") for one in (home, copy))
    for table in CARRIED_TABLES:
        assert after[table] == before[table], table
    assert len(before["versions"]) > 20
    assert after["families"] == before["families"] != []


def test_a_bag_is_valid_and_holds_texts_records_and_pages(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "bag"
    done = ingest(archive, "export", "--format", "bagit", "-o", output)
    assert done.stderr == f"{PAGES + 2} reports written to {output}\n"
    bag = bagit.Bag(str(output))
    bag.validate()
    assert bag.info["Payload-Oxum"] == f"{sum(bag_sizes(output))}.{len(bag_sizes(output))}"
    home = output / "data" / "reports" / IDS[0][:2] / IDS[0]
    assert sorted(path.name for path in home.iterdir()) == ["record.json", "v1.txt", "v2.txt"]
    assert "公开政府信息999条" in (home / "v2.txt").read_text(encoding="utf-8")
    record = json.loads((home / "record.json").read_text(encoding="utf-8"))
    assert (record["id"], record["version"]) == (IDS[0], 2)


def bag_sizes(bag: Path) -> list[int]:
    return [path.stat().st_size for path in (bag / "data").rglob("*") if path.is_file()]


def test_the_texts_and_pages_of_a_bag_have_the_digests_written_down(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "bag"
    assert ingest(archive, "export", "--format", "bagit", "-o", output, IDS[0]).returncode == 0
    rows = [
        json.loads(line)
        for line in (output / "data" / "captures.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [(row["version"], row["cause"]) for row in rows] == [(1, "first capture"), (2, "recaptured")]
    manifest = (output / "manifest-sha256.txt").read_text(encoding="utf-8")
    for row in rows:
        assert f"{row['page_digest']}  {row['page']}\n" in manifest
        assert f"{row['text_digest']}  data/reports/{IDS[0][:2]}/{IDS[0]}/v{row['version']}.txt\n" in manifest


def test_a_bag_holds_no_page_with_a_withdrawn_text(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "bag"
    assert (
        ingest(archive, "export", "--format", "bagit", "-o", output, report_id(COLLECTION, 1)).returncode == 0
    )
    (row,) = [
        json.loads(line)
        for line in (output / "data" / "captures.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert row["page"] is None
    assert not (output / "data" / "captures").exists()
    bagit.Bag(str(output)).validate()


def test_a_bag_takes_no_folder_s_place_and_no_pipe(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "bag"
    output.mkdir()
    (output / "precious.txt").write_text("x")
    done = ingest(archive, "export", "--format", "bagit", "-o", output)
    assert (done.returncode, "there already" in done.stderr) == (2, True)
    assert [path.name for path in tmp_path.rglob("*")] == ["bag", "precious.txt"]
    assert "a bag is a folder" in ingest(archive, "export", "--format", "bagit").stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("form", ["warc", "jsonl", "csv"])
def test_standard_output_that_can_not_be_written_is_told(archive: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run_into(full.fileno(), archive, form)
    assert done.returncode == 2
    assert "standard output: No space left" in done.stderr


def run_into(descriptor: int, home: Path, form: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("export", "--format", form),
        stdout=descriptor,
        stderr=subprocess.PIPE,
        env=environment(home),
        text=True,
        timeout=120,
        check=False,
    )


def stopped(landing: AbstractContextManager[object]) -> None:
    with landing as unfinished:
        if isinstance(unfinished, Path):
            (unfinished / "half").write_bytes(b"half")
        raise KeyboardInterrupt


def test_what_interrupts_leaves_what_was_there(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"as it was")
    for landing in (landing_file(kept), landing_folder(tmp_path / "folder")):
        with pytest.raises(KeyboardInterrupt):
            stopped(landing)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"kept": b"as it was"}


def test_what_a_killed_run_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "bag.part").mkdir()
    (tmp_path / "bag.part" / "old").write_bytes(b"x")
    with landing_folder(tmp_path / "bag") as folder:
        (folder / "new").write_bytes(b"y")
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == ["bag", "bag/new"]


def test_a_damaged_report_stops_an_export_by_name_and_leaves_no_file(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "data"
    shutil.copytree(archive, home)
    damage(home, f"UPDATE versions SET text = replace(text, '999', '998') WHERE report_id = '{IDS[0]}'")
    for form, *chosen in (("warc",), ("bagit",), ("csv",), ("jsonl", "--query", "政府信息公开工作年度报告")):
        done = ingest(home, "export", "--format", form, "-o", tmp_path / form, *chosen)
        assert done.returncode == 2
        assert f"report {IDS[0]} no longer has its digest" in done.stderr
        assert not (tmp_path / form).exists()
    assert ingest(home, "export", "--format", "warc", "-o", tmp_path / "rest", *IDS[1:]).returncode == 0


def damage(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "archive.sqlite3")
    connection.executescript(f"DROP TRIGGER versions_stay; {statement};")
    connection.close()
