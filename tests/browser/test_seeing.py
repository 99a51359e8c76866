"""Charts in a real browser: years drawn over, bars and tiles followed by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import counties

pytestmark = pytest.mark.browser


def draw_over(page: Page, first: float, last: float) -> None:
    """Draw from one share of the histogram's width to another."""
    box = page.locator(".histogram svg").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + first * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + (first + last) / 2 * box["width"], middle)
    page.mouse.move(box["x"] + last * box["width"], middle)
    expect(page.locator(".histogram .brush")).to_have_count(1)
    page.mouse.up()


@pytest.mark.parametrize("path", ["", "search?q=公开"])
def test_years_drawn_over_become_the_limits_of_the_search(page: Page, varied_site: str, path: str) -> None:
    page.goto(varied_site + path)
    years = [int(one.get_attribute("data-year") or "") for one in page.locator("[data-year]").all()]
    share = 1 / len(years)
    with page.expect_navigation():
        draw_over(page, 1.5 * share, 3.5 * share)
    assert re.search(rf"from={years[1]}&to={years[3]}$", page.url)
    expect(page.locator(".chips")).to_contain_text(f"{years[1]}至{years[3]}年")


def test_a_click_on_a_bar_still_chooses_its_year(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search")
    with page.expect_navigation():
        page.locator('.histogram [data-year="2018"]').click()
    assert "year=2018" in page.url


def test_a_drawing_that_is_given_up_changes_nothing(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search")
    before = page.url
    box = page.locator(".histogram svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 5)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".histogram .brush")).to_have_count(0)
    assert page.url == before


def test_a_reader_comes_from_the_tile_of_a_province_to_a_towns_report(page: Page, varied_site: str) -> None:
    page.goto(varied_site)
    page.get_by_role("link", name=re.compile("^沧溟省：")).click()
    page.get_by_role("rowheader", name="望舒市").get_by_role("link").click()
    page.get_by_role("rowheader", name="桂影县").get_by_role("link").click()
    page.get_by_role("link", name="玉杵镇 2017年：收有").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("玉杵镇2017年政府信息公开工作年度报告")
    page.get_by_role("link", name="桂影县", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("桂影县")


def test_every_bar_is_reached_and_followed_by_keyboard(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}place/{counties.COUNTY}")
    bar = page.locator("svg.chart a").first
    bar.focus()
    label = bar.get_attribute("aria-label")
    assert label is not None
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != f"{varied_site}place/{counties.COUNTY}"


@pytest.mark.parametrize("path", ["", "place/990121", "place/99", "bureau/教育", "year/2018"])
def test_no_chart_is_wider_than_a_phone(browser: Browser, varied_site: str, path: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(varied_site + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_without_script_charts_are_links_all_the_same(browser: Browser, varied_site: str) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{varied_site}year/2018")
    page.get_by_role("link", name=re.compile("^沧溟省：")).click()
    assert "province=99" in page.url
    context.close()
