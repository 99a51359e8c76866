"""Each kind of damage to the index is named by `verify`, with what to do; `reindex` mends it and loses nothing."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from index import catalogue
from index.catalogue import open_current
from index.document import to_document
from index.schema import MANIFEST
from tests.conftest import PROJECT
from tests.ingest.pages import exported, ingest, write_pages

PAGES = 4
IDS = tuple(report_id(f"http://www.guiying.gov.example/{number}.html", 0) for number in range(PAGES))
MEND = "run `python ingest.py reindex`"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports, of which the first has a corrected second version and the second lost a line with its own."""
    folder = tmp_path_factory.mktemp("made")
    assert ingest(folder / "data", "add", write_pages(folder / "pages", PAGES)).returncode == 0
    for name, old, new in (
        ("000.html", "100条", "999条"),
        ("001.html", "<p>二、主动公开政府信息情况</p>", ""),
    ):
        page = folder / "pages" / name
        page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert "2 changed" in ingest(folder / "data", "add", folder / "pages").stdout
    return folder / "data"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


def missing_entry(home: Path) -> None:
    engine = open_current(Settings(home=home))
    engine.add([], remove=[IDS[2]], change=engine.last_change())


def extra_entry(home: Path) -> None:
    put(home, "0123456789ab", IDS[2], 1)


def entry_of_an_older_version(home: Path) -> None:
    put(home, IDS[0], IDS[0], 1)


def entry_with_a_line_that_is_gone(home: Path) -> None:
    put(home, IDS[1], IDS[1], 1)


def entry_of_another_report(home: Path) -> None:
    put(home, IDS[2], IDS[3], 1)


def entry_of_a_withdrawn_report(home: Path) -> None:
    assert ingest(home, "withdraw", IDS[3], "--reason", "含有个人信息").returncode == 0
    settings = Settings(home=home)
    with Store.open(settings) as store:
        document = to_document(store.report(IDS[2]))
    engine = open_current(settings)
    engine.add([replace(document, report_id=IDS[3])], change=engine.last_change())


def entry_under_another_year(home: Path) -> None:
    put_filed(home, IDS[2], {"year": ("1999",)})


def entry_without_its_flag(home: Path) -> None:
    put_filed(home, IDS[2], {"flag": ("masked", "truncated")})


def put_filed(home: Path, name: str, values: dict[str, tuple[str, ...]]) -> None:
    """Put a report's own document into the index under other facet values."""
    settings = Settings(home=home)
    with Store.open(settings) as store:
        document = to_document(store.report(name))
    engine = open_current(settings)
    facets = tuple((facet, values.get(facet, own)) for facet, own in document.facets)
    engine.add([replace(document, facets=facets)], change=engine.last_change())


def put(home: Path, name: str, source: str, version: int) -> None:
    """Put a document made from one version into the index under any name, as a bug might."""
    settings = Settings(home=home)
    with Store.open(settings) as store:
        document = to_document(store.report(source, version))
    engine = open_current(settings)
    engine.add([replace(document, report_id=name)], change=engine.last_change())


def change_forgotten(home: Path) -> None:
    engine = open_current(Settings(home=home))
    engine.add([], change=engine.last_change() - 1)


def no_index(home: Path) -> None:
    shutil.rmtree(home / "index")


def lost_generation(home: Path) -> None:
    (home / "index" / "CURRENT").write_text("generation-0099\n")


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (missing_entry, f"index entry {IDS[2]}: is missing"),
        (extra_entry, "index entry 0123456789ab: should not be there"),
        (entry_of_an_older_version, f"index entry {IDS[0]}: does not hold the text of version 2, whose digest is"),
        (entry_with_a_line_that_is_gone, f"index entry {IDS[1]}: does not hold the text of version 2"),
        (entry_of_another_report, f"index entry {IDS[2]}: does not hold the text of version 1"),
        (entry_under_another_year, f"index entry {IDS[2]}: is filed under year=1999, is not filed under year="),
        (entry_without_its_flag, f"index entry {IDS[2]}: is filed under flag=masked, flag=truncated, is not"),
        (change_forgotten, "index: knows change"),
        (no_index, "index: no search index"),
        (lost_generation, "index: "),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_index_is_named_and_mended(
    home: Path, damage: Callable[[Path], None], named: str
) -> None:
    assert ingest(home, "verify").stdout == f"{PAGES} reports, nothing wrong\n"
    damage(home)
    done = ingest(home, "verify")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith(named)]
    assert line.endswith(MEND)
    assert done.stderr.splitlines()[-1].startswith("1 faults")
    assert len(exported(home)) == PAGES
    assert ingest(home, "reindex").returncode == 0
    assert ingest(home, "verify").stdout == f"{PAGES} reports, nothing wrong\n"


def test_a_withdrawn_report_that_is_still_found_is_named_and_taken_out(home: Path) -> None:
    entry_of_a_withdrawn_report(home)
    done = ingest(home, "verify")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("index entry")]
    assert line == f"index entry {IDS[3]}: should not be there; {MEND}"
    assert ingest(home, "reindex").returncode == 0
    assert ingest(home, "verify").stdout == f"{PAGES - 1} reports, nothing wrong\n"


def test_an_index_file_that_is_gone_or_cut_short_is_named_whichever_it_is(home: Path) -> None:
    files = [path for path in (home / "index").rglob("*") if path.is_file()]
    needed = [path for path in files if path.stat().st_size > 1000 or path.name in {"CURRENT", MANIFEST}]
    assert len(needed) >= 4
    for path in needed:
        content = path.read_bytes()
        for damaged in (None, content[: len(content) // 2]):
            path.unlink(missing_ok=True)
            if damaged is not None:
                path.write_bytes(damaged)
            assert_named(home, path.name)
        path.write_bytes(content)
    assert len(exported(home)) == PAGES


def assert_named(home: Path, name: str) -> None:
    catalogue._opened.cache_clear()  # as in a process that has not read the index before
    done = ingest(home, "verify")
    assert done.returncode == 1, name
    assert done.stderr.startswith("index"), name
    assert MEND in done.stderr, name


def test_nothing_is_wrong_with_the_samples(tmp_path: Path) -> None:
    home = tmp_path / "data"
    ingest(home, "add", PROJECT / "samples" / "pages")
    done = ingest(home, "verify")
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_damaged_in_the_store_comes_with_what_to_do(home: Path) -> None:
    store = home / "archive.sqlite3"
    store.write_bytes(
        store.read_bytes().replace("主动公开政府信息102条".encode(), "主动公开政府信息702条".encode())
    )
    done = ingest(home, "verify")
    assert done.returncode == 1
    named = next(
        line for line in done.stderr.splitlines() if line.startswith(f"version 1 of report {IDS[2]}: ")
    )
    assert named.endswith("restore the store from a backup")
    assert "what is not named here is whole" in done.stderr
