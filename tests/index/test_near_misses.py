from pathlib import Path

import pytest

from index.engine import SearchRequest
from index.near_misses import MAX_OFFERED
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.making import make_document

TEXTS = ("望舒市政务公开工作要点", "桂影县依申请公开办结情况", "银阙区未按期答复", "行政复议与行政诉讼")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("near") / "index"
    engine = WhooshEngine.create(folder)
    engine.add([make_document(f"r{n}", text) for n, text in enumerate(TEXTS)], change=1)
    return engine


def offered(engine: WhooshEngine, typed: str) -> list[str]:
    return [one.meant for one in engine.search(SearchRequest(query=parse(typed))).corrections]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("政务工开", "政务公开"),  # sounds alike
        ("依申情公开", "依申请公开"),
        ("正务公开", "政务公开"),
        ("末按期答复", "未按期答复"),  # looks alike
        ("行政夏议", "行政复议"),  # one other character
        ("行政诉诉讼", "行政诉讼"),  # one too many
        ("政公务开", "政务公开"),  # two changed places
        ("政公开务", None),  # too far
        ("行政复议", None),  # held as it is
        ("天河流域管理", None),  # nothing near
    ],
)
def test_a_slip_is_answered_with_what_the_index_holds(
    engine: WhooshEngine, typed: str, meant: str | None
) -> None:
    assert offered(engine, typed)[:1] == ([meant] if meant else [])


def test_what_sounds_alike_comes_before_what_is_merely_near(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "index")
    engine.add(
        [make_document("a", "公证处"), *(make_document(f"b{n}", "公示处") for n in range(3))], change=1
    )
    assert offered(engine, "公正处") == ["公证处", "公示处"]


def test_every_offer_is_text_that_so_many_reports_hold(engine: WhooshEngine) -> None:
    for typed in ("政务工开", "桂影具", "行攻复议", "银厥区"):
        corrections = engine.search(SearchRequest(query=parse(typed))).corrections
        assert 0 < len(corrections) <= MAX_OFFERED
        for one in corrections:
            assert engine.search(SearchRequest(query=parse(f'"{one.meant}"'))).total == one.count > 0


def test_a_query_that_finds_enough_is_offered_nothing(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "index")
    engine.add([make_document(f"r{n}", "政务公开") for n in range(3)], change=1)
    assert offered(engine, "政务公开") == []
