"""Light, dark, or as the system has it: chosen by a link, kept in a cookie, written into the page itself."""

import re

import pytest
from flask.testing import FlaskClient


def theme_of(page: str) -> str | None:
    found = re.search(r'<html lang="[^"]*" data-theme="([^"]*)">', page)
    return found[1] if found else None


def test_the_system_decides_until_the_reader_does(client: FlaskClient) -> None:
    page = client.get("/").text
    assert theme_of(page) is None
    assert '<meta name="color-scheme" content="light dark">' in page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_once_chosen_is_in_every_page_that_follows(client: FlaskClient, theme: str) -> None:
    assert theme_of(client.get(f"/search?q=公开&theme={theme}").text) == theme
    for address in ("/", "/search", "/cite", "/r/000000000000"):
        assert theme_of(client.get(address).text) == theme
    assert f'content="{theme}"' in client.get("/").text


def test_the_system_decides_again_when_asked_to(client: FlaskClient) -> None:
    client.get("/?theme=dark")
    assert theme_of(client.get("/?theme=auto").text) is None
    assert theme_of(client.get("/").text) is None


def test_a_theme_that_is_none_is_not_kept(client: FlaskClient) -> None:
    response = client.get('/?theme="><script>')
    assert theme_of(response.text) is None
    assert "Set-Cookie" not in response.headers


def test_a_switch_never_leads_to_another_host(client: FlaskClient) -> None:
    for asked in ("//evil.example/x", "///evil.example", "/%5Cevil.example", "/%2F%2Fevil.example"):
        page = client.get(asked).text
        links = re.findall(r'<a href="([^"]*theme=dark)"', page)
        assert links
        assert [link for link in links if not re.match(r"/(?![/\\])", link)] == []
