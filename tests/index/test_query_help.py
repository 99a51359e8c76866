"""Queries as people paste and type them, and the limits of what any of them may cost."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.answer import answer
from index.arrays.building import build, tokenize
from index.arrays.files import Array
from index.engine import SearchRequest
from index.notes import Note
from index.query import MAX_CONDITIONS, MAX_OPERANDS, MAX_TOKENS, parse
from index.reader import Reader
from index.regional import mainland_wording
from index.segment import MAX_TERMS, to_segment
from index.sets import NONE, Documents
from index.term import Term
from index.term_fields import TermField
from index.tree import And, Everything, Phrase, Words
from index.whoosh_engine import WhooshEngine
from index.wording import to_text
from tests.index.engine_contract import scattered
from tests.index.making import make_document

TITLE = "望舒市桂影县2018年政府信息公开工作年度报告"


def ids(engine: WhooshEngine, typed: str) -> list[str]:
    return [hit.report_id for hit in engine.search(SearchRequest(query=parse(typed))).hits]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("help") / "index"
    engine = WhooshEngine.create(folder)
    cited = "根据《" + TITLE + "》。" + "政府信息公开工作年度报告" * 9
    documents = [
        make_document("cites", cited, title=f"{TITLE}解读"),
        make_document("report", "全文。", title=TITLE),
        make_document("number", "依据沧政办发〔2019〕5号文件,收到申请3,045件。", "2018年12月31日,办结67件。"),
        make_document("named", "鲛绡镇设有公开栏,由专人值守。", title="鲛绡镇公开栏"),
    ]
    engine.add([*documents, *scattered(40)], change=1)
    return engine


# Quotations inside a sentence


@pytest.mark.parametrize(
    "typed",
    ["为何设立「公开栏」?", '鲛绡镇为什么设立"公开栏"?', "鲛绡镇公开栏的管理办法是由“政府”制定的吗"],
)
def test_a_quotation_inside_a_question_is_preferred_and_not_demanded(typed: str) -> None:
    tree = parse(typed).tree
    assert isinstance(tree, Words)
    assert tree.text == typed
    assert len(tree.preferred) == 1


@pytest.mark.parametrize(
    "typed", ['"公开栏"', "公开 「公开栏」", "“公开栏”管理", '("甲" OR "乙")', '-"公开栏"']
)
def test_a_quotation_that_stands_alone_or_beside_a_short_word_is_demanded(typed: str) -> None:
    tree = parse(typed).tree
    assert "Phrase" in repr(tree)
    assert "preferred=('" not in repr(tree)


def test_reports_that_hold_the_preferred_quotation_come_first(engine: WhooshEngine) -> None:
    assert ids(engine, "为什么镇里要设立「公开栏」?")[0] == "named"
    assert ids(engine, "镇里为什么要办理「此处没有」的公开信息?")


# What is pasted


@pytest.mark.parametrize(
    "typed", [TITLE, TITLE.replace("年", "年 "), f"《{TITLE}》", "望舒市桂影縣2018年政府信息公開工作年度報告"]
)
def test_a_pasted_title_finds_its_report_before_those_that_cite_it(engine: WhooshEngine, typed: str) -> None:
    assert ids(engine, typed)[0] == "report"


@pytest.mark.parametrize(
    "typed",
    [
        "沧政办发〔2019〕5号",
        "沧政办发[2019]5号",
        "沧政办发（2019）5号",
        "沧政办发【2019】5号",
        "滄政辦發〔２０１９〕５號",
    ],
)
def test_a_pasted_number_finds_its_report_in_any_brackets(engine: WhooshEngine, typed: str) -> None:
    assert ids(engine, typed)[:1] == ["number"]


@pytest.mark.parametrize(
    "typed", ["3045", "3,045", "３０４５件", "2018年12月31日", "２０１８年１２月", "12月31日", "67件"]
)
def test_digits_and_dates_are_found_however_they_are_typed(engine: WhooshEngine, typed: str) -> None:
    assert ids(engine, typed)[0] == "number"


@pytest.mark.parametrize("typed", ["3045", "3,045", "３０４５", "３，０４５"])
def test_a_number_finds_every_way_to_write_it(tmp_path: Path, typed: str) -> None:
    engine = WhooshEngine.create(tmp_path / "index")
    ways = {"plain": "受理3045件", "grouped": "受理3,045件", "wide": "受理３０４５件", "other": "受理3046件"}
    engine.add([make_document(name, text) for name, text in ways.items()], change=1)
    assert set(ids(engine, typed)) == {"plain", "grouped", "wide"}


# Another region's words


def test_taiwan_wording_asks_for_the_mainland_word_too() -> None:
    assert mainland_wording("資訊公開") == ("信息公开",)
    assert mainland_wording("资讯公开") == ()
    assert mainland_wording("政務公開") == ()


def test_the_typed_word_stands_before_another_regions(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "index")
    engine.add([make_document("there", "信息公开" * 5), make_document("here", "資訊公開")], change=1)
    assert ids(engine, "資訊公開") == ["here", "there"]
    assert ids(engine, '"資訊公開"') == ["here"]


# Written back


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "政务 公开",
        '"政务公开" -教育',
        "(甲 OR 乙) 丙",
        "标题:年报 地区:望舒市",
        '标题:"年度 报告"',
        "层级:乡镇 字体:繁体 年份:2015..2018",
        "年份:2016..",
        "年份:2016",
        "-(甲 乙)",
        '「含"号」',
        "資訊公開",
    ],
)
def test_a_query_written_back_is_read_as_the_same(typed: str) -> None:
    tree = parse(typed).tree
    assert parse(to_text(tree)).tree == tree


# Limits


class CountingTerm(Term):
    """A term that the only document holds once, and that counts how often it is asked."""

    def __init__(self, reader: "CountingReader") -> None:
        self._asking = reader
        self.gains, self.rows = {}, {}
        self._segments = reader.segments
        reader.asked += 1

    @property
    def holder_count(self) -> int:  # type: ignore[override]
        return 1

    @property
    def documents(self) -> Documents:  # type: ignore[override]
        return np.zeros(1, np.int32)

    @property
    def counts(self) -> Array:  # type: ignore[override]
        return np.ones(1, np.uint8)

    @property
    def positions(self) -> Array:  # type: ignore[override]
        self._asking.asked += 1
        return np.zeros(1, np.uint16)

    def runs(self, documents: Documents) -> tuple[Array, Array]:
        return np.zeros(len(documents), np.int64), np.ones(len(documents), np.int64)


class CountingReader(Reader):
    """A reader of one document that holds every term, and counts the postings it is asked for."""

    def __init__(self) -> None:
        only = make_document("only", "公开")
        super().__init__([(build([tokenize(only)]), NONE)])
        self.asked = 0

    def term(self, field: TermField, term: str) -> Term:
        return CountingTerm(self)

    def places_beginning(self, character: str, documents: Documents) -> Array:
        self.asked += 1
        return np.zeros(1, np.int64)

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        self.asked += 1
        return ()


MOST_ASKED = 1_500
"""Measured: 20 words of 14 characters ask for 770 postings, quotations of 13 for 252, 500 characters quoted for 86;
without the bounds a page of 10,000 characters asked for what it has terms."""


@given(st.text(min_size=1, max_size=40), st.integers(1, 10_000))
@example(typed="公开 ", times=3_000)
@example(typed='"开公" ', times=3_000)
@example(typed="(政务 OR ", times=3_000)
@example(typed="一二三四五六七八九十百千万", times=900)
@example(typed="-标题:", times=3_000)
@settings(max_examples=150)
def test_no_query_of_ten_thousand_characters_raises_or_asks_for_much(typed: str, times: int) -> None:
    reader = CountingReader()
    page = answer(SearchRequest(query=parse((typed * times)[:10_000])), reader)
    assert page.total <= 1
    assert reader.asked <= MOST_ASKED


def test_what_is_asked_twice_is_asked_once() -> None:
    assert parse("甲 甲 甲").tree == Words(text="甲")
    assert parse("甲 OR (甲 OR 甲)").tree == Words(text="甲")
    assert parse("标题:年报 标题:年报 甲").tree == parse("标题:年报 甲").tree


def test_of_many_fields_the_first_are_read_and_a_note_says_so() -> None:
    query = parse(" ".join(f"标题:{number}" for number in range(16)))
    assert isinstance(query.tree, And)
    assert len(query.tree.parts) == MAX_CONDITIONS
    assert query.notes == (Note(code="too_many_fields", limit=MAX_CONDITIONS),)


def test_a_page_pasted_whole_keeps_few_terms_from_all_over() -> None:
    pasted = "".join(chr(0x4E00 + number) for number in range(500))
    segment = to_segment(pasted)
    assert max(len(segment.words), len(segment.grams), len(segment.characters)) == MAX_TERMS
    assert segment.characters[0] == to_segment(pasted[:9]).characters[0]
    assert segment.literal.startswith(segment.lead)


@pytest.mark.parametrize("typed", ["()" * 100, "的 " * 200, "| " * 150])
def test_of_very_many_words_and_operators_the_first_are_read_and_a_note_says_so(typed: str) -> None:
    assert Note(code="too_many_parts", limit=MAX_TOKENS) in parse(typed).notes


def test_as_many_words_as_are_searched_may_each_have_a_field_a_minus_and_parentheses() -> None:
    typed = " OR ".join(f"(甲{number} -(标题:{number}))" for number in range(MAX_CONDITIONS))
    assert parse(typed).notes == ()


def test_more_words_than_are_searched_are_said() -> None:
    query = parse(" ".join(chr(0x4E00 + number) for number in range(100)))
    assert isinstance(query.tree, And)
    assert len(query.tree.parts) == MAX_OPERANDS
    assert query.notes == (Note(code="too_many_words", limit=MAX_OPERANDS),)
    assert isinstance(parse("").tree, Everything)
    assert parse('"甲乙"').tree == Phrase(text="甲乙")
