from datetime import date

import pytest

from archive.describe import describe
from archive.hanzi import to_traditional
from archive.model import Description, PageFields
from tests.describe.sections import make_part, make_section, quotes

TITLE = "玉杵镇政府信息公开工作总结"
BODY = "我镇及时公开惠农政策,群众满意。"


def year_facts(description: Description) -> tuple[int | None, str]:
    return description.year, description.year_status


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("玉杵镇2018年政府信息公开工作总结", "2018"),
        ("玉杵镇2018年度政府信息公开工作总结", "2018"),
        ("玉杵镇二〇一八年政府信息公开工作总结", "二〇一八"),
        ("玉杵镇二○一八年度政府信息公开工作总结", "二○一八"),
        ("玉杵镇２０１８年政府信息公开工作总结", "２０１８"),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_a_titles_year_is_stated(title: str, written: str, script: str) -> None:
    description = describe(make_section(to_traditional(title) if script == "traditional" else title, BODY))
    assert year_facts(description) == (2018, "stated")
    assert description.year_as_written == (written,)
    assert description.year_range == (2018, 2018)
    assert "year_doubt" not in description.flags


@pytest.mark.parametrize(
    "sentence",
    [
        "现将我镇2018年政府信息公开工作情况汇报如下:",
        "本报告统计期限为2018年1月1日至12月31日。",
        "2018年,我镇认真落实条例。",
        "截至2018年底,共公开信息90条。",
        "特向社会公布2018年度政府信息公开年度报告。",
        "我镇2018年度没有收到公开申请。",
        "我镇认真开展2018年政府信息公开工作。",
        "2018年,我镇按照全县统一安排,继续公开信息。",
        "现报告关于2018年政府信息公开的情况。",
    ],
)
def test_the_body_states_the_year_where_the_title_does_not(sentence: str) -> None:
    assert year_facts(describe(make_section(TITLE, sentence))) == (2018, "stated")


@pytest.mark.parametrize(
    "sentence",
    [
        "按照《2018年政务公开工作要点》(桂政办发〔2018〕23号)要求公开信息。",
        "依据桂政办发[2018] 23号文件公开信息。",
        "自2008年条例施行以来,不断完善制度。",
        "比2018年增加12条。",
        "自2008年政府信息公开条例施行以来,不断完善制度。",
        "2018年的主要任务是完善目录。",
        "下一步工作打算",
        "2018年工作计划",
        "五、2018年工作打算",
        "2018年我镇将继续加强公开。",
        "2018年3月5日召开会议。",
    ],
)
def test_other_documents_plans_and_events_are_not_the_reports_year(sentence: str) -> None:
    assert year_facts(describe(make_section(TITLE, BODY, sentence))) == (None, "absent")


def test_a_title_with_a_plan_claims_the_year_of_the_summary() -> None:
    title = "玉杵镇2018年政务公开工作总结及2019年工作计划"
    assert year_facts(describe(make_section(title, BODY))) == (2018, "stated")


def test_next_years_plan_in_the_body_contradicts_nothing() -> None:
    description = describe(
        make_section(
            "玉杵镇2018年政务公开工作总结",
            BODY,
            "五、2019年工作打算",
            "2019年,我镇设公开栏。",
            "2019年起推广经验。",
        )
    )
    assert year_facts(description) == (2018, "stated")


def test_a_signature_and_an_upload_day_are_not_the_year() -> None:
    fields = PageFields(published_on=date(2019, 3, 2))
    description = describe(make_section(TITLE, BODY, "玉杵镇人民政府", "2019年1月24日", fields=fields))
    assert year_facts(description) == (None, "absent")
    assert description.published_on == date(2019, 1, 24)


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("现将我镇20**年政务公开工作总结如下:", "20**"),
        ("20xx年,我镇公开信息。", "20xx"),
        ("201x年,我镇公开信息。", "201x"),
        ("20××年,我镇公开信息。", "20××"),
        ("xx年我镇公开信息。", "xx"),
        ("xxxx年,我镇公开信息。", "xxxx"),
        ("2___年,我镇公开信息。", "2___"),
        ("二○一X年,我镇公开信息。", "二○一X"),
        ("某年,我镇公开信息。", "某"),
    ],
)
def test_a_masked_year_is_masked_as_written(sentence: str, written: str) -> None:
    description = describe(make_section(TITLE, sentence))
    assert year_facts(description) == (None, "masked")
    assert description.year_as_written == (written,)
    assert "year_doubt" in description.flags


def test_a_year_masked_only_in_a_cited_title_is_masked_not_absent() -> None:
    assert year_facts(describe(make_section(TITLE, BODY, "按照《xxxx年要点》公开。"))) == (None, "masked")


def test_a_year_that_the_masking_missed_is_not_claimed() -> None:
    description = describe(make_section(TITLE, "20xx年,我镇公开信息。", "截至2016年底,公开信息90条。"))
    assert year_facts(description) == (None, "masked")
    assert description.year_as_written == ("20xx", "2016")


def test_a_titles_year_over_a_masked_body_is_suspect() -> None:
    description = describe(make_section("玉杵镇2016年政务公开工作总结", "20**年,我镇公开信息。"))
    assert year_facts(description) == (2016, "suspect")


def test_a_rewritten_title_year_is_refused_by_the_meetings_the_text_follows() -> None:
    description = describe(
        make_section(
            "玉杵镇2016年政务公开工作总结", "20**年,我镇以党的十七届四中、五中全会精神为指导,公开信息。"
        )
    )
    assert year_facts(description) == (None, "conflict")
    assert description.year_as_written == ("2016",)
    assert description.year_range == (2010, 2011)
    assert quotes(description, "year") == ("2016年", "20**年", "十七届四中、五中全")


