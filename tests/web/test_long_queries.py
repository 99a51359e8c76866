"""Long queries: a page stays small, and each of its choices still leads where a link would."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from index.query import parse
from index.snippet import marks
from web.arguments import read_arguments
from web.long_queries import PASTED_CHARS, addition, text_to_mark
from web.params import SearchState, including, on_page, sized, to_arguments, without

LARGEST_PAGE = 100_000
SENTENCE = "桂影县主动公开政府信息的途径以及依申请公开的办理情况。"
PASTED = (SENTENCE * 20)[:500]


@pytest.mark.parametrize(
    "typed",
    [
        PASTED,
        SENTENCE * 400,
        f'"{PASTED}"',
        " ".join(SENTENCE) * 20,
        "".join(map(chr, range(0x4E00, 0x4E00 + 10_000))),
        "标题:公开 " * 2_000,
        "公开 OR " * 1_400,
    ],
)
def test_a_page_for_a_long_query_stays_small(client: FlaskClient, typed: str) -> None:
    response = client.get("/search", query_string={"q": typed})
    assert response.status_code == 200
    assert len(response.data) < LARGEST_PAGE


def test_a_choice_of_a_long_query_is_a_button_that_adds_it(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": PASTED}).get_data(as_text=True)
    form = page[page.index('<form id="narrowing"') :].partition("</form>")[0]
    held = [(name, unescape(value)) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)]
    buttons = re.findall(r'<button class="value-toggle" form="narrowing" name="(\w+)" value="([^"]*)"', page)
    assert held == [("q", PASTED)]
    assert "level" in dict(buttons)
    chosen, notes = read_arguments(MultiDict([*held, buttons[0]]))
    assert chosen == including(SearchState(text=PASTED), *buttons[0])
    assert notes == ()


def test_a_short_query_has_links(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "公开"}).get_data(as_text=True)
    assert 'form="narrowing"' not in page
    narrowed = client.get("/search?q=公开&level=county&level=township&year=2016").get_data(as_text=True)
    assert 'class="value-toggle" href=' in narrowed
    assert 'class="value-toggle" href=' in page


def test_an_addition_is_what_the_form_lacks() -> None:
    state = SearchState(text=PASTED, page=3)
    for target in (including(state, "level", "county"), sized(state, 50), on_page(state, 4)):
        added = addition(state, target)
        assert added is not None
        arguments = [*to_arguments(on_page(state, 1)), (added.name, added.value)]
        assert read_arguments(MultiDict(arguments))[0] == target


def test_what_takes_back_or_replaces_is_no_addition() -> None:
    state = including(SearchState(text=PASTED, size=20), "level", "county")
    assert addition(state, without(state, "level", "county")) is None
    assert addition(state, sized(state, 50)) is None
    assert addition(SearchState(text="公开"), SearchState(text="公开", size=50)) is None


@pytest.mark.parametrize("typed", [SENTENCE * 9, f'{SENTENCE * 2} "依申请公开的办理情况"', '"公开" ' * 20])
def test_a_hits_link_marks_the_words_of_the_long_query(typed: str) -> None:
    short = text_to_mark(parse(typed))
    text = "我县依申请公开的办理情况良好,政府信息公开途径多样。"
    assert len(short) < len(typed)
    assert {*range(*marks(text, parse(typed))[0])} <= {
        place for span in marks(text, parse(short)) for place in range(*span)
    }
    assert text_to_mark(parse("公开" * (PASTED_CHARS // 2))) == "公开" * (PASTED_CHARS // 2)
