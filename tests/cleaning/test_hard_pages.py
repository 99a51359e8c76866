"""Pages in the manner of real government sites, template sites and document stores that cleaners stumble over."""

import pytest

from archive.body import Verdict, best_run
from archive.clean import clean
from archive.decode import decode
from archive.errors import NoReportFound
from archive.model import Block, CleanPage
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.split import split
from tests.conftest import make_capture

TITLE = "玉杵镇2015年政府信息公开年度报告"
BODY = [
    "今年以来,我镇按照桂影县的统一安排,把政府信息公开作为转变作风的抓手,各项工作有序推进。",
    "一、基本情况",
    "全年在公告栏和网站上公布各类信息四十二条,其中惠农补贴十七条,村级事务二十五条。",
    "二、存在问题",
    "更新还不够及时,少数村的公开栏位置偏僻,群众不便查看。",
    "玉杵镇人民政府",
    "2016年1月8日",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def cleaned(text: str) -> CleanPage:
    capture = make_capture(text)
    return clean(repair(read_page(capture, decode(capture))), load_rulebook())


def lines(page: CleanPage) -> list[str]:
    return [paragraph.text for paragraph in page.paragraphs]


METADATA = {
    "as a table": (
        "<html><body><table><tr><td>索引号：</td><td>GY-0001</td><td>发布机构：</td><td>玉杵镇人民政府</td></tr>"
        f"<tr><td>有效性：</td><td>有效</td></tr></table><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></body></html>"
    ),
    "as pipes": "\n".join(
        ["| 索引号 | GY-0001 | 发布机构 | 玉杵镇人民政府 |", "| 有效性 | 有效 |", TITLE, *BODY]
    ),
    "as bullets": "\n".join(
        ["• 索 引 号：GY-0001", "• 发布机构：玉杵镇人民政府", "• 有 效 性：有效", TITLE, *BODY]
    ),
    "as lines": "\n".join(
        ["索 引 号", "GY-0001", "发布机构", "玉杵镇人民政府", "有效性", "有效", TITLE, *BODY]
    ),
}


@pytest.mark.parametrize("form", METADATA)
def test_a_metadata_table_above_the_body_becomes_fields(form: str) -> None:
    page = cleaned(METADATA[form])
    assert (page.title, lines(page)) == (TITLE, BODY)
    pairs = {("".join(name.split()), value) for name, value in page.fields.extra}
    assert {("索引号", "GY-0001"), ("发布机构", "玉杵镇人民政府"), ("有效性", "有效")} <= pairs


def test_two_labels_alone_are_no_metadata_table() -> None:
    page = cleaned("\n".join([TITLE, "主题词", "村务公开的几点体会", "文号", *BODY]))
    assert page.fields.extra == ()


def test_a_body_of_one_sentence_is_found_among_lists_of_headlines() -> None:
    links = "".join(
        f"<li><a href='/{n}'>桂影县召开第{n}次全体会议研究部署重点工作</a></li>" for n in range(20)
    )
    sentence = "本乡全年公开信息十二条,没有收到申请,也没有复议和诉讼。"
    page = cleaned(
        f"<html><body><ul>{links}</ul><h1>丹桂乡2015年信息公开工作小结</h1><div>{sentence}</div>"
        f"<div>最新信息</div><ul>{links}</ul></body></html>"
    )
    assert lines(page) == [sentence]


def test_a_body_straight_in_a_cell_is_found() -> None:
    page = cleaned(
        "<html><body><table width=778><tr><td><a href=/>首页</a></td></tr><tr><td align=center>"
        f"{TITLE}</td></tr><tr><td>　　{'<br>　　'.join(BODY)}</td></tr><tr><td>版权所有 桂影县</td></tr></table>"
    )
    assert (page.title, lines(page)) == (TITLE, BODY)


def test_junk_before_the_doctype_is_no_text() -> None:
    page = cleaned(
        "<script>document.write('<iframe src=http://ad.example/></iframe>')</script>恭喜发财<!DOCTYPE html>"
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>"
    )
    assert lines(page) == BODY


def test_a_body_of_8000_characters_on_one_line_is_kept_whole() -> None:
    line = BODY[0] * 200
    assert len(line) > 8000
    page = cleaned(f"<html><body><h1>{TITLE}</h1><div>{line}</div><div>上一篇:没有了</div></body></html>")
    assert lines(page) == [line]


@pytest.mark.parametrize(
    "frames",
    [
        "<frameset cols='20%,*'><frame src='left.htm'><frame src='main.asp?id=3'></frameset>",
        "<body><iframe src='left.htm'></iframe><iframe src='main.asp?id=3'></iframe></body>",
    ],
)
def test_a_page_of_frames_names_the_addresses_that_hold_its_text(frames: str) -> None:
    markup = f"<html><head><meta charset=gb2312><title>桂影县信息公开</title></head>{frames}</html>"
    capture = make_capture(markup.encode("gb18030"))
    with pytest.raises(NoReportFound, match=r"lies in its frames.*left\.htm, main\.asp\?id=3"):
        clean(read_page(capture, decode(capture)), load_rulebook())


def test_a_page_with_a_frame_and_text_of_its_own_is_read() -> None:
    page = cleaned(
        f"<html><body><iframe src='/count.htm'></iframe><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>"
    )
    assert lines(page) == BODY


def test_numbered_entries_under_related_articles_go_with_their_heading() -> None:
    page = cleaned(
        "\n".join(
            [
                TITLE,
                *BODY,
                f"【{TITLE}】相关文章：",
                "1.乡镇工作总结01-02",
                "2.村务公开总结03-04",
                "3.党务公开总结05-06",
            ]
        )
    )
    assert lines(page) == BODY


def test_a_disclaimer_ends_the_text_and_what_the_site_says_of_itself_goes_too() -> None:
    page = cleaned(
        "\n".join(
            [
                TITLE,
                BODY[0],
                *BODY,
                "月轮网专稿,未经书面授权请勿转载。",
                "月轮网",
                "月轮网是面向机关干部的文秘门户,内容每日更新。",
            ]
        )
    )
    assert lines(page) == [BODY[0], *BODY]


def test_a_disclaimer_between_the_parts_of_a_compilation_ends_nothing() -> None:
    parts = [f"{TITLE}篇一", *BODY, "未经授权请勿转载。", f"{TITLE}篇二", *BODY]
    page = cleaned("\n".join([f"{TITLE}(优秀2篇)", *parts]))
    assert [[p.text for p in section.paragraphs if p.text in BODY] for section in split(page)] == [BODY, BODY]


@pytest.mark.parametrize(
    ("elsewhere", "title", "found"),
    [(90.0, 0, (1, 2)), (90.0, None, (3, 4)), (200.0, 0, (3, 4))],
)
def test_the_run_under_the_title_is_the_text_unless_another_gains_much_more(
    elsewhere: float, title: int | None, found: tuple[int, int]
) -> None:
    gains = [-5.0, 20.0, -60.0, elsewhere]
    blocks = [Block(text="字" * 30, index=number) for number in range(len(gains))]
    verdicts = {number: Verdict(likelihood=0.5, gain=gain) for number, gain in enumerate(gains)}
    assert best_run(blocks, verdicts, title) == found


@pytest.mark.parametrize(
    ("text", "kind", "damaged"),
    [
        ("我镇把政府信息澳门新葡京娱乐作为抓手,有序推进,群众满意。", "word_filter", "澳门新葡京娱乐"),
        ("我镇的□□栏设在村口,按季度更换,群众可以随时来看。", "undecodable", "□□"),
    ],
)
def test_words_put_in_or_lost_are_marked_where_they_stand(text: str, kind: str, damaged: str) -> None:
    page = cleaned("\n".join([TITLE, text, *BODY]))
    marks = [(d.kind, page.paragraphs[d.paragraph].text[d.start : d.end]) for d in page.damages]
    assert marks == [(kind, damaged)]


@pytest.mark.parametrize(
    "text",
    [
        "派出所查处老虎机三台,收缴六合彩资料一批,全部公示。",
        "群众对公开工作: □满意 □基本满意 □不满意,由监督小组统计。",
    ],
)
def test_what_looks_like_damage_and_is_none_is_not_marked(text: str) -> None:
    assert cleaned("\n".join([TITLE, text, *BODY])).damages == ()


def test_numbers_alone_head_parts_only_where_the_title_counts_them() -> None:
    parts = ["(1)", *BODY, "(2)", *BODY]
    compilation = split(cleaned("\n".join(["信息公开工作总结范文22篇", *parts])))
    assert [section.part for section in compilation] == [1, 2]
    assert "promises 22 parts, the page holds 2" in compilation[0].notes[0]
    assert len(split(cleaned("\n".join([TITLE, *parts])))) == 1


def test_a_date_without_marks_is_read() -> None:
    page = cleaned(
        f"<html><head><meta name='PubDate' content='20101231日'></head><body><h1>{TITLE}</h1>{PARAGRAPHS}</body></html>"
    )
    assert str(page.fields.published_on) == "2010-12-31"
