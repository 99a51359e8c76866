"""Takes pictures of every kind of page at 390 and 1280 pixels, light and dark, to be looked at.

    python -m bench.screenshots FOLDER [--only NAME …] [--language en-GB]    a PNG of each page, from top to bottom
    python -m bench.screenshots FOLDER --sheets    of a folder of pictures, the first screens side by side (docs/screenshots/)

The pages are those of tests/browser/places.py, and of the samples what that archive lacks.
"""

import argparse
import shutil
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from archive.settings import Settings
from bench.site import archive_served
from tests.browser import places
from tests.browser.conftest import ARGUMENTS
from tests.ingest.pages import page as page_to_add
from tests.web.serving import served

HEIGHTS = {390: 844, 1280: 900}
"""Of a screen of each width."""

THEMES = ("light", "dark")
MOST_HEIGHT = 3600
"""Of one picture: a long page goes on as it began."""

COPY, OTHER_COPY = "7a2vjts3beb1", "yaygm0j16dk9"
"""Two samples that are copies of one text; ids follow from addresses and never change."""

OF_SAMPLES = {
    "front of the samples": "/",
    "search of the samples": "/search?q=依申请公开&year=2019&year=2018",
    "report of the samples": f"/r/{COPY}?q=公开",
    "shared text": f"/r/{COPY}?shared=1",
    "family": f"/r/{COPY}/family",
    "two copies": f"/r/{COPY}/compare/{OTHER_COPY}",
    "laws": "/law/",
    "law": "/law/中华人民共和国政府信息公开条例",
    "quoted passage": "/cite?q=把兩套公開目錄併為一套",
    "place of the samples": "/place/9901",
    "year of the samples": "/year/2018",
}
OF_TWO_VERSIONS = {"two versions": f"/r/{places.TWICE}/v/1/diff/2"}
PER_ROW = {390: 15, 1280: 8}
SHEET_SHARE = {390: 0.34, 1280: 0.2}
"""How much smaller a page is on a contact sheet."""


@contextmanager
def both_served() -> Iterator[dict[str, str]]:
    """Serve both archives; give every page's address by its name."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        places.fill(Settings(home=home))
        varied = stack.enter_context(
            served(Settings(home=home), "--port", "0", environ=places.KEEPER)
        ).rstrip("/")
        samples = stack.enter_context(archive_served(None)).rstrip("/")
        made = {**places.PAGES, **OF_TWO_VERSIONS}
        yield {
            **{name: varied + path for name, path in made.items()},
            **{name: samples + path for name, path in OF_SAMPLES.items()},
        }


def take(browser: Browser, addresses: dict[str, str], folder: Path, language: str) -> None:
    """Take every picture; `NAME-WIDTH-THEME.png`."""
    for (width, height), theme in product(HEIGHTS.items(), THEMES):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=theme,
            reduced_motion="reduce",
        )
        page = context.new_page()
        for name, address in addresses.items():
            page.goto(address, wait_until="load")
            _keep(page, width, folder / f"{name}-{width}-{theme}.png")
            if name == "log in of the keeper":
                for step, shown in _adding(page):
                    _keep(shown, width, folder / f"{step}-{width}-{theme}.png")
        context.close()


def _keep(page: Page, width: int, path: Path) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(
        path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, MOST_HEIGHT)}
    )


def _adding(page: Page) -> Iterator[tuple[str, Page]]:
    """Go the keeper's way up to where a page would be added."""
    page.locator('input[type="password"]').fill(places.KEEPER["ARCHIVE_OPERATOR_TOKEN"])
    with page.expect_navigation():
        page.locator("main form button").first.click()
    yield "adding", page
    page.locator("textarea").first.fill(page_to_add(3).decode())
    page.locator('input[name="address"]').fill("http://www.guiying.gov.example/added.html")
    with page.expect_navigation():
        page.locator("textarea").first.locator("xpath=ancestor::form").locator("button").first.click()
    yield "preview of a page", page


def sheets(browser: Browser, folder: Path) -> None:
    """Put the pictures' first screens side by side: one WebP for each width and theme, drawn by the browser."""
    for (width, height), theme in product(HEIGHTS.items(), THEMES):
        shown = round(width * SHEET_SHARE[width])
        style = (
            f"body {{ margin: 4px; background: #888; display: grid; gap: 8px; grid-template-columns: repeat({PER_ROW[width]}, {shown}px) }}"
            f"img {{ width: {shown}px; height: {round(height * SHEET_SHARE[width])}px; object-fit: cover; object-position: top }}"
        )
        pictures = "".join(
            f'<img src="{quote(path.name)}">' for path in sorted(folder.glob(f"*-{width}-{theme}.png"))
        )
        sheet = folder / "sheet.html"
        sheet.write_text(f"<!doctype html><style>{style}</style>{pictures}", encoding="utf-8")
        page = browser.new_page(viewport={"width": 8 + PER_ROW[width] * (shown + 8) - 8, "height": 100})
        page.goto(sheet.as_uri(), wait_until="load")
        taken = page.context.new_cdp_session(page).send(
            "Page.captureScreenshot", {"format": "webp", "quality": 45, "captureBeyondViewport": True}
        )
        (folder / f"pages-{width}-{theme}.webp").write_bytes(b64decode(taken["data"]))
        page.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--language", default="zh-CN")
    parser.add_argument("--sheets", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        if asked.sheets:
            sheets(browser, asked.folder)
        else:
            with both_served() as addresses:
                chosen = {
                    name: one for name, one in addresses.items() if not asked.only or name in asked.only
                }
                take(browser, chosen, asked.folder, asked.language)
        browser.close()


if __name__ == "__main__":
    main()
