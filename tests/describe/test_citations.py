"""Cited documents: titles, 文号, short forms, and which known document is meant."""

import tomllib
from datetime import date
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from archive.describe import describe
from archive.describe.document_numbers import find_document_numbers
from archive.describe.laws import law_by_number, law_by_title, laws
from archive.hanzi import match_form, to_traditional
from archive.model import Citation
from tests.describe.sections import make_part, make_section

REGULATION = "中华人民共和国政府信息公开条例"


def cited(*texts: str, year: int | str = 2018) -> tuple[Citation, ...]:
    return describe(make_section(f"桂影县玉杵镇{year}年政府信息公开工作年度报告", *texts)).citations


def one(text: str, year: int | str = 2018) -> Citation:
    (found,) = cited(text, year=year)
    return found


def test_a_citation_keeps_the_title_the_number_and_every_mention() -> None:
    found = one(
        "根据《桂影县政务公开考核办法》（桂政办发[2018] 23号，以下简称《办法》）部署，严格执行《办法》。"
    )
    assert (found.title, found.number) == ("桂影县政务公开考核办法", "桂政办发〔2018〕23号")
    assert found.number_as_written == "桂政办发[2018] 23号"
    assert found.aliases == ("办法",)
    assert [mention.quote for mention in found.mentions] == [
        "《桂影县政务公开考核办法》",
        "《办法》",
        "《办法》",
    ]
    assert found.state == "not_held"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("桂政办发[2018] 23号", "桂政办发〔2018〕23号"),
        ("桂政办发(2018)23号", "桂政办发〔2018〕23号"),
        ("桂政办发〔2018〕第23号", "桂政办发〔2018〕23号"),
        ("桂政办发﹝xxxx﹞xx号", "桂政办发〔xxxx〕xx号"),
        ("根据桂政办函〔201x〕97号", "桂政办函〔201x〕97号"),
        ("省政府令第237号", "省政府令第237号"),
        ("国务院令第711号", "国务院令第711号"),
        ("国务院令第四百九十二号", "国务院令第492号"),
        ("国务院令 第 492 号", "国务院令第492号"),
    ],
)
def test_numbers_are_normalised_whatever_their_brackets(written: str, normal: str) -> None:
    assert [number.normal for number in find_document_numbers(match_form(written))] == [normal]


@pytest.mark.parametrize(
    "text", ["(2018)沧01民终1234号", "公开电话12345号", "第23号公告栏", "桂影路〔东〕23号"]
)
def test_court_cases_and_other_numbers_are_no_document_numbers(text: str) -> None:
    assert list(find_document_numbers(text)) == []


def test_a_title_may_hold_another() -> None:
    found = one("印发《关于贯彻《沧溟省公开规定》的实施意见》。")
    assert found.title == "关于贯彻《沧溟省公开规定》的实施意见"


@pytest.mark.parametrize(
    "text",
    [
        "在《望舒日报》《沧溟晚报》刊登信息，做客《民生热线》栏目。",
        "现随文报来《桂影县玉杵镇2018年政府信息公开工作年度报告》。",
        "排演《嫦娥奔月》，放映《星槎》。",
    ],
)
def test_media_works_and_the_reports_own_title_are_not_cited(text: str) -> None:
    assert cited(text) == ()


@pytest.mark.parametrize(
    ("year", "number"),
    [
        (2009, "国务院令第492号"),
        (2018, "国务院令第492号"),
        (2019, "国务院令第711号"),
        (2023, "国务院令第711号"),
    ],
)
def test_the_regulation_is_the_one_of_the_reports_year(year: int, number: str) -> None:
    found = one(f"根据《{REGULATION}》编制。", year=year)
    assert (found.state, found.law_number) == ("version_by_date", number)
    assert found.source


def test_a_lone_regulation_in_a_report_on_open_information_is_the_one_on_it() -> None:
    found = one("根据《条例》编制本报告。", year=2011)
    assert (found.state, found.law_title, found.law_number) == (
        "version_by_date",
        REGULATION,
        "国务院令第492号",
    )


