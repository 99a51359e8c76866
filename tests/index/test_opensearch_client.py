"""What the client says to a node and makes of its answers, over TLS too. The node is a plain server of this test's."""

import json
import shutil
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.errors import BadSetting, IndexDamaged, IndexMissing, IndexUnreachable
from index.opensearch_client import ClusterClient
from index.opensearch_settings import load_cluster_settings
from tests.cluster.keys import make_keys


class Node(BaseHTTPRequestHandler):
    """Answers each request with what the server was given, and remembers who asked."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append(self.headers.get("Authorization"))  # type: ignore[attr-defined]
        status, body = self.server.answer  # type: ignore[attr-defined]
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = _answer  # noqa: N815 - http.server's names
    do_POST = _answer  # noqa: N815

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving(
    status: int, body: dict[str, object], tls: ssl.SSLContext | None = None
) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Node)
    server.answer, server.seen = (status, body), []  # type: ignore[attr-defined]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def client_of(server: ThreadingHTTPServer, scheme: str = "http", **settings: object) -> ClusterClient:
    url = {"OPENSEARCH_URL": f"{scheme}://localhost:{server.server_port}"}
    return ClusterClient(
        load_cluster_settings({**url, **{name: str(value) for name, value in settings.items()}})
    )


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        (401, BadSetting, "refuses us (401); see OPENSEARCH_USER"),
        (403, BadSetting, "refuses us (403)"),
        (404, IndexMissing, "no search index 'held' in the cluster"),
        (400, IndexDamaged, "refused /held/_search"),
        (503, IndexUnreachable, "can't answer whole at present (503"),
        (429, IndexUnreachable, "can't answer whole at present (429"),
    ],
)
def test_what_a_node_refuses_is_told_with_what_to_do(status: int, error: type[Exception], told: str) -> None:
    with serving(status, {"error": {"type": "x", "reason": "y"}}) as server, pytest.raises(error) as refused:
        client_of(server).search("held", {})
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "partial",
    [
        {"timed_out": True, "_shards": {"total": 3, "successful": 3, "failed": 0}},
        {"timed_out": False, "_shards": {"total": 3, "successful": 2, "failed": 1}},
    ],
)
def test_an_answer_of_a_part_is_never_taken_for_the_whole(partial: dict[str, object]) -> None:
    with serving(200, partial) as server, pytest.raises(IndexUnreachable, match=r"only \d of 3 parts"):
        client_of(server).search("held", {})
    with serving(200, {"responses": [partial]}) as server, pytest.raises(IndexUnreachable, match="only"):
        client_of(server).search_many("held", [{}])


def test_a_shard_that_has_no_memory_left_is_told_as_such() -> None:
    shard = {"type": "circuit_breaking_exception", "reason": "[parent] Data too large"}
    error = {"reason": "Partial shards failure", "failed_shards": [{"shard": 0, "reason": shard}]}
    answer = {"responses": [{"status": 429, "error": error}]}
    with serving(200, answer) as server, pytest.raises(IndexUnreachable, match=r"Data too large.*memory"):
        client_of(server).search_many("held", [{}])


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority, and certificates that it signed for localhost: made with openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl: it makes the certificates of this test")
    return make_keys(tmp_path_factory.mktemp("keys"))


def demanding(keys: Path) -> ssl.SSLContext:
    """A node's side of TLS: it shows its certificate and demands one."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=keys / "authority.pem")
    context.load_cert_chain(keys / "node.pem", keys / "node.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def test_over_tls_we_show_our_certificate_and_our_password(keys: Path) -> None:
    ours = {
        "OPENSEARCH_CA_FILE": keys / "authority.pem",
        "OPENSEARCH_CLIENT_CERTIFICATE": keys / "node.pem",
        "OPENSEARCH_CLIENT_KEY": keys / "node.key",
        "OPENSEARCH_USER": "archive",
        "OPENSEARCH_PASSWORD": "secret",
    }
    with serving(200, {"found": 1}, demanding(keys)) as server:
        assert client_of(server, "https", **ours).ask("GET", "/held/_mapping") == {"found": 1}
        assert server.seen == [f"Basic {b64encode(b'archive:secret').decode()}"]  # type: ignore[attr-defined]


def test_a_node_whose_certificate_nobody_vouches_for_is_not_talked_to(keys: Path) -> None:
    with serving(200, {}, demanding(keys)) as server, pytest.raises(IndexUnreachable) as refused:
        client_of(server, "https", OPENSEARCH_CA_FILE=keys / "stranger.pem").ask("GET", "/held/_mapping")
    assert "OPENSEARCH_CA_FILE" in str(refused.value)
    assert server.seen == []  # type: ignore[attr-defined]