@pytest.mark.parametrize(
    ("year", "sentence", "status"),
    [
        (2016, "认真学习党的十九大精神。", "conflict"),
        (2017, "认真学习党的十九大精神。", "stated"),
        (2017, "深入学习党的十九届三中全会精神。", "stated"),  # held in February 2018, before reports are due
        (2016, "深入学习党的十九届三中全会精神。", "conflict"),
        (2018, "党的十八大以来,不断完善制度。", "stated"),
        (2013, "认真学习十七届六中全会精神。", "stated"),
        (2014, "认真学习十七届六中全会精神。", "conflict"),
        (2021, "以优异成绩迎接党的二十大。", "stated"),
        (2018, "严格执行《民法典》规定。", "conflict"),
        (2018, "新冠肺炎疫情期间公开信息。", "conflict"),
        (2010, "开通微信公众号。", "conflict"),
        (2013, "开通微信公众号。", "stated"),
        (2016, "县生态环境局公布数据。", "stated"),  # new bureaus had local forerunners: no proof
        (2020, "县环保局公布数据。", "stated"),  # and old names live on
    ],
)
def test_dated_facts_rule_a_year_out_only_when_they_are_firm(year: int, sentence: str, status: str) -> None:
    description = describe(make_section(f"玉杵镇{year}年政务公开工作总结", BODY, sentence))
    assert year_facts(description) == (year if status == "stated" else None, status)


def test_a_body_that_claims_another_year_contradicts_the_title() -> None:
    description = describe(
        make_section("玉杵镇2017年政务公开工作总结", "现将我镇2014年政务公开工作汇报如下:")
    )
    assert year_facts(description) == (None, "conflict")
    assert description.year_as_written == ("2017", "2014")


def test_a_report_signed_before_its_year_is_contradicted() -> None:
    description = describe(make_section("玉杵镇2017年政务公开工作总结", BODY, "2015年1月8日"))
    assert year_facts(description) == (None, "conflict")


def test_a_report_signed_late_may_know_of_later_events() -> None:
    texts = (BODY, "依据国务院令第711号公开信息。")
    assert describe(make_section("玉杵镇2018年政务公开总结", *texts)).year_status == "conflict"
    signed = make_section("玉杵镇2018年政务公开总结", *texts, "2019年5月20日")
    assert year_facts(describe(signed)) == (2018, "stated")


def test_a_compilations_part_is_suspect_as_long_as_all_its_years_are_one() -> None:
    description = describe(make_part("2016年,我镇公开信息,截止2016年12月,共90条。"))
    assert year_facts(description) == (2016, "suspect")
    assert "year_doubt" in description.flags


@pytest.mark.parametrize("witness", ["2017年1月9日", "2017年,我镇将继续公开。"])
def test_a_second_year_in_its_right_relation_clears_a_part(witness: str) -> None:
    assert year_facts(describe(make_part("2016年,我镇公开信息90条。", witness))) == (2016, "stated")


def test_a_plan_alone_leaves_its_own_year_suspect_and_unclaimed() -> None:
    description = describe(make_part("2016年我局政府信息公开的工作计划是:继续完善制度。"))
    assert (description.kind, year_facts(description)) == ("work_plan_section", (None, "suspect"))
    assert description.year_as_written == ("2016",)


@pytest.mark.parametrize(
    ("texts", "span"),
    [
        (("201x年,我市公开信息,学习十九届三中全会精神。",), (2017, 2019)),
        (("我镇学习十八届四中全会精神。",), (2014, 2015)),
        (("我局为县环保局,落实生态环境部要求。",), (2017, 2019)),
        (("我镇公开信息。",), None),
        (("我镇公开信息。", "2013年2月4日"), (2012, 2013)),
    ],
)
def test_the_range_is_what_dated_facts_allow(texts: tuple[str, ...], span: tuple[int, int] | None) -> None:
    assert describe(make_section("政务公开工作总结", *texts)).year_range == span


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2019年1月24日", date(2019, 1, 24)),
        ("二〇一九年一月二十四日", date(2019, 1, 24)),
        ("二○一一年十二月三十日", date(2011, 12, 30)),
        ("２０１９年１月２４日", date(2019, 1, 24)),
        ("玉杵镇人民政府 2019年1月24日", date(2019, 1, 24)),
        ("2019-01-24", date(2019, 1, 24)),
        ("2019年2月30日", None),
        ("2019年1月24日召开了全镇政务公开工作会议。", None),
    ],
)
def test_a_date_line_is_the_day_of_signing(line: str, day: date | None) -> None:
    assert describe(make_section(TITLE, BODY, line)).published_on == day


def test_the_texts_own_date_comes_before_the_pages() -> None:
    fields = PageFields(published_on=date(2019, 3, 2), extra=(("成文日期", "2019-02-01"),))
    assert describe(make_section(TITLE, BODY, "2019年1月24日", fields=fields)).published_on == date(
        2019, 1, 24
    )
    assert describe(make_section(TITLE, BODY, fields=fields)).published_on == date(2019, 3, 2)
    only_signed = PageFields(extra=(("成文日期", "2019年2月1日"),))
    assert describe(make_section(TITLE, BODY, fields=only_signed)).published_on == date(2019, 2, 1)
