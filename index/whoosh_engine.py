"""The engine on Whoosh: it keeps segments and generations; what they hold and mean is told by `index.arrays` and
`index.answer`.

Whoosh's own searcher is not used: its best ten are wrong at scale (8 of 15 queries that pair a common with a
middling term), its phrases take 12 s in 100,000 reports, and its counts change when it merges. Nor are its
postings: 317 reports a second is all that can be written of them.
"""

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Self, TypeVar

import numpy as np

from archive.errors import ArchiveError, DataFolderError, IndexDamaged, WriterBusy
from index.answer import answer
from index.arrays.building import Tokens, batches, build, build_documents, length_of
from index.arrays.columns import find_ids
from index.arrays.files import Arrays, faulty_arrays, open_arrays
from index.durable import write_durably
from index.engine import IndexDocument, ResultPage, SearchRequest
from index.parallel import in_order
from index.reader import Reader
from index.schema import check_manifest, write_manifest
from index.tiers import to_merge
from index.whoosh_files import (
    ArraysWriter,
    IndexStorage,
    SegmentFile,
    create_index,
    latest_generation,
    open_storage,
    open_writer,
    read_segments,
)

Result = TypeVar("Result")
Item = TypeVar("Item")

ENGINE = "whoosh"

OPEN_ATTEMPTS = 3
OPEN_PAUSE_SECONDS = 0.05
"""A commit may remove a file while it is being opened (once in 6,000 tries): the next attempt sees the new one.
Whoosh itself tries ten times at most of the places, over half a second."""


@contextmanager
def _damage_named(folder: Path) -> Iterator[None]:
    """Turn whatever is met in a torn file (Whoosh unpacks and unpickles unchecked) into IndexDamaged."""
    try:
        yield
    except (ArchiveError, OSError):
        raise
    except Exception as error:
        raise IndexDamaged(
            f"the search index in {folder} is damaged ({type(error).__name__}: {error}); run `python ingest.py reindex`"
        ) from error


