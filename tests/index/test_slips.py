"""Slips of the pen in a few words: what was meant is offered, and nothing where nothing was misspelt."""

from pathlib import Path

import pytest

from bench.slips import documents, drawn, falsely_offered, find, offers, slips
from index.engine import SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine

LEAST_OFFERED = {"sounds": 0.98, "looks": 1.0, "drawn": 0.94}
LEAST_FIRST = {"sounds": 0.98, "looks": 0.98, "drawn": 0.89}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("slips") / "index"
    engine = WhooshEngine.create(folder)
    engine.add(documents(), change=1)
    return engine


@pytest.mark.parametrize("kind", LEAST_OFFERED)
def test_what_was_meant_by_a_slip_is_offered(engine: WhooshEngine, kind: str) -> None:
    found = find(engine, {**slips(), "drawn": drawn()}[kind])
    assert found.offered >= LEAST_OFFERED[kind], found.missed
    assert found.first >= LEAST_FIRST[kind]


def test_nothing_is_offered_where_nothing_was_misspelt(engine: WhooshEngine) -> None:
    assert falsely_offered(engine) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("桂影縣政務公升", "桂影縣政務公开"),  # in either script
        ("玉杵镇信西公开 年度报告", "玉杵镇信息公开 年度报告"),  # no report holds the first as it stands
        ("信自公开条倒", "信息公开条例"),  # two slips
    ],
)
def test_a_slip_in_words_that_no_report_has_side_by_side_is_put_right(
    engine: WhooshEngine, typed: str, meant: str
) -> None:
    assert offers(engine, typed)[:1] == (meant,)


def test_what_is_offered_are_whole_words(engine: WhooshEngine) -> None:
    page = engine.search(SearchRequest(query=parse("桂影县政务公升")))
    assert page.corrections[0].meant == "政务公开"


@pytest.mark.parametrize(
    "typed", ["鲛绡织造博览会", "天河流域管理", "gkgkgkgk", "2018201920", "🀄🀄🀄🀄", "的的的的的"]
)
def test_another_subject_is_no_slip(engine: WhooshEngine, typed: str) -> None:
    assert offers(engine, typed) == ()
