"""How a test gets at the cluster of this run."""

import os
import time
from functools import cache

import pytest

from archive.errors import IndexUnreachable
from index.opensearch_client import ClusterClient
from index.opensearch_settings import load_cluster_settings
from tests.cluster.nodes import START_SECONDS


def need_cluster() -> None:
    """Skip, loudly, where there is no cluster; in CI, which starts one, fail. Wait for one that is starting."""
    if os.environ.get("OPENSEARCH_URL"):
        if trouble := _trouble_at_start():
            pytest.fail(trouble)
        return
    message = "no OPENSEARCH_URL: run `python -m tests.cluster.run make test` for a cluster on this machine"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@cache
def _trouble_at_start() -> str:
    """Wait until all nodes are one cluster; return what is wrong if they don't become one. Asked once a process."""
    client = ClusterClient(load_cluster_settings())
    deadline = time.monotonic() + START_SECONDS
    trouble = ""
    while time.monotonic() < deadline:
        try:
            health = client.ask("GET", "/_cluster/health", attempts=1)
        except IndexUnreachable as error:
            trouble = str(error)
        else:
            if health["status"] != "red" and health["number_of_nodes"] >= len(client.settings.nodes):
                return ""
            trouble = f"the search cluster is {health['status']} with {health['number_of_nodes']} nodes"
        time.sleep(0.5)
    return f"{trouble}, {START_SECONDS} s after the tests began"


def client_of(*, shards: int = 1, replicas: int = 0, alias: str = "contract", url: str = "") -> ClusterClient:
    """A client of the cluster of this run, or of the one at `url`."""
    if not url:
        need_cluster()
    own = {
        "OPENSEARCH_SHARDS": str(shards),
        "OPENSEARCH_REPLICAS": str(replicas),
        "OPENSEARCH_INDEX": alias,
        **({"OPENSEARCH_URL": url} if url else {}),
    }
    return ClusterClient(load_cluster_settings({**os.environ, **own}))
