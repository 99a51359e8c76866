"""The engine on Whoosh: it keeps postings, columns and segments; what they mean is told by `index.answer`.

Whoosh's own searcher is not used: its best ten are wrong at scale (8 of 15 queries that pair a common with a
middling term), its phrases take 12 s in 100,000 reports, and its counts change when it merges. Reading its
postings and scoring every match is exact and no slower.
"""

import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Self, TypeVar

from archive.errors import DataFolderError, IndexDamaged
from index.analysis import analyse
from index.answer import answer
from index.columns import Columns, to_facts, to_row
from index.durable import write_durably
from index.engine import IndexDocument, ResultPage, SearchRequest
from index.reader import Facts, TermField
from index.schema import check_manifest, write_manifest
from index.whoosh_files import (
    IndexReader,
    IndexStorage,
    Matcher,
    SegmentWriter,
    create_index,
    latest_generation,
    leaves_of,
    open_reader,
    open_storage,
    open_writer,
    positions_at,
    postings_of,
    read_columns,
)

Result = TypeVar("Result")

ENGINE = "whoosh"
SKIPPED_TO = 20
"""Up to so many documents are skipped to in a term's postings; for more it is faster to read them all."""

OPEN_ATTEMPTS = 3
OPEN_PAUSE_SECONDS = 0.05
"""A commit may remove a file while it is being opened (once in 6,000 tries): the next attempt sees the new one.
Whoosh itself tries ten times at most of the places, over half a second."""


@contextmanager
def _damage_named(folder: Path) -> Iterator[None]:
    """Turn whatever Whoosh meets in a torn file (it unpacks and unpickles unchecked) into IndexDamaged."""
    try:
        yield
    except (IndexDamaged, FileNotFoundError):
        raise
    except Exception as error:
        raise IndexDamaged(
            f"the search index in {folder} is damaged ({type(error).__name__}: {error}); run `python ingest.py reindex`"
        ) from error


