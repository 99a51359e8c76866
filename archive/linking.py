"""Families of copies, kept in step with the store: who is alike, who is of one family. Writes the store.

A report that is new or changed is looked up by the numbers of its sketch, so that it is compared with the few
that can be like it and never with all. Everything here is derived: `relink` makes it anew. Each function runs
inside the caller's transaction.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.comparing import Compared
from archive.database import Connection
from archive.families import (
    Likeness,
    Relation,
    Relative,
    Sketch,
    is_worth_comparing,
    likeness,
    sketch,
    standing,
    to_families,
)
from archive.paragraph_keys import forget_paragraphs, number_paragraphs
from archive.reading import read_changes, read_listed_ids, read_reports
from archive.register import log

MOST_PER_KEY = 100
"""Reports looked up by one number. A text that is copied more often than that is compared with its first copies."""

MOST_COMPARED = 100
"""Reports that one is compared with, the likeliest first; in collections of real pages these were under ten."""


def follow(connection: Connection, change: int, now: datetime, compared: Compared) -> None:
    """Bring likenesses and families up to date with what changed after number `change`.

    Other reports whose flag or representative that changes are logged, so that the index follows. `compared` is
    the writer's own, from its first change on.
    """
    changes = list(read_changes(connection, change))
    changed = {one.report_id for one in changes}
    touched = changed | set(_with_families(connection, changed))
    before = _neighbours(connection, changed)
    _unlink(connection, changed)
    compared.forget(changed)
    for one in changes:
        if not one.withdrawn:
            _link(connection, one.report_id, compared)
    after = _neighbours(connection, changed)
    flipped = set(_flips(connection, changed, before, after))
    moved = _settle(connection, touched | after, changed)
    for report in sorted((flipped | moved) - changed):
        log(connection, report, "family", now)


def relink(connection: Connection, now: datetime, compared: Compared) -> None:
    """Compare all listed reports anew; log those whose flag or representative is no longer what it was."""
    was_alike, stood_for = _alike_ids(connection), _representatives(connection)
    for table in ("families", "likenesses", "sketch_keys", "sketches"):
        connection.execute(f"DELETE FROM {table}")
    listed = sorted(read_listed_ids(connection))
    for report in listed:
        _link(connection, report, compared)
    _settle(connection, listed, set(listed))
    moved = {one for one, _ in stood_for.items() ^ _representatives(connection).items()}
    for report in sorted((was_alike ^ _alike_ids(connection)) | moved):
        log(connection, report, "family", now)


def _alike_ids(connection: Connection) -> set[str]:
    return {report for (report,) in connection.execute("SELECT DISTINCT report_id FROM likenesses")}


# Likenesses.


def _unlink(connection: Connection, reports: Iterable[str]) -> None:
    """Forget whom these are like; the numbers of their sketches stay, and lead to texts that are compared anyway."""
    for report in reports:
        connection.execute("DELETE FROM likenesses WHERE other_id = ?", (report,))
        connection.execute("DELETE FROM likenesses WHERE report_id = ?", (report,))
        connection.execute("DELETE FROM sketches WHERE report_id = ?", (report,))
        forget_paragraphs(connection, report)


def _link(connection: Connection, report_id: str, compared: Compared) -> None:
    """Compare one report with those that can be like it, and write down whom it is like."""
    report = read_reports(connection, [report_id]).get(report_id)
    if report is None:  # damaged: `verify` names it
        return
    number_paragraphs(connection, report)
    found = compared.add(report)
    sketched = sketch(found.shingles)
    if sketched is None:
        return
    candidates = _candidates(connection, report_id, sketched)
    for other_id, other in compared.read(connection, candidates).items():
        alike = likeness(found, other)
        if alike is not None:
            _write_pair(connection, report_id, other_id, alike)
    connection.executemany(
        "INSERT OR IGNORE INTO sketch_keys VALUES (?, ?)",
        ((key, report_id) for key in (*sketched.bands, *sketched.samples)),
    )
    row = (report_id, len(sketched.samples), found.stated_year)
    connection.execute("INSERT INTO sketches VALUES (?, ?, ?)", row)


def _candidates(connection: Connection, report_id: str, sketched: Sketch) -> list[str]:
    """Return the reports that share a band, then those that share enough samples, the likeliest first."""
    banded = _holders(connection, sketched.bands)
    sampled = _holders(connection, sketched.samples)
    counts = _sample_counts(connection, {*banded, *sampled})
    worth = {
        other
        for other, count in counts.items()
        if banded[other] or is_worth_comparing(sampled[other], len(sketched.samples), count)
    }
    worth.discard(report_id)
    return sorted(worth, key=lambda other: (-banded[other], -sampled[other], other))[:MOST_COMPARED]


def _holders(connection: Connection, keys: Iterable[int]) -> Counter[str]:
    """Count for each report how many of the keys it has."""
    held: Counter[str] = Counter()
    for key in keys:
        rows = connection.execute(
            "SELECT report_id FROM sketch_keys WHERE key = ? LIMIT ?", (key, MOST_PER_KEY)
        )
        held.update(report for (report,) in rows)
    return held


def _sample_counts(connection: Connection, reports: Iterable[str]) -> dict[str, int]:
    """Return how many samples each of these has; those that are listed no more have none."""
    rows = connection.execute(
        "SELECT report_id, sample_count FROM sketches WHERE report_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(reports)),),
    )
    return dict(rows.fetchall())


def _write_pair(connection: Connection, one: str, other: str, alike: Likeness) -> None:
    values = (alike.relation, alike.jaccard, alike.containment)
    connection.executemany(
        "INSERT OR REPLACE INTO likenesses VALUES (?, ?, ?, ?, ?)",
        ((one, other, *values), (other, one, *values)),
    )


def _neighbours(connection: Connection, reports: Iterable[str]) -> set[str]:
    """Return all that these are like."""
    return {other for report in reports for other, *_ in _links_of(connection, report)}


def _links_of(connection: Connection, report: str) -> list[tuple[str, Relation, float]]:
    rows = connection.execute(
        "SELECT other_id, relation, jaccard FROM likenesses WHERE report_id = ?", (report,)
    )
    return rows.fetchall()


def _flips(connection: Connection, changed: set[str], before: set[str], after: set[str]) -> Iterator[str]:
    """Yield those that did not change themselves and are like another report only now, or no longer."""
    for report in (before ^ after) - changed:
        others = {other for other, *_ in _links_of(connection, report)}
        if others <= changed:
            yield report


# Families.


def _with_families(connection: Connection, reports: Iterable[str]) -> Iterator[str]:
    """Yield all members of the families that these are among."""
    for report in reports:
        yield from (
            member
            for (member,) in connection.execute(
                "SELECT m.report_id FROM families m JOIN families f USING (representative) WHERE f.report_id = ?",
                (report,),
            )
        )


def _settle(connection: Connection, reports: Iterable[str], changed: set[str]) -> set[str]:
    """Work out the families of these and of all that are copies of them; return whose representative changed."""
    pairs, around = _copies_around(connection, reports)
    before = _stored(connection, around)
    connection.executemany("DELETE FROM families WHERE report_id = ?", ((one,) for one in around))
    for family in to_families(pairs, _years(connection, around)):
        known = {one: before[one].standing for one in family if one in before and one not in changed}
        _write_family(connection, family, known)
    after = _stored(connection, around)
    return {one for one in around if _stands_for(before, one) != _stands_for(after, one)}


def _copies_around(
    connection: Connection, reports: Iterable[str]
) -> tuple[set[tuple[float, str, str]], set[str]]:
    """Return the pairs of copies among these, and those, and so on, with all that were reached."""
    pairs: set[tuple[float, str, str]] = set()
    around: set[str] = set()
    waiting = set(reports)
    while waiting:
        report = waiting.pop()
        around.add(report)
        for other, relation, jaccard in _links_of(connection, report):
            if relation == "copy":
                pairs.add((jaccard, min(report, other), max(report, other)))
                waiting.update({other} - around)
    return pairs, around


def _years(connection: Connection, reports: Iterable[str]) -> dict[str, int | None]:
    rows = connection.execute(
        "SELECT report_id, stated_year FROM sketches WHERE report_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(reports)),),
    )
    return dict(rows.fetchall())


def _representatives(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT report_id, representative FROM families").fetchall())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Membership:
    representative: str
    standing: str


def _stored(connection: Connection, reports: Iterable[str]) -> dict[str, _Membership]:
    rows = connection.execute(
        "SELECT report_id, representative, standing FROM families"
        " WHERE report_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(reports)),),
    )
    return {one: _Membership(representative=leader, standing=place) for one, leader, place in rows}


def _stands_for(stored: dict[str, _Membership], report: str) -> str | None:
    return stored[report].representative if report in stored else None


def _write_family(connection: Connection, family: frozenset[str], known: dict[str, str]) -> None:
    """Write a family down; the standing of the members in `known` did not change."""
    fresh = read_reports(connection, sorted(family - known.keys()))
    standings = {**known, **{one: standing(report) for one, report in fresh.items()}}
    if len(standings) < 2:  # the others are damaged
        return
    representative = min(standings, key=standings.__getitem__)
    connection.executemany(
        "INSERT INTO families VALUES (?, ?, ?)",
        ((report, representative, place) for report, place in standings.items()),
    )


# Reading.


def read_relatives(connection: Connection, report_id: str) -> tuple[Relative, ...]:
    """Return whom a report shares text with: its family in the family's order, then templates, closest first."""
    alike = {
        other: Likeness(relation=relation, jaccard=jaccard, containment=containment)
        for other, relation, jaccard, containment in connection.execute(
            "SELECT other_id, relation, jaccard, containment FROM likenesses WHERE report_id = ?",
            (report_id,),
        )
    }
    members = [
        member
        for (member,) in connection.execute(
            "SELECT m.report_id FROM families m JOIN families f USING (representative)"
            " WHERE f.report_id = ?1 AND m.report_id <> ?1 ORDER BY m.standing",
            (report_id,),
        )
    ]
    templates = sorted(alike.keys() - set(members), key=lambda one: (-alike[one].containment, one))
    return (
        *(Relative(report_id=one, relation="copy", likeness=alike.get(one)) for one in members),
        *(Relative(report_id=one, relation="template", likeness=alike[one]) for one in templates),
    )
