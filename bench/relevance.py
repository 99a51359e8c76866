"""Measures ranking: nDCG@10, MRR@10, Recall@10 and questions without a hit, each question in both scripts.

Reads `../shared/relevance`, which is not part of the project. Run as

    python -m bench.relevance [--collection cmrc|drcd] [--questions 500] [--peers]

`relevance_floors.toml` holds what a fixed sample must reach; `tests/index/test_relevance.py` checks it.
"""

import json
import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import click

from archive.hanzi import to_simplified, to_traditional
from index.engine import FACETS, UNKNOWN, IndexDocument, SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine

RELEVANCE = Path(__file__).resolve().parents[1].parent / "shared" / "relevance"
CUT = 10
SEED = 7
OTHER_SCRIPT: Mapping[str, Callable[[str], str]] = {"cmrc": to_traditional, "drcd": to_simplified}
"""How a collection's questions are written in the script that its passages are not in."""

Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, which documents answer it with which grade, and the split it belongs to."""

    text: str
    grades: Mapping[str, int]
    split: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means over the questions, and how many found nothing at all."""

    questions: int
    ndcg: float
    mrr: float
    recall: float
    without_hit: int
    milliseconds: float

    def __str__(self) -> str:
        return (
            f"nDCG@10 {self.ndcg:.3f}  MRR@10 {self.mrr:.3f}  recall@10 {self.recall:.3f}  "
            f"without a hit {self.without_hit:3}  {self.milliseconds:5.1f} ms each"
        )


def _read_lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_documents(name: str) -> list[IndexDocument]:
    """Return a collection's passages as the engine takes them."""
    return [
        IndexDocument(
            report_id=str(line["id"]),
            title=str(line["title"]),
            paragraphs=tuple(str(line["text"]).split("\n")),
            facets=tuple((facet, (UNKNOWN,)) for facet in FACETS),
        )
        for line in _read_lines(RELEVANCE / name / "docs.jsonl")
    ]


def read_questions(name: str) -> list[Question]:
    """Return a collection's questions in an order drawn with a fixed seed."""
    questions = [
        Question(text=str(line["text"]), grades=line["rel"], split=str(line["split"]))  # type: ignore[arg-type]
        for line in _read_lines(RELEVANCE / name / "queries.jsonl")
    ]
    random.Random(SEED).shuffle(questions)
    return questions


def sample(name: str, questions: int, fillers: int) -> tuple[list[IndexDocument], list[Question]]:
    """Return some questions, the passages that answer them and `fillers` more: a collection that is quick to index."""
    chosen = read_questions(name)[:questions]
    answers = {report_id for question in chosen for report_id in question.grades}
    documents = read_documents(name)
    others = [document.report_id for document in documents if document.report_id not in answers]
    kept = answers.union(random.Random(SEED).sample(others, fillers))
    return [document for document in documents if document.report_id in kept], chosen


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The discounted gain of the first ten over that of the best possible ten."""
    gain = sum(grades.get(one, 0) / math.log2(rank + 2) for rank, one in enumerate(found[:CUT]))
    best = sum(
        grade / math.log2(rank + 2) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:CUT])
    )
    return gain / best


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """One over the place of the first answer among ten, 0 where there is none."""
    return next((1 / place for place, one in enumerate(found[:CUT], start=1) if grades.get(one)), 0.0)


def measure(
    search: Search, questions: Sequence[Question], written: Callable[[str], str] = lambda text: text
) -> Figures:
    """Ask every question, `written` so, and return the means."""
    started_at = perf_counter()
    answers = [(question.grades, search(written(question.text))) for question in questions]
    milliseconds = (perf_counter() - started_at) * 1000

    def mean(of: Callable[[Sequence[str], Mapping[str, int]], float]) -> float:
        return sum(of(found, grades) for grades, found in answers) / len(questions)

    return Figures(
        questions=len(questions),
        ndcg=mean(ndcg),
        mrr=mean(reciprocal_rank),
        recall=mean(lambda found, grades: len(grades.keys() & set(found[:CUT])) / len(grades)),
        without_hit=sum(not found for _, found in answers),
        milliseconds=milliseconds / len(questions),
    )


def searching(engine: WhooshEngine) -> Search:
    """Return how our engine answers a question."""

    def search(text: str) -> list[str]:
        page = engine.search(SearchRequest(query=parse(text), limit=CUT))
        return [hit.report_id for hit in page.hits]

    return search


def _searches(documents: Sequence[IndexDocument], scratch: Path, peers: bool) -> Iterator[tuple[str, Search]]:
    engine = WhooshEngine.create(scratch / "index")
    engine.add(documents, change=1)
    yield "ours", searching(engine)
    if peers:
        from bench.peers import Bm25s, Fts5  # noqa: PLC0415 - the extra `bench` may not be installed

        for peer in (Bm25s(documents), Fts5(documents)):
            yield peer.name, partial(peer.search, limit=CUT)


@click.command()
@click.option("--collection", "names", multiple=True, default=("cmrc", "drcd"), show_default=True)
@click.option("--questions", default=500, show_default=True, help="Of each split, drawn with a fixed seed.")
@click.option(
    "--peers", is_flag=True, help="Measure bm25s and SQLite FTS5 too (needs `pip install -e '.[bench]'`)."
)
def main(names: tuple[str, ...], questions: int, peers: bool) -> None:
    """Print the figures of each collection, split and script."""
    if not RELEVANCE.is_dir():
        click.echo(f"{RELEVANCE} is not here: it is not part of the project", err=True)
        sys.exit(1)
    for name in names:
        documents, asked = read_documents(name), read_questions(name)
        with tempfile.TemporaryDirectory() as scratch:
            for engine, search in _searches(documents, Path(scratch), peers):
                click.echo(f"{name}, {len(documents)} passages: {engine}")
                for split in sorted({question.split for question in asked}):
                    chosen = [question for question in asked if question.split == split][:questions]
                    click.echo(f"  {split:4} {len(chosen):4} as written    {measure(search, chosen)}")
                    other = measure(search, chosen, OTHER_SCRIPT[name])
                    click.echo(f"  {split:4} {len(chosen):4} other script  {other}")


if __name__ == "__main__":
    main()
