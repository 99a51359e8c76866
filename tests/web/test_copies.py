"""Copies of one text on the pages and in the JSON."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from archive.model import Outcome, Paragraph
from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented
from tests.web.test_pages import TOWN, get, text_of
from web import create_app

PLACE, SOLD_PLACE = "桂影县玉杵镇", "××县扶光乡"


def sold(first: Outcome, number: int) -> Outcome:
    """The same report as a resale site gives it: another name, no year, another address."""
    (report,) = first.reports
    section = replace(
        report.section,
        title="政府信息公开工作年度报告（范文）",
        paragraphs=tuple(_renamed(one) for one in report.section.paragraphs),
        fields=replace(report.section.fields, site="范文库", published_on=None),
    )
    description = replace(
        report.description, year=None, year_status="masked", issuer=None, level=None, masked=True, evidence=()
    )
    return invented.outcome(f"http://www.fanwenku.example/{number}.html", (section, description))


def _renamed(paragraph: Paragraph) -> Paragraph:
    text = paragraph.text.replace("我镇", "扶光乡")
    return replace(paragraph, text=text, captured=text)


@pytest.fixture
def client(fresh: Settings) -> FlaskClient:
    """The invented archive with two copies of a town's report beside it."""
    with Store.open(fresh, writable=True) as store:
        for number in (1, 2):
            store.keep(sold(invented.township(2018), number), now=invented.KEPT_AT)
        reindex(store, fresh)
    return create_app(fresh).test_client()


QUERY = "/search?q=根据上级部署"


def test_a_family_is_one_hit_that_names_its_copies(client: FlaskClient) -> None:
    page = get(client, QUERY)
    assert page.count('class="hit"') == 3  # the town's reports of three years
    assert "另有 2 份副本" in text_of(page)
    assert "共 5 份报告" in text_of(page)
    assert "副本合并后列 3 条" in text_of(page)


def test_all_copies_are_listed_where_they_are_asked_for(client: FlaskClient) -> None:
    page = get(client, QUERY)
    (link,) = re.findall(
        r'href="([^"]*copies=all[^"]*)"', page.partition('class="total"')[2].partition("</p>")[0]
    )
    every = get(client, link.replace("&amp;", "&"))
    assert every.count('class="hit"') == 5
    assert "份副本" not in text_of(every)
    assert "合并副本" in text_of(every)


def test_the_link_of_a_hit_leads_to_its_copies(client: FlaskClient) -> None:
    page = get(client, QUERY)
    (link,) = re.findall(r'href="([^"]*#copies)"', page)
    assert link.startswith(f"/r/{TOWN}?")
    report = get(client, link.replace("&amp;", "&"))
    assert 'id="copies"' in report


def test_a_report_shows_its_copies_with_their_slots_side_by_side(client: FlaskClient) -> None:
    page = get(client, f"/r/{TOWN}")
    section = page.partition('id="copies"')[2].partition("</section>")[0]
    assert "检索结果以本篇代表以下副本" in section
    assert section.count("<strong>副本</strong>") == 2
    assert "2018年，" in section
    assert "<mark>我镇</mark>" in section
    assert "<mark>扶光乡</mark>" in section
    words = text_of(section)
    assert "段完全相同" in words
    assert "文字重合" in words


def test_a_copy_names_the_one_that_stands_for_it(client: FlaskClient) -> None:
    hit = ask(client, "/api/search?q=根据上级部署&copies=all&site=范文库")["hits"][0]
    page = text_of(get(client, f"/r/{hit['id']}"))
    assert "（代表本）" in page
    assert "雷同文本" in page


def test_a_report_of_its_own_has_no_such_section(client: FlaskClient) -> None:
    assert 'id="copies"' not in get(client, f"/r/{report_of(invented.hostile())}")


def report_of(outcome: Outcome) -> str:
    return outcome.reports[0].report_id


def ask(client: FlaskClient, address: str) -> dict[str, list[dict[str, object]]]:
    response = client.get(address)
    assert response.status_code == 200
    assert isinstance(response.json, dict)
    return response.json


def test_the_json_tells_family_and_both_totals(client: FlaskClient) -> None:
    folded = ask(client, "/api/search?q=根据上级部署")
    assert (folded["total"], folded["total_reports"]) == (3, 5)
    shown = next(one for one in folded["hits"] if one["id"] == TOWN)
    assert shown["copies"] == 2
    assert shown["family"] == {"size": 3, "representative": TOWN}
    assert "template_copy" in str(shown["flags"])
    every = ask(client, "/api/search?q=根据上级部署&copies=all&size=20")
    assert (every["total"], every["total_reports"], len(every["hits"])) == (5, 5, 5)
    assert [one["family"] for one in every["hits"]].count(shown["family"]) == 3


def test_a_copy_that_a_filter_leaves_stands_for_its_family(client: FlaskClient) -> None:
    found = ask(client, "/api/search?q=根据上级部署&site=范文库")
    assert (found["total"], found["total_reports"]) == (1, 2)
    assert found["hits"][0]["family"] == {"size": 3, "representative": TOWN}


def test_a_withdrawn_copy_leaves_page_and_family(client: FlaskClient, fresh: Settings) -> None:
    with Store.open(fresh, writable=True) as store:
        store.withdraw(TOWN, reason="x", now=invented.KEPT_AT)
        reindex(store, fresh)
    (hit,) = ask(client, "/api/search?q=扶光乡对")["hits"]
    assert hit["family"] != {"size": 3, "representative": TOWN}
    assert TOWN not in get(client, f"/r/{hit['id']}")
