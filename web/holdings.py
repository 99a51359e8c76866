"""What a request reads: one store per request, one engine for all threads."""

from typing import cast

from flask import Flask, current_app, g

from archive.model import StoredReport
from archive.settings import Settings
from archive.store import Store
from index.current import open_current
from index.engine import Engine

SETTINGS = "ARCHIVE_SETTINGS"


def current_settings() -> Settings:
    """Return the settings that the running application was made with."""
    return cast("Settings", current_app.config[SETTINGS])


def current_store() -> Store:
    """Return this request's store, opened for reading; it is closed when the request ends."""
    if "store" not in g:
        g.store = Store.open(current_settings())
    return cast("Store", g.store)


def current_engine() -> Engine:
    """Return the current index's engine. Raises IndexFault, a cluster's only with the first question."""
    return open_current(current_settings())


def parts_beside(report: StoredReport) -> tuple[StoredReport, ...]:
    """Return all parts of the page that a report stands on, in their order; none for a page of its own."""
    compilation = current_store().compilation(report.parent_id) if report.parent_id else None
    if compilation is None:
        return ()
    held = current_store().reports(compilation.part_ids)
    return tuple(held[part_id] for part_id in compilation.part_ids if part_id in held)


def register(app: Flask) -> None:
    """Close what a request opened."""

    @app.teardown_appcontext
    def close(_: BaseException | None) -> None:
        store = g.pop("store", None)
        if store is not None:
            store.close()
