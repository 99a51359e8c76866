import pytest

from archive.describe import describe
from archive.hanzi import to_traditional
from tests.describe.sections import make_part, make_section

BODY = "及时公开各类政府信息。"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("玉杵镇2018年政府信息公开工作年度报告", "annual_report"),
        ("玉杵镇2018年政府信息公开年报", "annual_report"),
        ("玉杵镇2018年政府信息公开工作总结", "summary"),
        ("玉杵镇2018年政务公开工作情况汇报", "summary"),
        ("玉杵镇2018年政务公开工作总结及2019年工作计划", "summary"),
        ("玉杵镇2018年政务公开工作小结", "brief_summary"),
        ("玉杵镇2018年政务公开工作要点落实情况", "key_points_implementation"),
        ("玉杵镇贯彻落实2018年政务公开工作要点情况", "key_points_implementation"),
        ("玉杵镇2019年政务公开工作计划", "work_plan_section"),
        ("玉杵镇政务公开存在问题及整改措施", "problems_section"),
        ("桂影县2018年建议提案办理情况", "proposals_handling_section"),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_a_title_says_the_kind(title: str, kind: str, script: str) -> None:
    written = to_traditional(title) if script == "traditional" else title
    assert describe(make_section(written, BODY)).kind == kind


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("现将我局政务公开工作情况汇报如下:", "(一)主动公开政府信息情况。", "公开信息12条。"), "summary"),
        (("特向社会公布2016年政府信息公开年度报告。",), "annual_report"),
        (("一、总体情况", "公开信息12条。"), "annual_report"),
        (("1、主动公开信息情况。共公开12条。",), "annual_report"),
        (("全年主动公开信息120条,依申请公开6条。",), "annual_report"),
        (("我乡公开工作取得成效,但仍存在一些问题。",), "problems_section"),
        (("明年我局的工作打算是:完善目录。",), "work_plan_section"),
        (("县人大代表提出建议12件,已全部答复。", "政协提案8件,代表满意。"), "proposals_handling_section"),
        (("一是加强领导。我局成立政务公开领导小组。",), "summary"),
        (("本市气温回升,适合春游。",), "other"),
    ],
)
def test_a_part_shows_its_kind_by_what_it_holds(texts: tuple[str, ...], kind: str) -> None:
    assert describe(make_part(*texts)).kind == kind


def test_a_compilations_heading_does_not_say_its_parts_kind() -> None:
    description = describe(make_part("今日天气晴。"))
    assert description.kind == "other"


def test_one_sentence_on_proposals_does_not_make_a_report_about_them() -> None:
    description = describe(make_part("人大代表建议公开账目。", "全年公开信息12条,政府信息及时更新。"))
    assert description.kind == "summary"


@pytest.mark.parametrize(
    "texts",
    [
        ("(一)推进土地信息公开。2016年,我县国土部门在网站公开征地信息,方便群众查阅。",),
        ("一是健全队伍。20xx年初调整领导小组,现全市从事政务公开工作的人员96名,我市各项工作有序。",),
        ("我区各部门全年及时公开办事指南。",),
    ],
)
def test_a_whole_governments_account_of_its_departments_is_from_its_yearly_report(
    texts: tuple[str, ...],
) -> None:
    assert describe(make_part(*texts)).kind == "annual_report"


@pytest.mark.parametrize(
    "texts",
    [
        ("2016年,我镇积极配合,全县各部门公开办事指南,我镇一一转发,做好政务公开。",),
        ("2016年,我局认真公开办事指南,全市各部门公开信息由我局汇总。",),
        ("我县各部门公开办事指南,做好政务公开。",),
        ("2016年,我县扎实推进政务公开。",),
        ("现将我县2016年政务公开工作总结如下:我县各部门公开办事指南。",),
    ],
)
def test_a_towns_a_bureaus_or_an_undated_text_is_none_of_it(texts: tuple[str, ...]) -> None:
    assert describe(make_part(*texts)).kind == "summary"
