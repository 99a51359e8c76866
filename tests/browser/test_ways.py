"""The ways through the archive: in each language, by keyboard, on paper, in the dark, without scripts or mouse."""

import re

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.browser.places import DAMAGED, PAGES, REFUSED, TWICE
from tests.browser.settling import visit

pytestmark = pytest.mark.browser

JOURNEYS = {
    "zh-CN": ("检索", "县级", "引用", "看原网页", "返回整理后的报告"),
    "zh-TW": ("檢索", "縣級", "引用", "看原網頁", "返回整理後的報告"),
    "en-US": ("Search", "County level", "Cite", "See the original page", "Back to the cleaned report"),
}


@pytest.mark.parametrize("language", JOURNEYS)
def test_a_reader_goes_the_whole_way_in_one_language(
    browser: Browser, varied_site: str, language: str
) -> None:
    search, county, cite, original, back = JOURNEYS[language]
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(varied_site)
    page.get_by_role("searchbox").fill("公开")
    page.get_by_role("button", name=search, exact=True).click()
    page.locator('[data-facet="level"]').get_by_text(county, exact=True).click()
    page.locator(".hit h3 a").first.click()
    expect(page.get_by_role("heading", name=cite, exact=True)).to_be_visible()
    expect(page.locator(".report-text mark").first).to_be_visible()
    page.get_by_role("link", name=original).click()
    page.get_by_role("link", name=back).click()
    expect(page.locator(".report-text")).to_be_visible()
    context.close()


