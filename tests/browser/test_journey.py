"""What a person does with the archive, from a search to the page as it was received."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def choose(page: Page, facet: str, value: str) -> None:
    """Click one value of a facet, opening its list when it is folded away."""
    chooses = f'[data-facet="{facet}"] a.value-toggle[href*="={value}"]'
    link = page.locator(chooses)
    for fold in page.locator(f"details:has({chooses}):not([open]) > summary").all():
        fold.click()
    link.click()


def total(page: Page) -> int:
    return int(page.locator(".total strong").last.inner_text().replace(",", ""))


@pytest.mark.shared
def test_a_reader_searches_narrows_opens_follows_the_permalink_and_sees_the_original(
    page: Page, browser: Browser, seeds_site: str, shared_dir: Path
) -> None:
    page.goto(seeds_site)
    page.get_by_role("searchbox").fill("政務公開")
    page.get_by_role("button", name="检索").click()
    expect(page.locator(".hit mark").filter(has_text="政务公开").first).to_be_visible()
    expect(page.locator(".hit mark").filter(has_text="政務公開").first).to_be_visible()
    all_hits = total(page)

    choose(page, "level", "township")
    assert "level=township" in page.url
    towns = total(page)
    assert 0 < towns < all_hits
    assert set(page.locator(".hit .byline span:nth-child(2)").all_inner_texts()) == {"乡镇级"}
    page.get_by_role("link", name="层级：乡镇级").click()
    assert total(page) == all_hits

    choose(page, "bureau", "教育")
    assert "bureau=" in page.url
    assert 0 < total(page) < all_hits

    page.locator(".hit h3 a").first.click()
    heading = page.get_by_role("heading", level=1).inner_text()
    text = page.locator(".report-text").inner_text()
    expect(page.locator(".report-text mark").first).to_be_visible()
    permalink = page.locator("#permalink").get_attribute("href")
    assert permalink is not None
    assert re.search(r"/r/[0-9a-z]{12}/v/1$", permalink)

    elsewhere = browser.new_context(locale="zh-CN")
    other = elsewhere.new_page()
    other.goto(permalink)
    assert other.get_by_role("heading", level=1).inner_text() == heading
    assert other.locator(".report-text").inner_text() == text

    other.get_by_role("link", name="看原网页").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("原网页对照")
    expect(other.locator(".row-kept").first).to_be_visible()
    with other.expect_download() as started:
        other.get_by_role("link", name="下载收到的原始字节").click()
    received = Path(started.value.path()).read_bytes()
    assert received in {path.read_bytes() for path in (shared_dir / "seeds").iterdir()}
    elsewhere.close()


@pytest.mark.shared
def test_nineteen_reports_stand_in_the_archive_of_the_seeds(page: Page, seeds_site: str) -> None:
    page.goto(f"{seeds_site}search")
    assert total(page) == 19


def test_filters_are_combined_and_taken_back(page: Page, invented_site: str) -> None:
    page.goto(f"{invented_site}search")
    everything = total(page)
    choose(page, "bureau", "教育")
    choose(page, "bureau", "财政")
    assert total(page) == 3 + 1
    page.locator('[data-facet="year"] li', has_text="2016年").hover()
    page.get_by_role("link", name="排除 2016年").click()
    assert total(page) == 3
    page.get_by_role("link", name="全部取消").click()
    assert total(page) == everything


def test_everything_works_without_javascript(browser: Browser, invented_site: str) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(invented_site)
    page.get_by_role("searchbox").fill("政務公開")
    page.get_by_role("button", name="检索").click()
    choose(page, "level", "county")
    page.locator(".hit h3 a").first.click()
    expect(page.locator(".report-text mark").first).to_be_visible()
    expect(page.locator("button.copy").first).to_be_hidden()
    context.close()


def test_a_citation_is_copied_with_one_click(browser: Browser, invented_site: str) -> None:
    context = browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{invented_site}search?q=玉杵镇")
    page.locator(".hit h3 a").first.click()
    page.get_by_role("button", name="复制引文").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation-gbt2025").inner_text()
    context.close()


def test_no_page_asks_another_host(page: Page, invented_site: str) -> None:
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{invented_site}search?q=公开")
    page.locator(".hit h3 a").first.click()
    page.get_by_role("link", name="看原网页").click()
    assert hosts == {urlsplit(invented_site).netloc}


ADDRESSES = [
    "",
    "search?q=政務公開",
    "search?q=公开&level=county&bureau=-教育&from=2012",
    "cite?q=无",
    "nope",
]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_stands_beyond_the_edge_of_the_screen(
    browser: Browser, invented_site: str, width: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{invented_site}search?q=公开&size=50")
    reports = page.locator(".hit h3 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    paths = [path.partition("?")[0].lstrip("/") for path in reports]
    for path in [*ADDRESSES, *paths, *(f"{one}/capture" for one in paths)]:
        page.goto(invented_site + path)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{path} at {width} pixels"
    context.close()


def test_on_a_phone_the_filters_are_a_sheet_that_opens_and_closes(
    browser: Browser, invented_site: str
) -> None:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{invented_site}search?q=公开")
    expect(page.locator("#facets")).to_be_hidden()
    page.get_by_role("link", name="筛选").tap()
    expect(page.locator("#facets")).to_be_visible()
    expect(page.get_by_role("link", name="排除 县级")).to_be_visible()
    page.locator('[data-facet="level"] a.value-toggle[href*="=county"]').tap()
    expect(page.locator("#facets")).to_be_hidden()
    expect(page.locator(".chip")).to_have_count(1)
    context.close()


def test_every_page_can_be_walked_with_the_keyboard_from_its_skip_link(
    page: Page, invented_site: str
) -> None:
    page.goto(f"{invented_site}search?q=公开")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
