"""What an index says of itself in its mapping: how it was made, the last change in it, and its statistics."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from archive.errors import IndexDamaged, IndexOutdated
from index.opensearch_client import ClusterClient
from index.opensearch_mapping import Json, expected_manifest
from index.term_fields import TERM_FIELDS, TermField


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The last commit: `change` of the store, how many documents, the mean number of their terms by field."""

    index: str  # its own name, not the alias
    change: int
    documents: int
    mean_lengths: Mapping[TermField, float]

    @classmethod
    def of_meta(cls, index: str, meta: Json) -> Self:
        """Read a mapping's `_meta`. Raises IndexOutdated for an index of another version."""
        expected, found = expected_manifest(), meta.get("manifest")
        if found != expected:
            known = found if isinstance(found, dict) else {}
            different = ", ".join(name for name, value in expected.items() if known.get(name) != value)
            raise IndexOutdated(
                f"the search index {index} was made with another {different}; run `python ingest.py reindex`"
            )
        documents = int(meta["documents"])
        lengths = meta["lengths"]
        return cls(
            index=index,
            change=int(meta["change"]),
            documents=documents,
            mean_lengths={field: lengths.get(field, 0) / max(documents, 1) for field in TERM_FIELDS},
        )


def read_state(client: ClusterClient, name: str) -> State:
    """Read the state of an index or of the one that an alias names. Raises IndexMissing, IndexOutdated and more."""
    # From the node that is asked: every node has applied a commit before it is acknowledged, and none waits for
    # a cluster manager that may just be elected.
    found = client.ask("GET", f"/{name}/_mapping", parameters={"local": "true"})
    if len(found) != 1:
        raise IndexDamaged(
            f"{name} names {len(found)} indices ({', '.join(sorted(found))}) and not one; run `python ingest.py reindex`"
        )
    index, described = next(iter(found.items()))
    return State.of_meta(index, described["mappings"].get("_meta", {}))


def commit_state(client: ClusterClient, index: str, change: int) -> None:
    """Show readers all that was written, then say that `change` is in: a crash between loses only the saying."""
    client.ask("POST", f"/{index}/_refresh", attempts=4)
    sums = {field: {"sum": {"field": f"{field}_length"}} for field in TERM_FIELDS}
    counted = client.search(index, {"size": 0, "track_total_hits": True, "aggs": sums})
    meta = {
        "manifest": expected_manifest(),
        "change": change,
        "documents": counted["hits"]["total"]["value"],
        "lengths": {field: int(counted["aggregations"][field]["value"]) for field in TERM_FIELDS},
    }
    client.ask("PUT", f"/{index}/_mapping", {"_meta": meta}, attempts=4)
