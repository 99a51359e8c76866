from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented
from web import create_app


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The invented archive, stored and indexed; read only."""
    settings = Settings(home=tmp_path_factory.mktemp("archive"))
    with Store.open(settings, writable=True) as store:
        invented.fill(store)
        reindex(store, settings)
    return settings


@pytest.fixture(scope="session")
def app(archive: Settings) -> Flask:
    return create_app(archive, TESTING=True)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    """The invented archive once more, for a test that changes it."""
    settings = Settings(home=tmp_path / "data")
    with Store.open(settings, writable=True) as store:
        invented.fill(store)
        reindex(store, settings)
    return settings
