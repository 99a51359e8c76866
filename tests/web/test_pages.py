import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from markupsafe import Markup

from archive.ids import identity_of, report_id
from archive.model import Outcome
from tests.web import invented

STRANGE_QUERIES = [
    "公" * 10_000,
    "\x00\x1b\x7f政务",
    "'; DROP TABLE reports; --",
    '"没有结束的引号',
    "((((((((",
    "))))",
    "OR OR 或 | -",
    "标题:",
    "年份:2018..2015",
    "<script>alert(1)</script>",
    "🈺🀄\U00020000",
    "%s %d {0} {{ 7 * 7 }}",
    "*",
    "-",
    '""',
    "“”",
    "../../etc/passwd",
    "\u202e公开\u200b",
]


def id_of(outcome: Outcome, part: int = 0) -> str:
    return report_id(identity_of(outcome.capture), part)


def text_of(page: str) -> str:
    """What a reader sees, white space squeezed."""
    without_tags = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", Markup(without_tags).unescape())


TOWN = id_of(invented.township(2018))
DAMAGED = id_of(invented.damaged())
PARENT = id_of(invented.compilation())
HOSTILE_ID = id_of(invented.hostile())


def get(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.text[:500]
    return response.text


# The front page


def test_the_front_page_counts_what_is_held_and_leads_into_it(client: FlaskClient) -> None:
    page = get(client, "/")
    assert f"{invented.REPORT_COUNT}份" in text_of(page).replace(" ", "")
    assert "/search?level=township" in page
    assert f"/search?bureau={quote('教育')}" in page
    assert "/search?year=2019" in page


@pytest.mark.parametrize(
    "address", ["/", "/search?q=公开", f"/r/{DAMAGED}", f"/r/{DAMAGED}/capture", "/nope"]
)
def test_pages_ask_no_other_host_and_hold_nothing_inline(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert not re.search(r'(?:src|action)="(?!/)', response.text)
    assert not re.search(r'<link rel="(?:stylesheet|icon)" href="(?!/)', response.text)
    assert not re.search(r"<style|\sstyle=|<script>|\son\w+=", response.text)
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


# Searching


def test_a_search_in_traditional_script_marks_the_text_as_it_was_written(client: FlaskClient) -> None:
    page = get(client, "/search?q=政務公開")
    assert "<mark>政务公开</mark>" in page
    assert "<mark>政務公開</mark>" in page


def test_each_hit_carries_its_badges_and_where_it_comes_from(client: FlaskClient) -> None:
    page = text_of(get(client, "/search?q=小結&flag=truncated"))
    assert "残缺" in page
    assert "缺412字" in page
    assert "全文1875字仅存903字" in page
    assert "機器" not in page
    assert "范文" in page or "範文庫" in page
    assert "年份存疑" in page


def test_a_part_of_a_compilation_names_its_parent(client: FlaskClient) -> None:
    page = get(client, "/search?q=扶光乡")
    assert "合集第 2 篇，共 3 篇" in text_of(page)
    assert f'href="/r/{PARENT}"' in page


def total(page: str) -> int:
    found = re.search(r"共\s*<strong>([\d,]+)</strong>\s*份报告", page)
    assert found is not None
    return int(found[1].replace(",", ""))


def test_choosing_two_values_of_a_facet_finds_either(client: FlaskClient) -> None:
    assert total(get(client, "/search?bureau=教育")) == 3
    assert total(get(client, "/search?bureau=教育&bureau=财政")) == 4


def test_two_facets_must_both_hold(client: FlaskClient) -> None:
    assert total(get(client, "/search?bureau=教育&year=2016")) == 1


def test_an_excluded_value_is_left_out(client: FlaskClient) -> None:
    assert total(get(client, "/search?bureau=-教育")) == invented.REPORT_COUNT - 3


def test_a_facets_count_is_what_choosing_it_gives(client: FlaskClient) -> None:
    page = get(client, "/search?level=county")
    links = re.findall(
        r'<a class="value-toggle" href="([^"]*)"[^>]*>\s*<span>[^<]*</span>\s*'
        r'<span class="count">(\d+)</span>',
        page,
    )
    assert len(links) > 10
    before = total(page)
    for href, count in links:
        reached = total(get(client, Markup(href).unescape()))
        # A further value of the chosen facet adds to the list; a value of another facet narrows it.
        assert reached in {int(count), before + int(count)}, href


def test_an_active_filter_is_shown_with_a_way_to_take_it_back(client: FlaskClient) -> None:
    page = get(client, "/search?q=公开&level=county&bureau=-教育&from=2012&to=2019")
    chips = re.findall(r'<a class="chip(?: chip-exclusion)?" href="([^"]*)"', page)
    assert len(chips) == 3
    assert all("q=" in chip for chip in chips)
    assert sum("level=county" in chip for chip in chips) == 2


def test_years_can_be_limited(client: FlaskClient) -> None:
    assert total(get(client, "/search?from=2016&to=2018")) == 3


def test_the_order_can_be_chosen(client: FlaskClient) -> None:
    def years(page: str) -> list[str]:
        return re.findall(r"<h3><a[^>]*>[^<]*?(20\d\d)年", page)

    newest = years(get(client, "/search?level=township&sort=newest"))
    oldest = years(get(client, "/search?level=township&sort=oldest"))
    assert newest[:3] == ["2021", "2019", "2018"]
    assert oldest[:3] == ["2018", "2019", "2021"]


def test_without_words_the_newest_stand_first_and_say_so(client: FlaskClient) -> None:
    page = get(client, "/search")
    assert re.search(r'aria-current="true">最新</a>', page)
    assert "最相关" not in page


def test_pages_hold_every_report_once(client: FlaskClient) -> None:
    def listed(page: str) -> list[str]:
        return re.findall(r'<h3><a href="/r/([0-9a-z]{12})', page)

    first, second = (listed(get(client, f"/search?page={number}")) for number in (1, 2))
    assert len(first) == 10
    assert len({*first, *second}) == invented.REPORT_COUNT


def test_a_page_beyond_the_last_shows_the_last_and_says_so(client: FlaskClient) -> None:
    page = get(client, "/search?page=99")
    assert "结果只有 2 页" in page
    assert page.count('<li class="hit">') == invented.REPORT_COUNT - 10


def test_a_search_without_hits_says_what_to_try(client: FlaskClient) -> None:
    page = get(client, "/search?q=“量子纠缠”&level=county")
    assert "没有找到报告" in page
    assert "去掉全部筛选条件" in page
    assert "/cite?q=" in page


@pytest.mark.parametrize("query", STRANGE_QUERIES)
def test_any_query_gives_a_result_page(client: FlaskClient, query: str) -> None:
    page = get(client, f"/search?q={quote(query)}")
    assert "<script>alert" not in page
    assert "49" not in text_of(page).partition("份报告")[0]


@given(
    query=st.text(max_size=60),
    other=st.dictionaries(
        st.sampled_from(["level", "year", "from", "page", "sort", "site"]), st.text(max_size=9)
    ),
)
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_there_is_a_result_page(app: Flask, query: str, other: dict[str, str]) -> None:
    values = {"q": query, **other}
    address = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in values.items())
    assert app.test_client().get(f"/search?{address}").status_code == 200


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%ED%A0%80", "q=%", "q=%zz&level=%00", "&&&=&q", "q=a&q=b"])
def test_escapes_that_are_no_text_give_a_result_page(client: FlaskClient, raw: str) -> None:
    get(client, f"/search?{raw}")


# One report


def test_a_report_shows_its_text_facts_and_addresses(client: FlaskClient) -> None:
    page = get(client, f"/r/{TOWN}")
    words = text_of(page)
    for line in invented.township(2018).reports[0].section.paragraphs[:3]:
        assert line.text in words
    assert "桂影县玉杵镇人民政府" in words
    assert f"/r/{TOWN}/v/1" in page
    assert f'<link rel="canonical" href="http://localhost/r/{TOWN}">' in page
    assert 'name="citation_title"' in page
    assert "索引号" in words
    assert "打印本页 关闭窗口" in words


def test_gaps_damage_and_doubt_are_told_where_they_are(client: FlaskClient) -> None:
    words = text_of(get(client, f"/r/{DAMAGED}"))
    assert "此处原网页缺412字" in words
    assert "原文全长1875字，网页仅显示903字" in words
    assert "十七屆五中全會" in words.partition("永久地址")[0]
    assert "年份存疑，不作判断" in words


def test_a_traditional_report_says_its_language(client: FlaskClient) -> None:
    page = get(client, f"/r/{DAMAGED}")
    assert '<html lang="zh-Hans">' in page
    assert '<h1 lang="zh-Hant">' in page


def test_searched_words_are_marked_on_the_report_and_can_be_jumped_to(client: FlaskClient) -> None:
    page = get(client, f"/r/{DAMAGED}?q=政务公开")
    assert "<mark>政務公開</mark>" in page
    assert 'href="#p1">跳到第一处' in page


def test_words_sought_in_titles_alone_are_marked_in_the_title(client: FlaskClient) -> None:
    page = get(client, f"/r/{TOWN}?q=标题:年度报告")
    assert re.search(r"<h1[^>]*>[^<]*<mark>年度报告</mark></h1>", page)


@pytest.mark.parametrize(
    "address", [f"/r/{HOSTILE_ID}", f"/r/{HOSTILE_ID}/capture", "/search?q=政务公开", "/"]
)
def test_markup_inside_a_report_stays_text(client: FlaskClient, address: str) -> None:
    page = get(client, address)
    assert "<script>alert" not in page
    assert "<b>粗" not in page


def test_an_id_is_read_as_people_misread_it_and_settled(client: FlaskClient) -> None:
    misread = TOWN.upper().replace("1", "I").replace("0", "o")
    response = client.get(f"/r/{misread}?q=公开")
    assert response.status_code == 301
    assert response.location == f"/r/{TOWN}?q={quote('公开')}"
    assert client.get(f"/api/reports/{TOWN.upper()}").status_code == 301


@pytest.mark.parametrize("tail", [".", "。", "/", ").", "，"])
def test_a_full_stop_copied_with_the_address_does_no_harm(client: FlaskClient, tail: str) -> None:
    response = client.get(f"/r/{TOWN}/v/1{quote(tail)}")
    assert response.status_code in {301, 308}
    assert response.location.endswith(f"/r/{TOWN}/v/1")


@pytest.mark.parametrize(
    "address",
    [
        "/nope",
        "/r/short",
        "/r/zzzzzzzzzzzz",
        f"/r/{TOWN}/v/7",
        f"/r/{TOWN}/v/99999999",
        f"/r/{TOWN}/capture?n=999",
    ],
)
def test_an_unknown_address_is_a_helpful_404(client: FlaskClient, address: str) -> None:
    page = get(client, address, status=404)
    assert 'action="/search"' in page
    assert "/cite" in page
    assert "Traceback" not in page


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999999"])
def test_a_version_or_capture_that_cannot_be_is_not_held(client: FlaskClient, number: str) -> None:
    get(client, f"/r/{TOWN}/capture?v={number}", status=404)
    get(client, f"/r/{TOWN}/capture?n={number}", status=404)


def test_a_compilation_lists_its_parts_and_what_it_promised(client: FlaskClient) -> None:
    page = get(client, f"/r/{PARENT}")
    for part in (1, 2, 3):
        assert f'href="/r/{id_of(invented.compilation(), part)}"' in page
    assert "自称 5 篇" in text_of(page)


def test_a_part_leads_to_its_neighbours(client: FlaskClient) -> None:
    page = get(client, f"/r/{id_of(invented.compilation(), 2)}")
    assert f'rel="prev" href="/r/{id_of(invented.compilation(), 1)}"' in page
    assert f'rel="next" href="/r/{id_of(invented.compilation(), 3)}"' in page


def test_markdown_is_given_as_text(client: FlaskClient) -> None:
    response = client.get(f"/r/{TOWN}.md")
    assert response.mimetype == "text/markdown"
    assert "## 一、主动公开情况" in response.text


# The page as received


def test_the_capture_shows_what_was_kept_and_what_was_stripped_with_its_reason(client: FlaskClient) -> None:
    page = get(client, f"/r/{DAMAGED}/capture")
    assert '<del title="混入的拼音">(wù)</del>' in page
    assert "您的位置：範文庫" in page
    assert "网页所在栏目的路径" in page


def test_the_capture_of_a_part_tells_the_other_parts_apart(client: FlaskClient) -> None:
    page = text_of(get(client, f"/r/{id_of(invented.compilation(), 2)}/capture"))
    assert "属于同页第 1 篇" in page
    assert "属于同页第 3 篇" in page


def test_the_raw_capture_is_a_download_of_the_exact_bytes(client: FlaskClient) -> None:
    response = client.get(f"/r/{HOSTILE_ID}/capture/raw")
    assert response.data == invented.hostile().capture.body
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.mimetype == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


# The resolver


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (TOWN, f"/r/{TOWN}"),
        (TOWN.upper(), f"/r/{TOWN}"),
        (f"https://archive.example/r/{TOWN}/v/1#p3.", f"/r/{TOWN}/v/1#p3"),
        ("http://www.guiying.gov.example/yuchu/2018.html", f"/r/{TOWN}"),
        ("https://WWW.guiying.gov.example/yuchu/2018.html#top", f"/r/{TOWN}"),
        ("www.guiying.gov.example/yuchu/2018.html", f"/r/{TOWN}"),
        ("http://www.fanwenku.example/heji/5.html", f"/r/{PARENT}"),
        ("桂影县玉杵镇2018年政府信息公开工作年度报告", f"/r/{TOWN}"),
        ("《桂影縣玉杵鎮2018年政府信息公開工作年度報告》", f"/r/{TOWN}"),
    ],
)
def test_a_citation_leads_to_the_stored_copy(client: FlaskClient, text: str, path: str) -> None:
    response = client.get(f"/cite?q={quote(text)}")
    assert response.status_code == 302
    assert response.location == path


@pytest.mark.parametrize("text", ["没有这个题名", "http://[", "000000000000", *STRANGE_QUERIES])
def test_a_citation_of_nothing_held_is_answered_with_a_page(client: FlaskClient, text: str) -> None:
    get(client, f"/cite?q={quote(text)}")


# Fixity of the answers


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get(f"/r/{TOWN}/v/1")
    second = client.get(f"/r/{TOWN}/v/1", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304


def test_citations_name_the_public_address_where_it_is_set(app: Flask) -> None:
    app.config["PUBLIC_ADDRESS"] = "https://archive.example"
    try:
        page = app.test_client().get(f"/r/{TOWN}").text
    finally:
        app.config["PUBLIC_ADDRESS"] = ""
    assert f"https://archive.example/r/{TOWN}/v/1." in text_of(page)
