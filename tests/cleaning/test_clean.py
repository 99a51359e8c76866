"""Pages lose their boilerplate and keep every line of their text."""

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.errors import NoReportFound
from archive.lines import is_heading
from archive.model import CleanPage
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from tests.conftest import make_capture

BODY = [
    "今年以来,我镇把政务公开列入议事日程,年初有计划,年终有考核。",
    "一、组织领导",
    "成立了由镇长任组长的领导小组,办公室设在党政办,负责日常工作。",
    "二、公开内容",
    "全年公开信息三十六条,群众来电咨询二十次,都作了答复。",
]


def cleaned(text: str) -> CleanPage:
    capture = make_capture(text)
    return clean(repair(read_page(capture, decode(capture))), load_rulebook())


def lines(page: CleanPage) -> list[str]:
    return [paragraph.text for paragraph in page.paragraphs]


def test_a_bare_report_comes_out_as_it_went_in() -> None:
    page = cleaned("\n".join(["玉杵镇政务公开总结", *BODY, "玉杵镇人民政府", "2016年1月8日"]))
    assert page.title == "玉杵镇政务公开总结"
    assert lines(page) == [*BODY, "玉杵镇人民政府", "2016年1月8日"]
    assert page.dropped == ()
    assert [p.role for p in page.paragraphs] == ["text", "heading", "text", "heading", "text", "text", "text"]


def test_a_title_that_stands_in_mid_text_again_is_kept_once() -> None:
    page = cleaned("\n".join(["玉杵镇政务公开总结", BODY[0], "玉杵镇政务公开总结", *BODY[1:]]))
    assert lines(page) == BODY
    assert [dropped.rule for dropped in page.dropped] == ["title-repeat"]


def test_a_covering_letter_is_kept_apart_from_the_report() -> None:
    letter = ["县信息办:", "现将《玉杵镇政务公开总结》报上,请审阅。", "玉杵镇人民政府", "2016年1月8日"]
    page = cleaned("\n".join([*letter, "玉杵镇政务公开总结", *BODY]))
    assert page.title == "玉杵镇政务公开总结"
    assert lines(page) == [*letter, *BODY]
    assert [p.role for p in page.paragraphs[:5]] == ["front_matter"] * 4 + ["text"]


def test_the_same_line_twice_in_a_report_stays_twice() -> None:
    page = cleaned("\n".join(["玉杵镇政务公开总结", *BODY, BODY[4], BODY[4]]))
    assert lines(page)[-3:] == [BODY[4]] * 3


def test_a_short_report_in_a_wide_page_is_found() -> None:
    links = "".join(f"<li><a href='/{n}'>桂影县第{n}号公告已经发布</a></li>" for n in range(40))
    text = "今年我乡公开信息十二条,收到申请零件,没有收费。特此报告。"
    markup = (
        f"<html><body><ul>{links}</ul><h1>丹桂乡信息公开小结</h1><div><p>{text}</p></div>"
        f"<div>推荐新闻</div><ul>{links}</ul><div>版权所有 桂影县</div></body></html>"
    )
    assert lines(cleaned(markup)) == [text]


def test_a_page_that_is_all_boilerplate_holds_no_report() -> None:
    links = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(30))
    with pytest.raises(NoReportFound, match="no running text beyond boilerplate"):
        cleaned(f"<html><body><ul>{links}</ul><div>版权所有 桂影县人民政府</div></body></html>")


def test_a_gap_keeps_its_place_and_its_counts() -> None:
    text = [BODY[0], BODY[1], "领导小组由镇长", "……(秘书网省略210字,会员可完整阅读)……", *BODY[2:]]
    page = cleaned("\n".join(["玉杵镇政务公开总结", *text]))
    (gap,) = page.gaps
    assert (gap.paragraph, gap.offset, gap.omitted_chars) == (2, len("领导小组由镇长"), 210)
    assert "省略" not in "".join(lines(page))


def test_a_gap_inside_a_line_stands_at_its_offset() -> None:
    broken = "办公室负责收集(未完,全文共900字,当前仅显示600字,请登录。收藏《玉杵镇政务公开总结》"
    page = cleaned("\n".join(["玉杵镇政务公开总结", *BODY, broken]))
    (gap,) = page.gaps
    assert (gap.paragraph, gap.offset) == (5, len("办公室负责收集"))
    assert (gap.total_chars, gap.shown_chars) == (900, 600)
    paragraph = page.paragraphs[5]
    assert (paragraph.text, paragraph.captured) == ("办公室负责收集", broken)


def test_every_block_is_kept_or_dropped_with_a_reason() -> None:
    text = ["首页 > 公开", "玉杵镇政务公开总结", "点击:12", *BODY, "打印", "上一篇:无题"]
    page = cleaned("\n".join(text))
    kept = {paragraph.block for paragraph in page.paragraphs}
    gone = {dropped.block for dropped in page.dropped}
    assert kept | gone | {1} == set(range(len(text)))
    assert not kept & gone
    assert all(dropped.rule and dropped.why for dropped in page.dropped)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("一、组织领导", True),
        ("1、认识不足。", True),
        ("(二)公开内容", True),
        ("五、存在的问题、改进措施及下一年度的工作计划", True),
        ("1、加强宣传,提高认识", True),
        ("(二)全年,我镇没有收费。", False),
        ("二是更新较慢。", False),
        ("一、今年做了三件事。一是建章立制;二是培训。", False),
    ],
)
def test_a_heading_is_a_numbered_line_without_a_sentence(line: str, is_one: bool) -> None:
    assert is_heading(line) is is_one


def test_the_home_page_s_name_is_not_the_site_s() -> None:
    page = cleaned("\n".join(["您的位置:网站首页 > 政务公开 > 总结", "玉杵镇政务公开总结", *BODY]))
    assert page.fields.site is None
    assert page.dropped[0].rule == "breadcrumb"


def test_a_title_element_as_long_as_a_book_is_read_by_its_beginning() -> None:
    markup = "<html><head><title>玉杵镇政务公开总结" + "_月轮网" * 20_000 + "</title></head><body>"
    page = cleaned(markup + "".join(f"<p>{line}</p>" for line in BODY) + "</body></html>")
    assert page.title.startswith("玉杵镇政务公开总结")
    assert len(page.title) <= 300
    assert lines(page) == BODY
