"""The worst that can be typed, as `bench.hostile` measures it, is answered and costs what was measured."""

from pathlib import Path

import pytest

from bench.hostile import LENGTH, hostile_queries, measure
from index.engine import SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.engine_contract import scattered

WORDS = ("公开", "答复", "办结", "受理", "申请", "年报")
HOSTILE = dict(hostile_queries(["政务公开,依法答复。" * 200], WORDS * 400))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("hostile") / "index"
    engine = WhooshEngine.create(folder)
    engine.add(scattered(60), change=1)
    return engine


@pytest.mark.parametrize("name", HOSTILE)
def test_the_worst_that_can_be_typed_gets_a_page(engine: WhooshEngine, name: str) -> None:
    page = engine.search(SearchRequest(query=parse(HOSTILE[name])))
    assert page.total_reports <= 60
    assert len(page.hits) == min(10, page.total)


def test_the_measured_queries_are_as_long_as_promised() -> None:
    assert len(HOSTILE) > 30
    assert sum(len(typed) > LENGTH * 0.7 for typed in HOSTILE.values()) > 20


def test_a_cost_is_that_of_the_worst_beside_an_ordinary_one(engine: WhooshEngine) -> None:
    costs = measure(engine, ["公开"], [("same", "公开"), ("none", "")])
    assert costs.ordinary > 0
    assert costs.ratio == max(costs.hostile.values()) / costs.ordinary
