"""Pages that show no text and hold it as data, or for browsers without frames."""

import json

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.errors import NoReportFound
from archive.model import CleanPage
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from tests.conftest import make_capture

SENTENCES = [
    "2018年,玉杵镇认真贯彻落实《中华人民共和国政府信息公开条例》,把政府信息公开作为转变作风的抓手,各项工作有序推进。",
    "一、主动公开情况",
    "全年在公告栏和网站上公布各类信息四十二条,其中惠农补贴十七条,村级事务二十五条,没有收取任何费用。",
    "二、存在的问题",
    "个别村的公示栏更新不够及时,下一步将加强督促,做到每月检查一次,每季度通报一次,请群众监督评议。",
]
TITLE = "玉杵镇2018年政府信息公开工作总结"
AS_LINES = "\n".join(SENTENCES)
AS_MARKUP = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def cleaned(body: str, head: str = "") -> CleanPage:
    markup = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    capture = make_capture(markup, media_type="text/html")
    return clean(repair(read_page(capture, decode(capture))), load_rulebook())


def texts(page: CleanPage) -> list[str]:
    return [paragraph.text for paragraph in page.paragraphs]


def script(data: object, kind: str = "application/json", name: str = "__NEXT_DATA__") -> str:
    written = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script id="{name}" type="{kind}">{written}</script>'


@pytest.mark.parametrize("text", [AS_LINES, AS_MARKUP], ids=["lines", "markup"])
def test_the_body_in_json_ld_is_the_text_of_a_page_that_shows_none(text: str) -> None:
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": text, "description": "玉杵镇年度总结。"}
    page = cleaned(f"<h1>{TITLE}</h1><div id=app></div>", script(data, "application/ld+json", "ld"))
    assert texts(page) == SENTENCES
    assert page.notes == ("the page shows no text of its own; it was read from its JSON-LD (articleBody)",)


@pytest.mark.parametrize("text", [AS_LINES, AS_MARKUP], ids=["lines", "markup"])
def test_the_longest_text_of_a_script_of_json_is_the_text_of_a_page_that_shows_none(text: str) -> None:
    data = {
        "props": {"pageProps": {"menu": ["首页", "信息公开"], "article": {"title": TITLE, "content": text}}}
    }
    page = cleaned(f"<h1>{TITLE}</h1><div id=__next></div>{script(data)}")
    assert page.title == TITLE
    assert texts(page) == SENTENCES


def test_text_in_json_is_left_alone_where_the_page_shows_its_own() -> None:
    other = "金乌县的另一篇文章在这里,".join("一二三四五六七八九十") + "。"
    page = cleaned(f"<h1>{TITLE}</h1>{AS_MARKUP}{script({'related': other})}")
    assert texts(page) == SENTENCES
    assert page.notes == ()


def test_what_stands_in_noframes_is_the_text_of_a_page_of_frames() -> None:
    page = cleaned(f"<noframes><h1>{TITLE}</h1>{AS_MARKUP}</noframes>")
    assert texts(page)[-len(SENTENCES) :] == SENTENCES


def test_text_that_a_script_would_write_is_refused_by_saying_so() -> None:
    with pytest.raises(NoReportFound, match=r"text stands in a script, which is not run.*save what it shows"):
        cleaned(f"<h1>{TITLE}</h1><script>var content = '{AS_LINES.replace(chr(10), '')}';</script>")


@pytest.mark.parametrize(
    "broken",
    ["{" * 100_000, '{"a": ', "[" * 100_000 + "]" * 100_000, '{"a": NaN, "b": "\\ud800"}'],
    ids=["braces", "cut off", "deep", "odd values"],
)
def test_broken_json_leaves_the_page_without_text(broken: str) -> None:
    with pytest.raises(NoReportFound, match="no running text"):
        cleaned(f'<script type="application/json">{broken}</script>')


def test_scripts_that_never_end_take_no_more_than_one_look() -> None:
    with pytest.raises(NoReportFound):
        cleaned("<script " * 200_000)
