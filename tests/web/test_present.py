from dataclasses import replace
from datetime import date

import pytest

from archive.model import Description, Evidence, Flag, Gap, Outcome, StoredReport
from archive.settings import Settings
from archive.store import Store
from tests.web import invented
from web.badges import badges, missing_words
from web.labels import FLAGS
from web.present import facts, gap_sentence
from web.year_words import year_label, year_sentence


def stored(archive: Settings, outcome: Outcome, part: int = 0) -> StoredReport:
    report = next(one for one in outcome.reports if one.section.part == part)
    with Store.open(archive) as store:
        return store.report(report.report_id)


def described(**values: object) -> Description:
    return Description(title_hans="题名", **values)  # type: ignore[arg-type]


def test_a_stated_year_is_a_plain_year() -> None:
    assert year_label(described(year=2018, year_status="stated")) == "2018年"


@pytest.mark.parametrize(
    ("status", "year", "label"),
    [
        ("suspect", 2020, "2020年（存疑）"),
        ("conflict", None, "年份存疑"),
        ("masked", None, "年份被遮盖"),
        ("absent", None, "年份不详"),
    ],
)
def test_a_year_in_doubt_never_looks_like_a_plain_year(status: str, year: int | None, label: str) -> None:
    assert year_label(described(year=year, year_status=status)) == label


def test_the_sentence_of_a_conflict_names_the_claim_the_proof_and_what_it_allows(archive: Settings) -> None:
    sentence = year_sentence(stored(archive, invented.damaged()).description)
    assert "2017年" in sentence
    assert "十七屆五中全會" in sentence
    assert "2010至2011年" in sentence


def test_a_masked_year_is_shown_as_written() -> None:
    assert "20xx年" in year_sentence(described(year_status="masked", year_as_written=("20xx年",)))


def test_a_gap_is_told_in_the_pages_own_numbers() -> None:
    assert "412字" in gap_sentence(a_gap(omitted_chars=412))
    both = gap_sentence(a_gap(total_chars=1875, shown_chars=903))
    assert "1875字" in both
    assert "903字" in both


def test_a_gap_without_numbers_claims_none() -> None:
    sentence = gap_sentence(a_gap())
    assert not any(character.isdecimal() for character in sentence)
    assert missing_words((a_gap(),)) == ""


def a_gap(**counts: int) -> Gap:
    return Gap(kind="paywall", paragraph=0, offset=0, notice="……", **counts)


def test_each_flag_has_one_badge_with_its_meaning(archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    made = badges(report)
    assert {badge.flag for badge in made} == set(report.description.flags)
    assert all(badge.meaning for badge in made)
    assert made[0].flag == "truncated"
    assert "412" in made[0].detail


def test_a_badge_carries_the_text_that_proves_it(archive: Settings) -> None:
    proofs = {badge.flag: badge.quotes for badge in badges(stored(archive, invented.damaged()))}
    assert proofs["truncated"][0].text == "……（省略412字，會員可見）"
    assert "_" in proofs["word_filtered"][0].text
    assert proofs["word_filtered"][0].anchor == "p2"
    assert "2017年" in {quote.text for quote in proofs["year_doubt"]}


def test_every_flag_that_a_report_can_have_has_a_label() -> None:
    assert set(FLAGS) == set(Flag.__args__)


def test_a_fact_that_is_not_known_says_so_and_claims_nothing(archive: Settings) -> None:
    report = stored(archive, invented.compilation(), part=3)
    known = {fact.name: fact for fact in facts(report)}
    assert known["层级"].value == "政府"
    assert known["层级"].note == "原文不足以判断层级"
    assert known["地区"].value == ""
    assert known["地区"].note == "地名被遮盖"
    assert known["发布机构"].note == "原文没有署名"


def test_years_that_contradict_each_other_are_all_named() -> None:
    sentence = year_sentence(described(year_status="conflict", year_as_written=("2012", "2013")))
    assert "“2012年”、“2013年”" in sentence
    assert "彼此不合" in sentence


def test_a_suspect_year_is_told_with_its_reason() -> None:
    sentence = year_sentence(described(year=2020, year_status="suspect", year_as_written=("2020年",)))
    assert "“2020年”" in sentence
    assert "存疑" in sentence


def test_a_year_beyond_doubt_needs_no_sentence() -> None:
    assert year_sentence(described(year=2018, year_status="stated", year_as_written=("2018年",))) == ""


@pytest.mark.parametrize(
    ("evidence", "name"),
    [
        (Evidence(where="paragraph", paragraph=2, quote="2019年1月21日", end=10), "成文日期"),
        (Evidence(where="page", quote="2019-01-21", end=10), "发布日期"),
    ],
)
def test_a_date_that_only_the_page_bears_is_not_called_the_report_s_own(
    archive: Settings, evidence: Evidence, name: str
) -> None:
    description = described(published_on=date(2019, 1, 21), evidence=(("published_on", (evidence,)),))
    report = replace(stored(archive, invented.damaged()), description=description)
    assert [fact.name for fact in facts(report) if fact.value == "2019年1月21日"] == [name]
