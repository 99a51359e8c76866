"""The index in use, on whichever engine ARCHIVE_ENGINE names: what the web and the command line ask for."""

from collections.abc import Iterator
from types import ModuleType

from archive.errors import BadSetting
from archive.settings import Settings
from index import catalogue
from index.catalogue import ReportSource
from index.engine import Engine


def _cluster() -> ModuleType:
    try:
        from index import opensearch_catalogue  # noqa: PLC0415 - opensearch-py is an extra
    except ModuleNotFoundError as error:
        raise BadSetting(
            f"ARCHIVE_ENGINE is 'opensearch' and {error.name} is not installed; run `pip install '.[opensearch]'`"
        ) from error
    return opensearch_catalogue


def open_current(settings: Settings) -> Engine:
    """Return the index in use; it follows every later switch. Raises IndexFault, or BadSetting.

    Cheap enough for every request.
    """
    if settings.engine == "opensearch":
        cluster = _cluster()
        engine: Engine = cluster.open_current(cluster.open_client())
        return engine
    return catalogue.open_current(settings)


def index_faults(settings: Settings) -> Iterator[str]:
    """Read all files of the index in use; yield what is not as it was written. A cluster checks its own files."""
    if settings.engine != "opensearch":
        yield from catalogue.index_faults(settings)


def keep_in_step(store: ReportSource, settings: Settings, *, jobs: int = 1) -> int:
    """Bring the index in use up to date, or make it; return how many documents came in.

    `jobs` processes tokenise for an index on this machine; a cluster is fed by this one.
    """
    if settings.engine == "opensearch":
        cluster = _cluster()
        count: int = cluster.keep_in_step(store, cluster.open_client())
        return count
    return catalogue.keep_in_step(store, settings, jobs=jobs)


def reindex(store: ReportSource, settings: Settings, *, jobs: int = 1) -> int:
    """Build a whole index from the store beside the one in use, switch to it, remove the old; return its size."""
    if settings.engine == "opensearch":
        cluster = _cluster()
        count: int = cluster.reindex(store, cluster.open_client())
        return count
    return catalogue.reindex(store, settings, jobs=jobs)
