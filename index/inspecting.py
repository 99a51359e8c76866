"""Does the index hold exactly what the store lists, each entry the latest text under its facets? Reads both.

By any engine's port: what is proved is what a search finds, not what an entry says of itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from archive.errors import IndexFault, StoreError
from archive.model import StoredReport
from index.engine import Engine, SearchRequest
from index.filing import filings, misfiled
from index.fold import fold
from index.query import Query
from index.tree import Phrase

PROBE_CHARS = 60
"""Long enough that few reports share it, short enough to be fast."""

PROBES = 4
"""Passages asked for of each version that a newer one replaced, and as many of the newer one."""

MOST_HOLDERS = 1_000_000
"""More than an archive of this kind will have: all that hold a passage are wanted."""

READ_REPORTS = 200
"""Reports read from the store at once: with their text some 2 MB."""


class InspectedStore(Protocol):
    """The part of a store that an index is compared with."""

    def last_change(self) -> int:
        """Return the number of the last change."""
        ...

    def listed_ids(self) -> frozenset[str]:
        """Return the ids of the reports that are to be found."""
        ...

    def reports(self, report_ids: Iterable[str]) -> dict[str, StoredReport]:
        """Return the latest versions by id."""
        ...

    def report(self, report_id: str, version: int | None = None) -> StoredReport:
        """Return one version."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """What is wrong with the index, or with one entry of it."""

    what: str
    message: str


def inspect(store: InspectedStore, engine: Engine) -> Iterator[Discrepancy]:
    """Yield where index and store differ. `reindex` mends it all."""
    try:
        known, held = engine.last_change(), engine.document_ids()
        last, listed = store.last_change(), store.listed_ids()
        if known != last:
            yield Discrepancy(what="index", message=f"knows change {known} of {last}")
        for report_id in sorted(held ^ listed):
            message = "should not be there" if report_id in held else "is missing"
            yield Discrepancy(what=f"index entry {report_id}", message=message)
        yield from _stale(store, engine, sorted(held & listed))
    except IndexFault as error:
        yield Discrepancy(what="index", message=str(error))


def _stale(store: InspectedStore, engine: Engine, report_ids: Sequence[str]) -> Iterator[Discrepancy]:
    filed = filings(engine, MOST_HOLDERS)
    for start in range(0, len(report_ids), READ_REPORTS):
        for report in store.reports(report_ids[start : start + READ_REPORTS]).values():
            message = _wrong_text(store, engine, report) or misfiled(report, filed.get(report.report_id, []))
            if message:
                yield Discrepancy(what=f"index entry {report.report_id}", message=message)


def _wrong_text(store: InspectedStore, engine: Engine, report: StoredReport) -> str:
    there, gone = _probes(store, report)
    asked = (*((text, True) for text in there), *((text, False) for text in gone))
    if all((report.report_id in _holders(engine, text)) is is_there for text, is_there in asked):
        return ""
    latest = report.version
    return f"does not hold the text of version {latest.version}, whose digest is {latest.digest}"


def _probes(store: InspectedStore, report: StoredReport) -> tuple[list[str], list[str]]:
    """Return passages that the latest version has, those that no older one has among them, and the reverse."""
    lines = _lines(report)
    there, gone = [max(lines, key=len)[:PROBE_CHARS].strip()], list[str]()
    for info in report.versions:
        if info.version == report.version.version:
            continue
        with suppress(StoreError):  # a damaged older version is named by the store's own checks
            older = _lines(store.report(report.report_id, info.version))
            there += _telling(lines, older)
            gone += _telling(older, lines)
    return there, gone


def _lines(report: StoredReport) -> tuple[str, ...]:
    """Return title and paragraphs as the index has them."""
    texts = (report.title, *(paragraph.text for paragraph in report.paragraphs))
    return tuple(fold(text) for text in texts)


def _telling(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return passages of `lines`, one of each and a few in all, that stand in none of `others`."""
    pieces = (
        next(
            (piece for piece in _pieces(line) if not any(piece in other for other in others)),
            None,
        )
        for line in lines
    )
    return list(islice((piece for piece in pieces if piece), PROBES))


def _pieces(line: str) -> Iterator[str]:
    for start in range(max(1, len(line) - PROBE_CHARS + 1)):
        yield line[start : start + PROBE_CHARS].strip()


def _holders(engine: Engine, text: str) -> frozenset[str]:
    """Return the reports that hold exactly this."""
    request = SearchRequest(query=Query(text=text, tree=Phrase(text=text)), limit=MOST_HOLDERS)
    return frozenset(hit.report_id for hit in engine.search(request).hits)
