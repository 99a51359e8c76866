"""A date is found however it is typed and however it is written; full-width operators are operators."""

from pathlib import Path

import pytest

from index.dates import date_forms
from index.engine import SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.making import make_document

WRITTEN = {
    "characters": "望舒市政府于2018年1月5日印发。",
    "zeros": "望舒市政府于2018年01月05日印发。",
    "hyphens": "印发日期:2018-01-05",
    "short": "印发日期:2018-1-5",
    "other": "2018年1月6日印发,共5份。",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("dates") / "index"
    engine = WhooshEngine.create(folder)
    engine.add([make_document(name, text) for name, text in WRITTEN.items()], change=1)
    return engine


@pytest.mark.parametrize(
    "typed",
    [
        "2018年1月5日",
        "2018年01月05日",
        "2018-1-5",
        "2018-01-05",
        "2018/1/5",
        "2018.1.5",
        "２０１８－１－５",
        "2018年1月5号",
    ],
)
def test_a_date_is_found_however_it_is_typed(engine: WhooshEngine, typed: str) -> None:
    found = {hit.report_id for hit in engine.search(SearchRequest(query=parse(typed))).hits}
    assert found == set(WRITTEN) - {"other"}


def test_a_date_may_be_excluded_and_quoted(engine: WhooshEngine) -> None:
    excluded = engine.search(SearchRequest(query=parse("-2018-1-5"))).hits
    assert [hit.report_id for hit in excluded] == ["other"]
    quoted = engine.search(SearchRequest(query=parse('"2018-1-5"'))).hits
    assert [hit.report_id for hit in quoted] == ["short"]


@pytest.mark.parametrize(
    "typed", ["2018", "2018年1月", "2018-13-5", "2018-1.5", "18-1-5", "2018-1-5号文", ""]
)
def test_what_is_no_whole_date_stays_as_it_is(typed: str) -> None:
    assert date_forms(typed) == ()


def test_operators_may_be_full_width(engine: WhooshEngine) -> None:
    assert parse("甲 ＯＲ 乙").tree == parse("甲 OR 乙").tree
    assert parse("甲 ＡＮＤ 乙").tree == parse("甲 AND 乙").tree
    assert parse("甲 ＮＯＴ 乙").tree == parse("甲 NOT 乙").tree
    assert parse("甲 or 乙").tree != parse("甲 OR 乙").tree
