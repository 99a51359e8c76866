"""The cleaner's figures on the shared pages never fall below what they reached."""

from pathlib import Path

import pytest

from bench import cleaning
from bench.pages import gold_pages


@pytest.mark.shared
def test_no_figure_is_below_its_floor(shared_dir: Path) -> None:
    assert (shared_dir / "pages").is_dir()
    assert cleaning.below_floor(cleaning.our_figures()) == []


@pytest.mark.shared
def test_a_part_of_the_pages_is_held_out(shared_dir: Path) -> None:
    assert (shared_dir / "pages").is_dir()
    tune = [page.tune for page in gold_pages("html")]
    assert 20 <= tune.count(True) <= 37
    assert tune.count(False) >= 20


def test_a_figure_below_its_floor_is_named() -> None:
    perfect = {"f1": 1.0, "f1_tune": 1.0, "f1_held_out": 1.0, "pages_under_half": 0}
    worse = {**perfect, "f1_held_out": 0.5}
    (fault,) = cleaning.below_floor({"html": worse, "dumps": perfect})
    assert "html: f1_held_out is 0.5000" in fault


def test_floors_rise_and_never_fall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "floors.toml"
    copy.write_text(cleaning.FLOORS.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(cleaning, "FLOORS", copy)
    before = copy.read_text(encoding="utf-8")
    poor = dict.fromkeys(("f1", "f1_tune", "f1_held_out"), 0.1) | {"pages_under_half": 50}
    cleaning.raise_floors({"html": poor, "dumps": poor})
    assert copy.read_text(encoding="utf-8") == before
    perfect = dict.fromkeys(("f1", "f1_tune", "f1_held_out"), 1.0) | {"pages_under_half": 0}
    cleaning.raise_floors({"html": perfect, "dumps": perfect})
    assert cleaning.below_floor({"html": poor, "dumps": perfect}) != []
