"""Whoosh's files: the schema, opening for reading and for writing, and commits that last. The one module that
imports Whoosh; its files hold pickles, so nothing but folders that this program made may be opened with it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence, Positions
from whoosh.index import EmptyIndexError, FileIndex, LockError
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound
from whoosh.writing import SegmentWriter

from archive.errors import WriterBusy
from index.columns import NUMBER_COLUMNS, TEXT_COLUMNS, Columns
from index.durable import sync_files, sync_folder

__all__ = ["IndexReader", "IndexStorage", "Matcher", "SegmentWriter"]


class CountedTerms(FieldType):  # type: ignore[misc]  # whoosh ships no types
    """Terms with frequencies; the value is any sequence of them. Whoosh keeps the weight of each posting."""

    def __init__(self) -> None:
        super().__init__(Existence(), analyzer=None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, encoded value)."""
        for term, frequency in Counter(value).items():
            yield term.encode(), frequency, float(frequency), b""


class PlacedTerms(FieldType):  # type: ignore[misc]
    """Terms with positions; the value is a sequence of (term, position), positions rising."""

    def __init__(self) -> None:
        super().__init__(Positions(), analyzer=None)

    def index(self, value: Iterable[tuple[str, int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, encoded positions)."""
        places: dict[str, list[int]] = {}
        for term, position in value:
            places.setdefault(term, []).append(position)
        for term, positions in places.items():
            yield term.encode(), len(positions), float(len(positions)), self.format.encode(positions)


@cache
def _schema() -> Schema:
    return Schema(
        report_id=ID(unique=True),
        words=CountedTerms(),
        grams=PlacedTerms(),
        characters=CountedTerms(),
        **{f"column_{name}": COLUMN(VarBytesColumn()) for name in TEXT_COLUMNS},
        **{f"column_{name}": COLUMN(NumericColumn("I")) for name in NUMBER_COLUMNS},
    )


class PostingsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec without its own field lengths: it looks for their file at every posting, an eighth of the time."""

    length_stats = False


class IndexStorage(FileStorage):  # type: ignore[misc]
    """A folder of index files for one reader or writer: what it opens is closed, what it commits is durable.

    Whoosh leaves files open when it fails half-way, and syncs nothing. A commit's last act is to give its
    table of contents its name: all files made until then are synced before, the folder after.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: list[Any] = []
        self._unsynced: set[Path] = set()

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file until `release`."""
        self._opened.append(super().open_file(name, **options))
        return self._opened[-1]

    def create_file(self, name: str, **options: Any) -> Any:
        """Create a file, to be synced with the next commit."""
        self._unsynced.add(Path(self.folder, name))
        self._opened.append(super().create_file(name, **options))
        return self._opened[-1]

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Sync what was written, then rename, then sync the folder."""
        sync_files(path for path in self._unsynced if path.exists())
        self._unsynced.clear()
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(Path(self.folder))

    def release(self) -> None:
        """Close whatever is still open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()


@contextmanager
def open_storage(folder: Path) -> Iterator[IndexStorage]:
    """Open a folder's files for one use."""
    storage = IndexStorage(folder)
    try:
        yield storage
    finally:
        storage.release()


def create_index(folder: Path) -> None:
    """Make an empty index in an empty folder."""
    with open_storage(folder) as storage:
        FileIndex.create(storage, _schema())


def _open_index(storage: IndexStorage) -> FileIndex:
    try:
        return FileIndex(storage, schema=_schema())
    except EmptyIndexError:
        raise FileNotFoundError(f"no table of contents in {storage.folder}") from None


def latest_generation(storage: IndexStorage) -> int:
    """Return the number of the last commit, 0 where there was none. Raises FileNotFoundError."""
    return int(_open_index(storage).latest_generation())


def open_reader(storage: IndexStorage) -> IndexReader:
    """Open the state last committed. Raises FileNotFoundError: a commit was faster, or a file is missing."""
    try:
        return _open_index(storage).reader()
    except EmptyIndexError:
        raise FileNotFoundError(f"no table of contents in {storage.folder}") from None


def open_writer(storage: IndexStorage) -> SegmentWriter:
    """Open for writing. Raises WriterBusy.

    compound=False: a compound segment is copied into memory whole on every open (2.2 GB at 100,000 reports).
    """
    try:
        return SegmentWriter(_open_index(storage), compound=False, codec=PostingsCodec())
    except LockError:
        raise WriterBusy(
            f"another process is writing to the search index in {storage.folder}; try again when it is done"
        ) from None


def leaves_of(reader: IndexReader) -> list[tuple[IndexReader, int]]:
    """Return the segments of a reader, each with the number of its first document."""
    return [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]


def postings_of(leaf: IndexReader, field: str, term: str) -> Iterator[Matcher]:
    """Yield one matcher, standing at each live document of a segment that holds `term` in turn."""
    with suppress(TermNotFound):
        matcher = leaf.postings(field, term)
        while matcher.is_active():
            yield matcher
            matcher.next()


def positions_at(
    leaf: IndexReader, field: str, term: str, documents: Sequence[int]
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield where `term` stands in those of a segment's `documents`, in ascending order, that hold it."""
    if not documents:
        return
    with suppress(TermNotFound):
        matcher = leaf.postings(field, term)
        for document in documents:
            if matcher.is_active() and matcher.id() < document:
                matcher.skip_to(document)
            if not matcher.is_active():
                return
            if matcher.id() == document:
                yield document, matcher.value_as("positions")


def read_columns(leaf: IndexReader) -> Columns:
    """Read all columns of one segment; deletions are no part of it, they change."""

    def column(name: str) -> Iterable[Any]:
        if not leaf.has_column(f"column_{name}"):  # Whoosh would give empty values in its place
            raise FileNotFoundError(name)
        values: Iterable[Any] = leaf.column_reader(f"column_{name}", translate=False)
        return values

    return Columns(
        texts={name: tuple(value.decode() for value in column(name)) for name in TEXT_COLUMNS},
        numbers={name: tuple(column(name)) for name in NUMBER_COLUMNS},
        document_count=leaf.doc_count_all(),
        deleted=frozenset(),
    )
