"""Files that outlive a power cut: written, synced, and only then given their name. Input and output live here."""

import os
from collections.abc import Iterable
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where the system can (Windows can't, and needs not)."""
    if os.name == "posix":
        _sync(folder, os.O_RDONLY)


def sync_files(paths: Iterable[Path]) -> None:
    """Make the content of files durable."""
    for path in paths:
        _sync(path, os.O_RDWR)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str) -> None:
    """Put `text` in place of whatever `path` held: at every moment a reader sees the one or the other, whole."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    sync_files([fresh])
    fresh.replace(path)
    sync_folder(path.parent)
