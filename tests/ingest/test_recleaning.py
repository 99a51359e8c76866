"""`reclean`: today's rules over all that was captured."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import recleaning
from archive.ids import report_id
from archive.intake import Tally
from archive.model import Capture, Outcome
from archive.pipeline import reports_of
from archive.recleaning import reclean
from archive.settings import Settings
from archive.store import Store
from tests.ingest.pages import ingest, write_pages
from tests.store.made import all_rows

FIRST = report_id("http://www.guiying.gov.example/0.html", 0)
BEFORE = datetime(2020, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    assert ingest(folder / "data", "add", write_pages(folder / "pages", 3)).returncode == 0
    return folder / "data"


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "data")
    return tmp_path / "data"


def read_with_older_rules(capture: Capture) -> Outcome:
    """What a program of before would have made of a page: its last paragraph was taken for boilerplate."""
    outcome = reports_of(capture)
    (report,) = outcome.reports
    section = replace(report.section, paragraphs=report.section.paragraphs[:-1], gaps=(), damages=())
    return replace(outcome, reports=(replace(report, section=section),))


@pytest.fixture
def older(home: Path, tmp_path: Path) -> Settings:
    """An archive whose pages 0 and 1 were cleaned by older rules, page 2 by today's."""
    made = Settings(home=tmp_path / "older")
    with Store.open(Settings(home=home)) as today, Store.open(made, writable=True) as store:
        for info in today.captures():
            capture = today.capture(info.capture_id)
            is_old = not (info.source_url or "").endswith("2.html")
            store.keep(read_with_older_rules(capture) if is_old else reports_of(capture), now=BEFORE)
    return made


def test_a_version_is_made_only_where_the_text_changed(older: Settings) -> None:
    tally = Tally()
    with Store.open(older, writable=True) as store:
        reclean(store, tally, jobs=1)
        assert (tally.reports["changed"], tally.reports["unchanged"]) == (2, 1)
        report = store.report(FIRST)
        assert [(one.version, one.cause) for one in report.versions] == [
            (1, "first capture"),
            (2, "cleaned again"),
        ]
        before = store.report(FIRST, 1)
        assert [p.text for p in report.paragraphs[:-1]] == [p.text for p in before.paragraphs]
        assert report.captures == before.captures
        assert list(store.verify()) == []


def test_cleaning_twice_changes_nothing(home: Path) -> None:
    before = all_rows(home / "archive.sqlite3")
    done = ingest(home, "reclean")
    assert done.returncode == 0
    assert "0 reports new, 0 changed, 0 described anew, 3 unchanged" in done.stdout
    assert all_rows(home / "archive.sqlite3") == before


def test_a_damaged_capture_is_named_and_the_others_are_cleaned(older: Settings) -> None:
    with sqlite3.connect(older.store_path) as connection:
        connection.execute("DROP TRIGGER bodies_stay")
        connection.execute("UPDATE bodies SET deflated = x'00' WHERE rowid = 1")
    connection.close()
    tally = Tally()
    with Store.open(older, writable=True) as store:
        reclean(store, tally, jobs=1)
    assert [failure.message.partition(" no longer")[0][:9] for failure in tally.failures] == ["capture 1"]
    assert tally.captures == 2
    assert tally.reports["changed"] == 1


def test_a_run_that_is_stopped_keeps_what_it_did_and_the_next_does_the_rest(
    older: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = recleaning._captures

    def stopped(store: Store):  # type: ignore[no-untyped-def]
        yield next(whole(store))
        raise KeyboardInterrupt

    with Store.open(older, writable=True) as store:
        first, second = Tally(), Tally()
        monkeypatch.setattr(recleaning, "_captures", stopped)
        with pytest.raises(KeyboardInterrupt):
            reclean(store, first, jobs=1)
        monkeypatch.undo()
        reclean(store, second, jobs=1)
        assert (first.reports["changed"], second.reports["changed"]) == (1, 1)
        assert list(store.verify()) == []


def test_reclean_makes_no_archive_where_there_is_none(tmp_path: Path) -> None:
    done = ingest(tmp_path / "nothing", "reclean")
    assert done.returncode == 2
    assert "no archive here" in done.stderr
    assert not (tmp_path / "nothing").exists()
