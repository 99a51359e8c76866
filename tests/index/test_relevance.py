"""Ranking is measured on a sample of real questions, and never gets worse unseen."""

import tomllib
from pathlib import Path

import pytest

from bench import relevance
from index.whoosh_engine import WhooshEngine
from tests.conftest import PROJECT

FLOORS = tomllib.loads((PROJECT / "bench" / "relevance_floors.toml").read_text(encoding="utf-8"))
SCRIPTS_APART = 0.002


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cmrc", "drcd"])
def test_ranking_is_what_its_floors_say_in_either_script(name: str, shared_dir: Path, tmp_path: Path) -> None:
    documents, questions = relevance.sample(name, FLOORS["questions"], FLOORS["fillers"])
    engine = WhooshEngine.create(tmp_path / "index")
    engine.add(documents, change=1)
    search = relevance.searching(engine)
    native = relevance.measure(search, questions)
    other = relevance.measure(search, questions, relevance.OTHER_SCRIPT[name])
    measured = {
        "ndcg": round(native.ndcg, 3),
        "mrr": round(native.mrr, 3),
        "recall": round(native.recall, 3),
        "other_script_ndcg": round(other.ndcg, 3),
    }
    assert measured == FLOORS[name], (
        "a fall is a fault; a rise is written down in bench/relevance_floors.toml"
    )
    assert native.without_hit == other.without_hit == 0
    assert abs(native.ndcg - other.ndcg) <= SCRIPTS_APART


def test_gain_is_one_for_the_best_order_and_less_for_any_other() -> None:
    grades = {"a": 2, "b": 1}
    assert relevance.ndcg(["a", "b", "x"], grades) == 1
    assert 0 < relevance.ndcg(["b", "a"], grades) < 1
    assert relevance.ndcg(["x"], grades) == 0
    assert relevance.reciprocal_rank(["x", "b"], grades) == 0.5
    assert relevance.reciprocal_rank(["x"] * 10 + ["a"], grades) == 0
