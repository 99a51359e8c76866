"""Engines that are made once for each class that follows the contract, for its tests that only ask."""

import pytest

from index.engine import Engine, IndexDocument
from tests.index import engine_contract


@pytest.fixture(scope="class")
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of the class's kind that holds REPORTS."""
    return _filled(request, tmp_path_factory, engine_contract.REPORTS)


@pytest.fixture(scope="class")
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of the class's kind that holds COPIES."""
    return _filled(request, tmp_path_factory, engine_contract.COPIES)


@pytest.fixture(scope="class")
def strewn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of the class's kind that holds FAMILIES."""
    return _filled(request, tmp_path_factory, engine_contract.FAMILIES)


def _filled(
    request: pytest.FixtureRequest, paths: pytest.TempPathFactory, documents: tuple[IndexDocument, ...]
) -> Engine:
    assert issubclass(request.cls, engine_contract.EngineContract)
    engine = request.cls().make(paths.mktemp("held") / "engine")
    engine.add(documents, change=1)
    return engine