class WhooshReader:
    """One state of a Whoosh index. Whoosh's readers are not thread-safe: each request has its own."""

    def __init__(self, leaves: Sequence[tuple[IndexReader, int]], facts: Facts, folder: Path) -> None:
        self._leaves = leaves
        self._folder = folder
        self.facts = facts

    def frequencies(self, field: TermField, term: str) -> Mapping[int, int]:
        """Return how often each live document that holds `term` holds it."""
        with _damage_named(self._folder):
            return {number: int(matcher.weight()) for number, matcher in self._postings(field, term)}

    def positions(self, gram: str, documents: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Return where `gram` stands in those of `documents` that hold it."""
        with _damage_named(self._folder):
            if len(documents) <= SKIPPED_TO:
                return dict(self._positions_at(gram, sorted(documents)))
            return {
                number: matcher.value_as("positions")
                for number, matcher in self._postings("grams", gram)
                if number in documents
            }

    def _positions_at(self, gram: str, documents: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield positions in a few documents, in order, without reading the postings between."""
        for leaf, base in self._leaves:
            here = [number - base for number in documents if base <= number < base + leaf.doc_count_all()]
            for number, positions in positions_at(leaf, "grams", gram, here):
                yield base + number, positions

    def grams_beginning(self, character: str) -> Iterable[str]:
        """Return all grams that begin with `character`."""
        with _damage_named(self._folder):
            terms = {term for leaf, _ in self._leaves for term in leaf.expand_prefix("grams", character)}
            return sorted(term.decode() for term in terms)

    def _postings(self, field: TermField, term: str) -> Iterator[tuple[int, Matcher]]:
        """Yield each live document's number with the matcher standing at it."""
        for leaf, base in self._leaves:
            for matcher in postings_of(leaf, field, term):
                yield base + matcher.id(), matcher


class WhooshEngine:
    """A Whoosh index in a folder; one object serves all threads."""

    def __init__(self, folder: Path) -> None:
        """Use `open` or `create`."""
        self._folder = folder
        self._lock = Lock()
        self._columns: dict[str, Columns] = {}  # by segment, without deletions
        self._facts: tuple[int | None, Facts] | None = None  # of the generation read last

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty index in `folder`, which must not exist. Raises DataFolderError."""
        try:
            folder.mkdir(mode=0o755, parents=True)
            create_index(folder)
            write_manifest(folder, ENGINE)
        except OSError as error:
            raise DataFolderError(f"cannot make a search index in {folder}: {error.strerror}") from error
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in `folder`. Raises IndexMissing, IndexOutdated or IndexDamaged."""
        check_manifest(folder, ENGINE)
        if os.name == "posix" and folder.stat().st_mode & stat.S_IWOTH:
            raise IndexDamaged(
                f"anyone may write to {folder}, and an index can carry code: run `chmod o-w {folder}` if you trust it"
            )
        engine = cls(folder)
        with engine._reader():  # a damaged index shows here rather than in somebody's search
            return engine

    def add(self, documents: Iterable[IndexDocument], *, remove: Iterable[str] = (), change: int) -> int:
        """Put documents in and take out `remove`, in one commit; `documents` may be lazy, their ids distinct.

        Raises WriterBusy, and DataFolderError when the disk is full or read-only; nothing has changed then.
        """
        with open_storage(self._folder) as storage:
            try:
                count, generation = self._commit(storage, documents, remove, change)
            except FileNotFoundError as error:
                raise IndexDamaged(self._missing(error)) from error
            except OSError as error:
                raise DataFolderError(
                    f"cannot write the search index in {self._folder}: {error.strerror}; nothing in it has changed"
                ) from error
        for path in self._folder.glob("change-*.txt"):
            if path != self._change_path(generation):
                path.unlink(missing_ok=True)
        return count

    def _commit(
        self, storage: IndexStorage, documents: Iterable[IndexDocument], remove: Iterable[str], change: int
    ) -> tuple[int, int]:
        """Write one generation; return how many documents came in, and its number."""
        writer = open_writer(storage)
        try:
            count = _write(writer, documents, remove)
            write_durably(self._change_path(writer.generation), f"{change}\n")
            writer.commit()
        finally:
            if not writer.is_closed:
                with suppress(Exception):  # the disk may be full; what counts is that the lock is let go
                    writer.cancel()
        return count, writer.generation

    def last_change(self) -> int:
        """Return the `change` of the last commit, 0 for an index that is empty."""

        def read() -> int:
            with open_storage(self._folder) as storage:
                generation = latest_generation(storage)
            return int(self._change_path(generation).read_text(encoding="ascii")) if generation > 0 else 0

        return self._retried(read)

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents held."""
        with self._reader() as reader:
            return frozenset(reader.facts.report_ids[number] for number in reader.facts.live)

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one request from the state last committed."""
        with self._reader() as reader:
            return answer(request, reader)

    @contextmanager
    def _reader(self) -> Iterator[WhooshReader]:
        """Open the state last committed, for one thread and one request."""
        with ExitStack() as stack:
            yield self._retried(lambda: self._open_reader(stack))

    def _open_reader(self, stack: ExitStack) -> WhooshReader:
        storage = stack.enter_context(open_storage(self._folder))
        reader = open_reader(storage)
        return WhooshReader(leaves_of(reader), self._facts_of(reader), self._folder)

    def _facts_of(self, reader: IndexReader) -> Facts:
        """Return the facts of a reader's state, read once for each commit and segment."""
        with self._lock:
            if self._facts is None or self._facts[0] != reader.generation():
                named = {leaf.segment().segment_id(): leaf for leaf, _ in leaves_of(reader)}
                self._columns = {
                    name: self._columns.get(name) or read_columns(leaf) for name, leaf in named.items()
                }
                segments = [
                    replace(self._columns[name], deleted=frozenset(leaf.segment().deleted_docs()))
                    for name, leaf in named.items()
                ]
                self._facts = (reader.generation(), to_facts(segments))
            return self._facts[1]

    def _retried(self, read: Callable[[], Result]) -> Result:
        for attempts_left in reversed(range(OPEN_ATTEMPTS)):
            try:
                with _damage_named(self._folder):
                    return read()
            except FileNotFoundError as error:
                if not attempts_left:
                    raise IndexDamaged(self._missing(error)) from error
            time.sleep(OPEN_PAUSE_SECONDS)
        raise AssertionError("the last attempt returns or raises")

    def _missing(self, error: FileNotFoundError) -> str:
        return f"a file of the search index in {self._folder} is missing ({error}); run `python ingest.py reindex`"

    def _change_path(self, generation: int) -> Path:
        return self._folder / f"change-{generation}.txt"


def _write(writer: SegmentWriter, documents: Iterable[IndexDocument], remove: Iterable[str]) -> int:
    """Give a writer what to take out and put in; return how many documents it was given."""
    added: set[str] = set()
    with writer.searcher() as held:
        for report_id in remove:
            writer.delete_by_term("report_id", report_id, searcher=held)
        for document in documents:
            if document.report_id in added:
                raise ValueError(f"report {document.report_id} stands twice among the documents to add")
            writer.delete_by_term("report_id", document.report_id, searcher=held)
            writer.add_document(**_to_fields(document))
            added.add(document.report_id)
    return len(added)


def _to_fields(document: IndexDocument) -> dict[str, object]:
    """Return what Whoosh is given for one document."""
    analysis = analyse((document.title, *document.paragraphs))
    row = {
        f"column_{name}": value.encode() if isinstance(value, str) else value
        for name, value in to_row(document, analysis).items()
    }
    return {
        "report_id": document.report_id,
        "words": analysis.words,
        "grams": analysis.grams,
        "characters": analysis.characters,
        **row,
    }
