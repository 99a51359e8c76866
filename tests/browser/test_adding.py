"""The keeper logs in, pastes a page, corrects it and adds it, in a real browser and without a barrier."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from archive.settings import Settings
from tests.browser import places
from tests.browser.test_access import barriers
from tests.ingest.pages import page as page_of
from tests.web.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own, which the test changes."""
    settings = Settings(home=tmp_path_factory.mktemp("adding"))
    places.fill(settings)
    with served(settings, "--port", "0", environ=places.KEEPER) as address:
        yield address.rstrip("/")


def test_a_pasted_page_is_corrected_and_added(page: Page, own_site: str) -> None:
    page.goto(f"{own_site}/add")
    page.get_by_label("口令").fill(places.KEEPER["ARCHIVE_OPERATOR_TOKEN"])
    page.get_by_role("button", name="登录").click()
    assert barriers(page) == []
    page.get_by_label("网页的源代码或文字").fill(page_of(3).decode())
    page.get_by_label("网页地址").fill("http://www.guiying.gov.example/added.html")
    page.get_by_role("button", name="核对").click()
    assert barriers(page) == []
    page.get_by_label("二、主动公开政府信息情况").uncheck()
    page.get_by_role("button", name="重新核对").click()
    expect(page.get_by_label("二、主动公开政府信息情况")).not_to_be_checked()
    expect(page.get_by_text("管理员所定")).to_be_visible()
    page.get_by_role("button", name="收入档案").click()
    expect(page.get_by_role("heading", name="已收入档案")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="冰轮镇2013年").click()
    expect(page.get_by_text("由档案管理员校订过")).to_be_visible()
    expect(page.locator(".report-text")).not_to_contain_text("二、主动公开政府信息情况")
