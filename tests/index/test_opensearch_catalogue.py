import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import DataFolderError, IndexMissing
from archive.settings import Settings
from archive.store import Store
from index.catalogue import bring_up_to_date
from index.engine import SearchRequest
from index.opensearch_catalogue import keep_in_step, open_current, reindex
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.query import parse
from tests.cluster.reaching import client_of
from tests.index.test_catalogue import TornStore, keep
from tests.store.made import LATER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Settings(home=tmp_path / "data"), writable=True) as opened:
        yield opened


@pytest.fixture
def client() -> Iterator[ClusterClient]:
    client = client_of(alias=f"catalogue-{uuid.uuid4().hex}")
    yield client
    for index in indices(client):
        client.ask("DELETE", f"/{index}")


def indices(client: ClusterClient) -> list[str]:
    return sorted(client.ask("GET", f"/{client.settings.alias}-*/_alias"))


def found(client: ClusterClient, typed: str = "") -> set[str]:
    page = open_current(client).search(SearchRequest(query=parse(typed), limit=1000))
    return {hit.report_id for hit in page.hits}


def test_before_the_first_reindex_it_says_what_to_run(client: ClusterClient) -> None:
    with pytest.raises(IndexMissing, match="reindex"):
        open_current(client).last_change()


def test_an_index_is_made_from_the_store_and_follows_it(store: Store, client: ClusterClient) -> None:
    first, second = keep(store, 1), keep(store, 2)
    assert keep_in_step(store, client) == 2
    third = keep(store, 3)
    keep(store, 1, "归墟镇公告改写")
    store.withdraw(second, reason="issuer's wish", now=LATER)
    assert keep_in_step(store, client) == 2
    assert found(client) == {first, third} == open_current(client).document_ids()
    assert found(client, '"归墟镇"') == {first}
    assert open_current(client).last_change() == store.last_change()


def test_a_reindex_leaves_one_index_and_an_open_one_follows_it(store: Store, client: ClusterClient) -> None:
    keep(store, 1)
    reindex(store, client)
    opened = open_current(client)
    later = keep(store, 2)
    assert reindex(store, client) == 2
    assert indices(client) == [f"{client.settings.alias}-0002"]
    assert later in opened.document_ids()


def test_searches_during_reindexing_never_fail(store: Store, client: ClusterClient) -> None:
    ids = {keep(store, number) for number in range(3)}
    reindex(store, client)
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                assert found(client, "公告") == ids
            except BaseException as error:
                failures.append(error)
                return

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    try:
        for _ in range(3):
            assert reindex(store, client) == 3
    finally:
        done.set()
        for asker in askers:
            asker.join()
    assert failures == []


def test_a_reindex_that_was_stopped_goes_on_and_until_then_the_old_index_answers(
    store: Store, client: ClusterClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keep(store, 1)
    reindex(store, client)
    second = keep(store, 2)
    monkeypatch.setattr("index.catalogue.COMMIT_REPORTS", 1)
    half_way = OpenSearchEngine.create(client, f"{client.settings.alias}-0002")
    with pytest.raises(DataFolderError, match="went away"):
        bring_up_to_date(TornStore(store), half_way)
    assert found(client) == {first}
    half_way.add([], change=1)  # as after its first commit
    assert reindex(store, client) == 1, "what the first commit brought in is not done again"
    assert indices(client) == [f"{client.settings.alias}-0002"]
    assert found(client) == {second}
