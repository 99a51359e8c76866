"""Measures what the worst that can be typed costs beside ordinary questions: one run, one index, one machine.

Reads `../shared/relevance`, which is not part of the project. Run as

    python -m bench.hostile [--collection cmrc|drcd] [--questions 500]

Ordinary are the collection's questions. Hostile are 10,000 characters of everything that a query language can be
teased with. Every one is parsed and answered from scratch, within this process; the figure is the processor's time, the
best of a few tries, so that what another program does meanwhile is not counted, over that of the slowest ordinary
question and of their 95th percentile, measured likewise.
"""

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import click

from bench.relevance import RELEVANCE, SEED, read_documents, read_questions
from index.engine import SearchRequest
from index.query import parse
from index.segment import to_segment
from index.whoosh_engine import WhooshEngine

LENGTH = 10_000
TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Milliseconds: the slowest ordinary question and their 95th percentile, and each hostile query's."""

    slowest: float
    ordinary: float
    hostile: Mapping[str, float]

    @property
    def ratio(self) -> float:
        """How many times an ordinary query the worst hostile one takes."""
        return max(self.hostile.values()) / self.ordinary


def _filled(pieces: Iterable[str]) -> str:
    return "".join(islice(cycle(pieces), LENGTH))[:LENGTH]


def hostile_queries(texts: Iterable[str], words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, query): marks, controls and rare characters, then `texts` and `words` of the collection, massed."""
    draw = random.Random(SEED)
    massed, spaced = "".join(texts)[:LENGTH], list(words)
    draw.shuffle(spaced)
    for name, piece in (
        ("parentheses", "("),
        ("pairs of parentheses", "()"),
        ("quotation marks", '"'),
        ("corner brackets", "「"),
        ("quoted characters", '"的" '),
        ("minus signs", "-"),
        ("OR", "OR "),
        ("NOT", "NOT "),
        ("fields", "标题:"),
        ("year ranges", "年份:2001..2099 "),
        ("excluded phrases", '-"的是" '),
        ("direction marks", "\u202e\u200f"),
        ("surrogates", "\ud800\udfff"),
        ("combining marks", "e\u0301\u0301\u0301"),
        ("emoji", "\U0001f469\u200d\U0001f467"),
        ("zero bytes", "\x00"),
        ("full-width", "Ａ（“"),
        ("one character", "的"),
        ("one spaced character", "的 "),
        ("digits", "1"),
        ("spaces", " \u3000"),
    ):
        yield name, _filled([piece])
    yield "nested parentheses", "(" * (LENGTH // 2) + ")" * (LENGTH // 2)
    yield "nested alternatives", _filled(["(的 OR "])
    yield "5,000 Han characters", "".join(map(chr, range(0x4E00, 0x4E00 + 5000)))
    yield "5,000 Han characters, spaced", " ".join(map(chr, range(0x4E00, 0x4E00 + 5000)))
    yield "a text pasted", massed
    yield "a text quoted", f'"{massed}"'
    yield "words", " ".join(spaced)[:LENGTH]
    yield "words with OR", " OR ".join(spaced)[:LENGTH]
    yield "words quoted", " ".join(f'"{word}"' for word in spaced)[:LENGTH]
    yield "words excluded", " ".join(f"-{word}" for word in spaced)[:LENGTH]
    yield "words in titles", " ".join(f"标题:{word}" for word in spaced)[:LENGTH]


def _milliseconds(engine: WhooshEngine, typed: str) -> float:
    to_segment.cache_clear()
    engine._reader().quotations.forget()  # noqa: SLF001 - answered from scratch
    started_at = process_time()
    engine.search(SearchRequest(query=parse(typed), limit=10))
    return (process_time() - started_at) * 1000


def measure(engine: WhooshEngine, ordinary: Iterable[str], hostile: Iterable[tuple[str, str]]) -> Costs:
    """Ask everything in rounds, so that what slows the machine for a while slows none of the best."""
    usual, unusual = list(ordinary), dict(hostile)
    rounds = [[_milliseconds(engine, typed) for typed in (*usual, *unusual.values())] for _ in range(TRIES)]
    best = [min(times) for times in zip(*rounds, strict=True)]
    return Costs(
        slowest=max(best[: len(usual)]),
        ordinary=sorted(best[: len(usual)])[len(usual) * 95 // 100],
        hostile=dict(zip(unusual, best[len(usual) :], strict=True)),
    )


@click.command()
@click.option("--collection", default="cmrc", show_default=True)
@click.option("--questions", default=500, show_default=True)
def main(collection: str, questions: int) -> None:
    """Print what each hostile query costs beside ordinary ones."""
    if not RELEVANCE.is_dir():
        click.echo(f"{RELEVANCE} is not here: it is not part of the project", err=True)
        sys.exit(1)
    documents = read_documents(collection)
    asked = [question.text for question in read_questions(collection)][:questions]
    texts = [paragraph for document in documents[:20] for paragraph in document.paragraphs]
    words = dict.fromkeys(word for text in asked for word in to_segment(text).words)
    with tempfile.TemporaryDirectory() as scratch:
        engine = WhooshEngine.create(Path(scratch) / "index")
        engine.add(documents, change=1)
        costs = measure(engine, asked, hostile_queries(texts, words))
    click.echo(f"{collection}, {len(documents)} passages")
    click.echo(f"{costs.slowest:7.1f} ms  the slowest of {len(asked)} ordinary questions")
    click.echo(f"{costs.ordinary:7.1f} ms  their 95th percentile; times each:")
    for name, milliseconds in sorted(costs.hostile.items(), key=lambda pair: -pair[1]):
        times = f"{milliseconds / costs.slowest:5.2f} x {milliseconds / costs.ordinary:5.2f} x"
        click.echo(f"{milliseconds:7.1f} ms  {times}  {name}")


if __name__ == "__main__":
    main()
