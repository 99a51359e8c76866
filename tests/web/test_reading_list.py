"""A reading list in an address, and two reports chosen from a list."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from tests.web import invented
from tests.web.test_pages import DAMAGED, TOWN
from web import reading_list

NEXT_YEAR = invented.township(2019).reports[0].report_id


def shown(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/r/(\w{12})"', page)


def test_a_list_shows_the_reports_of_its_address_in_their_order(client: FlaskClient) -> None:
    page = client.get(f"/list?id={DAMAGED}&id={TOWN}&id={DAMAGED}").text
    assert shown(page) == [DAMAGED, TOWN]
    assert f'href="/list?id={TOWN}"' in page  # the list without the first


def test_without_reports_the_page_says_what_a_list_is(client: FlaskClient) -> None:
    page = client.get("/list").text
    assert "阅读单是空的" in page
    assert "data-list=" not in page


def test_what_is_not_held_is_named_and_the_rest_is_shown(client: FlaskClient) -> None:
    page = client.get(f"/list?id=000000000000&id=nonsense&id={TOWN}").text
    assert shown(page) == [TOWN]
    assert "000000000000" in page


def test_a_list_that_is_too_long_says_how_much_is_left_out(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_list, "MOST_LISTED", 1)
    page = client.get(f"/list?id={TOWN}&id={DAMAGED}").text
    assert shown(page) == [TOWN]
    assert "另有 1 份没有列出" in page


def test_a_list_can_be_taken_along(client: FlaskClient) -> None:
    page = client.get(f"/list?id={DAMAGED}&id={TOWN}").text
    paths = [path.replace("&amp;", "&") for path in re.findall(r'href="(/list\.[^"]+)"', page)]
    assert len(paths) == 3
    table = client.get(paths[0]).text.removeprefix("\ufeff")
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == [DAMAGED, TOWN]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.text.count(TOWN) >= 1
    assert client.get("/list.exe").status_code == 404


def test_hits_can_be_chosen_without_a_script(client: FlaskClient) -> None:
    page = client.get("/search?q=公开").text
    boxes = re.findall(r'type="checkbox" form="choosing" name="id" value="(\w{12})"', page)
    assert len(boxes) == page.count('<li class="hit">') > 2
    assert '<form id="choosing"' in page
    assert 'formaction="/compare"' in page


@pytest.mark.parametrize(
    "asked",
    [
        f"a={TOWN}&b={NEXT_YEAR}",
        f"id={TOWN}&id={NEXT_YEAR}",
        f"a={TOWN.upper()}&b=http://localhost/r/{NEXT_YEAR}/v/1",
    ],
)
def test_two_reports_are_led_beside_each_other(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/compare?{asked}")
    assert response.status_code == 302
    assert response.location == f"/r/{TOWN}/compare/{NEXT_YEAR}"
    assert client.get(response.location).status_code == 200


@pytest.mark.parametrize(
    "asked", ["", f"a={TOWN}", f"a={TOWN}&b={TOWN}", f"id={TOWN}&id={DAMAGED}&id={NEXT_YEAR}"]
)
def test_anything_but_two_reports_is_asked_for_again(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/compare?{asked}")
    assert response.status_code == 200
    assert 'name="a"' in response.text
    assert "没有收存" not in response.text


def test_what_can_t_be_compared_is_named(client: FlaskClient) -> None:
    page = client.get(f"/compare?a={TOWN}&b=<b>nothing</b>").text
    assert "没有收存“&lt;b&gt;nothing&lt;/b&gt;”" in page
    assert f'value="{TOWN}"' in page
