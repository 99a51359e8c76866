"""Files and folders that get their name only once they are whole. Writes where it is told.

What is under way is called NAME.part; a run that is killed leaves that, and the next run of the same command
replaces it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def landing_file(output: Path) -> Iterator[IO[bytes]]:
    """Give a file to write; it becomes `output`, on disk, when the block ends, and is removed when it raises.

    Raises OSError, and what the block raises; what stood under `output` stays until then.
    """
    unfinished = _unfinished(output)
    try:
        with unfinished.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(output)
        _sync_folder(output.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def landing_folder(output: Path) -> Iterator[Path]:
    """Give an empty folder to fill; it becomes `output` when the block ends, and is removed when it raises.

    Raises FileExistsError when something is there already, OSError, and what the block raises.
    """
    if os.path.lexists(output):
        raise FileExistsError(17, "something of that name is there already", str(output))
    unfinished = _unfinished(output)
    try:
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir()
        yield unfinished
        for folder, _, names in os.walk(unfinished):
            for name in names:
                _sync(Path(folder) / name, os.O_RDWR)
            _sync_folder(Path(folder))
        unfinished.replace(output)
        _sync_folder(output.parent)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _unfinished(output: Path) -> Path:
    return output.with_name(f"{output.name}.part")


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows can't, and needs not
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
