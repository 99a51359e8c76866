"""A page that is loaded, drawn, and has nothing left to do."""

from playwright.sync_api import Page, Response

DRAWN = """async () => { await document.fonts.ready;
for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
await new Promise((done) => requestIdleCallback(done)); }"""


def visit(page: Page, address: str) -> Response | None:
    """Open a page and wait until it is loaded, was drawn and is idle.

    Our pages fetch nothing by themselves after that, which tests/browser/test_ways.py holds; waiting for half a
    second without traffic, on each of 30 pages at five widths, was a minute and a half of the suite.
    """
    response = page.goto(address)
    page.evaluate(DRAWN)
    return response