def test_without_a_year_the_version_stays_ambiguous_with_its_candidates() -> None:
    (found,) = describe(make_part(f"我局认真执行《{REGULATION}》。")).citations
    assert (found.state, found.law_number) == ("ambiguous", None)
    assert found.candidates == ("国务院令第492号", "国务院令第711号")


def test_a_cited_order_settles_the_version() -> None:
    found = one(f"学习《{REGULATION}》（国务院令第711号）。", year="20xx")
    assert (found.state, found.law_number) == ("exact", "国务院令第711号")


def test_a_variant_of_a_title_is_the_same_document() -> None:
    found = one(f"执行《{REGULATION}》，落实《政府信息公开条例》和《中华人民共和国信息公开条例》。")
    assert found.aliases == ("政府信息公开条例", "中华人民共和国信息公开条例")
    assert len(found.mentions) == 3


def test_a_short_form_is_bound_to_its_own_document_not_to_the_last_one() -> None:
    found = cited(
        f"根据《{REGULATION}》（以下简称《条例》）和《沧溟省政务公开规定》（以下简称《规定》），",
        "执行《条例》《桂影县保密条例》《规定》，再按《条例》。",
    )
    assert [(each.title, len(each.mentions)) for each in found] == [
        (REGULATION, 4),
        ("沧溟省政务公开规定", 3),
        ("桂影县保密条例", 1),
    ]


def test_a_short_form_that_two_documents_could_have_stays_ambiguous() -> None:
    *_, short = cited("按照《玉杵镇公开办法》《玉杵镇考核办法》。", "执行《办法》。")
    assert (short.title, short.state, short.law_number) == ("办法", "ambiguous", None)


def test_a_masked_title_or_number_is_said_to_be_masked() -> None:
    assert one("印发《xx县政务公开实施方案》。").state == "masked"
    assert one("印发《桂影县政务公开实施方案》（桂政办发〔201x〕9号）。").state == "masked"


def test_a_document_of_a_later_year_than_the_report_can_know_is_flagged() -> None:
    assert one("依据《玉杵镇公开办法》（玉政发〔2021〕3号）。", year=2018).state == "year_conflict"
    assert one("落实《望舒市2023年政务公开工作要点》。", year=2018).state == "year_conflict"
    assert one("报告依据《关于编制年报的通知》（桂政办函〔2019〕1号）。", year=2018).state == "not_held"


def test_a_known_notice_with_another_year_in_its_number_is_flagged() -> None:
    found = one("落实《关于全面推进政务公开工作的意见》（中办发〔2019〕8号）。", year=2019)
    assert (found.state, found.law_number) == ("year_conflict", "中办发〔2016〕8号")


def test_a_countys_key_points_are_not_the_state_councils() -> None:
    assert one("落实《2018年政务公开工作要点》。").state == "not_held"
    assert one("落实国务院办公厅《2018年政务公开工作要点》。").law_number == "国办发〔2018〕23号"
    assert one("落实《国务院办公厅关于印发2018年政务公开工作要点的通知》。").state == "exact"


def test_a_local_notice_of_the_same_name_is_not_the_known_one() -> None:
    found = one("《关于全面推进政务公开工作的意见》（沧办发〔2016〕41号）。")
    assert (found.state, found.law_number) == ("not_held", None)


def test_a_number_without_a_title_is_cited_too() -> None:
    found = one("按照国办发〔2018〕23号文件精神推进。")
    assert (found.title, found.number, found.state) == (None, "国办发〔2018〕23号", "exact")


def test_both_scripts_cite_alike() -> None:
    text = f"根据《{REGULATION}》(以下简称《条例》)和《沧溟省政务公开规定》(沧政发[2012]6号),执行《条例》。"
    hans, hant = cited(text), cited(to_traditional(text))
    assert [(each.state, each.number, each.law_number, len(each.mentions)) for each in hans] == [
        (each.state, each.number, each.law_number, len(each.mentions)) for each in hant
    ]
    assert hant[0].title == to_traditional(REGULATION)


def test_every_known_document_is_found_by_each_of_its_names_and_numbers() -> None:
    for law in laws():
        for name in (law.title, *law.aliases):
            found = law_by_title(name)
            assert found is not None
            assert found[0] == law, name
        for version in law.versions:
            assert law_by_number(version.number, law.title) == (law, version)
            assert version.issued <= version.in_force
        assert law.in_force(date(1980, 1, 1)) is None
        assert law.in_force(date(2026, 1, 1)) == law.versions[-1]


