import logging
from pathlib import Path

import pytest

from archive.errors import BadSetting
from archive.settings import load_settings
from index.opensearch_settings import ClusterSettings, load_cluster_settings

URL = {"OPENSEARCH_URL": "https://one.example:9201, https://two.example"}


def test_several_nodes_and_all_that_proves_who_we_are(tmp_path: Path) -> None:
    files = {
        "OPENSEARCH_CA_FILE": tmp_path / "ca.pem",
        "OPENSEARCH_CLIENT_CERTIFICATE": tmp_path / "our.pem",
        "OPENSEARCH_CLIENT_KEY": tmp_path / "our.key",
    }
    for path in files.values():
        path.write_text("")
    given = {name: str(path) for name, path in files.items()}
    who = {"OPENSEARCH_USER": "archive", "OPENSEARCH_PASSWORD": "secret"}
    assert load_cluster_settings(URL | given | who | {"OPENSEARCH_SHARDS": "3"}) == ClusterSettings(
        nodes=(("one.example", 9201), ("two.example", 9200)),
        uses_tls=True,
        ca_file=given["OPENSEARCH_CA_FILE"],
        user="archive",
        password="secret",
        certificate=given["OPENSEARCH_CLIENT_CERTIFICATE"],
        key=given["OPENSEARCH_CLIENT_KEY"],
        shards=3,
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "OPENSEARCH_URL is not set; give"),
        ({"OPENSEARCH_URL": " , "}, "OPENSEARCH_URL is not set; give"),
        ({"OPENSEARCH_URL": "one:9200"}, "OPENSEARCH_URL holds 'one:9200'; give addresses"),
        ({"OPENSEARCH_URL": "http://one:port"}, "OPENSEARCH_URL holds 'http://one:port'"),
        ({"OPENSEARCH_URL": "https://me:secret@one"}, "give them as OPENSEARCH_USER and OPENSEARCH_PASSWORD"),
        ({"OPENSEARCH_URL": "http://one,https://two"}, "mixes http:// and https://"),
        (URL | {"OPENSEARCH_USER": "me"}, "OPENSEARCH_USER and OPENSEARCH_PASSWORD belong together"),
        (
            URL | {"OPENSEARCH_CA_FILE": "/no/such"},
            "OPENSEARCH_CA_FILE names '/no/such', which is not a file",
        ),
        (
            URL | {"OPENSEARCH_CLIENT_KEY": "x"},
            "OPENSEARCH_CLIENT_CERTIFICATE and OPENSEARCH_CLIENT_KEY belong",
        ),
        (URL | {"OPENSEARCH_INDEX": "_all"}, "OPENSEARCH_INDEX is '_all'; give a name"),
        (URL | {"OPENSEARCH_SHARDS": "0"}, "OPENSEARCH_SHARDS is '0'; give a whole number from 1"),
        (URL | {"OPENSEARCH_REPLICAS": "-1"}, "OPENSEARCH_REPLICAS is '-1'"),
        (
            {"OPENSEARCH_URL": "http://one", "OPENSEARCH_USER": "me", "OPENSEARCH_PASSWORD": "x"},
            "would send a password or certificate in the clear",
        ),
    ],
)
def test_what_can_t_be_used_is_named_with_what_to_give(given: dict[str, str], told: str) -> None:
    with pytest.raises(BadSetting) as refused:
        load_cluster_settings(given)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_password_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    settings = load_cluster_settings(URL | {"OPENSEARCH_USER": "me", "OPENSEARCH_PASSWORD": "secret"})
    logging.getLogger("archive").warning("%s", settings)
    assert "secret" not in caplog.text


def test_an_engine_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_ENGINE", "solr")
    with pytest.raises(BadSetting, match="ARCHIVE_ENGINE is 'solr'; give one of whoosh, opensearch"):
        load_settings()
