"""The one module that knows opensearch-py: requests to the cluster, and what their failures mean. Network here."""

import json
import logging
import random
import ssl
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    NotFoundError,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection

from archive.errors import BadSetting, IndexDamaged, IndexMissing, IndexUnreachable
from index.opensearch_settings import ClusterSettings

Json: TypeAlias = dict[str, Any]

BUSY = frozenset((429, 500, 502, 503, 504))
"""Statuses that may pass: the cluster pushes back, or a node is going or coming (500 where it was not yet missed)."""

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
"""Pauses double from the first to the longest, each shortened at random by up to half: 5 to 10 s over six attempts."""

logging.getLogger("opensearch").setLevel(
    logging.ERROR
)  # it warns with a traceback for every node that is down


class ClusterClient:
    """Sends requests to whichever node answers; one object serves all threads."""

    def __init__(self, settings: ClusterSettings) -> None:
        self.settings = settings
        self._client = OpenSearch(**_arguments(settings))

    def ask(
        self,
        method: str,
        path: str,
        body: Json | str | None = None,
        *,
        attempts: int = 2,
        seconds: float | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> Json:
        """Send one request, again on other nodes where it failed in passing; return the JSON of its answer.

        Only for requests that may be repeated. Raises IndexMissing for what is not there, IndexUnreachable where
        no node answers or the cluster stays busy, BadSetting where it refuses who we are.
        """
        pauses = pause_seconds(attempts)
        while True:
            try:
                return self._once(
                    method, path, body, seconds or self.settings.timeout_seconds, parameters or {}
                )
            except (NoConnection, TransportError) as error:
                pause = next(pauses, None)
                if pause is None or not _passes(error):
                    raise _named(error, path, self.settings) from error
            time.sleep(pause)

    def _once(
        self, method: str, path: str, body: Json | str | None, seconds: float, parameters: Mapping[str, str]
    ) -> Json:
        options = {**parameters, "request_timeout": seconds}
        answer = self._client.transport.perform_request(method, path, params=options, body=body)
        return answer if isinstance(answer, dict) else {}

    def search(self, index: str, body: Json, **parameters: str) -> Json:
        """Search and return a whole answer, never one of some shards only. Raises as `ask`."""
        whole = {"allow_partial_search_results": "false"} if index else {}
        path = f"/{index}/_search" if index else "/_search"  # a point in time names its own index
        return _whole(self.ask("POST", path, body, parameters={**whole, **parameters}))

    def search_many(self, index: str, bodies: Sequence[Json]) -> list[Json]:
        """Search several times in one round trip. Raises as `ask`, also where one of them failed."""
        header = json.dumps({"index": index, "allow_partial_search_results": False})
        lines = "".join(f"{header}\n{json.dumps(body)}\n" for body in bodies)
        answers = self.ask("POST", "/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise _search_failure(answer)
        return [_whole(answer) for answer in answers]


def pause_seconds(attempts: int) -> Iterator[float]:
    """Yield how long to wait before each further attempt: doubling, with jitter so that workers don't meet again."""
    for number in range(attempts - 1):
        longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**number)
        yield longest * random.uniform(0.5, 1)


def _arguments(settings: ClusterSettings) -> Json:
    found: Json = {
        "hosts": [{"host": host, "port": port} for host, port in settings.nodes],
        "use_ssl": settings.uses_tls,
        "http_compress": settings.uses_tls,  # over a network; on loopback it costs more than it saves
        "max_retries": len(settings.nodes),  # each node once before an attempt has failed
        "retry_on_timeout": False,
        "pool_maxsize": 16,
    }
    if settings.uses_tls:
        context = ssl.create_default_context(cafile=settings.ca_file)
        if settings.certificate:
            context.load_cert_chain(settings.certificate, settings.key)
        found["ssl_context"] = context
    if settings.user:
        pair = f"{settings.user}:{settings.password}".encode()  # opensearch-py itself knows Latin-1 only
        found["headers"] = {"Authorization": f"Basic {b64encode(pair).decode()}"}
    return found


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _passes(error: Exception) -> bool:
    return not isinstance(error, SSLError) and (isinstance(error, NoConnection) or _status(error) in BUSY)


def _named(error: Exception, path: str, settings: ClusterSettings) -> Exception:
    """Say what a failed request means for whoever runs the archive."""
    nodes = ", ".join(f"{host}:{port}" for host, port in settings.nodes)
    match error:
        case AuthenticationException() | AuthorizationException():
            return BadSetting(
                f"the search cluster at {nodes} refuses us ({_status(error)}); see OPENSEARCH_USER, "
                "OPENSEARCH_PASSWORD and OPENSEARCH_CLIENT_CERTIFICATE"
            )
        case NotFoundError():
            return IndexMissing(
                f"no search index {path.split('/')[1]!r} in the cluster at {nodes}; run `python ingest.py reindex`"
            )
        case SSLError():
            return IndexUnreachable(
                f"the search cluster at {nodes} has no certificate that is trusted ({error.error}); see OPENSEARCH_CA_FILE"
            )
        case NoConnection():
            return IndexUnreachable(
                f"no node of the search cluster answers at {nodes}; start it, then try again"
            )
        case TransportError() if _status(error) in BUSY:
            return IndexUnreachable(
                f"the search cluster at {nodes} can't answer whole at present ({_status(error)}, {error.error}); "
                "see its health, then try again"
            )
        case _:
            return IndexDamaged(f"the search cluster at {nodes} refused {path}: {error}")


def _search_failure(answer: Json) -> Exception:
    reason = _reason(answer["error"])
    if answer.get("status") == 404:
        return IndexMissing(
            f"the search cluster holds no such index ({reason}); run `python ingest.py reindex`"
        )
    if answer.get("status") in BUSY:
        return IndexUnreachable(
            f"a part of the search index does not answer ({reason}); see the cluster's health, and the memory of its "
            "nodes, then try again"
        )
    return IndexDamaged(f"the search cluster refused a search: {json.dumps(answer['error'])[:500]}")


def _reason(error: Json) -> str:
    """Return what the first shard that failed says, for the whole only says that some did."""
    shards = [one["reason"] for one in error.get("failed_shards", ()) if one.get("reason")]
    first = shards[0] if shards else error
    return f"{first.get('type')}: {first.get('reason') or error.get('reason')}"


def _whole(answer: Json) -> Json:
    shards = answer.get("_shards", {})
    if answer.get("timed_out") or shards.get("failed"):
        raise IndexUnreachable(
            f"only {shards.get('successful')} of {shards.get('total')} parts of the search index answered; try again"
        )
    return answer
