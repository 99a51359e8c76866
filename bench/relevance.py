"""Measures ranking: nDCG@10 and recall@10 on two question collections, one in each script.

Reads `../shared/relevance`, which is not part of the project. Run as

    python bench/relevance.py [--collection cmrc|drcd] [--sample 500]
"""

import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import click

from index.engine import FACETS, UNKNOWN, IndexDocument, SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine

RELEVANCE = Path(__file__).resolve().parents[1].parent / "shared" / "relevance"
CUT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means over the queries; `matched` is the mean number of documents that a query matches."""

    queries: int
    ndcg: float
    recall: float
    matched: float
    milliseconds: float


def read_lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def to_document(line: Mapping[str, object]) -> IndexDocument:
    return IndexDocument(
        report_id=str(line["id"]),
        title=str(line["title"]),
        paragraphs=tuple(str(line["text"]).split("\n")),
        facets=tuple((name, (UNKNOWN,)) for name in FACETS),
    )


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The discounted gain of the first ten over that of the best possible ten."""
    gain = sum(grades.get(one, 0) / math.log2(rank + 2) for rank, one in enumerate(found[:CUT]))
    best = sum(
        grade / math.log2(rank + 2) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:CUT])
    )
    return gain / best


def measure(engine: WhooshEngine, queries: Sequence[Mapping[str, object]]) -> Figures:
    gains, recalls, totals = [], [], []
    started_at = perf_counter()
    for query in queries:
        grades: Mapping[str, int] = query["rel"]  # type: ignore[assignment]
        page = engine.search(SearchRequest(query=parse(str(query["text"])), limit=CUT))
        found = [hit.report_id for hit in page.hits]
        gains.append(ndcg(found, grades))
        recalls.append(len(grades.keys() & set(found)) / len(grades))
        totals.append(page.total)
    count = len(queries)
    return Figures(
        queries=count,
        ndcg=sum(gains) / count,
        recall=sum(recalls) / count,
        matched=sum(totals) / count,
        milliseconds=(perf_counter() - started_at) * 1000 / count,
    )


@click.command()
@click.option("--collection", "names", multiple=True, default=("cmrc", "drcd"), show_default=True)
@click.option(
    "--sample", default=500, show_default=True, help="Queries of each split, drawn with a fixed seed."
)
def main(names: tuple[str, ...], sample: int) -> None:
    """Print nDCG@10 and recall@10 of the Whoosh engine for each collection and split."""
    if not RELEVANCE.is_dir():
        click.echo(f"{RELEVANCE} is not here: it is not part of the project", err=True)
        sys.exit(1)
    for name in names:
        with tempfile.TemporaryDirectory() as scratch:
            engine = WhooshEngine.create(Path(scratch) / "index")
            started_at = perf_counter()
            size = engine.add(map(to_document, read_lines(RELEVANCE / name / "docs.jsonl")), change=1)
            click.echo(f"{name}: {size} documents indexed in {perf_counter() - started_at:.0f} s")
            queries = list(read_lines(RELEVANCE / name / "queries.jsonl"))
            for split in sorted({str(query["split"]) for query in queries}):
                chosen = [query for query in queries if query["split"] == split]
                random.Random(7).shuffle(chosen)
                figures = measure(engine, chosen[:sample])
                click.echo(
                    f"  {split:4} {figures.queries:4} queries  nDCG@10 {figures.ndcg:.3f}  recall@10 "
                    f"{figures.recall:.3f}  {figures.matched:.0f} matched  {figures.milliseconds:.0f} ms each"
                )


if __name__ == "__main__":
    main()
