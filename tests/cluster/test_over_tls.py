"""Certificates, certificate authority, user and password before the real cluster, each node behind a gate."""

import os
import shutil
import ssl
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import BadSetting, IndexUnreachable
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_settings import load_cluster_settings
from tests.cluster.gate import Gate, gates
from tests.cluster.keys import make_keys
from tests.cluster.reaching import need_cluster
from tests.index.engine_contract import EngineContract, ids, in_families, scattered
from tests.ingest.pages import ingest, write_pages

PASSWORD = ("archive", "鲛绡 secret")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        message = "no openssl: it makes the certificates of this test"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return make_keys(tmp_path_factory.mktemp("keys"))


def nodes() -> list[str]:
    need_cluster()
    return os.environ["OPENSEARCH_URL"].split(",")


def showing(keys: Path) -> ssl.SSLContext:
    """A node's side of TLS: it shows its certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=keys / "authority.pem")
    context.load_cert_chain(keys / "node.pem", keys / "node.key")
    return context


@pytest.fixture
def by_password(keys: Path) -> Iterator[list[Gate]]:
    with gates(nodes(), showing(keys), PASSWORD) as opened:
        yield opened


@pytest.fixture
def by_certificate(keys: Path) -> Iterator[list[Gate]]:
    context = showing(keys)
    context.verify_mode = ssl.CERT_REQUIRED
    with gates(nodes(), context) as opened:
        yield opened


def settings_for(opened: list[Gate], **own: object) -> dict[str, str]:
    urls = ",".join(f"https://localhost:{gate.server_port}" for gate in opened)
    return {"OPENSEARCH_URL": urls, "OPENSEARCH_REPLICAS": "0", **{key: str(one) for key, one in own.items()}}


def client_of(opened: list[Gate], **own: object) -> ClusterClient:
    return ClusterClient(load_cluster_settings(settings_for(opened, **own)))


def with_password(keys: Path) -> dict[str, object]:
    user, password = PASSWORD
    return {
        "OPENSEARCH_CA_FILE": keys / "authority.pem",
        "OPENSEARCH_USER": user,
        "OPENSEARCH_PASSWORD": password,
    }


def with_certificate(keys: Path) -> dict[str, object]:
    return {
        "OPENSEARCH_CA_FILE": keys / "authority.pem",
        "OPENSEARCH_CLIENT_CERTIFICATE": keys / "node.pem",
        "OPENSEARCH_CLIENT_KEY": keys / "node.key",
    }


def answers(client: ClusterClient) -> None:
    """An index is made, filled, searched and removed."""
    name = f"tls-{uuid.uuid4().hex}"
    engine = OpenSearchEngine.create(client, name)
    try:
        assert engine.add(in_families(scattered(60)), change=3) == 60
        assert engine.last_change() == 3
        assert len(ids(EngineContract.ask(engine, all_copies=True))) == 60
        assert EngineContract.ask(engine, "公开办结").total > 0
    finally:
        client.ask("DELETE", f"/{name}")


def test_the_cluster_answers_whom_it_knows_by_password(by_password: list[Gate], keys: Path) -> None:
    answers(client_of(by_password, **with_password(keys)))
    assert all(gate.handed_on for gate in by_password)


def test_the_cluster_answers_whom_it_knows_by_certificate(by_certificate: list[Gate], keys: Path) -> None:
    answers(client_of(by_certificate, **with_certificate(keys)))
    assert all(gate.handed_on for gate in by_certificate)


def test_a_wrong_password_is_told_and_nothing_is_handed_on(by_password: list[Gate], keys: Path) -> None:
    wrong = {**with_password(keys), "OPENSEARCH_PASSWORD": "another"}
    with pytest.raises(BadSetting, match=r"refuses us \(401\); see OPENSEARCH_USER"):
        client_of(by_password, **wrong).ask("GET", "/_cluster/health")
    assert not any(gate.handed_on for gate in by_password)


def test_without_a_certificate_where_one_is_demanded_nothing_is_handed_on(
    by_certificate: list[Gate], keys: Path
) -> None:
    client = client_of(by_certificate, OPENSEARCH_CA_FILE=keys / "authority.pem")
    with pytest.raises(IndexUnreachable):
        client.ask("GET", "/_cluster/health")
    assert not any(gate.handed_on for gate in by_certificate)


def test_nodes_whose_authority_is_a_stranger_get_no_password(by_password: list[Gate], keys: Path) -> None:
    strange = {**with_password(keys), "OPENSEARCH_CA_FILE": keys / "stranger.pem"}
    with pytest.raises(IndexUnreachable, match="OPENSEARCH_CA_FILE"):
        client_of(by_password, **strange).ask("GET", "/_cluster/health")
    assert not any(gate.handed_on for gate in by_password)


def test_pages_are_added_and_verified_over_tls(
    by_password: list[Gate], keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alias = f"tls-{uuid.uuid4().hex}"
    told = settings_for(
        by_password, OPENSEARCH_INDEX=alias, ARCHIVE_ENGINE="opensearch", **with_password(keys)
    )
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    try:
        added = ingest(tmp_path / "data", "add", write_pages(tmp_path / "pages", 3))
        assert added.returncode == 0, added.stderr
        assert ingest(tmp_path / "data", "verify").stdout == "3 reports, nothing wrong\n"
    finally:
        client_of(by_password, **with_password(keys)).ask("DELETE", f"/{alias}-*")
