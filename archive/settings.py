"""Settings, all from the environment, each with a default that works."""

import math
from dataclasses import dataclass
from pathlib import Path

from archive.environment import refuse_unknown, value_of
from archive.errors import BadSetting

MEBIBYTE = 1024 * 1024
ENGINES = ("whoosh", "opensearch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the archive lives and what it accepts.

    `home` is the data folder (ARCHIVE_HOME, default `data/`); `max_capture_bytes` the largest page that is
    read (ARCHIVE_MAX_PAGE_MIB, default 32); `engine` what searches, one of ENGINES (ARCHIVE_ENGINE, default whoosh).
    """

    home: Path
    max_capture_bytes: int = 32 * MEBIBYTE
    engine: str = "whoosh"

    @property
    def store_path(self) -> Path:
        """The SQLite file that holds everything that can't be made again."""
        return self.home / "archive.sqlite3"

    @property
    def index_path(self) -> Path:
        """The folder of the search index, which can."""
        return self.home / "index"


def load_settings() -> Settings:
    """Read the settings from the environment. Raises BadSetting naming the variable that is wrong or unknown."""
    refuse_unknown()
    text = value_of("ARCHIVE_MAX_PAGE_MIB")
    try:
        mebibytes = float(text)
    except ValueError:
        mebibytes = math.nan
    if not 0 < mebibytes < math.inf:
        raise BadSetting(
            f"ARCHIVE_MAX_PAGE_MIB is {text!r}; give the largest page to read as a number of mebibytes, such as 32"
        )
    engine = value_of("ARCHIVE_ENGINE")
    if engine not in ENGINES:
        raise BadSetting(f"ARCHIVE_ENGINE is {engine!r}; give one of {', '.join(ENGINES)}")
    return Settings(
        engine=engine,
        home=Path(value_of("ARCHIVE_HOME")),
        max_capture_bytes=int(mebibytes * MEBIBYTE),
    )
