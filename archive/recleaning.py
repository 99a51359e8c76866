"""Today's rules over all that was ever captured: `ingest.py reclean`. Reads and writes the store.

Nothing here decides what becomes of a report's text: archive/keeping.py does, as for a page that is added again.
So a version is made only where the text changed, and a run that is stopped or done twice loses and doubles nothing.
"""

from collections.abc import Iterator

from archive.errors import StoreError, UnreadableSource
from archive.found import Found
from archive.intake import Tally, take_in
from archive.store import Store


def reclean(store: Store, tally: Tally, *, jobs: int) -> None:
    """Read every capture again, in order of arrival, each kept in a transaction of its own.

    A capture that is damaged or can't be read is named in `tally`, and the run goes on with the next. Raises
    StoreError for what would stop every capture, and RuleError.
    """
    take_in(store, _captures(store), tally, jobs=jobs)


def _captures(store: Store) -> Iterator[Found]:
    """Give every capture with its bytes; for one whose bytes lost their digest, what is wrong with it."""
    numbers = [info.capture_id for info in store.captures()]  # read to its end: rows are written meanwhile
    for number in numbers:
        try:
            yield store.capture(number)
        except StoreError as error:
            yield UnreadableSource(str(error))
