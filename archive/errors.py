"""Every error that the archive raises on purpose, in one tree.

::

    ArchiveError                 anything below; its text names the file, address or id and what to do
    ├── CaptureError             one capture could not be used; the run goes on without it
    │   ├── UnreadableSource     a file is missing, unreadable, empty, binary, too large or torn
    │   ├── Undecodable          bytes that no known Chinese or Unicode encoding explains
    │   └── NoReportFound        the page was read and holds no report (all boilerplate)
    ├── StoreError               the data folder or its SQLite file
    │   ├── DataFolderError      the folder is missing, read-only or full
    │   ├── WriterBusy           another process is writing to this archive
    │   ├── WrongFormat          made by another version of this program, or not ours at all
    │   └── IdCollision          two addresses claim one report id; nothing was overwritten
    ├── IndexFault               the search index
    │   ├── IndexMissing         there is none yet: `reindex` makes it
    │   ├── IndexOutdated        made by another version, fold or dictionary: `reindex`
    │   ├── IndexDamaged         a file is missing or torn: `reindex`
    │   └── IndexUnreachable     the search cluster does not answer, or not whole: it comes back by itself or is started
    ├── NotHeld                  no report, version or capture under this id
    ├── Withdrawn                the report was withdrawn; carries date and reason
    ├── Refused                  a command can't do what it was asked; says what to type instead
    ├── RuleError                a rule file is wrong; names file, rule and field
    └── BadSetting               an environment variable is unknown, or has a value that can't be used

Anything else that escapes is a bug and keeps its traceback.
"""


class ArchiveError(Exception):
    """Base of all errors raised on purpose. `str(error)` is one line meant for a person."""


class CaptureError(ArchiveError):
    """One capture could not be used; a run names it at its end and goes on."""


class UnreadableSource(CaptureError):  # noqa: N818 - reads as a sentence in messages and the tree above
    """A file or record that cannot be read as a page."""


class Undecodable(CaptureError):  # noqa: N818 - as above
    """Bytes that no known encoding explains."""


class NoReportFound(CaptureError):  # noqa: N818 - as above
    """The page was read and nothing on it is a report."""


class StoreError(ArchiveError):
    """The data folder or its SQLite file."""


class DataFolderError(StoreError):
    """The data folder is missing, read-only or full."""


class WriterBusy(StoreError):  # noqa: N818 - as above
    """Another process is writing to this archive."""


class WrongFormat(StoreError):  # noqa: N818 - as above
    """A store made by another version of this program, or a file that is not ours."""


class IdCollision(StoreError):  # noqa: N818 - as above
    """Two different sources claim one report id."""


class IndexFault(ArchiveError):  # noqa: N818 - as above
    """The search index; mended by `reindex`, but for a cluster that can't be reached."""


class IndexMissing(IndexFault):
    """No index has been made yet."""


class IndexOutdated(IndexFault):
    """The index was made by another version, fold table or dictionary."""


class IndexDamaged(IndexFault):
    """A file of the index is missing or torn."""


class IndexUnreachable(IndexFault):
    """The search cluster does not answer, or a part of the index has no node that holds it; nothing is damaged."""


class NotHeld(ArchiveError):  # noqa: N818 - as above
    """Nothing is stored under this id."""


class Withdrawn(ArchiveError):  # noqa: N818 - as above
    """The report was withdrawn; the tombstone says when and why."""

    def __init__(self, report_id: str, withdrawn_at: str, reason: str) -> None:
        super().__init__(f"report {report_id} was withdrawn on {withdrawn_at}: {reason}")
        self.report_id = report_id
        self.withdrawn_at = withdrawn_at
        self.reason = reason


class Refused(ArchiveError):  # noqa: N818 - as above
    """A command can't do what it was asked."""


class RuleError(ArchiveError):
    """A rule file is wrong."""


class BadSetting(ArchiveError):  # noqa: N818 - as above
    """An environment variable is unknown, or has a value that can't be used."""
