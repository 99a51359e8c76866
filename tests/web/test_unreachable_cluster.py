"""The site while every node of its search cluster is away. Needs no cluster: nothing listens where it is sought."""

import socket
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from archive.settings import Settings
from tests.web.test_pages import TOWN, get
from web import create_app


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> str:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        node = f"127.0.0.1:{unused.getsockname()[1]}"
    monkeypatch.setenv("OPENSEARCH_URL", f"http://{node}")
    return node


@pytest.fixture
def site(archive: Settings, nobody: str) -> FlaskClient:
    return create_app(replace(archive, engine="opensearch")).test_client()


@pytest.mark.parametrize("address", ["/search?q=公开", "/search"])
def test_searching_says_that_the_cluster_does_not_answer(
    site: FlaskClient, nobody: str, address: str
) -> None:
    page = get(site, address, status=503)
    assert "检索集群没有应答" in page
    assert f"no node of the search cluster answers at {nobody}" in page
    assert "reindex" not in page, "nothing is damaged: it has to be started, not made again"
    assert site.get(address).headers["Retry-After"] == "60"


def test_reports_are_shown_and_cited_all_the_same(site: FlaskClient) -> None:
    get(site, f"/r/{TOWN}")
    get(site, f"/r/{TOWN}/v/1")
    assert site.get(f"/r/{TOWN}.md").status_code == 200
    assert site.get(f"/cite?q={TOWN}").status_code == 302
    assert site.get(f"/api/reports/{TOWN}").status_code == 200


def test_the_health_check_and_the_api_tell_it(site: FlaskClient) -> None:
    for address in ("/healthz", "/api/search?q=公开"):
        answer = site.get(address)
        assert answer.status_code == 503
        assert answer.mimetype == "application/problem+json"
        assert "no node of the search cluster answers" in answer.json["detail"]


def test_a_missing_address_is_named(archive: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENSEARCH_URL", raising=False)
    site = create_app(replace(archive, engine="opensearch")).test_client()
    assert "OPENSEARCH_URL is not set" in get(site, "/search?q=公开", status=500)
