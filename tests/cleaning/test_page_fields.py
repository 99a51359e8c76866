"""What a page says of itself, each field with where it was read."""

from datetime import date

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.model import PageFields
from archive.page import read_page
from archive.rulebook import load_rulebook
from tests.conftest import make_capture

TEXT = "今年以来,我镇把政务公开列入议事日程,年初有计划,年终有考核,全年公开信息三十六条。"


def fields_of(head: str, above: str = "") -> PageFields:
    markup = (
        f"<!DOCTYPE html><html><head>{head}</head><body><h1>玉杵镇总结</h1>{above}<p>{TEXT}</p></body></html>"
    )
    capture = make_capture(markup)
    return clean(read_page(capture, decode(capture)), load_rulebook()).fields


GOVERNMENT = {
    "SiteName": ("site", "桂影县人民政府"),
    "SiteDomain": ("domain", "www.guiying.gov.example"),
    "ColumnName": ("column", "年度报告"),
    "ArticleTitle": ("title", "玉杵镇2015年总结"),
    "ContentSource": ("source", "桂影县信息办"),
    "Url": ("address", "http://www.guiying.gov.example/1.html"),
}


@pytest.mark.parametrize("name", GOVERNMENT)
def test_what_government_sites_must_carry_is_read(name: str) -> None:
    field, value = GOVERNMENT[name]
    fields = fields_of(f'<meta name="{name}" content="{value}">')
    assert getattr(fields, field) == value
    assert dict(fields.origins)[field] == f"meta {name.lower()}"


def test_the_date_of_publication_is_read_from_the_markup_first() -> None:
    fields = fields_of('<meta name="PubDate" content="2016-01-08 10:20">', "<p>发布时间:2016-02-09</p>")
    assert fields.published_on == date(2016, 1, 8)
    assert dict(fields.origins)["published"] == "meta pubdate"


def test_the_line_under_the_title_tells_date_and_source() -> None:
    fields = fields_of("", "<p>发布时间:2016-02-09 来源:桂影县信息办 浏览次数:12</p>")
    assert (fields.published_on, fields.source) == (date(2016, 2, 9), "桂影县信息办")
    assert dict(fields.origins) == {"published": "rule publication-line", "source": "rule publication-line"}


def test_open_graph_and_canonical_links_are_read() -> None:
    fields = fields_of(
        '<meta property="og:title" content="玉杵镇总结"><meta property="og:site_name" content="蟾桥网">'
        '<link rel="canonical" href="http://www.guiying.gov.example/2.html">'
    )
    assert (fields.title, fields.site) == ("玉杵镇总结", "蟾桥网")
    assert fields.address == "http://www.guiying.gov.example/2.html"
    assert dict(fields.origins)["address"] == "meta canonical"


def test_json_ld_is_read() -> None:
    fields = fields_of(
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "玉杵镇总结", '
        '"datePublished": "2016-01-08T10:00:00+08:00", "publisher": {"@type": "Organization", "name": "蟾桥网"}}]}'
        "</script>"
    )
    assert (fields.title, fields.site, fields.published_on) == ("玉杵镇总结", "蟾桥网", date(2016, 1, 8))
    assert dict(fields.origins)["title"] == "JSON-LD headline"


@pytest.mark.parametrize("broken", ["{", "[[[[", '"x"', "null", '{"@graph": 3}', '[{"@type": ["a"]}]'])
def test_broken_json_ld_says_nothing(broken: str) -> None:
    fields = fields_of(f'<script type="application/ld+json">{broken}</script>')
    assert fields.origins == ()


def test_a_date_that_is_none_leaves_the_next_place_to_say_it() -> None:
    fields = fields_of('<meta name="PubDate" content="0000-00-00">', "<p>发布时间:2016-02-09</p>")
    assert fields.published_on == date(2016, 2, 9)
