"""Help while searching: suggestions in a combobox, and the search box of a long facet."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented
from tests.web.serving import served

pytestmark = pytest.mark.browser
TOWNS = tuple(f"{first}{second}镇" for first in "玉蟾丹冰" for second in "杵桥桂轮娥")


@pytest.fixture(scope="module")
def towns_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive with one report of each of many towns."""
    settings = Settings(home=tmp_path_factory.mktemp("towns"))
    report = invented.township().reports[0]
    with Store.open(settings, writable=True) as store:
        for number, name in enumerate(TOWNS):
            place = replace(report.description.place, township=name)
            described = (report.section, replace(report.description, place=place))
            address = f"http://www.guiying.gov.example/town/{number}.html"
            store.keep(invented.outcome(address, described), now=invented.KEPT_AT)
        reindex(store, settings)
    with served(settings, "--port", "0") as address:
        yield address


def test_a_long_facet_is_narrowed_while_typing_and_searched_without_javascript(
    page: Page, browser: Browser, towns_site: str
) -> None:
    shown = '[data-facet="township"] li:has(> .value-toggle):visible'
    page.goto(f"{towns_site}search")
    page.locator('[data-facet="township"] > summary').click()
    page.get_by_label("在乡镇中查找").fill("冰轮")
    expect(page.locator(shown)).to_have_count(1)
    expect(page.locator(shown)).to_contain_text("冰轮镇")

    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{towns_site}search?q=公开")
    plain.locator('[data-facet="township"] > summary').click()
    plain.get_by_label("在乡镇中查找").fill("bl")
    plain.locator('[data-facet="township"]').get_by_role("button", name="查找").click()
    expect(plain.locator(shown)).to_have_count(1)
    plain.locator(shown).get_by_role("link", name="冰轮镇").first.click()
    expect(plain.locator(".hit")).to_have_count(1)
    context.close()


def test_suggestions_are_walked_with_the_arrows_and_followed_with_enter(
    page: Page, invented_site: str
) -> None:
    page.goto(invented_site)
    page.get_by_role("searchbox").press_sequentially("ycz")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("玉杵镇")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    box.press("Enter")
    page.wait_for_url("**/search?township=*")
    expect(page.get_by_role("link", name="乡镇：玉杵镇")).to_be_visible()


def test_escape_closes_the_suggestions_and_enter_still_searches(page: Page, invented_site: str) -> None:
    page.goto(invented_site)
    page.get_by_role("searchbox").press_sequentially("玉杵")
    expect(page.get_by_role("listbox")).to_be_visible()
    box = page.get_by_role("combobox")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/search?q=*")


def test_why_a_hit_is_listed_opens_without_javascript(browser: Browser, invented_site: str) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{invented_site}search?q=政务公开")
    page.get_by_text("为何列出").first.click()
    expect(page.locator(".hit-reasons li").first).to_be_visible()
    context.close()
