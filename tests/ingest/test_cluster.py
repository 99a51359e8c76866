"""The command line and the site with ARCHIVE_ENGINE=opensearch."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.settings import load_settings
from tests.cluster.reaching import client_of
from tests.ingest.pages import exported, ingest, write_pages
from web import create_app


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    alias = f"commands-{uuid.uuid4().hex}"
    client = client_of(alias=alias)
    monkeypatch.setenv("ARCHIVE_ENGINE", "opensearch")
    monkeypatch.setenv("OPENSEARCH_INDEX", alias)
    monkeypatch.setenv("OPENSEARCH_REPLICAS", "0")
    monkeypatch.setenv("ARCHIVE_HOME", str(tmp_path / "data"))
    yield tmp_path / "data"
    client.ask("DELETE", f"/{alias}-*")


def test_pages_added_are_searched_withdrawn_and_made_anew(tmp_path: Path, home: Path) -> None:
    assert ingest(home, "add", write_pages(tmp_path / "pages", 5)).returncode == 0
    assert not (home / "index").exists()
    assert ingest(home, "verify").stdout == "5 reports, nothing wrong\n"
    site = create_app(load_settings()).test_client()
    assert site.get("/api/search?q=政府信息公开&copies=all").json["total"] == 5
    health = site.get("/healthz").json
    assert health is not None
    assert (health["status"], health["reports"], health["index_behind_changes"]) == ("ok", 5, 0)
    gone = exported(home)[0]["id"]
    assert ingest(home, "withdraw", gone, "--reason", "issuer's wish").returncode == 0
    assert site.get("/api/search?q=政府信息公开&copies=all").json["total"] == 4
    assert ingest(home, "reindex").stdout == "4 reports indexed\n"
    assert site.get("/api/search?q=玉杵镇&copies=all").status_code == 200
    assert ingest(home, "verify").stdout == "4 reports, nothing wrong\n"


def test_a_cluster_that_is_away_loses_nothing_and_the_same_command_goes_on(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write_pages(tmp_path / "pages", 2)
    with monkeypatch.context() as away:
        away.setenv("OPENSEARCH_URL", "http://127.0.0.1:9")  # the discard port, where nothing listens
        done = ingest(home, "add", pages)
        assert done.returncode == 2
        assert "2 reports new" in done.stdout
        assert "no node of the search cluster answers at 127.0.0.1:9" in done.stderr
    assert "2 unchanged" in ingest(home, "add", pages).stdout
    assert ingest(home, "verify").stdout == "2 reports, nothing wrong\n"
