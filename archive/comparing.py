"""The reports that were compared last, with their shingles: the first copies of a text are met again and again."""

from collections import OrderedDict
from collections.abc import Iterable

from archive.database import Connection
from archive.families import Shingled, shingled
from archive.model import StoredReport
from archive.reading import read_reports

KEPT_SHINGLES = 2_000_000
"""Some 300 MB. Of 4,000 reports made of 92 linking one took 31 ms when none was kept, 17 with 500 of them and 5 with 3,000."""


class Compared:
    """One writer's memory: nobody else changes the store meanwhile, and what it changes itself it compares anew.

    To be thrown away with a transaction that fails: it may know what was never stored.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Shingled] = OrderedDict()
        self._size = 0

    def add(self, report: StoredReport) -> Shingled:
        """Remember a report as it is now."""
        self.forget([report.report_id])
        made = shingled(report)
        self._kept[report.report_id] = made
        self._size += len(made.shingles)
        while self._size > KEPT_SHINGLES:
            self._size -= len(self._kept.popitem(last=False)[1].shingles)
        return made

    def forget(self, ids: Iterable[str]) -> None:
        """Forget reports that were changed or are held no more."""
        for one in ids:
            if known := self._kept.pop(one, None):
                self._size -= len(known.shingles)

    def read(self, connection: Connection, ids: Iterable[str]) -> dict[str, Shingled]:
        """Return those of these reports that can be read, in order of id."""
        wanted = sorted(ids)
        known = {one: self._kept[one] for one in wanted if one in self._kept}
        for one in known:
            self._kept.move_to_end(one)
        missing = [one for one in wanted if one not in known]
        fresh = {one: self.add(report) for one, report in read_reports(connection, missing).items()}
        found = {**known, **fresh}
        return {one: found[one] for one in wanted if one in found}
