import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from archive.errors import IndexMissing, IndexOutdated
from bench.engines_agree import cluster_engine, compare
from bench.made_reports import made_reports
from index.engine import Engine, IndexDocument
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_state import read_state
from index.whoosh_engine import WhooshEngine
from tests.cluster.reaching import client_of
from tests.conftest import PROJECT
from tests.index.engine_contract import EngineContract, ids, in_families, scattered
from tests.index.making import make_document
from tests.index.test_near_sentences import TEXTS as SENTENCES

SLIPS = (
    ("望舒市桂影县如何办理依申情公开的材料", ["依申情公开"]),
    ("请问银阙区末按期答复的申请在什么地方", ["阙区末按期"]),
    ('"桂影县依申情公开办结情况是怎样的"', ["依申情公开"]),
    ("天河流域管理委员会的章程何时颁布施行", []),
)
"""Sentences, each with the text in which a slip is found."""

MADE: list[str] = []
"""Indices that the contract made and that are still there."""


def sweep(kept: int) -> None:
    """Remove the indices made, but for so many of the first."""
    names = MADE[kept:]
    del MADE[kept:]
    if names:
        client_of().ask("DELETE", f"/{','.join(names)}")


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left() -> Iterator[None]:
    yield
    sweep(0)


class OpenSearchContract(EngineContract):
    """The contract on small indices with names of their own, removed after the test or the class that made them."""

    shards: int

    @pytest.fixture(autouse=True)
    def swept(self) -> Iterator[None]:
        kept = len(MADE)  # those of the class are made before this
        yield
        sweep(kept)

    def make(self, folder: Path) -> Engine:
        name = f"contract-{uuid.uuid4().hex}"
        engine = OpenSearchEngine.create(client_of(shards=self.shards), name)
        MADE.append(name)
        return engine


class TestOneShard(OpenSearchContract):
    shards = 1


class TestThreeShards(OpenSearchContract):
    shards = 3


def test_both_engines_give_the_same_answers_to_made_requests(tmp_path: Path) -> None:
    client_of()
    with cluster_engine(shards=3) as cluster:
        whoosh = WhooshEngine.create(tmp_path / "index")
        for engine in (cluster, whoosh):
            engine.add(made_reports(2000), change=1)
        assert list(compare(cluster, whoosh, requests=100)) == []


def test_a_slip_in_a_sentence_is_answered_as_by_the_other_engine(tmp_path: Path) -> None:
    client_of()
    documents = [make_document(f"r{number}", text) for number, text in enumerate(SENTENCES)]
    with cluster_engine(shards=3) as cluster:
        whoosh = WhooshEngine.create(tmp_path / "index")
        for engine in (cluster, whoosh):
            engine.add(documents, change=1)
        for typed, slip in SLIPS:
            offered = EngineContract.ask(cluster, typed).corrections
            assert offered == EngineContract.ask(whoosh, typed).corrections
            assert [one.typed for one in offered[:1]] == slip


def test_a_sentence_without_a_slip_costs_no_round_trip_more(monkeypatch: pytest.MonkeyPatch) -> None:
    client_of()
    trips: list[str] = []
    ask = ClusterClient.ask

    def counted(self: ClusterClient, method: str, path: str, *rest: Any, **options: Any) -> Any:
        trips.append(path)
        return ask(self, method, path, *rest, **options)

    with cluster_engine(shards=3) as engine:
        engine.add([make_document(f"r{number}", text) for number, text in enumerate(SENTENCES)], change=1)
        monkeypatch.setattr(ClusterClient, "ask", counted)
        assert EngineContract.ask(engine, SENTENCES[-1]).corrections == ()
        assert len(trips) == 4  # state, frequencies, search, reasons
        assert EngineContract.ask(engine, SLIPS[0][0]).corrections
        assert len(trips) == 4 + 7


def test_pages_beyond_the_cluster_s_window_follow_without_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    client_of()
    monkeypatch.setattr("index.opensearch_requests.WINDOW", 50)
    monkeypatch.setattr("index.opensearch_listing.WINDOW", 50)
    monkeypatch.setattr("index.opensearch_search.WINDOW", 50)
    with cluster_engine(shards=3) as engine:
        engine.add(in_families(scattered(400)), change=1)
        for typed, all_copies in product(("", "公开"), (True, False)):
            whole = EngineContract.ask(engine, typed, limit=400, all_copies=all_copies)
            pages = [
                EngineContract.ask(engine, typed, limit=30, offset=offset, all_copies=all_copies)
                for offset in range(0, 420, 30)
            ]
            assert [one for page in pages for one in ids(page)] == ids(whole)
            assert len(ids(whole)) == whole.total == len(set(ids(whole)))


def test_an_index_of_another_version_is_told_and_not_used() -> None:
    client = client_of()
    with cluster_engine(shards=1) as engine:
        state = read_state(client, engine._index)
        client.ask("PUT", f"/{state.index}/_mapping", {"_meta": {"manifest": {"format": 0}, "change": 1}})
        with pytest.raises(IndexOutdated, match=r"another format, .*reindex"):
            EngineContract.ask(engine, "公开")


def test_a_name_that_no_index_has_says_what_to_run() -> None:
    engine = OpenSearchEngine(client_of(), "never-made")
    with pytest.raises(IndexMissing, match=r"never-made.*reindex"):
        EngineContract.ask(engine, "公开")


def test_a_word_longer_than_lucene_takes_is_found_as_it_stands() -> None:
    client_of()
    word = "x" * 40_000
    with cluster_engine(shards=1) as engine:
        engine.add([make_document("long", f"鲛绡{word}镇"), make_document("short", "鲛绡 xxxx")], change=1)
        assert ids(EngineContract.ask(engine, "x" * 300)) == ["long"]
        assert sorted(ids(EngineContract.ask(engine, '"xxxx"'))) == ["long", "short"]


@pytest.mark.crash
def test_a_writer_killed_at_any_moment_goes_on_where_its_last_commit_was() -> None:
    client_of()
    code = (
        "import sys; from index.opensearch_client import ClusterClient\n"
        "from index.opensearch_engine import OpenSearchEngine\n"
        "from index.opensearch_settings import load_cluster_settings\n"
        "from tests.index.test_opensearch_engine import batch_of\n"
        "engine = OpenSearchEngine(ClusterClient(load_cluster_settings()), sys.argv[1])\n"
        "change = engine.last_change(); print('ready', flush=True)\n"
        "while True:\n"
        "    engine.add(batch_of(change), change=change + 1); change += 1\n"
    )
    with cluster_engine(shards=3) as engine:
        for round_number in range(3):
            writer = subprocess.Popen(
                [sys.executable, "-c", code, engine._index], cwd=PROJECT, stdout=subprocess.PIPE, text=True
            )
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(1 + 0.37 * round_number)
            writer.kill()
            writer.wait()
            writer.stdout.close()
            done = engine.last_change()
            sent = {one.report_id for change in range(done) for one in batch_of(change)}
            assert engine.add(batch_of(done), change=done + 1) == len(batch_of(done))
            expected = sent | {one.report_id for one in batch_of(done)}
            assert engine.document_ids() == expected
            assert EngineContract.ask(engine, "鲛绡镇", limit=10).total == len(expected)
        assert done > 1


def batch_of(change: int) -> list[IndexDocument]:
    """What the killed writer adds as its commit of that number."""
    return [make_document(f"{change}-{number}", f"鲛绡镇公告第{number}号") for number in range(100)]
