"""One writer at a time: a lock in the data folder, and who holds it. Reads and writes the data folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from archive.database import folder_error
from archive.errors import DataFolderError, WriterBusy


@contextmanager
def writer_lock(home: Path) -> Iterator[None]:
    """Hold the folder's writer lock; the folder is made where it is missing.

    The system drops the lock when its process ends, however it ends, so there is nothing to clean up.
    Raises WriterBusy at once when another process holds it, DataFolderError when the folder can't be used.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "writer.lock", timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        raise WriterBusy(
            f"{home}: {_holder(home)} is writing to this archive; wait for it to end and run the same command again"
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise DataFolderError(
            f"{home}: a file stands where the data folder should be; move it, or set ARCHIVE_HOME to a folder"
        ) from error
    except OSError as error:
        raise folder_error(home, error) from error
    try:
        _sign(home)
        yield
    finally:
        lock.release()


def _sign(home: Path) -> None:
    """Leave our process id beside the lock, for the message; lock files themselves may be truncated by others."""
    with suppress(OSError):  # on a full disk the store's own message says it better
        (home / "writer.pid").write_text(f"{os.getpid()}\n", encoding="ascii")


def _holder(home: Path) -> str:
    try:
        return f"process {int((home / 'writer.pid').read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        return "another process"
