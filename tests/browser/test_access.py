"""Nothing stands in a reader's way: axe-core finds no barrier on any page, in either theme, on a phone or a desk."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page

from archive.settings import Settings
from archive.store import Store
from tests.browser.places import PAGES
from tests.web.serving import served

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """async (options) => (await axe.run(document, { resultTypes: ["violations"], ...options })).violations.map(
  (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)"""
GROUND = "getComputedStyle(document.body).backgroundColor"
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that look at colours, which are all that a theme changes."""

OTHERS = {"rules": {name: {"enabled": False} for name in ("color-contrast", "link-in-text-block")}}
"""All other rules: a page has the same colours in every language. Contrast takes the longest of all."""


def barriers(page: Page, options: Mapping[str, object] = MappingProxyType({})) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, dict(options))
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_has_a_barrier_in_either_theme(browser: Browser, varied_site: str, width: int) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 844})
    page = context.new_page()
    found = {}
    for name, path in PAGES.items():
        page.emulate_media(color_scheme="light")
        page.goto(varied_site.rstrip("/") + path)
        light = page.evaluate(GROUND)
        problems = barriers(page)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(GROUND) != light, name
        if problems := problems + barriers(page, COLOURS):
            found[name] = problems
    context.close()
    assert found == {}


@pytest.mark.parametrize("language", ["zh-TW", "en-US"])
def test_no_page_has_a_barrier_in_another_language(browser: Browser, varied_site: str, language: str) -> None:
    context = browser.new_context(locale=language, viewport={"width": 390, "height": 844})
    page = context.new_page()
    found = {}
    for name, path in PAGES.items():
        page.goto(varied_site.rstrip("/") + path)
        if problems := barriers(page, OTHERS):
            found[name] = problems
    context.close()
    assert found == {}


def test_what_opens_on_demand_has_no_barrier_either(page: Page, varied_site: str) -> None:
    page.goto(f"{varied_site}search?q=公开")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").fill("桂影")
    page.locator("[role=option]").first.wait_for()
    assert barriers(page) == []
    for fold in page.locator("details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    assert barriers(page) == []


def test_a_page_of_an_empty_archive_has_no_barrier(browser: Browser, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "data")
    with Store.open(settings, writable=True):
        pass
    with served(settings, "--port", "0") as address:
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(address)
        assert barriers(page) == []
        context.close()
