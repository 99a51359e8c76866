"""What becomes of a search and of a run of adding when nodes go away. Kills nodes of a cluster of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from archive.errors import IndexUnreachable
from index.engine import IndexDocument, ResultPage, SearchRequest
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.query import parse
from tests.cluster.nodes import START_SECONDS, Cluster, running_cluster
from tests.cluster.reaching import client_of, need_cluster
from tests.index.engine_contract import scattered
from tests.index.making import holders

pytestmark = pytest.mark.crash

BATCH = 300
DOCUMENTS = scattered(3000)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    need_cluster()
    with running_cluster(heap="320m", quick=True) as started:
        yield started


@dataclass(slots=True)
class Asker:
    """Asks for everything again and again, and notes every answer that can't be right."""

    engine: OpenSearchEngine
    added: int = 0  # in the index for certain
    adding: int = 0  # at most in the index
    wrong: list[str] = field(default_factory=list)
    answers: int = 0
    refusals: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.done.is_set():
            least = self.added
            try:
                total = ask(self.engine).total
            except IndexUnreachable as error:
                self.refusals.append(str(error))
                continue
            self.answers += 1
            if not least <= total <= self.adding:
                self.wrong.append(f"{total} reports, and {least} to {self.adding} are in")


def ask(engine: OpenSearchEngine, typed: str = "") -> ResultPage:
    return engine.search(SearchRequest(query=parse(typed), limit=10))


def add_in_batches(engine: OpenSearchEngine, documents: list[IndexDocument], asker: Asker) -> None:
    for start in range(0, len(documents), BATCH):
        asker.adding = min(start + BATCH, len(documents))
        engine.add(documents[start : start + BATCH], change=start + BATCH)
        asker.added = asker.adding


def is_exact(engine: OpenSearchEngine) -> None:
    assert engine.document_ids() == {one.report_id for one in DOCUMENTS}
    assert ask(engine).total == len(DOCUMENTS)
    for phrase in ("公开办结", "答复,信息", "受理。"):
        assert ask(engine, f'"{phrase}"').total == len(holders(DOCUMENTS, phrase))


def is_whole(engine: OpenSearchEngine) -> bool:
    with suppress(IndexUnreachable):
        engine.document_ids()
        return True
    return False


def wait_until_whole(engine: OpenSearchEngine) -> None:
    """Wait until the cluster has all parts again and answers."""
    deadline = time.monotonic() + START_SECONDS
    while not is_whole(engine):
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_a_node_killed_in_bulk_and_in_search_loses_nothing_and_makes_no_answer_wrong(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    client: ClusterClient = client_of(shards=3, replicas=1, url=",".join(cluster.urls))
    engine = OpenSearchEngine.create(client, "killed")
    cluster.wait_for("green", nodes=3)
    asker = Asker(engine)
    asking = threading.Thread(target=asker.run)
    asking.start()
    killer = threading.Timer(1.5, cluster.kill, args=(1,))
    killer.start()
    try:
        add_in_batches(engine, DOCUMENTS, asker)
        killer.join()
        is_exact(engine)
    finally:
        killer.join()
        asker.done.set()
        asking.join()
    assert asker.wrong == []
    assert asker.answers > 0
    assert engine.last_change() == len(DOCUMENTS)
    cluster.start(1)  # waits for green
    is_exact(engine)
    cluster.kill(0)
    is_exact(engine)
    cluster.kill(2)  # one node of three is no majority, and holds a part of the index at most
    monkeypatch.setattr("index.opensearch_bulk.BULK_ATTEMPTS", 2)  # soon, not after a minute and a half
    with pytest.raises(IndexUnreachable, match="search cluster"):
        engine.add([DOCUMENTS[0]], change=1)
    with suppress(IndexUnreachable):
        assert ask(engine).total == len(DOCUMENTS)
    cluster.begin(0, 2)
    wait_until_whole(
        engine
    )  # not until green: a copy that lost two sources may wait half an hour for a third
    is_exact(engine)
