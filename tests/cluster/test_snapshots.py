"""The backup that docs/scaling.md tells of, done and undone."""

import os
import uuid

import pytest

from bench.engines_agree import cluster_engine
from index.opensearch_engine import OpenSearchEngine
from tests.cluster.reaching import client_of, need_cluster
from tests.cluster.run import SNAPSHOTS
from tests.index.engine_contract import EngineContract, in_families, scattered


def test_an_index_restored_from_a_snapshot_answers_as_before() -> None:
    need_cluster()
    if SNAPSHOTS not in os.environ:
        pytest.skip(f"no {SNAPSHOTS}: this cluster was not started by tests.cluster.run")
    client = client_of()
    name = f"snapshot-{uuid.uuid4().hex}"
    with cluster_engine(shards=3) as engine:
        engine.add(in_families(scattered(300)), change=7)
        index = engine._index
        asked = [EngineContract.ask(engine, typed) for typed in ("", "公开 办结", '"答复,"')]
        place = {"type": "fs", "settings": {"location": os.environ[SNAPSHOTS]}}
        client.ask("PUT", f"/_snapshot/{name}", place)
        waiting = {"wait_for_completion": "true"}
        taken = client.ask("PUT", f"/_snapshot/{name}/one", {"indices": index}, parameters=waiting)
        assert taken["snapshot"]["state"] == "SUCCESS"
        client.ask("DELETE", f"/{index}")
        client.ask("POST", f"/_snapshot/{name}/one/_restore", {"indices": index}, parameters=waiting)
        assert OpenSearchEngine(client, index).last_change() == 7
        assert [EngineContract.ask(engine, typed) for typed in ("", "公开 办结", '"答复,"')] == asked
        client.ask("DELETE", f"/_snapshot/{name}")
