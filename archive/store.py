"""The store: captures, canonical copies, descriptions, withdrawals. Reads and writes the data folder.

The file's format is explained in docs/format.md, what a capture adds to it in archive/keeping.py.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from archive import arrivals, carrying, deciding, history, keeping, linking, reading, register
from archive.arrivals import Arrival
from archive.carried import Carried
from archive.carrying import Restored
from archive.comparing import Compared
from archive.database import Connection, open_for_reading, open_for_writing, snapshot, told, transaction
from archive.errors import StoreError
from archive.families import Relative
from archive.fixity import CHECKS, Fault
from archive.keeping import Receipt
from archive.lock import writer_lock
from archive.model import Capture, CaptureInfo, Compilation, Outcome, StoredReport
from archive.paragraph_keys import Holders, count_holders
from archive.reading import Change
from archive.settings import Settings

__all__ = ["Arrival", "Change", "Fault", "Receipt", "Relative", "Store"]


class Store:
    """One open archive; belongs to the thread that opened it. Readers are cheap: open one per request."""

    def __init__(self, connection: Connection, settings: Settings, resources: ExitStack) -> None:
        self._connection = connection
        self._path = settings.store_path
        self._resources = resources
        self._compared = Compared()

    @classmethod
    def open(cls, settings: Settings, *, writable: bool = False) -> Self:
        """Open the archive in `settings.home`; a writer makes it where there is none.

        Raises DataFolderError (missing for a reader; read-only, full or no folder), WrongFormat, and for a
        writer WriterBusy while another one is at work.
        """
        with ExitStack() as stack:
            if writable:
                stack.enter_context(writer_lock(settings.home))
            connection = open_for_writing(settings) if writable else open_for_reading(settings)
            stack.callback(connection.close)
            return cls(connection, settings, stack.pop_all())

    def close(self) -> None:
        """Close the file and, for a writer, give up the lock."""
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # Writing: each call is one transaction, on disk when it returns.

    def keep(self, outcome: Outcome, *, now: datetime) -> tuple[Receipt, ...]:
        """Keep a capture with its reports; the receipts are in the order of `outcome.reports`.

        Raises IdCollision, and ValueError for an outcome without reports or one that breaks the rules of ids.
        """
        with self._following(now):
            return keeping.keep_outcome(self._connection, outcome, now)

    def keep_capture(self, capture: Capture, *, reason: str) -> int:
        """Keep a capture that gave no report, with the reason; return its id.

        What an earlier reading of the same bytes gave stays as it is.
        """
        with self._writing():
            capture_id = keeping.keep_capture_row(self._connection, capture)
            keeping.keep_reason(self._connection, capture_id, reason)
            return capture_id

    def restore(self, carried: Carried, *, now: datetime) -> Restored:
        """Keep a capture with the versions that another archive read from it; what is refused is named.

        Raises IdCollision, and ValueError for a page whose address is none.
        """
        with self._following(now):
            return carrying.restore(self._connection, carried, now)

    def withdraw(self, report_id: str, *, reason: str, now: datetime) -> None:
        """Put a tombstone over a report; its text stays stored and is no longer given out.

        Raises NotHeld, and Withdrawn when it was withdrawn before.
        """
        with self._following(now):
            register.withdraw(self._connection, report_id, reason, now)

    def relink(self, *, now: datetime) -> None:
        """Compare all reports anew, as after a change of the rules by which copies are found."""
        with self._writing():
            linking.relink(self._connection, now, self._compared)

    # Reading.

    def report(self, report_id: str, version: int | None = None) -> StoredReport:
        """Return one version of a report, the latest for None.

        Raises NotHeld, Withdrawn, and StoreError when the stored text does not have its digest.
        """
        with told(self._path):
            return reading.read_report(self._connection, report_id, version)

    def reports(self, report_ids: Iterable[str]) -> dict[str, StoredReport]:
        """Return the latest versions by id, in one query; what is not held, withdrawn or damaged is left out."""
        with told(self._path):
            return reading.read_reports(self._connection, report_ids)

    def latest_reports(self) -> Iterator[StoredReport]:
        """Return the latest version of every report that is listed and not withdrawn, in order of id."""
        with told(self._path):
            yield from reading.read_latest(self._connection)

    def arrivals(self, report_ids: Iterable[str], count: int) -> tuple[Arrival, ...]:
        """Return those of these reports whose latest version came last, the last first; at most `count`."""
        with told(self._path):
            return arrivals.read_arrivals(self._connection, report_ids, count)

    def addresses(self, after: str, count: int) -> tuple[Arrival, ...]:
        """Return the reports that `latest_reports` gives, by id, from behind `after` on; at most `count`."""
        with told(self._path):
            return arrivals.read_from(self._connection, after, count)

    def sections(self, size: int) -> tuple[Arrival, ...]:
        """Return the last of every `size` reports by id and the last of all, each with its section's latest date."""
        with told(self._path):
            return arrivals.read_sections(self._connection, size)

    def report_count(self) -> int:
        """Return how many reports `latest_reports` gives."""
        with told(self._path):
            return reading.count_reports(self._connection)

    def listed_ids(self) -> frozenset[str]:
        """Return the ids of the reports that `latest_reports` gives."""
        with told(self._path):
            return reading.read_listed_ids(self._connection)

    def history(self, report_id: str) -> tuple[tuple[int, CaptureInfo], ...]:
        """Return every capture that gave a report, in order of arrival, with the version that it gave."""
        with told(self._path):
            return history.read_history(self._connection, report_id)

    def identities_beginning(self, stem: str, limit: int) -> tuple[str, ...]:
        """Return which pages were captured whose identity (docs/format.md) begins so, `limit` at most."""
        with told(self._path):
            return history.read_identities(self._connection, stem, limit)

    def relatives(self, report_id: str) -> tuple[Relative, ...]:
        """Return the listed reports that share text with this one, copies first, none for one that is alone."""
        with told(self._path):
            return linking.read_relatives(self._connection, report_id)

    def holders(self, report: StoredReport) -> Holders:
        """Count the other reports that hold each of a report's paragraphs word for word."""
        with told(self._path):
            return count_holders(self._connection, report)

    def compilation(self, report_id: str) -> Compilation | None:
        """Return the compilation under this id, as its page was last read; None when there is none.

        A page that was a single report before it became a compilation has both under one id.
        """
        with told(self._path):
            return reading.read_compilation(self._connection, report_id)

    def capture(self, capture_id: int) -> Capture:
        """Return a capture with its bytes and what the keeper decided of it.

        Raises NotHeld, and StoreError when they lost their digest.
        """
        with told(self._path):
            return self.as_decided(reading.read_capture(self._connection, capture_id))

    def as_decided(self, capture: Capture) -> Capture:
        """Return a capture with what the keeper decided when these bytes came from this page before."""
        with told(self._path):
            return deciding.as_decided(self._connection, capture)

    def capture_info(self, capture_id: int) -> CaptureInfo:
        """Return what is known of a capture, without its bytes. Raises NotHeld."""
        with told(self._path):
            return reading.read_capture_info(self._connection, capture_id)

    def captures(self) -> Iterator[CaptureInfo]:
        """Return every capture in order of arrival, with or without reports."""
        with told(self._path):
            yield from reading.read_captures(self._connection)

    def page_captures(self, report_ids: Iterable[str] | None) -> tuple[int, ...]:
        """Return all captures, in order of arrival, of the pages that reports are from; of every page for None."""
        with told(self._path):
            return carrying.read_page_captures(self._connection, report_ids)

    def withdrawn_captures(self) -> frozenset[int]:
        """Return all captures of pages from which a report was withdrawn: they hold its text."""
        with told(self._path):
            return carrying.read_withdrawn_captures(self._connection)

    def carried(self, capture_id: int) -> Carried:
        """Return a capture with the versions that it gave, as an export carries them; those withdrawn too.

        Raises NotHeld, and StoreError when the page or a text lost its digest.
        """
        with told(self._path), snapshot(self._connection):
            return carrying.read_carried(self._connection, capture_id)

    def changes_since(self, change: int) -> Iterator[Change]:
        """Return what changed after number `change`: one Change per report, in order of its last change."""
        with told(self._path):
            yield from reading.read_changes(self._connection, change)

    def last_change(self) -> int:
        """Return the number of the last change, 0 for an empty archive."""
        with told(self._path):
            return reading.last_change(self._connection)

    def verify(self) -> Iterator[Fault]:
        """Recompute every digest and id and check every row; yield what is wrong."""
        for check in CHECKS:
            try:
                with told(self._path), snapshot(self._connection):
                    yield from check(self._connection)
            except (
                StoreError
            ) as error:  # so damaged there that SQLite gives up; the next check may still say more
                yield Fault(what="file", message=str(error), advice="restore a backup")

    @contextmanager
    def _following(self, now: datetime) -> Iterator[None]:
        """Let the families of copies follow what the block writes, in the same transaction."""
        with self._writing():
            known = reading.last_change(self._connection)
            yield
            linking.follow(self._connection, known, now, self._compared)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with told(self._path), transaction(self._connection):
                yield
        except BaseException:
            self._compared = Compared()
            raise
