"""Our engine, asked the plain kinds by the same parts that answer a search, and the whole of a request."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from bench.speed_queries import Ask, Found
from index.answer import first_hits
from index.arrays.building import Tokens
from index.copies import Listing
from index.counting import count_facets
from index.engine import Filter, SearchRequest
from index.facet_counts import MOST_LISTED
from index.matching import Matcher, passing
from index.query import parse
from index.ranking import Cause, score
from index.reader import Reader
from index.sets import AnySet, common, united
from index.snippet import best_snippets
from index.whoosh_engine import WhooshEngine

COUNTED = ("level", "year", "province")


class Ours:
    """The engine on arrays; beside it the texts, packed, from which snippets are cut."""

    name = "ours"

    def __init__(self, folder: Path) -> None:
        self._index = folder / "index"
        folder.mkdir(exist_ok=True)
        self._texts = sqlite3.connect(folder / "texts.sqlite")
        self._engine = WhooshEngine.open(self._index) if self._index.exists() else None

    def build(self, reports: Iterable[Tokens]) -> None:
        self._engine = WhooshEngine.create(self._index)
        self._engine.add_tokens(reports, change=1)

    def keep_texts(self, reports: Iterable[Tokens]) -> Iterator[Tokens]:
        """Pass reports on, their texts kept for snippets: no part of the index or its time."""
        self._texts.execute("CREATE TABLE texts (report_id PRIMARY KEY, paragraphs) WITHOUT ROWID")
        for one in reports:
            packed = zlib.compress("\n".join(one.document.paragraphs).encode(), 1)
            self._texts.execute("INSERT INTO texts VALUES (?, ?)", (one.document.report_id, packed))
            yield one
        self._texts.commit()

    @property
    def reader(self) -> Reader:
        """The state last committed."""
        assert self._engine is not None  # it was built
        return self._engine._reader()  # noqa: SLF001 - the plain kinds are asked below the query language

    def search(self, ask: Ask) -> Found:
        reader = self.reader
        matcher = Matcher(reader)
        holders: list[AnySet]
        if ask.phrase:
            reader.quotations.forget()  # answered from its grams each time
            literal = matcher.literal(ask.phrase)
            holders = [literal]
            because = [Cause(field=None, term=ask.phrase, weight=1.0, holders=literal, kind="literal")]
        else:
            terms = [matcher.term("words", term) for term in ask.terms]
            holders = list(terms)
            because = [
                Cause(field="words", term=name, weight=1.0, holders=term)
                for name, term in zip(ask.terms, terms, strict=True)
            ]
        if ask.level:
            holders.append(passing(reader, Filter(facet="level", include=(ask.level,))))
        documents = united(holders) if ask.is_any else common(holders)
        zeros = np.zeros(len(documents), np.int64)
        scores = score(documents, because, reader)
        listing = Listing(documents=documents, scores=scores, places=zeros, hidden=zeros)
        best = first_hits(0, 10, "newest" if ask.by_date else "relevance", listing, reader)
        facets = {}
        if ask.counts:
            counted = count_facets(documents, COUNTED, reader, folds=False)
            facets = {
                name: {
                    value: number
                    for value, number in zip(reader.facets[name].values, counted[name].tolist(), strict=True)
                    if number
                }
                for name in COUNTED
            }
        ids = tuple(reader.report_ids_of(documents.take(best).tolist()))
        return Found(ids=ids, total=len(documents), facets=facets)

    def forget(self) -> None:
        """Forget what was found of quotations, so that the next request finds it from the start."""
        self.reader.quotations.forget()

    def request(self, typed: str) -> str:
        """Answer as the JSON interface does: parse, search, all facets, copies folded, ten snippets."""
        assert self._engine is not None
        query = parse(typed)
        page = self._engine.search(SearchRequest(query=query, all_copies=False))
        hits = []
        for hit in page.hits:
            row = self._texts.execute(
                "SELECT paragraphs FROM texts WHERE report_id = ?", (hit.report_id,)
            ).fetchone()
            paragraphs = zlib.decompress(row[0]).decode().split("\n")
            snippets = [
                {
                    "paragraph": one.paragraph,
                    "start": one.start,
                    "end": one.end,
                    "text": one.text,
                    "marks": one.marks,
                }
                for one in best_snippets(paragraphs, query, length_chars=90, count=2)
            ]
            told = {"id": hit.report_id, "score": hit.score, "copies": hit.copies, "snippets": snippets}
            hits.append(told)
        facets = {
            name: [[one.value, one.count] for one in counts[:MOST_LISTED]] for name, counts in page.facets
        }
        return json.dumps({"total": page.total, "hits": hits, "facets": facets}, ensure_ascii=False)
