"""Every format that was ever released can still be read, from a store saved by the program of its time."""

import sqlite3
from pathlib import Path

import pytest

from archive.database import FORMAT
from archive.errors import Withdrawn
from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from tests.store.made import ADDRESS, TEXT, TITLE

SAVED = Path(__file__).resolve().parents[1] / "fixtures" / "archives"
COMPILATION = "http://www.fanwenku.example/2.html"


def load(settings: Settings, number: int) -> Settings:
    settings.home.mkdir()
    connection = sqlite3.connect(settings.store_path)
    connection.executescript((SAVED / f"format-{number}.sql").read_text(encoding="utf-8"))
    connection.close()
    return settings


def test_every_format_has_a_saved_store() -> None:
    assert sorted(path.name for path in SAVED.iterdir()) == [f"format-{n}.sql" for n in range(1, FORMAT + 1)]


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_a_saved_store_gives_the_same_texts_as_on_the_day_it_was_saved(
    settings: Settings, number: int
) -> None:
    with Store.open(load(settings, number)) as store:
        first = store.report(report_id(ADDRESS, 0), 1)
        assert (first.title, tuple(p.text for p in first.paragraphs)) == (TITLE, TEXT)
        assert first.version.digest == "485974a98e7fd5cf26b598f2a1185f2142238c828514afd60d10c146e16b6d6f"
        assert [p.text for p in store.report(report_id(ADDRESS, 0)).paragraphs] == [
            "一、概述",
            "改过的正文。",
        ]
        assert store.report(report_id(COMPILATION, 2)).description.flags == ("truncated",)
        assert store.compilation(report_id(COMPILATION, 0)) is not None
        with pytest.raises(Withdrawn, match="含有个人信息"):
            store.report(report_id(COMPILATION, 3))
        assert store.capture(1).body == "<p>玉杵镇</p>".encode()


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_a_saved_store_is_whole(settings: Settings, number: int) -> None:
    with Store.open(load(settings, number)) as store:
        assert list(store.verify()) == []
