"""Numbers in prose: what is counted, what is masked, what says none, and whether the parts add up."""

import pytest

from archive.describe import describe
from archive.hanzi import to_traditional
from archive.model import Description, Indicator
from tests.describe.sections import make_section


def reading(*texts: str) -> Description:
    return describe(make_section("桂影县玉杵镇2018年政务公开工作总结", *texts))


def rows(*texts: str) -> list[tuple[str, int | float | None, str]]:
    return [(one.name, one.value, one.unit) for one in reading(*texts).indicators]


def only(text: str) -> Indicator:
    (found,) = reading(text).indicators
    return found


def test_a_number_comes_with_its_name_unit_label_and_the_words_that_prove_it() -> None:
    found = only("（一）2018年，蟾桥镇在网站共公布消息1,732条。")
    assert (found.name, found.category, found.value, found.unit) == ("disclosed", "disclosed", 1732, "条")
    assert found.label == "蟾桥镇在网站共公布消息"
    assert found.evidence.quote == "蟾桥镇在网站共公布消息1,732条"
    assert found.status == "stated"


def test_a_masked_number_is_none_and_never_nought() -> None:
    found = only("全年主动公开信息xxx条。")
    assert (found.value, found.status) == (None, "masked")


@pytest.mark.parametrize("mask", ["x", "××", "***", "__"])
def test_every_mask_hides_a_number(mask: str) -> None:
    assert rows(f"全年收到公开申请{mask}件。") == [("requests_received", None, "件")]


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("发放宣传手册1万余册。", 10000, "余"),
        ("栏目点击5.6万次。", 56000, ""),
        ("全年公开信息近300条。", 300, "近"),
        ("全年公开信息超过300条。", 300, "超过"),
        ("全年公开信息300多条。", 300, "多"),
        ("收取信息处理费1.25万元。", 12500, ""),
    ],
)
def test_scales_are_multiplied_and_what_is_inexact_is_said(text: str, value: int, qualifier: str) -> None:
    found = only(text)
    assert (found.value, found.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "咨询请拨打12345热线，电话0817-5550126，邮编600100。",
        "根据《玉杵镇公开办法》（桂政办发〔2018〕23号）第12条公开。",
        "2018年1月1日至12月31日，第3次修订。",
        "2019年力争公开信息400条以上。",
        "每季度公开1次，每年培训不少于2次。",
        "比上年增加212条，同比增长12%。",
        "险情在xx小时内上报。",
        "全文3170字，仅显示1204字，略去518字。",
        "（2018）沧01民终1234号判决书公开后，“三不公开”原则不变。",
        "该镇有耕地3.2万亩，人口1.8万人，距县城12公里。",
    ],
)
def test_hotlines_serials_dates_aims_and_word_counts_are_no_indicators(text: str) -> None:
    assert rows(text) == []


def test_the_coming_years_plan_is_not_what_was_done() -> None:
    plan = (
        "全年公开信息90条。",
        "三、2019年工作计划",
        "公开信息120条，举办培训班3期。",
        "四、其他",
        "召开专题会议2次。",
    )
    assert rows(*plan) == [("disclosed", 90, "条"), ("meetings", 2, "次")]


def test_words_that_say_none_are_nought_with_those_words_as_proof() -> None:
    found = reading("我镇没有收到公开申请，没有收费，未发生行政复议、行政诉讼。").indicators
    assert [(one.name, one.value) for one in found] == [
        ("requests_received", 0),
        ("fees_charged", 0),
        ("reconsiderations", 0),
        ("litigations", 0),
    ]
    assert {one.status for one in found} == {"from_negation"}
    assert found[0].evidence.quote == "没有收到公开申请"


@pytest.mark.parametrize(
    "text",
    [
        "如未收到申请，应当说明。",
        "不得收取费用。",
        "避免未发生行政复议的单位放松要求。",
        "尚未发现应当公开而未公开的情况。",
        "没有按期答复申请的单位要整改。",
    ],
)
def test_what_is_not_a_statement_of_none_is_no_nought(text: str) -> None:
    assert rows(text) == []


def test_parts_that_add_up_are_shown_with_their_sum() -> None:
    found = reading("网站发布消息58条。其中水利类6条，渔业类11条，庙会类38条，气象类2条，修桥类1条。")
    (check,) = found.checks
    assert (check.totals_sum, check.parts_sum, check.holds) == (58, 58, True)
    assert [
        found.indicators[part].label for part in check.parts
    ] == "水利类 渔业类 庙会类 气象类 修桥类".split()
    assert {found.indicators[part].part_of for part in check.parts} == {check.totals[0]}


def test_parts_that_do_not_add_up_are_kept_and_said_not_to() -> None:
    found = reading("公布消息75条，其中，渡口类21条，潮汛类9条。")
    (check,) = found.checks
    assert (check.totals_sum, check.parts_sum, check.holds) == (75, 30, False)
    assert len(found.indicators) == 3


@pytest.mark.parametrize(
    "text",
    [
        "公开信息100条，其中网站公开60条。",
        "公开信息100余条，其中网站60条，公开栏40条。",
        "公开信息xx条，其中网站60条，公开栏40条。",
        "公开信息100条，其中网站60条，公开栏30条等。",
        "公开信息100条。收到申请5件，其中当面申请5件。",
    ],
)
def test_a_list_that_is_inexact_masked_or_not_whole_proves_nothing(text: str) -> None:
    assert reading(text).checks == ()


