"""Slips in a sentence: offered where one character stands beside neither neighbour in any report, never applied."""

from pathlib import Path

import pytest

from index.engine import Correction, SearchRequest
from index.near_misses import MAX_OFFERED
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.making import make_document

TEXTS = (
    "望舒市政务公开工作要点",
    "桂影县依申请公开办结情况是怎样的由公开栏公布",
    "银阙区未按期答复的申请",
    "行政复议与行政诉讼",
    "望舒市桂影县如何办理依申请公开的材料",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("sentences") / "index"
    engine = WhooshEngine.create(folder)
    engine.add([make_document(f"r{n}", text) for n, text in enumerate(TEXTS)], change=1)
    return engine


def offered(engine: WhooshEngine, typed: str) -> tuple[Correction, ...]:
    return engine.search(SearchRequest(query=parse(typed))).corrections


@pytest.mark.parametrize(
    ("typed", "slip", "meant"),
    [
        ("望舒市桂影县如何办理依申情公开的材料", "依申情公开", "依申请公开"),  # sounds alike
        ("望舒市桂影縣如何辦理依申情公開的材料", "依申情公開", "依申请公開"),
        ("请问银阙区末按期答复的申请在什么地方", "阙区末按期", "阙区未按期"),  # looks alike
        ('"桂影县依申情公开办结情况是怎样的"', "依申情公开", "依申请公开"),
    ],
)
def test_one_slip_in_a_sentence_is_answered_in_either_script(
    engine: WhooshEngine, typed: str, slip: str, meant: str
) -> None:
    found = offered(engine, typed)
    assert (found[0].typed, found[0].meant) == (slip, meant)
    assert len(found) <= MAX_OFFERED
    assert typed.replace(slip, meant) != typed


def test_the_query_is_answered_as_it_was_typed(engine: WhooshEngine) -> None:
    page = engine.search(SearchRequest(query=parse("望舒市桂影县如何办理依申情公开的材料")))
    assert page.corrections
    assert page.total > 0
    assert not page.notes


def test_every_offer_is_text_that_so_many_reports_hold(engine: WhooshEngine) -> None:
    for one in offered(engine, "望舒市桂影县如何办理依申情公开的材料"):
        assert engine.search(SearchRequest(query=parse(f'"{one.meant}"'))).total == one.count > 0


@pytest.mark.parametrize(
    "typed",
    [
        "望舒市桂影县如何办理依申请公开的材料",  # held as it is
        "天河流域管理委员会的章程何时颁布施行",  # another subject
        "一二三四五六七八九十百千万亿兆京垓秭",
        "!?,。" * 20,
    ],
)
def test_a_sentence_without_a_slip_is_offered_nothing(engine: WhooshEngine, typed: str) -> None:
    assert offered(engine, typed) == ()