def test_the_language_is_switched_and_stays(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search?q=公开&level=county")
    page.locator(".masthead").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Filters")).to_be_visible()
    expect(page.get_by_text("Level: County level")).to_be_visible()
    page.locator(".hit h3 a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".colophon").get_by_role("link", name="繁體中文").click()
    expect(page.get_by_role("heading", name="永久網址")).to_be_visible()


def ground(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_the_theme_is_switched_and_is_there_before_anything_is_drawn(page: Page, varied_site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(varied_site)
    light = ground(page)
    page.get_by_role("link", name="深色").click()
    expect(page.locator("html[data-theme=dark] .colophon")).to_be_visible()
    dark = ground(page)
    assert dark != light
    page.goto(f"{varied_site}search?q=公开", wait_until="commit")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state()
    assert ground(page) == dark
    page.get_by_role("link", name="随系统").click()
    expect(page.locator("html:not([data-theme]) .colophon")).to_be_visible()
    assert ground(page) == light
    page.emulate_media(color_scheme="dark")
    assert ground(page) == dark


def test_a_report_is_read_in_the_other_script_and_cited_in_its_own(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}r/{DAMAGED}?q=政务公开")
    citation = page.locator("#citation-gbt2025").inner_text()
    marks = page.locator(".report-text mark").count()
    page.get_by_role("link", name="转为简体").click()
    expect(page.get_by_role("note").filter(has_text="转换")).to_be_visible()
    expect(page.locator(".report-text")).to_have_attribute("lang", "zh-Hans")
    assert page.locator(".report-text mark").count() == marks > 0
    assert page.locator("#citation-gbt2025").inner_text() == citation
    page.locator(".reading-script").get_by_role("link", name="原文").click()
    expect(page.locator(".report-text")).to_have_attribute("lang", "zh-Hant")


def focused_text(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim()")
    return text


def test_the_hits_are_walked_by_keyboard_and_opened(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search?q=公开")
    titles = page.locator(".hit h3 a").all_inner_texts()
    page.keyboard.press("j")
    assert focused_text(page) == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert focused_text(page) == titles[2]
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("k")
    assert focused_text(page) == titles[0]
    page.keyboard.press("Enter")
    expect(page.locator(".report-text")).to_be_visible()
    page.keyboard.press("j")
    first = page.evaluate("location.hash")
    assert page.locator(f"{first} mark").count() > 0
    page.keyboard.press("j")
    assert page.evaluate("location.hash") != first


def test_keys_that_are_typed_are_typed(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search?q=公开")
    page.keyboard.press("/")
    page.keyboard.type("jk/?")
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_have_value("jk/?")
    assert page.locator("dialog[open]").count() == 0


def test_single_keys_can_be_switched_off(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search?q=公开")
    page.keyboard.press("?")
    page.get_by_label("启用单键").uncheck()
    page.get_by_role("button", name="关闭").click()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.get_by_role("button", name="键盘").click()
    page.get_by_label("启用单键").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "A"


@pytest.mark.parametrize("path", ["/", "/search?q=公开", f"/r/{TWICE}", "/cite"])
def test_everything_is_reached_by_tab_and_is_seen_where_it_is(
    page: Page, varied_site: str, path: str
) -> None:
    page.goto(varied_site.rstrip("/") + path)
    page.evaluate("document.activeElement.blur()")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, summary")].filter((one) =>
        one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && one.type !== "hidden").length"""
    )
    seen = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        step = page.evaluate(
            """() => { const one = document.activeElement; const box = one.getBoundingClientRect();
            const style = getComputedStyle(one);
            return [[...document.querySelectorAll("*")].indexOf(one), box.width > 0 && box.height > 0,
              style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0, one.tagName]; }"""
        )
        if step[3] != "BODY":
            assert step[1:3] == [True, True], step
            seen.add(step[0])
    assert len(seen) >= wanted


def test_the_skip_link_leads_past_the_masthead(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}r/{TWICE}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_report_is_printed_as_a_document_with_what_is_needed_to_cite_it(
    page: Page, varied_site: str
) -> None:
    page.goto(f"{varied_site}r/{TWICE}")
    page.emulate_media(media="print", color_scheme="dark")
    for seen in (".brand", ".report-text", "#citation-gbt2025", "#permalink", ".digest"):
        expect(page.locator(seen).first).to_be_visible()
    for hidden in (
        ".masthead-nav",
        ".search-box",
        ".switch",
        ".colophon",
        ".anchor",
        ".button",
        ".copy",
        ".reading-script",
    ):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_no_page_complains_or_asks_anybody_else(browser: Browser, varied_site: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            complaints.append(f"{response.status} {response.url}")

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("response", answered)
    page.on("request", note)
    for name, path in PAGES.items():
        response = visit(page, varied_site.rstrip("/") + path)
        drawn = len(asked)
        page.wait_for_load_state("networkidle")
        assert asked[drawn:] == [], f"{name} fetches when it is drawn, and other tests don't wait for that"
        assert response is not None
        assert response.status == REFUSED.get(name, 200), name
        if name in REFUSED:  # the console tells of the page's own status, and rightly
            complaints[:] = [one for one in complaints if f"status of {REFUSED[name]}" not in one]
        assert complaints == [], name
    context.close()
    assert [url for url in asked if not url.startswith((varied_site, "data:"))] == []


SHIFT = """window.shift = 0; window.count = (entries) => { for (const entry of entries) window.shift += entry.value; };
window.shifts = new PerformanceObserver((list) => window.count(list.getEntries()));
window.shifts.observe({ type: "layout-shift", buffered: true });"""
SHIFTED = "window.count(window.shifts.takeRecords()), window.shift"


def test_nothing_moves_on_a_slow_machine_that_reads_a_page_in_pieces(
    browser: Browser, varied_site: str
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 768, "height": 844})
    context.add_init_script(SHIFT)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 12})
    for name in ("front", "search narrowed", "empty reading list"):
        page.goto(varied_site.rstrip("/") + PAGES[name], wait_until="networkidle")
        assert page.evaluate(SHIFTED) == 0, name
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_moves_after_it_was_drawn(browser: Browser, varied_site: str, width: int) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 844})
    context.add_init_script(SHIFT)
    page = context.new_page()
    for name, path in PAGES.items():
        visit(page, varied_site.rstrip("/") + path)
        assert page.evaluate(SHIFTED) == 0, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()


def test_the_main_ways_need_no_script(browser: Browser, varied_site: str) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(varied_site)
    page.get_by_role("searchbox").fill("政务公开")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()
    page.locator('[data-facet="level"] a.value-toggle').first.click()
    page.get_by_role("link", name="最新").click()
    page.locator(".hit h3 a").first.click()
    expect(page.locator(".report-text mark").first).to_be_visible()
    page.locator(".reading-script a:not([aria-current])").first.click()
    expect(page.locator(".converted-notice")).to_be_visible()
    page.get_by_role("link", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".masthead").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Permanent address")).to_be_visible()
    page.get_by_role("link", name="Look up").first.click()
    page.locator("#reference").fill(TWICE)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/r/{TWICE}$"))
    expect(page.locator("dialog")).to_be_hidden()
    context.close()


def test_the_front_page_weighs_less_than_a_hundred_kilobytes(page: Page, varied_site: str) -> None:
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(response.body())))
    page.goto(varied_site, wait_until="networkidle")
    assert len(weights) >= 4  # the page, its style, its scripts, its seal
    assert sum(weights) < 100_000


def test_chinese_words_on_an_english_page_say_that_they_are_chinese(
    browser: Browser, varied_site: str
) -> None:
    """WCAG 2.2, success criterion 3.1.2; and so nothing of the interface was left untranslated."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    found = {}
    for name, path in PAGES.items():
        page.goto(varied_site.rstrip("/") + path)
        unmarked = page.evaluate(
            """() => { const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const found = [];
            while (texts.nextNode()) { const one = texts.currentNode;
              if (/\\p{Script=Han}/u.test(one.data) && !one.parentElement.closest("[lang]").getAttribute("lang").startsWith("zh"))
                found.push(one.parentElement.outerHTML.slice(0, 120)); }
            return found; }"""
        )
        if unmarked:
            found[name] = unmarked
    context.close()
    assert found == {}
