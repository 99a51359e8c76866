"""Selected words of a report are cited, with the mouse and with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.test_pages import TOWN

pytestmark = pytest.mark.browser

SELECT = """([first, start, last, end]) => {
  const walk = (id, offset) => {
    const texts = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (offset <= node.length) return [node, offset];
      offset -= node.length;
    }
  };
  getSelection().setBaseAndExtent(...walk(first, start), ...walk(last, end));
}"""


def select(page: Page, first: str, start: int, last: str, end: int) -> None:
    page.evaluate(SELECT, [first, start, last, end])


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_selected_words_are_cited_and_found_again(page: Page, invented_site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{invented_site}/r/{TOWN}")
    button = page.get_by_role("button", name="引用这段")
    expect(button).to_be_hidden()
    select(page, "p7", 6, "p7", 20)
    expect(button).to_be_visible()
    button.click()
    expect(page.get_by_role("button", name="地址已复制")).to_be_visible()
    address = copied(page)
    assert "at=7.6" in address
    assert "version=1" in address
    page.goto(address)
    assert page.locator("mark.cited").all_inner_texts() == ["够及时，便民服务大厅的查询点"]
    expect(page.locator("#cited")).to_be_in_viewport()


def test_words_of_two_paragraphs_are_cited_with_the_keyboard(page: Page, invented_site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{invented_site}/r/{TOWN}")
    select(page, "p3", 30, "p5", 8)
    expect(page.get_by_role("button", name="引用这段")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="地址已复制")).to_be_visible()
    page.goto(copied(page))
    assert len(page.locator("mark.cited").all()) == 3
    expect(page.locator("#p5 mark.cited")).to_have_text("全年收到依申请公")


def test_a_row_of_a_table_is_cited(page: Page, invented_site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{invented_site}/r/{TOWN}")
    select(page, "p8", 0, "p8", 4)
    expect(page.get_by_role("button", name="引用这段")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="地址已复制")).to_be_visible()
    page.goto(copied(page))
    expect(page.locator("#p8 mark.cited")).to_have_text("信息内容")


def test_without_a_selection_the_key_does_nothing(page: Page, invented_site: str) -> None:
    page.goto(f"{invented_site}/r/{TOWN}")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="引用这段")).to_be_hidden()
    assert page.url.endswith(TOWN)
