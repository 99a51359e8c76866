"""Every way through the archive by keyboard alone and without scripts, in each language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from archive.settings import Settings
from tests.browser import places
from tests.ingest.pages import page as page_of
from tests.web import counties
from tests.web.serving import served

pytestmark = pytest.mark.browser

MOST_STOPS = 300
"""Of the Tab key on one page; the search page of the invented archive has 120."""


@pytest.fixture(params=["zh-CN", "zh-TW", "en-US"])
def bare_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window without scripts, in one language."""
    context = browser.new_context(locale=request.param, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own, which the test changes."""
    settings = Settings(home=tmp_path_factory.mktemp("keeping"))
    places.fill(settings)
    with served(settings, "--port", "0", environ=places.KEEPER) as address:
        yield address


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    wanted = target.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{target} is not reached by {MOST_STOPS} stops of the Tab key")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach the target and press a key there."""
    reach(page, target)
    page.keyboard.press(key)


def saved(page: Page, target: Locator) -> str:
    """Return the text of the file that Enter saves."""
    reach(page, target)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_a_search_is_narrowed_compared_listed_and_taken_out(bare_page: Page, varied_site: str) -> None:
    page = bare_page
    page.goto(varied_site)
    page.keyboard.insert_text("公开")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    reach(page, page.locator('.year-range input[name="from"]'))
    page.keyboard.insert_text("2011")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    for number in (0, 1):
        press(page, page.locator(".hit-choice input").nth(number), "Space")
    press(page, page.locator('#choosing button[formaction*="compare"]'))
    expect(page.locator(".collation")).to_be_visible()
    page.go_back()
    assert saved(page, page.locator('.taking-out a[href*="search.bib"]')).startswith("@")
    assert saved(page, page.locator('.taking-out a[href*="search.csv"]')).startswith("id,")
    page.goto(page.url)
    press(page, page.locator(".hit-choice input").first, "Space")
    press(page, page.locator("#choosing button").first)
    expect(page.locator(".listed li")).to_have_count(1)


def test_a_reports_script_citation_and_original_are_chosen(bare_page: Page, varied_site: str) -> None:
    page = bare_page
    page.goto(f"{varied_site}r/{places.TWICE}")
    press(page, page.locator(".reading-script a:not([aria-current])"))
    expect(page.locator(".converted-notice")).to_be_visible()
    press(page, page.locator(".cite-style summary").first)
    expect(page.locator(".cite-style[open] .citation")).to_be_visible()
    press(page, page.locator('select[name="cite_script"]'), "ArrowDown")
    press(page, page.locator(".cite-choice button"))
    expect(page.locator('select[name="cite_script"]')).to_have_value("hans")
    press(page, page.locator(".origin-block a.button"))
    expect(page.locator(".collation")).to_be_visible()


def test_a_charts_bars_table_and_file_are_opened(bare_page: Page, varied_site: str) -> None:
    page = bare_page
    page.goto(f"{varied_site}place/{counties.COUNTY}")
    press(page, page.locator(".chart-table summary").first)
    expect(page.locator(".chart-table[open] table").first).to_be_visible()
    assert "2017" in saved(page, page.locator(".chart-csv a").nth(1))
    press(page, page.locator(".matrix a.cell-held").first)
    expect(page.locator(".report-text")).to_be_visible()
    page.go_back()
    press(page, page.locator("svg.chart a").first)
    expect(page.locator(".report-text, .hit").first).to_be_visible()


def test_a_page_is_handed_in_corrected_and_added(
    bare_page: Page, own_site: str, request: pytest.FixtureRequest
) -> None:
    page = bare_page
    number = 3 + request.node.callspec.indices["bare_page"]
    page.goto(f"{own_site}add")
    reach(page, page.locator('input[type="password"]'))
    page.keyboard.insert_text(places.KEEPER["ARCHIVE_OPERATOR_TOKEN"])
    page.keyboard.press("Enter")
    reach(page, page.locator("#address"))
    page.keyboard.insert_text(f"http://www.guiying.gov.example/added/{number}.html")
    reach(page, page.locator("#text"))
    page.keyboard.insert_text(page_of(number).decode())
    press(page, page.locator(".add-form button").first)
    press(page, page.locator(".add-kept input[type=checkbox]").nth(1), "Space")
    press(page, page.locator('button[value="preview"]'))
    expect(page.locator(".add-why strong")).to_be_visible()
    press(page, page.locator('button[value="add"]'))
    press(page, page.locator('main a[href*="/r/"]').first)
    expect(page.locator(".notes-line")).to_be_visible()


def test_a_file_is_handed_in_and_given_up_again(bare_page: Page, own_site: str) -> None:
    page = bare_page
    page.goto(f"{own_site}add")
    page.locator('input[type="password"]').fill(places.KEEPER["ARCHIVE_OPERATOR_TOKEN"])
    page.keyboard.press("Enter")
    page.locator("#file").set_input_files(
        {"name": "page.html", "mimeType": "text/html", "buffer": page_of(7)}
    )
    press(page, page.locator(".add-form button").first)
    expect(page.locator(".add-blocks li").first).to_be_visible()
    press(page, page.locator('button[value="discard"]'))
    expect(page.locator("#file")).to_be_visible()