def test_every_official_address_is_a_government_s_and_says_how_it_is_known() -> None:
    versions = [version for law in laws() for version in law.versions]
    addressed = [version for version in versions if version.address]
    assert len(addressed) >= 7
    for version in addressed:
        parts = urlsplit(version.address)
        assert parts.scheme in {"http", "https"}
        assert (parts.hostname or "").endswith(".gov.cn")
        assert len(parts.path) > 1  # a document's own page, not the site's first
        assert "title" in version.address_seen
    assert len({version.address for version in addressed}) == len(addressed)
    assert not any(version.address_seen for version in versions if not version.address)
    heading = files("archive.describe").joinpath("laws.toml").read_text(encoding="utf-8")
    assert f"{len(addressed)} of the {len(versions)} versions have one" in heading


def test_no_two_known_documents_share_a_name_or_number() -> None:
    table = tomllib.loads(files("archive.describe").joinpath("laws.toml").read_text(encoding="utf-8"))
    names = [name for entry in table["document"] for name in (entry["title"], *entry.get("aliases", ()))]
    numbers = [
        version["number"]
        for entry in table["document"]
        for version in entry["version"]
        if not version["number"].startswith("主席令")  # counted anew in each term: told apart by their titles
    ]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据政府信息公开条例第三十条编制。", "国务院令第492号"),
        ("根据中华人民共和国政府信息公开条例编制。", "国务院令第492号"),
        ("依据行政许可法公开。", "主席令第7号"),
        ("按照档案法移交。", "主席令第58号"),
        ("按照国务院令第492号编制。", "国务院令第492号"),
        ("按照国务院第492号令编制。", "国务院令第492号"),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_laws_are_cited_without_brackets_too(text: str, number: str, script: str) -> None:
    found = one(to_traditional(text) if script == "traditional" else text, year=2018)
    assert found.law_number == number


@pytest.mark.parametrize(
    "text",
    [
        "落实沧溟省政府信息公开条例。",
        "遵守行政许可法律规定,学习档案法规。",
        "出台政府信息公开条例实施办法。",
        "依照国家保密法及其他法律公开。",
        "学习“行政许可法”知识。",
    ],
)
def test_words_that_only_resemble_a_law_cite_none(text: str) -> None:
    assert cited(text) == ()


def test_a_bare_name_and_the_quoted_one_are_one_citation_under_the_quoted_title() -> None:
    found = one(f"依据政府信息公开条例(以下简称条例)编制,落实《{REGULATION}》,执行《条例》。")
    assert (found.title, len(found.mentions)) == (REGULATION, 3)
    assert set(found.aliases) == {"政府信息公开条例", "条例"}


def test_key_points_without_their_full_title_are_those_of_their_year() -> None:
    found = one("落实国务院办公厅《政务公开工作要点》。", year=2017)
    assert (found.state, found.law_number) == ("version_by_date", "国办发〔2017〕24号")
    found = one("落实国务院办公厅《2018年全国政务公开工作要点》。", year=2018)
    assert (found.state, found.law_number) == ("alias", "国办发〔2018〕23号")
    assert one("落实《政务公开工作要点》。", year=2018).state == "not_held"
    assert one("落实国务院办公厅《政务公开工作要点》。", year="20xx").state == "ambiguous"


def test_an_entry_that_was_never_compared_makes_no_sure_claim() -> None:
    found = one("依据《行政复议法》办理。", year=2016)
    assert (found.state, found.law_number, found.candidates) == ("ambiguous", None, ("主席令第16号",))
    assert found.law_title == "中华人民共和国行政复议法"


def test_one_number_of_two_laws_is_told_apart_by_the_title() -> None:
    found = cited("《行政复议法》（主席令第16号）、《行政诉讼法》（主席令第16号）。")
    assert [each.law_title for each in found] == ["中华人民共和国行政复议法", "中华人民共和国行政诉讼法"]
    assert one("执行主席令第16号。").state == "not_held"
