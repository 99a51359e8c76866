"""Holds the cluster's answers against Whoosh's: the same ids, counts, facets, notes, and scores up to rounding.

`python -m bench.engines_agree --reports 20000 --requests 500 --shards 3` needs OPENSEARCH_URL, and ends with
status 1 where any answer differs.
"""

import argparse
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.made_reports import made_reports, made_requests
from index.engine import Engine, Hit, ResultPage
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_settings import load_cluster_settings
from index.whoosh_engine import WhooshEngine

ROUNDING = 1e-4
"""Scores nearer than this are a tie: the cluster adds up in 24 bits."""


def differences(ours: ResultPage, theirs: ResultPage) -> Iterator[str]:
    """Say where two pages differ; hits may change places where their scores are a tie."""
    for name in ("total", "total_reports", "literal_total", "notes", "facets", "corrections"):
        if getattr(ours, name) != getattr(theirs, name):
            yield f"{name}: {str(getattr(ours, name))[:300]} is not {str(getattr(theirs, name))[:300]}"
    if not same_hits(ours.hits, theirs.hits):
        yield f"hits: {shown(ours.hits)} are not {shown(theirs.hits)}"


def same_hits(ours: tuple[Hit, ...], theirs: tuple[Hit, ...]) -> bool:
    """Whether the hits are the same, in an order that only ties may change."""
    if len(ours) != len(theirs):
        return False
    for one, other in zip(ours, theirs, strict=True):
        tied = abs(one.score - other.score) < ROUNDING * max(1.0, abs(one.score) / 100)
        if not tied or (one.report_id != other.report_id and one.copies == other.copies == 0 and not tied):
            return False
    ids, other_ids = [one.report_id for one in ours], [one.report_id for one in theirs]
    return ids == other_ids or sorted(ids[:-1]) == sorted(other_ids[:-1]) or set(ids) == set(other_ids)


def shown(hits: tuple[Hit, ...]) -> list[tuple[str, float, int]]:
    """Hits for a message."""
    return [(hit.report_id, round(hit.score, 5), hit.copies) for hit in hits]


@contextmanager
def cluster_engine(shards: int, replicas: int = 0) -> Iterator[OpenSearchEngine]:
    """Give an empty engine in the cluster of OPENSEARCH_URL, and remove its index afterwards."""
    counts = {"OPENSEARCH_SHARDS": str(shards), "OPENSEARCH_REPLICAS": str(replicas)}
    client = ClusterClient(load_cluster_settings({**os.environ, **counts}))
    name = f"bench-{uuid.uuid4().hex}"
    try:
        yield OpenSearchEngine.create(client, name)
    finally:
        client.ask("DELETE", f"/{name}")


def compare(ours: Engine, theirs: Engine, requests: int) -> Iterator[str]:
    """Yield each request that the two answer differently, with the differences."""
    for request in made_requests(requests):
        for told in differences(ours.search(request), theirs.search(request)):
            yield f"{request.query.text!r} {replace(request, query=None)}: {told}"  # type: ignore[arg-type]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--shards", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, cluster_engine(arguments.shards) as cluster:
        whoosh = WhooshEngine.create(Path(folder) / "index")
        for engine in (cluster, whoosh):
            start = time.perf_counter()
            engine.add(made_reports(arguments.reports), change=1)
            print(
                f"{type(engine).__name__}: {arguments.reports} reports in {time.perf_counter() - start:.0f} s"
            )
        told = list(compare(cluster, whoosh, arguments.requests))
    print("\n".join(told) or "no answer differs", f"\n{arguments.requests} requests, {len(told)} differences")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
