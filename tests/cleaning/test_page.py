"""HTML and text dumps become the same kind of blocks."""

import pytest

from archive.decode import decode
from archive.model import Page
from archive.page import read_page
from tests.conftest import make_capture


def page_of(markup: str, **values: object) -> Page:
    capture = make_capture(markup, **values)
    return read_page(capture, decode(capture))


def texts(markup: str) -> list[str]:
    return [block.text for block in page_of(markup).blocks]


def test_a_dump_gives_a_block_a_line_with_its_line_number() -> None:
    page = page_of("第一行\n\n　　第二行　\r\n\u200b\n第三行")
    assert [(block.index, block.text) for block in page.blocks] == [
        (0, "第一行"),
        (2, "第二行"),
        (4, "第三行"),
    ]
    assert all(block.path == () and block.link_share == 0 for block in page.blocks)


def test_paragraphs_breaks_and_bare_cells_are_blocks() -> None:
    markup = "<html><body><p>甲。</p>乙。<br>丙。<table><tr><td>丁。<br/>戊。</td></tr></table></body></html>"
    assert texts(markup) == ["甲。", "乙。", "丙。", "丁。", "戊。"]


def test_inline_markup_does_not_cut_a_sentence() -> None:
    assert texts("<html><p>我<b>镇</b><span class=x>公<font>开</font></span>了<a href=#>三</a>条。</p>") == [
        "我镇公开了三条。"
    ]


def test_the_share_of_linked_characters_is_known() -> None:
    (block,) = page_of("<html><p><a href='/1'>公开指南</a>说明</p></html>").blocks
    assert block.link_share == pytest.approx(4 / 6)


def test_a_source_line_break_inside_han_text_is_no_space() -> None:
    assert texts("<html><p>政府信息\n    公开 Report\n 2018</p></html>") == ["政府信息公开 Report 2018"]


def test_a_blank_cell_keeps_its_place_among_numbers_and_nowhere_else() -> None:
    numbers = "<html><table><tr><td></td><td>新收数量</td><td>3</td><td>&nbsp;</td><td>3</td></tr></table>"
    assert texts(numbers) == ["新收数量 | 3 |  | 3"]
    names = "<html><table><tr><td>姓名</td><td></td><td>职务</td></tr></table>"
    assert texts(names) == ["姓名 | 职务"]


def test_a_row_of_data_is_one_block_and_a_row_of_layout_is_not() -> None:
    data = "<html><table><tr><td>信息内容</td><td>本年新制作数量</td></tr><tr><th>规章</th><td></td><td>0</td></tr></table>"
    assert texts(data) == ["信息内容 | 本年新制作数量", "规章 |  | 0"]
    long = "我镇按照上级要求做好公开工作,群众满意。" * 20
    assert texts(f"<html><table><tr><td>导航</td><td><p>{long}</p></td></tr></table>") == ["导航", long]


def test_scripts_styles_and_comments_are_no_text() -> None:
    assert texts("<html><script>var 甲='。'</script><style>p{}</style><!-- 乙。 --><p>丙。</p></html>") == [
        "丙。"
    ]


def test_hidden_text_is_a_block_of_its_own_so_that_its_removal_can_be_shown() -> None:
    page = page_of("<html><p>公开<span style='display:none'>加微信</span>目录。</p></html>")
    assert [(block.tag, block.text) for block in page.blocks] == [("hidden", "加微信"), ("p", "公开目录。")]


def test_junk_before_the_doctype_is_cut() -> None:
    markup = "<script>alert(1)</script>广告词。<!DOCTYPE html><html><head><title>题</title></head><body><p>文。</p>"
    page = page_of(markup)
    assert (page.title, [block.text for block in page.blocks]) == ("题", ["文。"])


def test_a_text_file_that_holds_html_is_read_as_html() -> None:
    assert (
        page_of("<!DOCTYPE html><html><p>文。</p></html>", media_type="text/plain").media_type == "text/html"
    )


def test_nesting_beyond_any_parser_s_limit_loses_nothing() -> None:
    markup = (
        "<html><body>"
        + "<div>" * 3000
        + "<p>深处的正文。</p>"
        + "</div>" * 3000
        + "<p>末尾的正文。</p></body></html>"
    )
    assert texts(markup) == ["深处的正文。", "末尾的正文。"]


def test_what_the_markup_declares_is_kept() -> None:
    markup = (
        "<html><head><meta name='SiteName' content='桂影县人民政府'><meta property='og:title' content='总结'>"
        "<link rel='canonical' href='http://www.guiying.gov.example/1.html'></head><p>文。</p></html>"
    )
    assert page_of(markup).meta == (
        ("sitename", "桂影县人民政府"),
        ("og:title", "总结"),
        ("canonical", "http://www.guiying.gov.example/1.html"),
    )


def test_paths_name_ids_and_classes() -> None:
    (block,) = page_of("<html><body><div id=zoom class='text big'><p>文。</p></div></body></html>").blocks
    assert block.path == ("html", "body", "div#zoom.text.big", "p")
