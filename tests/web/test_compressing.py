"""Answers are packed for readers who take it, and are the same page then."""

import gzip

import pytest
from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("path", ["/", "/search?q=公开", "/api/search?q=公开"])
def test_a_packed_answer_is_the_bare_one_in_fewer_bytes(client: FlaskClient, path: str) -> None:
    bare, packed = client.get(path), client.get(path, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in bare.headers
    if "/search" not in path:  # a search says how long it took
        assert gzip.decompress(packed.data) == bare.data
    assert len(packed.data) < len(bare.data) / 2
    assert packed.content_length == len(packed.data)
    assert "Accept-Encoding" in bare.vary
    assert "Accept-Encoding" in packed.vary


def test_who_refuses_gzip_gets_none(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_short_answer_stays_bare(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP).headers


def test_a_packed_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/", headers=GZIP)
    again = client.get("/", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_what_is_a_download_of_bytes_stays_as_it_is(client: FlaskClient) -> None:
    from tests.web.test_pages import TOWN

    raw = client.get(f"/r/{TOWN}/capture/raw", headers=GZIP)
    assert "Content-Encoding" not in raw.headers


def test_the_monitor_is_told_the_version(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json()["version"]


def test_the_stylesheet_is_packed_and_not_sent_twice(client: FlaskClient) -> None:
    with client.get("/static/style.css") as bare, client.get("/static/style.css", headers=GZIP) as packed:
        assert gzip.decompress(packed.data) == bare.data
        tag = packed.headers["ETag"]
    with client.get("/static/style.css", headers={**GZIP, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