class WhooshEngine:
    """A Whoosh index in a folder; one object serves all threads."""

    def __init__(self, folder: Path, jobs: int = 1) -> None:
        """Use `open` or `create`."""
        self._folder = folder
        self._jobs = jobs
        self._lock = Lock()
        self._segments: dict[str, Arrays] = {}  # by name, as last read
        self._state: tuple[int, Reader] | None = None  # of the generation read last

    @classmethod
    def create(cls, folder: Path, *, jobs: int = 1) -> Self:
        """Make an empty index in `folder`, which must not exist; `jobs` processes will read what is added.

        Raises DataFolderError.
        """
        try:
            folder.mkdir(mode=0o755, parents=True)
            create_index(folder)
            write_manifest(folder, ENGINE)
        except OSError as error:
            raise DataFolderError(f"cannot make a search index in {folder}: {error.strerror}") from error
        return cls(folder, jobs)

    @classmethod
    def open(cls, folder: Path, *, jobs: int = 1) -> Self:
        """Open the index in `folder`. Raises IndexMissing, IndexOutdated or IndexDamaged."""
        check_manifest(folder, ENGINE)
        if os.name == "posix" and folder.stat().st_mode & stat.S_IWOTH:
            raise IndexDamaged(
                f"anyone may write to {folder}, and an index can carry code: run `chmod o-w {folder}` if you trust it"
            )
        engine = cls(folder, jobs)
        engine._reader()  # a damaged index shows here rather than in somebody's search
        return engine

    def add(self, documents: Iterable[IndexDocument], *, remove: Iterable[str] = (), change: int) -> int:
        """Put documents in and take out `remove`, in one commit; `documents` may be lazy, their ids distinct.

        Raises WriterBusy, and DataFolderError when the disk is full or read-only; nothing has changed then.
        """
        known = _Distinct()
        distinct = known.checked(documents, lambda one: one.report_id)
        parts = in_order(batches(distinct, length_of), build_documents, jobs=self._jobs)
        return self._add(parts, known, remove, change)

    def add_tokens(self, documents: Iterable[Tokens], *, change: int) -> int:
        """Put documents in whose words are cut: what `bench` measures apart from cutting them."""
        known = _Distinct()
        distinct = known.checked(documents, lambda one: one.document.report_id)
        return self._add(
            map(build, batches(distinct, lambda one: sum(map(len, one.folded)))), known, (), change
        )

    def _add(self, parts: Iterable[Arrays], known: "_Distinct", remove: Iterable[str], change: int) -> int:
        with open_storage(self._folder) as storage:
            try:
                with _open_writer(storage, self._folder) as writer:
                    for arrays in parts:
                        writer.add_batch(arrays)
                    _delete(writer, read_segments(storage)[1], [*remove, *known.ids])
                    self._commit(writer, change, writer.commit_unmerged)
            except FileNotFoundError as error:
                raise IndexDamaged(self._missing(error)) from error
            except OSError as error:
                raise DataFolderError(
                    f"cannot write the search index in {self._folder}: {error.strerror}; nothing in it has changed"
                ) from error
            # What was added is there; a later commit finds room for merging, or no other writer before it.
            with suppress(OSError, WriterBusy), _damage_named(self._folder):
                self._merge(storage, change)
        return len(known.ids)

    def _merge(self, storage: IndexStorage, change: int) -> None:
        """Merge in a commit of its own: what was added is found meanwhile."""
        with _open_writer(storage, self._folder) as writer:
            if to_merge([(one.doc_count_all(), one.doc_count()) for one in writer.segments]):
                self._commit(writer, change, writer.commit_merged)

    def _commit(self, writer: ArraysWriter, change: int, commit: Callable[[], None]) -> None:
        """Make a generation; it has its `change` before it has its name."""
        write_durably(self._change_path(writer.generation), f"{change}\n")
        commit()
        for path in self._folder.glob("change-*.txt"):
            if path != self._change_path(writer.generation):
                path.unlink(missing_ok=True)

    def last_change(self) -> int:
        """Return the `change` of the last commit, 0 for an index that is empty."""

        def read() -> int:
            generation = latest_generation(self._folder)
            return int(self._change_path(generation).read_text(encoding="ascii")) if generation > 0 else 0

        return self._retried(read)

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents held."""
        return frozenset(self._reader().report_ids())

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one request from the state last committed."""
        reader = self._reader()
        try:
            return answer(request, reader)
        except (ArithmeticError, LookupError, ValueError) as error:
            self._name_damage(error)
            raise

    def faults(self) -> Iterator[str]:
        """Read all files; yield what is not as it was written."""
        with open_storage(self._folder) as storage:
            _, segments = read_segments(storage)
        for segment in segments:
            for name in faulty_arrays(segment.path):
                yield f"{segment.path}: {name} is not as it was written; run `python ingest.py reindex`"

    def _name_damage(self, error: Exception) -> None:
        """Raise IndexDamaged where a search failed for a damaged file."""
        for fault in self.faults():
            raise IndexDamaged(fault) from error

    def _reader(self) -> Reader:
        """Return the state last committed; a new one is read once."""
        return self._retried(self._read)

    def _read(self) -> Reader:
        if self._state is not None and self._state[0] == latest_generation(self._folder):
            return self._state[1]
        with self._lock, open_storage(self._folder) as storage:
            generation, files = read_segments(storage)
            if self._state is None or self._state[0] != generation:
                self._segments = {
                    one.name: self._segments.get(one.name) or open_arrays(one.path) for one in files
                }
                before = self._state[1] if self._state else None
                reader = Reader([(self._segments[one.name], one.deleted) for one in files], before)
                self._state = (generation, reader)
            return self._state[1]

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


@contextmanager
def _open_writer(storage: IndexStorage, folder: Path) -> Iterator[ArraysWriter]:
    """Open for writing; what was not committed at the end is given up."""
    with _damage_named(folder):
        writer = open_writer(storage)
    try:
        yield writer
    finally:
        if not writer.is_closed:
            with suppress(Exception):  # the disk may be full; what counts is that the lock is let go
                writer.cancel()


class _Distinct:
    """The ids of documents that pass through, each once."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def checked(self, documents: Iterable[Item], id_of: Callable[[Item], str]) -> Iterator[Item]:
        """Yield documents on. Raises ValueError where an id comes again."""
        for one in documents:
            if id_of(one) in self.ids:
                raise ValueError(f"report {id_of(one)} stands twice among the documents to add")
            self.ids.add(id_of(one))
            yield one


def _delete(writer: ArraysWriter, segments: Iterable[SegmentFile], report_ids: Iterable[str]) -> None:
    """Delete documents of these ids, those whose successors are being added among them."""
    gone = np.array([report_id.encode() for report_id in report_ids])
    for number, segment in enumerate(segments):
        if len(gone):
            with _damage_named(segment.path.parent):
                writer.delete(number, find_ids(open_arrays(segment.path), gone))
