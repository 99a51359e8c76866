"""From what a citation gives (an id, an address, a title) to the report that is held."""

from collections.abc import Callable
from dataclasses import dataclass

from archive.errors import NotHeld, Withdrawn
from archive.hanzi import match_form
from archive.ids import normalise_address, report_id
from archive.model import StoredReport
from archive.store import Store
from index.engine import Engine
from web.finding import find
from web.params import SearchState
from web.references import Reference, read_reference

_TITLES_READ = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One report, or those of one title to choose from, or neither."""

    reference: Reference | None = None
    candidates: tuple[StoredReport, ...] = ()


def resolve(text: str, store: Store, open_engine: Callable[[], Engine]) -> Answer:
    """Find what `text` names: first as an id or an address of ours, then as a page's address, then as a title.

    The engine is opened only for a title, so that ids and addresses are found without an index.
    """
    own = read_reference(text)
    if own is not None and _is_held(store, own.report_id):
        return Answer(reference=own)
    of_page = _of_address(store, text)
    if of_page is not None:
        return Answer(reference=of_page)
    titled = _of_title(store, open_engine(), text)
    if len(titled) == 1:
        return Answer(reference=Reference(report_id=titled[0].report_id))
    return Answer(candidates=titled)


def _is_held(store: Store, wanted: str) -> bool:
    """Whether an id is ours: a withdrawn report's is, its tombstone says more than "not found"."""
    try:
        store.report(wanted)
    except Withdrawn:
        return True
    except NotHeld:
        return store.compilation(wanted) is not None
    return True


def _of_address(store: Store, text: str) -> Reference | None:
    try:
        identity = normalise_address(text if "://" in text else f"http://{text}")
    except ValueError:
        return None
    wanted = report_id(identity, 0)
    return Reference(report_id=wanted) if _is_held(store, wanted) else None


def _of_title(store: Store, engine: Engine, text: str) -> tuple[StoredReport, ...]:
    title = match_form(text.strip("《》“”\"' "))
    if not title:
        return ()
    quoted = title.replace('"', " ")
    found = find(SearchState(text=f'title:"{quoted}"', size=_TITLES_READ, all_copies=True), store, engine)
    return tuple(hit.report for hit in found.hits if match_form(hit.report.title) == title)
