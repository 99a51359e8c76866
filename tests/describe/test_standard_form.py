"""The tables of the six-heading form: rows of a table, short lines of a dump, rows of a dump with spaces."""

from archive.describe import describe
from archive.model import Description, Paragraph, Section

HEADERS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况",
    "自然人 | 法人或其他组织 | 总计",
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
)
REQUESTS = (
    "一、本年新收政府信息公开申请数量 | 18 | 3 | 0 | 1 | 2 | 0 | 24",
    "二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1",
    "三、本年度办理结果 | （一）予以公开 | 12 | 2 | 0 | 1 | 2 | 0 | 17",
    "（三）不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
    "2.其他法律行政法规禁止公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6",
    "（七）总计 | 17 | 3 | 0 | 1 | 2 | 0 | 23",
    "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2",
)
CHALLENGES = (
    "行政复议 | 行政诉讼",
    "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉",
    "1 | 0 | 0 | 1 | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 1",
)


def tables(*lines: str) -> Description:
    rows = tuple(Paragraph(text=line, block=n, role="table") for n, line in enumerate(lines))
    return describe(Section(title="蓬壶市民政局2020年政府信息公开工作年度报告", paragraphs=rows))


def dump(*lines: str) -> Description:
    texts = tuple(Paragraph(text=line, block=n) for n, line in enumerate(lines))
    return describe(Section(title="蓬壶市民政局2020年政府信息公开工作年度报告", paragraphs=texts))


def totals(description: Description) -> dict[str, int | float | None]:
    return {one.name: one.value for one in description.indicators if one.part_of is None and not one.label}


TOTALS = {
    "requests_received": 24,
    "requests_carried_in": 1,
    "requests_granted": 17,
    "requests_settled": 23,
    "requests_carried_out": 2,
}


def test_requests_are_read_by_kind_of_applicant() -> None:
    found = tables(*HEADERS, *REQUESTS)
    assert totals(found) == TOTALS
    received = [
        one for one in found.indicators if one.name == "requests_received" and one.part_of is not None
    ]
    assert {one.label: one.value for one in received} == {
        "自然人": 18,
        "商业企业": 3,
        "科研机构": 0,
        "社会公益组织": 1,
        "法律服务机构": 2,
        "其他": 0,
    }
    assert {one.unit for one in received} == {"件"}


def test_a_number_of_the_form_proves_itself_by_its_cell() -> None:
    found = tables(*HEADERS, *REQUESTS)
    row = next(one for one in found.indicators if one.label == "自然人")
    assert row.evidence.paragraph == 3
    assert REQUESTS[0][row.evidence.start : row.evidence.end] == row.evidence.quote == "18"


def test_refusals_are_read_with_their_grounds() -> None:
    found = tables(*HEADERS, *REQUESTS)
    refused = {one.label: one.value for one in found.indicators if one.name == "requests_refused"}
    assert refused == {"属于国家秘密": 0, "其他法律行政法规禁止公开": 6}


def test_the_forms_own_equations_are_checked() -> None:
    found = tables(*HEADERS, *REQUESTS)
    sums = [(check.totals_sum, check.parts_sum) for check in found.checks]
    assert (23, 23) in sums  # 17 + 0 + 6
    assert (25, 25) in sums  # 24 + 1 = 23 + 2
    assert all(check.holds for check in found.checks)


def test_a_row_that_does_not_add_up_is_kept_and_said_not_to() -> None:
    wrong = "一、本年新收政府信息公开申请数量 | 18 | 3 | 0 | 1 | 2 | 0 | 27"
    found = tables(*HEADERS, wrong)
    (check,) = found.checks
    assert (check.totals_sum, check.parts_sum, check.holds) == (27, 24, False)


def test_a_dump_of_one_cell_a_line_reads_as_the_table_does() -> None:
    cells = (cell for row in (*HEADERS, *REQUESTS, *CHALLENGES) for cell in row.split(" | "))
    assert totals(dump(*cells)) == {
        **TOTALS,
        "reconsiderations": 2,
        "litigations_direct": 0,
        "litigations_after_reconsideration": 1,
    }


def test_a_dump_of_one_row_a_line_reads_as_the_table_does() -> None:
    rows = (
        row.replace(" | ", " ") for row in REQUESTS if "本年度办理结果" not in row and "不予公开" not in row
    )
    assert totals(dump(*rows)) == {key: value for key, value in TOTALS.items() if key != "requests_granted"}


def test_a_row_with_a_lost_cell_is_left_alone() -> None:
    assert tables(*HEADERS, "一、本年新收政府信息公开申请数量 | 18 | 3 | 1 | 2 | 24").indicators == ()


def test_a_masked_cell_is_none_and_a_stroke_is_nothing() -> None:
    found = tables(*HEADERS, "一、本年新收政府信息公开申请数量 | xx | / | / | / | / | / | xx")
    assert [(one.label, one.value, one.status) for one in found.indicators] == [
        ("", None, "masked"),
        ("自然人", None, "masked"),
    ]
    assert found.checks == ()


def test_reconsideration_and_litigation_are_read_with_their_results() -> None:
    found = tables(*CHALLENGES)
    assert totals(found) == {
        "reconsiderations": 2,
        "litigations_direct": 0,
        "litigations_after_reconsideration": 1,
    }
    results = {one.label: one.value for one in found.indicators if one.name == "reconsiderations"}
    assert results == {"": 2, "结果维持": 1, "结果纠正": 0, "其他结果": 0, "尚未审结": 1}
    assert [check.holds for check in found.checks] == [True, True]


def test_disclosure_rows_stand_under_their_own_headings() -> None:
    found = tables(
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量",
        "规章 | 0 | 0 | 0",
        "规范性文件 | 2 | 2 | 11",
        "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量",
        "行政许可 | 9 | -1 | 188",
        "信息内容 | 采购项目数量 | 采购总金额",
        "政府集中采购 | 17 | 683.4万元",
    )
    read = {(one.name, one.label): (one.value, one.unit) for one in found.indicators}
    assert read["normative_documents", "对外公开总数量"] == (11, "件")
    assert read["licences", "本年增/减"] == (-1, "项")
    assert read["licences", "处理决定数量"] == (188, "件")
    assert read["procurements", "采购总金额"] == (6834000, "元")


def test_numbers_of_another_table_are_not_the_forms() -> None:
    assert tables("乡镇 | 户数 | 人口", "玉杵镇 | 3120 | 11800", "总计 | 3120 | 11800").indicators == ()


def test_a_blank_cell_is_no_nought_and_its_row_is_read_all_the_same() -> None:
    found = tables(*HEADERS, "一、本年新收政府信息公开申请数量 | ３ |  |  |  |  |  | ３")
    assert [(one.label, one.value) for one in found.indicators] == [("", 3), ("自然人", 3)]


def test_a_row_that_is_all_blank_says_nothing() -> None:
    assert tables(*HEADERS, "一、本年新收政府信息公开申请数量 |  |  |  |  |  |  | ").indicators == ()


def test_a_merged_cell_before_a_row_is_not_one_of_its_numbers() -> None:
    rows = (
        "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
        " | （七）总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1",
    )
    assert totals(tables(*HEADERS, *rows)) == {"requests_carried_in": 0, "requests_settled": 1}