def test_parts_may_be_split_by_semicolons_and_stand_behind_a_colon() -> None:
    found = reading("网站公开信息60条。其中：征地公告等40条；土地成交结果15条；采矿权5条。")
    assert [check.holds for check in found.checks] == [True]


def test_parts_with_decimals_add_up_as_a_reader_adds_them() -> None:
    found = reading("投入公开栏建设资金3.3元，其中甲村1.1元，乙村2.2元。")
    assert [check.holds for check in found.checks] == [True]


def test_a_colon_in_an_aside_begins_no_list_of_parts() -> None:
    found = reading("网站公开信息163条，公众号“玉杵”（微信号：yuchu2018）公开信息23条，公开栏公开信息18条。")
    assert [one.part_of for one in found.indicators] == [None, None, None]
    assert found.checks == ()


def test_an_aside_before_a_number_belongs_to_its_label() -> None:
    found = reading("共发布信息30条，其中网站（含转发）10条，微信（含转发）20条。")
    assert [one.label for one in found.indicators[1:]] == ["网站(含转发)", "微信(含转发)"]
    assert found.checks[0].holds


def test_two_ways_to_divide_one_total_are_two_checks() -> None:
    found = reading("全年公开信息30条。按内容分：财政10条，民生20条。按方式分：网站12条，公开栏18条。")
    assert [check.holds for check in found.checks] == [True, True]


def test_answers_keep_their_names_as_parts_of_the_requests() -> None:
    found = reading("收到申请6件，其中全部公开5件，因信息不存在告知1件。")
    assert [one.name for one in found.indicators] == [
        "requests_received",
        "requests_granted",
        "requests_unable",
    ]
    assert [check.holds for check in found.checks] == [True]


def test_both_scripts_of_one_text_count_alike() -> None:
    text = "公開欄張貼告示41條，沒有收到申請，未發生行政復議，群眾來信4件，回覆率達100%。"
    hant, hans = (
        rows(text),
        rows("公开栏张贴告示41条，没有收到申请，未发生行政复议，群众来信4件，回复率达100%。"),
    )
    assert hant == hans
    assert len(hant) == 5
    assert rows(to_traditional("公开栏张贴告示41条。")) == [("disclosed", 41, "条")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("全年主动公开信息九十八条。", ("disclosed", 98, "条", "")),
        ("公开文件一百二十余件。", ("disclosed", 120, "件", "余")),
        ("培训干部两万人次。", ("training_persons", 20000, "人次", "")),
        ("网站公开占三成。", ("share", 30, "%", "")),
        ("申请答复率达到百分之八十。", ("rate", 80, "%", "")),
        ("申请办结率为百分之百。", ("rate", 100, "%", "")),
        ("群众满意率达百分之九十八点五以上。", ("rate", 98.5, "%", "以上")),
        ("公开信息一千零五十条。", ("disclosed", 1050, "条", "")),
        ("公开信息一二〇条。", ("disclosed", 120, "条", "")),
        ("公开信息一百二十条。", ("disclosed", 120, "条", "")),
        ("公开信息三十余万条。", ("disclosed", 300000, "条", "余")),
        ("发放宣传资料3万余份。", ("publications", 30000, "份", "余")),
        ("发布信息１，２３４条。", ("disclosed", 1234, "条", "")),
        ("公开信息百余条。", ("disclosed", 100, "条", "余")),
        ("发放手册上千册。", ("publications", 1000, "册", "上")),
        ("召开专题会议3至5次。", ("meetings", 3, "次", "至5")),
        ("召开专题会议三到五次。", ("meetings", 3, "次", "至5")),
        ("公开信息30～50条。", ("disclosed", 30, "条", "至50")),
        ("发生行政复议案件一起。", ("reconsiderations", 1, "起", "")),
        ("收到申请零件。", ("requests_received", 0, "件", "")),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_numbers_are_read_however_they_are_written(
    text: str, row: tuple[str, float, str, str], script: str
) -> None:
    found = only(to_traditional(text) if script == "traditional" else text)
    assert (found.name, found.value, found.unit, found.qualifier) == row


@pytest.mark.parametrize(
    "text",
    [
        "按照条例第九十八条公开,条例第九十八条第三款不变。",
        "学习二十大精神,公布三公经费,一是公开,二是公示。",
        "落实五公开,推进一网通办,公开信息一体推进。",
        "明确一名同志为公开联络员,公布一批文件,公布一张清单。",
        "公布十件民生实事,公布监管“三条红线”。",
        "召开十二届三次会议,召开会议两三次。",
        "公开信息几十条、数百条、好几百条。",
        "收到申请十四五件。",
        "推进公开一条龙服务,与公开信息一起公布。",
        "公开信息统一管理,占成本一成本。",
        "减少投诉的二次传播,平均要点击五次,平均每条点击300次。",
    ],
)
def test_numerals_that_count_nothing_are_no_indicators(text: str) -> None:
    assert rows(text) == []


def test_parts_in_numerals_add_up_as_parts_in_digits_do() -> None:
    found = reading("公开信息二百三十五条,其中网站一百三十五条,公开栏100条。")
    assert [(check.totals_sum, check.parts_sum) for check in found.checks] == [(235, 235)]


def test_a_range_proves_no_sum() -> None:
    assert reading("公开信息100条,其中网站30至60条,公开栏40条。").checks == ()
