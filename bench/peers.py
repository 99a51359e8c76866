"""Other engines to measure beside ours: BM25 over jieba's words, and SQLite's trigrams. Never imported by `index`."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

import bm25s

from index.analysis import cut_words
from index.engine import IndexDocument


def _texts(document: IndexDocument) -> str:
    return "\n".join((document.title, *document.paragraphs))


class Bm25s:
    """bm25s over jieba's words of the text as it is written: what its users do with Chinese."""

    name = "bm25s, jieba"

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self._ids = [document.report_id for document in documents]
        self._known: set[str] = set()
        corpus = [list(cut_words(_texts(document).lower())) for document in documents]
        self._known.update(chain.from_iterable(corpus))
        self._engine = bm25s.BM25()
        self._engine.index(corpus, show_progress=False)

    def search(self, text: str, limit: int) -> list[str]:
        """Return the ids of the best, none that scores nothing."""
        words = [word for word in cut_words(text.lower()) if word in self._known]
        if not words:
            return []
        numbers, scores = self._engine.retrieve([words], k=min(limit, len(self._ids)), show_progress=False)
        return [self._ids[number] for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]


class Fts5:
    """SQLite FTS5 with its trigram tokenizer: any of the question's trigrams, ranked by its BM25."""

    name = "SQLite FTS5"

    def __init__(self, documents: Iterable[IndexDocument]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE held USING fts5(id UNINDEXED, text, tokenize='trigram')")
        rows = ((document.report_id, _texts(document)) for document in documents)
        self._database.executemany("INSERT INTO held VALUES (?, ?)", rows)

    def search(self, text: str, limit: int) -> list[str]:
        """Return the ids of the best."""
        trigrams = dict.fromkeys(text[start : start + 3] for start in range(len(text) - 2))
        if not trigrams:
            return []
        wanted = " OR ".join('"{}"'.format(trigram.replace('"', '""')) for trigram in trigrams)
        rows = self._database.execute(
            "SELECT id FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?", (wanted, limit)
        )
        return [str(row[0]) for row in rows]

    def close(self) -> None:
        """Let the database go."""
        self._database.close()
