"""The five seeds, all the way: put in by the command line, found by the engine, checked by a plain scan."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.settings import Settings
from archive.store import Store
from index.catalogue import open_current
from index.engine import Filter, SearchRequest
from index.fold import fold
from index.query import parse
from tests.conftest import PROJECT

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def archive(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("seeds") / "data"
    done = add(home, shared_dir / "seeds")
    assert "5 pages: 19 reports new" in done
    return Settings(home=home)


def add(home: Path, *paths: Path) -> str:
    done = subprocess.run(
        [sys.executable, "ingest.py", "add", *map(str, paths)],
        cwd=PROJECT,
        env={**os.environ, "ARCHIVE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_adding_the_seeds_again_changes_nothing(archive: Settings, shared_dir: Path) -> None:
    assert "0 reports new, 0 changed, 0 described anew, 19 unchanged" in add(
        archive.home, shared_dir / "seeds"
    )
    with Store.open(archive) as store:
        assert list(store.verify()) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "政府信息公开",
        "政府信息公開",
        "信息公开条例",
        "資訊公開",
        "依申请公开",
        "政務公開工作",
        "公",
        "x",
        "2020",
        "18年",
        "务公",
        "[2020]",
        "《条例》",
        "公开、",
        "。",
        "省略663字",
    ],
)
def test_a_phrase_finds_exactly_the_reports_whose_text_holds_it(archive: Settings, phrase: str) -> None:
    with Store.open(archive) as store:
        texts = {
            report.report_id: [fold(line) for line in (report.title, *(p.text for p in report.paragraphs))]
            for report in store.latest_reports()
        }
    held = {report for report, lines in texts.items() if any(fold(phrase) in line for line in lines)}
    page = open_current(archive).search(SearchRequest(query=parse(f'"{phrase}"'), limit=100, all_copies=True))
    assert {hit.report_id for hit in page.hits} == held
    assert page.total == page.total_reports == len(held)
    folded = open_current(archive).search(
        SearchRequest(query=parse(f'"{phrase}"'), limit=100, all_copies=False)
    )
    assert {hit.report_id for hit in folded.hits} <= held
    assert sum(1 + hit.copies for hit in folded.hits) == folded.total_reports == len(held)


def test_each_count_of_a_facet_is_what_choosing_it_gives(archive: Settings) -> None:
    engine = open_current(archive)
    whole = engine.search(SearchRequest(query=parse("公开"), limit=100))
    chosen = 0
    for name, counts in whole.facets:
        for count in counts:
            narrowed = SearchRequest(
                query=parse("公开"), filters=(Filter(facet=name, include=(count.value,)),), limit=100
            )
            assert engine.search(narrowed).total == count.count
            chosen += 1
    assert chosen > 20
