"""tantivy and SQLite FTS5, given the same tokens and asked the same: the only use made of them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import tantivy

from bench.speed_queries import Ask, Found
from index.analysis import run_grams
from index.arrays.building import Tokens
from index.arrays.columns import date_number

COUNTED = ("level", "year", "province")
HEAP_BYTES = 512 << 20


def grams_of(tokens: Tokens) -> list[str]:
    """The grams of a report in order; a run's last character alone is left out, for no query asks for it."""
    return [gram for text in tokens.folded for run in text.split() for gram in run_grams(run)]


def _facet(tokens: Tokens, name: str) -> str:
    return dict(tokens.document.facets)[name][0]


class Tantivy:
    """tantivy by its Python binding: one thread, its own default merging, and one segment in the end."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        for field in ("words", "grams"):
            schema.add_text_field(field, tokenizer_name="whitespace")
        for facet in COUNTED:
            schema.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_integer_field("date", fast=True)
        schema.add_text_field("report_id", stored=True, tokenizer_name="raw", index_option="basic")
        self._schema = schema.build()
        folder.mkdir(exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))

    def build(self, reports: Iterable[Tokens]) -> None:
        writer = self._index.writer(HEAP_BYTES, 1)
        for one in reports:
            document = tantivy.Document()
            document.add_text("words", " ".join(one.words))
            document.add_text("grams", " ".join(grams_of(one)))
            for facet in COUNTED:
                document.add_text(facet, _facet(one, facet))
            document.add_integer("date", date_number(one.document.order_key))
            document.add_text("report_id", one.document.report_id)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _query(self, ask: Ask) -> tantivy.Query:
        schema = self._schema
        if ask.phrase:
            query = tantivy.Query.phrase_query(schema, "grams", list(run_grams(ask.phrase))[:-1])
        else:
            occur = tantivy.Occur.Should if ask.is_any else tantivy.Occur.Must
            terms = [tantivy.Query.term_query(schema, "words", term) for term in ask.terms]
            query = (
                terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(occur, one) for one in terms])
            )
        if not ask.level:
            return query
        level = tantivy.Query.const_score_query(tantivy.Query.term_query(schema, "level", ask.level), 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, level)])

    def search(self, ask: Ask) -> Found:
        searcher = self._index.searcher()
        query = self._query(ask)
        result = searcher.search(query, 10, count=True, order_by_field="date" if ask.by_date else None)
        ids = tuple(searcher.doc(address)["report_id"][0] for _, address in result.hits)
        facets: Mapping[str, Mapping[str, int]] = {}
        if ask.counts:
            wanted = {name: {"terms": {"field": name, "size": 100_000}} for name in COUNTED}
            buckets = searcher.aggregate(query, wanted)
            facets = {n: {b["key"]: b["doc_count"] for b in buckets[n]["buckets"]} for n in COUNTED}
        return Found(ids=ids, total=result.count, facets=facets)


class Fts5:
    """SQLite's full-text search, its tokens told apart by spaces."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._connection = sqlite3.connect(folder / "fts5.sqlite")

    def build(self, reports: Iterable[Tokens]) -> None:
        run = self._connection.execute
        run("PRAGMA journal_mode = off")
        run("CREATE VIRTUAL TABLE texts USING fts5(words, grams, content='', tokenize='unicode61')")
        run("CREATE TABLE facts (id INTEGER PRIMARY KEY, report_id, level, year, province, date)")
        for number, one in enumerate(reports, start=1):
            row = (number, " ".join(map(_encoded, one.words)), " ".join(map(_encoded, grams_of(one))))
            run("INSERT INTO texts(rowid, words, grams) VALUES (?, ?, ?)", row)
            facets = [_facet(one, name) for name in COUNTED]
            facts = (number, one.document.report_id, *facets, date_number(one.document.order_key))
            run("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", facts)
        run("INSERT INTO texts(texts) VALUES ('optimize')")
        self._connection.commit()

    def search(self, ask: Ask) -> Found:
        if ask.phrase:
            match = f'grams:"{" ".join(map(_encoded, list(run_grams(ask.phrase))[:-1]))}"'
        else:
            match = (" OR " if ask.is_any else " AND ").join(
                f'words:"{_encoded(term)}"' for term in ask.terms
            )
        tables, where, values = "texts", "texts MATCH ?", [match]
        if ask.level or ask.by_date or ask.counts:
            tables = "texts JOIN facts ON facts.id = texts.rowid"
        if ask.level:
            where, values = f"{where} AND level = ?", [match, ask.level]
        order = "date DESC" if ask.by_date else "bm25(texts)"
        run = self._connection.execute
        rows = run(f"SELECT texts.rowid FROM {tables} WHERE {where} ORDER BY {order} LIMIT 10", values)
        ids = tuple(str(row) for (row,) in rows)
        total = run(f"SELECT count(*) FROM {tables} WHERE {where}", values).fetchone()[0]
        facets = {
            name: dict(run(f"SELECT {name}, count(*) FROM {tables} WHERE {where} GROUP BY {name}", values))
            for name in (COUNTED if ask.counts else ())
        }
        return Found(ids=ids, total=total, facets=facets)


def _encoded(token: str) -> str:
    """Write a token in letters: FTS5's tokenizer would cut at marks, which grams hold."""
    return "x" + "x".join(f"{ord(character):x}" for character in token)


PEERS: Sequence[type[Tantivy | Fts5]] = (Tantivy, Fts5)
