"""Indicators and citations as readers see them."""

from pathlib import Path

import pytest

from archive.describe import describe
from archive.describe.indicator_table import indicator_titles
from archive.model import Description, Outcome, Paragraph, Report, Section
from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.store.made import NOW
from tests.web import invented
from tests.web.test_pages import text_of
from web import create_app
from web.indicator_names import INDICATORS, indicator_name
from web.statistics import citation_lines, citations_json, indicator_lines, indicators_json

TEXTS = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《桂影县办法》（桂政办发[2018]2号）编制。",
    "全年公开信息58条，其中渔业47条，水利11条。",
    "张贴告示75条，其中，渡口类21条，潮汛类9条。",
    "收到申请x件，没有收费，发放手册1万余册。",
)


SECTION = Section(
    title="桂影县蟾桥镇2018年政府信息公开年度报告",
    paragraphs=tuple(Paragraph(text=text, block=number) for number, text in enumerate(TEXTS)),
)


@pytest.fixture(scope="module")
def description() -> Description:
    return describe(SECTION)


@pytest.fixture
def page(tmp_path: Path) -> str:
    capture = invented.township().capture
    report = Report(
        report_id=invented.township().reports[0].report_id, section=SECTION, description=describe(SECTION)
    )
    settings = Settings(home=tmp_path / "data")
    with Store.open(settings, writable=True) as store:
        store.keep(Outcome(capture=capture, reports=(report,)), now=NOW)
        reindex(store, settings)
    with create_app(settings, TESTING=True).test_client() as client:
        return client.get(f"/r/{report.report_id}").text


def test_a_sum_that_holds_and_one_that_does_not_are_both_shown(description: Description) -> None:
    checks = [check for line in indicator_lines(description) for check in line.checks]
    assert [(check.text, check.holds) for check in checks] == [
        ("58 = 47+11", True),
        ("21+9 = 30 ≠ 75", False),
    ]


def test_parts_stand_beside_their_total_and_not_in_lines_of_their_own(description: Description) -> None:
    lines = indicator_lines(description)
    assert [line.value for line in lines] == ["58 条", "75 条", "打码", "10000余 册", "0 元"]
    assert lines[0].parts == ("渔业 47", "水利 11")


def test_a_masked_number_is_called_so_and_words_for_none_are_named(description: Description) -> None:
    masked, _, none = indicator_lines(description)[2:]
    assert (masked.value, masked.is_masked) == ("打码", True)
    assert (none.value, none.note) == ("0 元", "原文说没有")


def test_each_citation_says_what_it_is_known_to_be(description: Description) -> None:
    regulation, county = citation_lines(description)
    assert (regulation.state, regulation.known_as) == ("按报告年份判定版本", "国务院令第492号")
    assert len(regulation.quotes) == 2
    assert (county.title, county.number, county.state) == ("《桂影县办法》", "桂政办发[2018]2号", "未收录")


def test_json_names_value_status_evidence_and_check(description: Description) -> None:
    first = indicators_json(description)[0]
    assert (first["name"], first["title"], first["value"], first["status"]) == (
        "disclosed",
        "主动公开信息",
        58,
        "stated",
    )
    assert first["evidence"]["quote"] == "全年公开信息58条"
    assert first["check"]["holds"] is True
    assert indicators_json(description)[1]["check"] is None
    assert citations_json(description)[0]["law_number"] == "国务院令第492号"


def test_the_report_page_shows_numbers_checks_and_cited_documents(page: str) -> None:
    text = text_of(page)
    for words in (
        "58 = 47+11 ✓",
        "21+9 = 30 ≠ 75 ✗",
        "打码",
        "原文说没有",
        "按报告年份判定版本",
        "桂政办发[2018]2号",
    ):
        assert words in text, words
    assert '<a href="#p2">第2段</a>' in page


def test_a_report_without_numbers_has_no_table_of_them() -> None:
    empty = Description(title_hans="题名")
    assert indicator_lines(empty) == ()
    assert citation_lines(empty) == ()


def test_every_indicator_has_its_name_in_every_language() -> None:
    assert dict(INDICATORS) == dict(indicator_titles())


def test_an_indicator_of_a_later_program_keeps_its_code() -> None:
    assert indicator_name("of_a_later_program") == "of_a_later_program"
