"""The SQLite file itself: opening, making and checking it, transactions, and its troubles in plain words.

Reads and writes the data folder. The only module that knows the sqlite3 library.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from archive.errors import DataFolderError, StoreError, WriterBusy, WrongFormat
from archive.settings import Settings

APPLICATION_ID = 0x47584B47
"""ASCII "GXKG", for 公开信息 kept: tells `file` and us that this SQLite database is an archive of ours."""

FORMAT = 1
"""The number in `PRAGMA user_version`; raised with every change of schema.sql."""

BUSY_TIMEOUT_SECONDS = 30.0
"""How long a statement waits for SQLite's own short locks; the long one is writer.lock."""

Connection = sqlite3.Connection

_MOVE = "move the file away, or set ARCHIVE_HOME to another folder"
_PERMISSIONS = "the data folder and its files must be readable, and writable for commands that write"
_TROUBLES: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_FULL: (DataFolderError, "free some space and run the same command again"),
    sqlite3.SQLITE_IOERR: (
        DataFolderError,
        "check the disk's space and health, then run the same command again",
    ),
    sqlite3.SQLITE_READONLY: (DataFolderError, _PERMISSIONS),
    sqlite3.SQLITE_CANTOPEN: (DataFolderError, _PERMISSIONS),
    sqlite3.SQLITE_PERM: (DataFolderError, _PERMISSIONS),
    sqlite3.SQLITE_BUSY: (WriterBusy, "wait for the other process to end and run the same command again"),
    sqlite3.SQLITE_NOTADB: (WrongFormat, _MOVE),
    sqlite3.SQLITE_CORRUPT: (StoreError, "the file is damaged: keep a copy of it and restore a backup"),
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise about `path` into a StoreError that says what to do.

    A broken constraint or a misused connection is no such trouble: it is a bug of ours and stays as it is.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise _explained(error, path) from error
    except OSError as error:
        raise folder_error(path.parent, error) from error


def _explained(error: sqlite3.DatabaseError, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest says more than we need
    kind, advice = _TROUBLES.get(code, (StoreError, "run `python ingest.py verify`"))
    return kind(f"{path}: {error}; {advice}")


def folder_error(folder: Path, error: OSError) -> DataFolderError:
    """Say what the file system did to `folder` and what helps."""
    return DataFolderError(
        f"{folder}: {error.strerror or error}; the data folder must be a writable folder with free space"
        " (ARCHIVE_HOME chooses another)"
    )


def open_for_reading(settings: Settings) -> Connection:
    """Open the store read-only; cheap enough for one per request.

    Raises DataFolderError when there is none, WrongFormat when it is not an archive of this format.
    """
    path = settings.store_path
    if not path.is_file():
        raise DataFolderError(
            f"{path}: no archive here; `python ingest.py add PATH` makes one (ARCHIVE_HOME chooses the folder)"
        )
    with told(path):
        connection = _connect(path, "mode=ro" + _immutable(path))
        try:
            _refuse_empty(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_empty(connection: Connection, path: Path) -> None:
    if not _is_ours(connection, path):
        raise DataFolderError(f"{path}: still empty; `python ingest.py add PATH` fills it")


def _immutable(path: Path) -> str:
    """SQLite can't read a WAL file where it may not write beside it; without writers it needn't try."""
    is_alone = not path.with_name(f"{path.name}-wal").exists()
    return "&immutable=1" if is_alone and not os.access(path.parent, os.W_OK) else ""


def open_for_writing(settings: Settings) -> Connection:
    """Open the store, making it where there is none; the caller holds writer.lock.

    Raises DataFolderError when it can't be written, WrongFormat when another program or version made it;
    a file that is not ours is left untouched.
    """
    path = settings.store_path
    with told(path):
        connection = _connect(path, "mode=rwc")
        try:
            is_made = _is_ours(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if not is_made:
                _make(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect(path: Path, how: str) -> Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_SECONDS
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA recursive_triggers = ON"
    )  # or INSERT OR REPLACE slips past the write-once triggers
    return connection


def _is_ours(connection: Connection, path: Path) -> bool:
    """Return False for a database that is still empty, as a crash while making it leaves it."""
    # One snapshot: read one by one, these would mix what was there before a writer made the store and after.
    with snapshot(connection):
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (user_version,) = connection.execute("PRAGMA user_version").fetchone()
        (table_count,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if (application_id, user_version, table_count) == (0, 0, 0):
        return False
    if application_id != APPLICATION_ID:
        raise WrongFormat(f"{path}: an SQLite file of another program; {_MOVE}")
    if user_version != FORMAT:
        raise WrongFormat(
            f"{path}: format {user_version}, and this program reads format {FORMAT};"
            " use the version of the program that made it"
        )
    return True


def schema_script() -> str:
    """Return schema.sql."""
    return files("archive").joinpath("schema.sql").read_text(encoding="utf-8")


def _make(connection: Connection) -> None:
    """Make the tables in one transaction, so that a crash leaves either none or all."""
    connection.executescript(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
        f"{schema_script()} COMMIT;"
    )


def schema_objects(connection: Connection) -> dict[str, str]:
    """Return each table, index and trigger by name with the SQL that made it."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {str(name): str(sql) for name, sql in rows}


def expected_objects() -> dict[str, str]:
    """Return what `schema_objects` gives for a store that this program has just made."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _make(connection)
        return schema_objects(connection)
    finally:
        connection.close()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what the block writes, all of it or, when it raises, nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite ends it by itself when the disk is full
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Let all that the block reads be of one moment, whatever a writer does meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
