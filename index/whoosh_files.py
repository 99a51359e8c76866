"""Whoosh's files: the schema, segments, commits that last. The one module that imports Whoosh; its table of
contents is a pickle, so nothing but folders that this program made may be opened with it.

Whoosh keeps what changes: which segments make up a generation, which of their documents are deleted, who may
write, and when files go. What a segment holds is written by `index.segment_arrays` beside it, in one file of arrays.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex, LockError
from whoosh.writing import SegmentWriter

from archive.errors import WriterBusy
from index.arrays.files import Array, Arrays, faulty_arrays, open_arrays
from index.durable import sync_files, sync_folder
from index.segment_arrays import ARRAYS, SegmentArrays
from index.tiers import to_merge

_CONTENTS = re.compile(r"_MAIN_(\d+)\.toc")


@cache
def _schema() -> Schema:
    return Schema(report_id=ID(unique=True), words=STORED(), grams=STORED(), characters=STORED())


class _NoTerms:
    """Stands where Whoosh's own writer of terms would: they are in the arrays."""

    is_closed = True


class ArraysCodec(W3Codec):  # type: ignore[misc]  # whoosh ships no types
    """Whoosh's codec with all of a segment in one file of arrays: a posting in Python takes it 100 times as long."""

    def new_segment(self, storage: "IndexStorage", indexname: str) -> Any:
        """Return a segment with a name that was never given before.

        Whoosh draws it from `random`, which a program or a library may seed: two segments of one name, and readers
        take the second for the first, which they have open.
        """
        segment = super().new_segment(storage, indexname)
        segment.segid = token_hex(8)
        return segment

    def per_document_writer(self, storage: "IndexStorage", segment: Any) -> SegmentArrays:
        """Return what writes the segment."""
        return SegmentArrays(storage, segment)

    def field_writer(self, *_: Any) -> _NoTerms:
        """Return what has nothing left to write."""
        return _NoTerms()


class ArraysWriter(SegmentWriter):  # type: ignore[misc]  # whoosh ships no types
    """Whoosh's writer, given whole batches of documents."""

    def add_batch(self, arrays: Arrays) -> None:
        """Add documents to the new segment."""
        self.docnum += self.perdocwriter.add(arrays)
        self._added = True

    def delete(self, segment: int, documents: Array) -> None:
        """Mark documents of one of the segments as deleted, by their numbers in it."""
        for number in documents.tolist():
            self.segments[segment].delete_document(number)

    def commit_unmerged(self) -> None:
        """Commit the new segment as one more."""
        self.commit(merge=False)

    def commit_merged(self) -> None:
        """Put small segments together, and commit: a new segment, without what was deleted of them."""
        self.commit(mergetype=_merge_tiers)

    def _flush_segment(self) -> None:
        self.perdocwriter.write()


def _merge_tiers(writer: ArraysWriter, segments: Sequence[Any]) -> list[Any]:
    """Put the segments that `index.tiers` names into the writer's; return the others. Whoosh's form of a policy."""
    chosen = to_merge([(one.doc_count_all(), one.doc_count()) for one in segments])
    for number in chosen:
        path = _arrays_path(writer.storage, segments[number])
        if faults := list(faulty_arrays(path)):  # or damage would be copied, and look like what was meant
            raise ValueError(f"{path.name}: {faults[0]} is not as it was written")
        arrays = open_arrays(path)
        kept = np.ones(segments[number].doc_count_all(), bool)
        kept[list(segments[number].deleted_docs())] = False
        if kept.any():
            writer.docnum += writer.perdocwriter.add(arrays, kept)
            writer._added = True  # noqa: SLF001 - as Whoosh's own policies do by `add_reader`
    return [segment for number, segment in enumerate(segments) if number not in chosen]


class IndexStorage(FileStorage):  # type: ignore[misc]  # whoosh ships no types
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

    def sync_with_commit(self, path: Path) -> None:
        """Remember a file that was written past Whoosh."""
        self._unsynced.add(path)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFile:
    """A segment of a generation: its name, its file, and the documents deleted of it, in order."""

    name: str
    path: Path
    deleted: Array


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


def latest_generation(folder: Path) -> int:
    """Return the number of the last commit, 0 where there was none. Raises FileNotFoundError.

    Every search asks: the names alone tell, as Whoosh reads them, and nothing is opened.
    """
    found = [int(name[1]) for name in map(_CONTENTS.fullmatch, os.listdir(folder)) if name]  # noqa: PTH208 - names are enough, at every search
    if not found:
        raise FileNotFoundError(f"no table of contents in {folder}")
    return max(found)


def read_segments(storage: IndexStorage) -> tuple[int, tuple[SegmentFile, ...]]:
    """Return the last commit's number and segments. Raises FileNotFoundError, where a commit was faster."""
    contents = _open_index(storage)._read_toc()  # noqa: SLF001 - as `reader` does: generation and segments at once
    return contents.generation, tuple(_to_file(storage, segment) for segment in contents.segments)


def _arrays_path(storage: IndexStorage, segment: Any) -> Path:
    return Path(storage.folder, segment.make_filename(ARRAYS))


def _to_file(storage: IndexStorage, segment: Any) -> SegmentFile:
    deleted = np.array(sorted(segment.deleted_docs()), np.int32)
    return SegmentFile(name=segment.segment_id(), path=_arrays_path(storage, segment), deleted=deleted)


def open_writer(storage: IndexStorage) -> ArraysWriter:
    """Open for writing. Raises WriterBusy."""
    try:
        return ArraysWriter(_open_index(storage), compound=False, codec=ArraysCodec())
    except LockError:
        raise WriterBusy(
            f"another process is writing to the search index in {storage.folder}; try again when it is done"
        ) from None
