"""Measures the cluster beside Whoosh in one run: building, size, and searches of nine kinds, each with all facets.

`python -m tests.cluster.run python -m bench.cluster --reports 10000` starts a cluster on this machine for it. What
the network costs shows as round trips and the time of an empty one; between machines add their distance to each.
"""

import argparse
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.made_reports import made_reports
from index.engine import Engine, Filter, SearchRequest, Sort
from index.opensearch_client import ClusterClient
from index.opensearch_engine import OpenSearchEngine
from index.opensearch_settings import load_cluster_settings
from index.query import parse
from index.whoosh_engine import WhooshEngine

KINDS: dict[str, tuple[tuple[str, ...], Sort, tuple[Filter, ...]]] = {
    "common word": (("政府", "信息", "公开", "工作"), "relevance", ()),
    "two words": (("政府 答复", "信息 受理", "公开 网站", "工作 民政"), "relevance", ()),
    "either of two": (("财政 OR 交通", "民政 OR 就业", "举报 OR 投诉", "微博 OR 微信"), "relevance", ()),
    "quotation": (('"政府信息"', '"依申请公开"', '"教育环境"', '"考核监督"'), "relevance", ()),
    "filtered": (
        ("公开", "年度", "报告", "主动"),
        "relevance",
        (Filter(facet="level", include=("county",)),),
    ),
    "newest": (("公开", "制度", "审查", "培训"), "newest", ()),
    "rare": (("鲛绡下一步", "归墟措施", "扶光改进", "潮音不足"), "relevance", ()),
    "question": (
        ("哪些举报投诉没有按时答复", "玉杵镇的财政预算怎么公开", "若木县扶贫资金有多少", "怎么申请社会保障"),
        "relevance",
        (),
    ),
    "everything": (("",), "relevance", ()),
}


class CountingClient(ClusterClient):
    """A client that counts its round trips."""

    count = 0

    def ask(self, *arguments: Any, **options: Any) -> Any:
        self.count += 1
        return super().ask(*arguments, **options)


def timed(do: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def spread(milliseconds: Sequence[float]) -> str:
    """p50 and p95."""
    ordered = sorted(milliseconds)
    return (
        f"{statistics.median(ordered):7.1f} {ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]:7.1f}"
    )


def measure(engine: Engine, turns: int) -> dict[str, list[float]]:
    """Search each kind `turns` times over its queries, warm."""
    found = {}
    for kind, (queries, sort, filters) in KINDS.items():
        requests = [
            SearchRequest(query=parse(typed), sort=sort, filters=filters, all_copies=False)
            for typed in queries
        ]
        for request in requests:
            engine.search(request)
        found[kind] = [
            timed(lambda r=request: engine.search(r)) for _ in range(turns) for request in requests
        ]  # type: ignore[misc]  # mypy can't infer a lambda with a default
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=1000)
    parser.add_argument("--shards", type=int, default=3)
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args()
    counts = {"OPENSEARCH_SHARDS": str(given.shards), "OPENSEARCH_REPLICAS": str(given.replicas)}
    client = CountingClient(load_cluster_settings({**os.environ, **counts}))
    name = f"bench-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as folder:
        engines: dict[str, Engine] = {
            "Whoosh": WhooshEngine.create(Path(folder) / "index"),
            "cluster": OpenSearchEngine.create(client, name),
        }
        try:
            report(given, engines, client, name, Path(folder))
        finally:
            client.ask("DELETE", f"/{name}")


def report(
    given: argparse.Namespace, engines: dict[str, Engine], client: CountingClient, name: str, folder: Path
) -> None:
    documents = list(made_reports(given.reports, characters=given.characters))
    print(f"{given.reports} reports, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    for label, engine in engines.items():
        cpu = time.process_time()
        seconds = timed(lambda e=engine: e.add(documents, change=1)) / 1000  # type: ignore[misc]  # as above
        cpu = time.process_time() - cpu
        print(
            f"{label}: {given.reports / seconds:.0f} reports/s ({given.reports / cpu:.0f} per CPU second here)",
            flush=True,
        )
    stored = client.ask("GET", f"/{name}/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(
        f"KiB a report: Whoosh {files / given.reports / 1024:.1f}, cluster {stored / given.reports / 1024:.1f} per copy"
    )
    found = {}
    for label, engine in engines.items():
        client.count = 0
        found[label] = measure(engine, given.turns)
    trips = client.count
    searches = sum(map(len, found["cluster"].values())) + sum(
        len(queries) for queries, _, _ in KINDS.values()
    )
    empty = [timed(lambda: client.ask("GET", "/")) for _ in range(50)]
    print(f"round trips a search: {trips / searches:.1f}; an empty one p50, p95 ms: {spread(empty)}")
    print(f"{'ms':14} {'Whoosh p50':>11} {'p95':>4} {'cluster p50':>12} {'p95':>4}")
    for kind in KINDS:
        print(f"{kind:14} {spread(found['Whoosh'][kind])}  {spread(found['cluster'][kind])}")


if __name__ == "__main__":
    main()
