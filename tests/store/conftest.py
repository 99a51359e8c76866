from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.settings import Settings
from archive.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "data")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty archive, open for writing."""
    with Store.open(settings, writable=True) as opened:
        yield opened
