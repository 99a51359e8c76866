import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engine import Engine
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_settings import load_cluster_settings
from tests.index.engine_contract import EngineContract


def client_of(shards: int, replicas: int = 0) -> ClusterClient:
    """The cluster of this run; elsewhere skip, loudly, and in CI fail."""
    if not os.environ.get("OPENSEARCH_URL"):
        message = (
            "no OPENSEARCH_URL: run `python -m tests.cluster.run make test` for a cluster on this machine"
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    counts = {"OPENSEARCH_SHARDS": str(shards), "OPENSEARCH_REPLICAS": str(replicas)}
    return ClusterClient(load_cluster_settings({**os.environ, **counts}))


class OpenSearchContract(EngineContract):
    """The contract on small indices with names of their own, removed after each test."""

    shards: int

    @pytest.fixture(autouse=True)
    def cluster(self) -> Iterator[None]:
        self.client = client_of(self.shards)
        self.made: list[str] = []
        yield
        for index in self.made:
            self.client.ask("DELETE", f"/{index}")

    def make(self, folder: Path) -> Engine:
        name = f"contract-{uuid.uuid4().hex}"
        self.made.append(name)
        return OpenSearchEngine.create(self.client, name)


class TestOneShard(OpenSearchContract):
    shards = 1


class TestThreeShards(OpenSearchContract):
    shards = 3
