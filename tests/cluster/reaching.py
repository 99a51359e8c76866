"""How a test gets at the cluster of this run."""

import os

import pytest

from index.opensearch_client import ClusterClient
from index.opensearch_settings import load_cluster_settings


def need_cluster() -> None:
    """Skip, loudly, where there is no cluster; in CI, which starts one, fail."""
    if os.environ.get("OPENSEARCH_URL"):
        return
    message = "no OPENSEARCH_URL: run `python -m tests.cluster.run make test` for a cluster on this machine"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


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
