"""Measures exactness over whole collections: quotations against a plain scan, highlights in either script.

Reads `../shared/relevance`, which is not part of the project. Run as

    python -m bench.exactness [--collection cmrc|drcd] [--phrases 500]

* Quotations of 1 to 12 characters are cut from the passages with a fixed seed, wherever a word ends; each is asked as
  written and in the other script, and must find exactly the passages in which a plain scan of folded text finds it.
* Every question marks the passage that answers it: what is shown must be the stored text, and the same characters
  of it must be marked when the question is in the other script.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bench.relevance import OTHER_SCRIPT, RELEVANCE, SEED, Question, read_documents, read_questions
from index.engine import Engine, IndexDocument, SearchRequest
from index.fold import fold
from index.query import parse
from index.snippet import marks
from index.whoosh_engine import WhooshEngine
from web.marks import hits, marked

LONGEST_PHRASE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Exactness:
    """Shares of all that was asked: 1.0 is the goal of each."""

    phrases: int
    recall: float
    precision: float
    texts: int
    preserved: float
    same_spans: float

    def __str__(self) -> str:
        return (
            f"{self.phrases} quotations: recall {self.recall:.4f}  precision {self.precision:.4f}; "
            f"{self.texts} texts marked: preserved {self.preserved:.4f}  same spans from either script {self.same_spans:.4f}"
        )


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def phrases(documents: Sequence[IndexDocument], count: int) -> Iterator[str]:
    """Yield runs of characters cut from paragraphs at random; those that a quotation can't hold are left out."""
    draw = random.Random(SEED)
    while count:
        paragraph = draw.choice(draw.choice(documents).paragraphs)
        start = draw.randrange(max(1, len(paragraph)))
        phrase = paragraph[start : start + draw.randint(1, LONGEST_PHRASE)].strip()
        if any(map(str.isalnum, phrase)) and set(phrase).isdisjoint('"“”„‟〝〞〟＂「」『』｢｣'):
            yield phrase
            count -= 1


def _found(engine: Engine, phrase: str, limit: int) -> set[str]:
    page = engine.search(SearchRequest(query=parse(f'"{phrase}"'), limit=limit))
    return {hit.report_id for hit in page.hits}


def _unmarked(markup: str) -> str:
    return markup.replace("<mark>", "").replace("</mark>", "")


def measure(
    engine: Engine,
    documents: Sequence[IndexDocument],
    questions: Iterable[Question],
    quoted: Sequence[str],
    other_script: Callable[[str], str],
) -> Exactness:
    """Ask each quotation and mark each answer, as written and in the other script."""
    plain = {one.report_id: [_plain(text) for text in (one.title, *one.paragraphs)] for one in documents}
    found = wanted = right = 0
    for phrase in quoted:
        holders = {one for one, texts in plain.items() if any(_plain(phrase) in text for text in texts)}
        for written in (phrase, other_script(phrase)):
            answer = _found(engine, written, len(documents))
            found, wanted, right = found + len(answer), wanted + len(holders), right + len(answer & holders)
    shown = list(_shown(questions, {one.report_id: one for one in documents}, other_script))
    return Exactness(
        phrases=2 * len(quoted),
        recall=right / wanted,
        precision=right / found,
        texts=len(shown),
        preserved=sum(preserved for preserved, _ in shown) / len(shown),
        same_spans=sum(same for _, same in shown) / len(shown),
    )


def _shown(
    questions: Iterable[Question], documents: Mapping[str, IndexDocument], other_script: Callable[[str], str]
) -> Iterator[tuple[bool, bool]]:
    """Yield of each answering text whether its marked form is the stored text, and whether both scripts mark alike."""
    for question in questions:
        query, other = parse(question.text), parse(other_script(question.text))
        for text in (text for one in question.grades for text in documents[one].paragraphs):
            spans = marks(text, query)
            markup = str(marked(text, hits(spans)))
            yield _unmarked(markup) == str(marked(text, ())), spans == marks(text, other)


@click.command()
@click.option("--collection", "names", multiple=True, default=("cmrc", "drcd"), show_default=True)
@click.option("--phrases", "count", default=500, show_default=True)
def main(names: tuple[str, ...], count: int) -> None:
    """Print the shares of each collection; all its questions are marked."""
    if not RELEVANCE.is_dir():
        click.echo(f"{RELEVANCE} is not here: it is not part of the project", err=True)
        sys.exit(1)
    for name in names:
        documents, questions = read_documents(name), read_questions(name)
        with tempfile.TemporaryDirectory() as scratch:
            engine = WhooshEngine.create(Path(scratch) / "index")
            engine.add(documents, change=1)
            quoted = list(phrases(documents, count))
            click.echo(f"{name}: {measure(engine, documents, questions, quoted, OTHER_SCRIPT[name])}")


if __name__ == "__main__":
    main()
