"""The engine on an OpenSearch cluster: the answers of the other engine, from as many machines as it takes.

The cluster matches, counts and sums; what a query means is decided here, from the same segments, terms, weights and
formulas. It needs no plugin beyond those that every OpenSearch brings (painless, expressions).
"""

from collections.abc import Callable, Iterable
from typing import Self, TypeVar

from archive.errors import IndexMissing, IndexUnreachable
from index.catalogue import SWITCH_ATTEMPTS
from index.engine import IndexDocument, ResultPage, SearchRequest
from index.opensearch_bulk import write
from index.opensearch_client import ClusterClient
from index.opensearch_mapping import index_body
from index.opensearch_requests import WINDOW
from index.opensearch_search import answer, prepare
from index.opensearch_state import State, commit_state, read_state

Answer = TypeVar("Answer")


class OpenSearchEngine:
    """An index in a cluster, by its own name or by an alias; one object serves all threads."""

    def __init__(self, client: ClusterClient, index: str) -> None:
        self._client = client
        self._index = index

    @classmethod
    def create(cls, client: ClusterClient, index: str) -> Self:
        """Make an empty index, with as many shards and replicas as the settings say."""
        settings = client.settings
        client.ask(
            "PUT", f"/{index}", index_body(shards=settings.shards, replicas=settings.replicas), attempts=1
        )
        return cls(client, index)

    def add(self, documents: Iterable[IndexDocument], *, remove: Iterable[str] = (), change: int) -> int:
        """Put documents in, replacing those of the same id; take out `remove`; one commit; return how many.

        Raises IndexUnreachable when the cluster goes away: `last_change` then still names the commit before, and
        doing the same again brings in what is missing. Until then a search may find some of the new documents.
        """
        index = read_state(self._client, self._index).index
        count = write(self._client, index, documents, remove)
        commit_state(self._client, index, change)
        return count

    def last_change(self) -> int:
        """Return the `change` of the last commit, 0 for an index that is empty."""
        return read_state(self._client, self._index).change

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents held."""
        return self._followed(self._document_ids)

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one request. Raises IndexUnreachable rather than answer from a part of the index."""

        def ask(state: State) -> ResultPage:
            asked = prepare(request, state, self._client, state.index)
            return answer(asked, self._client, state.index)

        return self._followed(ask)

    def _document_ids(self, state: State) -> frozenset[str]:
        found: set[str] = set()
        body = {"size": WINDOW, "track_total_hits": False, "sort": [{"report_id": "asc"}]}
        after: dict[str, object] = {}
        while True:
            hits = self._client.search(state.index, {**body, **after})["hits"]["hits"]
            found.update(hit["_id"] for hit in hits)
            if len(hits) < WINDOW:
                return frozenset(found)
            after = {"search_after": hits[-1]["sort"]}

    def _followed(self, ask: Callable[[State], Answer]) -> Answer:
        """Ask the index that the name stands for, again where it was replaced and removed meanwhile."""
        for _ in range(SWITCH_ATTEMPTS):
            state = read_state(self._client, self._index)
            try:
                return ask(state)
            except IndexMissing:
                if read_state(self._client, self._index).index == state.index:
                    raise
        raise IndexUnreachable(f"the search index {self._index} is replaced faster than it can be read")
