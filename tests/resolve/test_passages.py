"""Five hundred random passages of the samples, every other one in the other script, find their paragraph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.settings import Settings
from archive.store import Store
from bench.passages import fill, measure
from index.catalogue import reindex
from tests.conftest import PROJECT

PASSAGES = 500
SAMPLES = (PROJECT / "samples" / "pages", PROJECT / "samples" / "warc")


def filled(home: Path, *paths: Path) -> Iterator[tuple[Store, Settings]]:
    settings = Settings(home=home)
    with Store.open(settings, writable=True) as store:
        fill(store, *paths)
        reindex(store, settings)
        yield store, settings


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Settings]]:
    yield from filled(tmp_path_factory.mktemp("samples") / "data", *SAMPLES)


def test_every_passage_of_one_text_finds_its_report_and_paragraph(samples: tuple[Store, Settings]) -> None:
    counts, _, wrong = measure(*samples, PASSAGES)
    assert [passage.text for passage in wrong] == []
    assert set(counts) <= {"right", "shared: said to be ambiguous"}
    assert counts["right"] > 0.9 * PASSAGES


def test_nearly_all_are_found_without_their_marks_or_with_a_name_masked(
    samples: tuple[Store, Settings],
) -> None:
    counts, _, _ = measure(*samples, PASSAGES // 2, mangles=True)
    right = counts["right"] + counts["shared: said to be ambiguous"]
    assert right >= 0.97 * (counts.total() - counts["too short"])


@pytest.mark.shared
def test_every_passage_of_the_seeds_finds_its_report_and_paragraph(
    shared_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for archive in filled(tmp_path_factory.mktemp("seeds") / "data", shared_dir / "seeds"):
        counts, _, wrong = measure(*archive, PASSAGES)
        assert [passage.text for passage in wrong] == []
        assert counts["right"] > 0.9 * PASSAGES
