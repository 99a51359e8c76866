"""Ids and addresses, which are resolved without a search engine. Reads the store."""

from collections.abc import Iterator

from archive.errors import NotHeld, Withdrawn
from archive.ids import normalise_address, report_id
from archive.model import StoredReport
from archive.resolve.addresses import find_addresses, loose_form, stems, unwrapped, without_tracking
from archive.resolve.answer import Certainty, Match
from archive.resolve.references import Reference, find_references, read_reference
from archive.resolve.typing_errors import neighbours
from archive.store import Store

SLIP_SCORE = 0.9
"""How sure a held id is that one slip of the pen away was typed; what is not sure is that an id was meant at all."""

MOST_LOOSE = 200
"""Addresses of one site that begin alike and are compared with a pasted one."""


def of_id(text: str, store: Store) -> tuple[Match, ...]:
    """Return what an id, or an address of ours anywhere in the text, names."""
    whole = read_reference(text)
    for reference in (*((whole,) if whole else ()), *find_references(text)):
        match = to_match(reference, store)
        if match:
            return (match,)
    return ()


def of_misspelt_id(text: str, store: Store) -> tuple[Match, ...]:
    """Return the held ids that are one slip of the pen away."""
    held = store.reports(neighbours(text))
    return tuple(_of_report(one, "fuzzy", SLIP_SCORE) for one in held.values())


def of_address(text: str, store: Store) -> tuple[Match, ...]:
    """Return what is held of the pages whose addresses stand in the text; the first that is held wins."""
    for address in find_addresses(text):
        plain = unwrapped(address)
        readings: dict[str, Certainty] = {address: "exact", plain: "exact"}
        readings.setdefault(without_tracking(plain), "folded")
        for reading, certainty in readings.items():
            match = _of_page(reading, certainty, store)
            if match:
                return (match,)
        loose = tuple(_loosely(plain, store))
        if loose:
            return loose
    return ()


def _of_page(address: str, certainty: Certainty, store: Store) -> Match | None:
    try:
        identity = normalise_address(address)
    except ValueError:
        return None
    return to_match(Reference(report_id=report_id(identity, 0)), store, certainty)


def _loosely(address: str, store: Store) -> Iterator[Match]:
    wanted = loose_form(address)
    identities = {one for stem in stems(address) for one in store.identities_beginning(stem, MOST_LOOSE)}
    for identity in sorted(identities):
        if loose_form(identity) == wanted:
            match = to_match(Reference(report_id=report_id(identity, 0)), store, "folded")
            if match:
                yield match


def to_match(reference: Reference, store: Store, certainty: Certainty = "exact") -> Match | None:
    """Return what is held under an id: a report, a compilation, a tombstone; None where nothing is."""
    wanted = reference.report_id
    title, report = "", None
    try:
        compilation = store.compilation(wanted)
        if compilation is not None and reference.version is None:
            title = compilation.title
        else:
            report = store.report(wanted)
            title = report.title
    except Withdrawn:
        title = ""
    except NotHeld:
        return None
    return Match(
        report_id=wanted,
        title=title,
        report=report,
        version=reference.version,
        anchor=reference.anchor,
        certainty=certainty,
    )


def _of_report(report: StoredReport, certainty: Certainty, score: float) -> Match:
    return Match(
        report_id=report.report_id, title=report.title, report=report, certainty=certainty, score=score
    )
