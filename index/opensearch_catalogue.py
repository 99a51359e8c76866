"""Keeps the cluster's index in step with the store. Behind one alias there is one index, replaced in one step.

::

    disclosure-archive              the alias: what is searched
    disclosure-archive-0003         the index behind it
    disclosure-archive-0004         the next one while it is being filled; `reindex` goes on with it after a crash
"""

import re
from functools import lru_cache

from archive.errors import IndexMissing, IndexOutdated
from index.catalogue import ReportSource, bring_up_to_date
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_settings import ClusterSettings, load_cluster_settings
from index.opensearch_state import read_state


@lru_cache(maxsize=2)
def _client(settings: ClusterSettings) -> ClusterClient:
    """Keep connections open between requests."""
    return ClusterClient(settings)


def open_client() -> ClusterClient:
    """Return the client of the cluster that the environment names. Raises BadSetting."""
    return _client(load_cluster_settings())


def open_current(client: ClusterClient) -> OpenSearchEngine:
    """Return the engine of the index behind the alias, whichever that is at each call.

    Nothing is asked yet: whether there is such an index shows with the first question.
    """
    return OpenSearchEngine(client, client.settings.alias)


def keep_in_step(store: ReportSource, client: ClusterClient) -> int:
    """Bring the index in use up to date, or make it where there is none that can be used."""
    try:
        return bring_up_to_date(store, open_current(client))
    except (IndexMissing, IndexOutdated):
        return reindex(store, client)


def reindex(store: ReportSource, client: ClusterClient) -> int:
    """Fill a new index from the store, switch the alias to it, remove the old ones; return its size.

    `store` must be open for writing: its lock keeps two on one store from doing this at once.
    """
    fresh = _unfinished(client, store.last_change()) or _create_next(client)
    bring_up_to_date(store, OpenSearchEngine(client, fresh))
    old = [index for index in _generations(client) if index != fresh]
    _switch(client, fresh, old)
    for index in old:
        client.ask("DELETE", f"/{index}", attempts=4)
    return read_state(client, fresh).documents


def _generations(client: ClusterClient) -> dict[str, bool]:
    """Return our indices, oldest first, and whether the alias names each."""
    alias = client.settings.alias
    pattern = re.compile(rf"{re.escape(alias)}-\d{{4,}}")
    found = client.ask("GET", f"/{alias}-*/_alias")
    named = {index: alias in one["aliases"] for index, one in found.items() if pattern.fullmatch(index)}
    return dict(sorted(named.items(), key=lambda pair: _number(pair[0])))


def _number(index: str) -> int:
    return int(index.rpartition("-")[2])


def _unfinished(client: ClusterClient, last_change: int) -> str | None:
    """Return the index that a stopped `reindex` of this version left, where it is newer than the one in use."""
    generations = _generations(client)
    newest = next(reversed(generations), None)
    if newest is None or generations[newest]:
        return None
    try:
        known = read_state(client, newest).change
    except IndexOutdated:
        return None
    return newest if known <= last_change else None


def _create_next(client: ClusterClient) -> str:
    number = 1 + max(map(_number, _generations(client)), default=0)
    name = f"{client.settings.alias}-{number:04}"
    OpenSearchEngine.create(client, name)
    return name


def _switch(client: ClusterClient, fresh: str, old: list[str]) -> None:
    """Let the alias name the new index and no other, in one step."""
    alias = client.settings.alias
    add = {"add": {"index": fresh, "alias": alias}}
    remove = [{"remove": {"index": index, "alias": alias, "must_exist": False}} for index in old]
    client.ask("POST", "/_aliases", {"actions": [add, *remove]}, attempts=4)
