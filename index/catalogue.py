"""Keeps the index in step with the store, and names the one in use. Reads and writes the index folder.

::

    index/CURRENT              the name of the generation in use, replaced in one step
    index/generation-0003/     a whole index

A new generation is built beside the old one and named only when it is complete, so a crash at any moment
leaves the last complete one in use. What is not in use is swept away by the next `reindex`.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from archive.errors import DataFolderError, IndexDamaged, IndexFault, IndexMissing, IndexOutdated
from archive.model import StoredReport
from archive.settings import Settings
from index.document import to_document
from index.durable import write_durably
from index.engine import Engine, IndexDocument, ResultPage, SearchRequest
from index.schema import MANIFEST
from index.whoosh_engine import WhooshEngine

CURRENT = "CURRENT"
_GENERATION = re.compile(r"generation-(\d{4,})")

COMMIT_REPORTS = 10_000
"""Reports in one commit that follows the store: what is killed on the way loses its work since the last one."""

READ_REPORTS = 200
"""Reports read from the store at once: with their text some 2 MB."""

SWITCH_ATTEMPTS = 5
"""How often a search starts anew because the index was replaced under it; once is already rare."""

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class StoreChange(Protocol):
    """A report that was added, changed or withdrawn; `change` counts up over the whole store."""

    @property
    def change(self) -> int:
        """The number of its last change."""
        ...

    @property
    def report_id(self) -> str:
        """The report."""
        ...

    @property
    def withdrawn(self) -> bool:
        """Whether it is to be found no more."""
        ...


class ReportSource(Protocol):
    """The part of a store that an index is made from."""

    def last_change(self) -> int:
        """Return the number of the last change, 0 for an empty store."""
        ...

    def changes_since(self, change: int) -> Iterable[StoreChange]:
        """Return the reports changed after `change`, each once, in order of their last change."""
        ...

    def reports(self, report_ids: Iterable[str]) -> dict[str, StoredReport]:
        """Return the latest version of each that is held and not withdrawn."""
        ...


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _documents(store: ReportSource, report_ids: Iterable[str]) -> Iterator[IndexDocument]:
    for batch in _batched(report_ids, READ_REPORTS):
        reports = store.reports(batch)
        yield from (to_document(reports[report_id]) for report_id in batch if report_id in reports)


def bring_up_to_date(store: ReportSource, engine: Engine) -> int:
    """Bring into the index what changed in the store since its last commit; return how many documents that were.

    Raises IndexOutdated for an index of another store, and what `Engine.add` raises.
    """
    known, last = engine.last_change(), store.last_change()
    if known > last:
        raise IndexOutdated(
            f"the search index knows change {known} and the store's last is {last}: it was made from another store; "
            "run `python ingest.py reindex`"
        )
    count = 0
    for batch in _batched(store.changes_since(known), COMMIT_REPORTS):
        kept = [change.report_id for change in batch if not change.withdrawn]
        withdrawn = [change.report_id for change in batch if change.withdrawn]
        count += engine.add(_documents(store, kept), remove=withdrawn, change=batch[-1].change)
    return count


def reindex(store: ReportSource, settings: Settings, *, jobs: int = 1) -> int:
    """Build a whole index from the store beside the one in use, switch to it, remove the old; return its size.

    `jobs` processes read the reports. `store` must be open for writing: its lock keeps two from doing this at once. Raises DataFolderError.
    """
    folder = settings.index_path
    generation = folder / f"generation-{1 + max(map(_number, _generations(folder)), default=0):04}"
    try:
        engine = WhooshEngine.create(generation, jobs=jobs)
        kept = (change.report_id for change in store.changes_since(0) if not change.withdrawn)
        count = engine.add(_documents(store, kept), change=store.last_change())
        write_durably(folder / CURRENT, f"{generation.name}\n")
    except OSError as error:
        raise DataFolderError(f"cannot write the search index in {folder}: {error.strerror}") from error
    for old in _generations(folder):
        if old != generation:
            shutil.rmtree(old, ignore_errors=True)  # what is still held open goes next time
    return count


def keep_in_step(store: ReportSource, settings: Settings, *, jobs: int = 1) -> int:
    """Bring the index in use up to date, or make it where there is none that can be used."""
    try:
        return bring_up_to_date(store, open_current(settings, jobs=jobs))
    except IndexFault:
        return reindex(store, settings, jobs=jobs)


def index_faults(settings: Settings) -> Iterator[str]:
    """Read all files of the index in use; yield what is not as it was written. Raises as `open_current`."""
    yield from CurrentIndex(settings.index_path).faults()


def open_current(settings: Settings, *, jobs: int = 1) -> Engine:
    """Return the index in use; it follows every later switch. Raises IndexMissing, IndexOutdated or IndexDamaged.

    Cheap enough for every request: what it read of an index stays with the process.
    """
    current = CurrentIndex(settings.index_path, jobs)
    current.check()
    return current


class CurrentIndex:
    """The index in use, whichever that is at the time of each call: an Engine."""

    def __init__(self, folder: Path, jobs: int = 1) -> None:
        self._folder = folder
        self._jobs = jobs

    def check(self) -> None:
        """Raise IndexMissing, IndexOutdated or IndexDamaged unless there is an index to use."""
        self._ask(WhooshEngine.last_change)

    def add(self, documents: Iterable[IndexDocument], *, remove: Iterable[str] = (), change: int) -> int:
        """Write to the index in use."""
        generation = _current_generation(self._folder, _current_name(self._folder))
        return WhooshEngine.open(generation, jobs=self._jobs).add(documents, remove=remove, change=change)

    def last_change(self) -> int:
        """Return the `change` of the last commit."""
        return self._ask(WhooshEngine.last_change)

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents held."""
        return self._ask(WhooshEngine.document_ids)

    def faults(self) -> tuple[str, ...]:
        """Return what is not as it was written."""
        return self._ask(lambda engine: tuple(engine.faults()))

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one request."""
        return self._ask(lambda engine: engine.search(request))

    def _ask(self, ask: Callable[[WhooshEngine], Answer]) -> Answer:
        """Ask the index in use, again where it was replaced and removed meanwhile."""
        for _ in range(SWITCH_ATTEMPTS):
            name = _current_name(self._folder)
            try:
                return ask(_open_generation(_current_generation(self._folder, name)))
            except IndexFault:
                if _current_name(self._folder) == name:
                    raise
        raise IndexDamaged(f"the search index in {self._folder} is replaced faster than it can be read")


def _generations(folder: Path) -> Sequence[Path]:
    return sorted(path for path in folder.glob("generation-*") if _GENERATION.fullmatch(path.name))


def _number(generation: Path) -> int:
    return int(generation.name.partition("-")[2])


def _current_name(folder: Path) -> str:
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"no search index in {folder}; run `python ingest.py reindex`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"cannot read {folder / CURRENT}; run `python ingest.py reindex`") from error


def _current_generation(folder: Path, name: str) -> Path:
    """Return the folder of the generation that CURRENT named; it may have been replaced since."""
    if not _GENERATION.fullmatch(name) or not (folder / name).is_dir():
        raise IndexDamaged(
            f"{folder / CURRENT} names {name!r}, which is not there; run `python ingest.py reindex`"
        )
    return folder / name


def _open_generation(generation: Path) -> WhooshEngine:
    try:
        made = (generation / MANIFEST).stat()
    except OSError as error:
        raise IndexDamaged(f"cannot read {generation / MANIFEST}; run `python ingest.py reindex`") from error
    return _opened(generation, made.st_ino, made.st_mtime_ns)


@lru_cache(maxsize=4)
def _opened(generation: Path, _inode: int, _made_ns: int) -> WhooshEngine:
    """Open an index once; the manifest's identity tells it from another that had its place before."""
    return WhooshEngine.open(generation)
