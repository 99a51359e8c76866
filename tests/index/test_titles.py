"""Titles that a query names, and short names that stand for themselves."""

from pathlib import Path

import pytest

from index.engine import SearchRequest
from index.query import parse
from index.titles import LONGEST, MAX_NAMING, bare_title, nameable
from index.whoosh_engine import WhooshEngine
from tests.index.making import make_document
from tests.index.oracle.facts import by_bare_title


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    engine = WhooshEngine.create(tmp_path_factory.mktemp("titles") / "index")
    engine.add(
        [
            make_document("lake", "鲛绡湖位于沧溟省,水深不详,附近有村落若干。", title="鲛绡湖"),
            make_document("upper", "鲛绡湖之上另有一湖。", title="上鲛绡湖"),
            make_document("law", "第一条,为公开而制定公开条例。其他各条。", title="公开条例(2019年修订)"),
            make_document("about", "公开条例第一条。", title="公开条例解读"),
            make_document("鲬", "鱼。" * 9, title="鲬"),
            make_document("other", "鲬和别的鱼,鲬和别的鱼。", title="别的鱼"),
            # For a small engine cuts nothing as common, and its words say little.
            *(make_document(f"filler{number}", f"第{number}份其他材料,年度总结。") for number in range(30)),
        ],
        change=1,
    )
    return engine


def search(engine: WhooshEngine, typed: str) -> list[str]:
    return [hit.report_id for hit in engine.search(SearchRequest(query=parse(typed))).hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("鲛绡湖有什么特点?", "lake"),
        ("鮫綃湖有什麼特點?", "lake"),
        ("《公开条例》由谁制定?", "law"),
        ("公開條例為什麼修訂?", "law"),
        ("鲬属于什么科?", "鲬"),
    ],
)
def test_a_question_that_names_a_title_finds_that_report_before_others_that_speak_of_it(
    engine: WhooshEngine, typed: str, found: str
) -> None:
    assert search(engine, typed)[0] == found


def test_the_title_named_is_told_as_a_reason(engine: WhooshEngine) -> None:
    best = engine.search(SearchRequest(query=parse("鲛绡湖有什么特点?"))).hits[0]
    assert [one.term for one in best.reasons if one.field == "named"] == ["鲛绡湖"]


def test_a_title_is_cited_without_its_bracketed_tail_and_marks() -> None:
    assert bare_title("公开条例 (2019年修订)") == "公开条例"
    assert bare_title("《公开》 条例") == "公开条例"
    assert bare_title("(附件)") == ""


def test_titles_without_a_word_or_too_long_to_be_named_are_left_out() -> None:
    assert by_bare_title(["鲛绡湖", "——", "鲛绡湖 (上)", "长" * (LONGEST + 1), "甲"], [0, 1, 2, 3]) == {
        "鲛绡湖": [0, 2]
    }


def test_a_title_of_one_character_is_named_by_a_word_alone() -> None:
    named = set(nameable("鲬游泳?", ("鲬", "游泳")))
    assert {"鲬", "鲬游泳", "游泳"} <= named
    assert "泳" not in named


def test_of_a_page_pasted_few_stretches_are_looked_up() -> None:
    assert sum(1 for _ in nameable("长" * 10_000, ())) == MAX_NAMING * (MAX_NAMING - 1) // 2


def test_a_term_of_law_stands_before_reports_that_hold_its_halves(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "index")
    halves = ["执行" * 9 + "规定", "异议" * 9 + "处理", "执行程序中的异议", "异议,执行。" * 5]
    documents = [make_document(f"half{number}", text) for number, text in enumerate(halves)]
    engine.add([*documents, make_document("whole", "案外人提出执行异议。" + "其他条款。" * 40)], change=1)
    assert search(engine, "执行异议")[0] == "whole"
    assert search(engine, "執行異議")[0] == "whole"
    assert search(engine, "执行异议 规定")[0] != "half1"
    assert search(engine, "案外人提出执行异议的,应当如何处理?")[0] == "whole"
    assert search(engine, '"执行异议"') == ["whole"]
