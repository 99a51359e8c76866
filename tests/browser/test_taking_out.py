"""What a reader takes along: a reading list, two reports beside each other, a file of all hits."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


WORDS = {
    "zh-CN": ("加入阅读单", "已在阅读单", "阅读单"),
    "zh-TW": ("加入閱讀清單", "已在閱讀清單", "閱讀清單"),
    "en-US": ("Add to reading list", "In the reading list", "Reading list"),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_reader_keeps_a_list_and_hands_it_on(browser: Browser, invented_site: str, language: str) -> None:
    add, added, heading = WORDS[language]
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.goto(f"{invented_site}search?q=公开")
    titles = [page.locator(".hit h3 a").nth(number).inner_text() for number in (0, 1)]
    page.get_by_role("button", name=add).first.click()
    page.get_by_role("button", name=add).first.click()  # the first that is left is the second hit's
    expect(page.get_by_role("button", name=added)).to_have_count(2)
    expect(page.locator(".list-count")).to_have_text("2")
    page.goto(f"{invented_site}search?q=公开")
    expect(page.get_by_role("button", name=added)).to_have_count(2)
    page.locator("[data-list-link]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.locator(".listed h2 a").all_inner_texts() == titles
    shared = page.url
    context.close()
    other = browser.new_context(locale=language, java_script_enabled=False)
    page = other.new_page()
    page.goto(shared)
    assert page.locator(".listed h2 a").all_inner_texts() == titles
    assert page.locator("button:visible[data-list-keep]").count() == 0
    other.close()


def test_a_list_that_came_by_post_can_be_kept_and_cleared(page: Page, invented_site: str) -> None:
    page.goto(f"{invented_site}search?q=公开")
    page.locator(".hit input[type=checkbox]").first.check()
    page.get_by_role("button", name="列为阅读单").click()
    expect(page.locator(".listed li")).to_have_count(1)
    page.get_by_role("button", name="在这台设备上记住").click()
    expect(page.locator(".list-count")).to_have_text("1")
    page.locator(".listed h2 a").click()
    expect(page.get_by_role("button", name="已在阅读单")).to_be_visible()
    page.locator("[data-list-link]").click()
    page.get_by_role("button", name="清空这台设备上的阅读单").click()
    expect(page.locator(".list-count")).to_have_text("")
    page.goto(f"{invented_site}list")
    assert page.locator("[data-list-link]").get_attribute("href") == "/list"


def test_two_hits_are_compared_without_a_script(browser: Browser, invented_site: str) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{invented_site}search?q=玉杵镇")
    for number in (0, 1):
        page.locator(".hit input[type=checkbox]").nth(number).check()
    page.get_by_role("button", name="对照两份").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("逐段对照")
    assert page.locator(".beside-same, .beside-changed").count() > 3
    context.close()


def test_all_hits_are_saved_as_a_table(page: Page, invented_site: str, tmp_path: Path) -> None:
    page.goto(f"{invented_site}search?q=公开&level=county")
    listed = int(page.locator(".total strong").last.inner_text())
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    target = tmp_path / saved.value.suggested_filename
    saved.value.save_as(target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == listed > 2
    assert {row["level"] for row in rows} == {"county"}


def test_the_docs_of_the_api_are_read_without_a_complaint(page: Page, invented_site: str) -> None:
    page.goto(f"{invented_site}api/docs")
    assert page.locator(".api-example").count() > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
