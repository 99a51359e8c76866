"""Fixity: is everything in the store still what was put there? Reads the store."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.database import Connection, expected_objects, schema_objects
from archive.ids import digest_of, normalise_address, report_id
from archive.paragraph_keys import misnumbered
from archive.reading import inflated
from archive.record import load_compilation, load_described

REINDEX = "run `python ingest.py reindex`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong: `what` names the thing, `message` says what is wrong with it, `advice` what to do."""

    what: str
    message: str
    advice: str = "restore the store from a backup"


def _check_file(connection: Connection) -> Iterator[Fault]:
    for (message,) in connection.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Fault(what="file", message=message)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Fault(what=f"{table} row {row}", message=f"names a row of {parent} that is not there")


def _check_schema(connection: Connection) -> Iterator[Fault]:
    actual, expected = schema_objects(connection), expected_objects()
    for name in sorted(expected.keys() - actual.keys()):
        yield Fault(what=f"schema {name}", message="is missing")
    for name in sorted(actual.keys() - expected.keys()):
        yield Fault(what=f"schema {name}", message="does not belong to this format")
    for name in sorted(name for name in expected.keys() & actual.keys() if expected[name] != actual[name]):
        yield Fault(what=f"schema {name}", message="is not as this format has it")


def _check_bodies(connection: Connection) -> Iterator[Fault]:
    for digest, length, deflated in connection.execute("SELECT digest, length_bytes, deflated FROM bodies"):
        body = inflated(deflated)
        if body is None:
            yield Fault(what=f"body {digest}", message="can't be inflated")
        elif digest_of(body) != digest:
            yield Fault(what=f"body {digest}", message=f"its bytes have the digest {digest_of(body)}")
        elif len(body) != length:
            yield Fault(what=f"body {digest}", message=f"has {len(body)} bytes, {length} are written down")


def _check_identities(connection: Connection) -> Iterator[Fault]:
    """The page that a capture is of follows from its address or, without one, from its bytes."""
    for capture_id, identity, digest, source_url in connection.execute(
        "SELECT capture_id, identity, digest, source_url FROM captures ORDER BY capture_id"
    ):
        try:
            actual = f"sha256:{digest}" if source_url is None else normalise_address(source_url)
        except ValueError as error:
            yield Fault(what=f"capture {capture_id}", message=str(error))
            continue
        if actual != identity:
            yield Fault(what=f"capture {capture_id}", message=f"is of {actual}, {identity} is written down")


def _check_captures(connection: Connection) -> Iterator[Fault]:
    """Every capture either gave a report or says why it gave none."""
    rows = connection.execute(
        "SELECT capture_id, EXISTS (SELECT 1 FROM yields y WHERE y.capture_id = c.capture_id),"
        " EXISTS (SELECT 1 FROM unused u WHERE u.capture_id = c.capture_id) FROM captures c ORDER BY 1"
    )
    for capture_id, gave, is_unused in rows:
        if not gave and not is_unused:
            yield Fault(what=f"capture {capture_id}", message="gave no version and no reason why")
        if gave and is_unused:
            yield Fault(what=f"capture {capture_id}", message="gave a version and a reason why it gave none")


def _check_ids(connection: Connection) -> Iterator[Fault]:
    for report, identity, part in connection.execute("SELECT report_id, identity, part FROM reports"):
        if report_id(identity, part) != report:
            yield Fault(what=f"report {report}", message=f"is not the id of part {part} of {identity}")


def _check_versions(connection: Connection) -> Iterator[Fault]:
    """Digests, numbers without a hole, and a capture of the same page behind each."""
    expected: dict[str, int] = {}
    rows = connection.execute(
        "SELECT report_id, version, digest, text, EXISTS (SELECT 1 FROM yields y JOIN captures c USING (capture_id)"
        "  JOIN reports r ON r.report_id = v.report_id AND r.identity = c.identity"
        "  WHERE y.report_id = v.report_id AND y.version = v.version)"
        " FROM versions v ORDER BY report_id, version"
    )
    for report, version, digest, text, has_capture in rows:
        what = f"version {version} of report {report}"
        actual = digest_of(text.encode("utf-8"))
        if actual != digest:
            yield Fault(what=what, message=f"its text has the digest {actual}, {digest} is written down")
        if not has_capture:
            yield Fault(what=what, message="no capture of its page is behind it")
        wanted = expected.get(report, 1)
        if version != wanted:
            yield Fault(what=f"report {report}", message=f"version {wanted} is missing")
        expected[report] = version + 1


def _check_descriptions(connection: Connection) -> Iterator[Fault]:
    rows = connection.execute(
        "SELECT v.report_id, v.version, r.part, v.text, d.description FROM versions v JOIN reports r USING (report_id)"
        " LEFT JOIN descriptions d ON d.report_id = v.report_id AND d.version = v.version"
    )
    for report, version, part, text, description in rows:
        what = f"description of version {version} of report {report}"
        if description is None:
            yield Fault(what=what, message="is missing")
            continue
        try:
            title, *paragraphs, _ = text.split("\n")
            load_described(description, title=title, paragraphs=tuple(paragraphs), part=part)
        except (ValueError, KeyError, TypeError) as error:
            yield Fault(what=what, message=f"can't be read: {error!r}")


def _check_compilations(connection: Connection) -> Iterator[Fault]:
    for report, text in connection.execute("SELECT report_id, compilation FROM compilations"):
        what = f"compilation {report}"
        try:
            compilation = load_compilation(text)
        except (ValueError, KeyError, TypeError) as error:
            yield Fault(what=what, message=f"can't be read: {error!r}")
            continue
        for part in compilation.part_ids:
            if not connection.execute("SELECT 1 FROM versions WHERE report_id = ?", (part,)).fetchone():
                yield Fault(what=what, message=f"its part {part} is not held")


def _check_families(connection: Connection) -> Iterator[Fault]:
    for (report,) in connection.execute(
        "SELECT f.report_id FROM families f LEFT JOIN families r ON r.report_id = f.representative"
        " WHERE r.representative IS NOT f.representative OR r.standing > f.standing"
    ):
        yield Fault(what=f"family of report {report}", message="has another representative", advice=REINDEX)
    for (report,) in connection.execute(
        "SELECT report_id FROM families GROUP BY representative HAVING count(*) = 1"
    ):
        yield Fault(what=f"family of report {report}", message="has no other member", advice=REINDEX)
    for one, other in connection.execute(
        "SELECT l.report_id, l.other_id FROM likenesses l LEFT JOIN likenesses m"
        " ON m.report_id = l.other_id AND m.other_id = l.report_id WHERE m.relation IS NOT l.relation"
    ):
        yield Fault(
            what=f"likeness of report {one}", message=f"is not that of report {other}", advice=REINDEX
        )


def _check_paragraph_keys(connection: Connection) -> Iterator[Fault]:
    for report in misnumbered(connection):
        what = f"paragraphs of report {report}" if report else "paragraphs"
        message = "are not numbered as they read" if report else "numbers of some are no listed report's"
        yield Fault(what=what, message=message, advice=REINDEX)


def _check_withdrawals(connection: Connection) -> Iterator[Fault]:
    """A tombstone and its line in the log stand or fall together: without it a withdrawn text would come to light."""
    for one, other, message in (
        ("changes WHERE what = 'withdrawn'", "withdrawals", "was withdrawn, and its tombstone is missing"),
        ("withdrawals", "changes WHERE what = 'withdrawn'", "has a tombstone that the index never heard of"),
    ):
        rows = connection.execute(f"SELECT report_id FROM {one} EXCEPT SELECT report_id FROM {other}")
        yield from (Fault(what=f"report {report}", message=message) for (report,) in rows)


def _check_orphans(connection: Connection) -> Iterator[Fault]:
    for (digest,) in connection.execute("SELECT digest FROM bodies EXCEPT SELECT digest FROM captures"):
        yield Fault(what=f"body {digest}", message="belongs to no capture")
    without = (
        "SELECT report_id FROM reports EXCEPT SELECT report_id FROM versions"
        " EXCEPT SELECT report_id FROM compilations"
    )
    for (report,) in connection.execute(without):
        yield Fault(what=f"report {report}", message="has neither a version nor parts")
    silent = "SELECT report_id FROM versions EXCEPT SELECT report_id FROM changes"
    for (report,) in connection.execute(silent):
        yield Fault(
            what=f"report {report}", message="its versions are not among the changes that the index follows"
        )
    numbers = connection.execute("SELECT count(*), coalesce(max(change), 0) FROM changes").fetchone()
    if numbers[0] != numbers[1]:
        yield Fault(what="changes", message=f"{numbers[1] - numbers[0]} of {numbers[1]} are missing")


CHECKS = (
    _check_file,
    _check_schema,
    _check_bodies,
    _check_identities,
    _check_captures,
    _check_ids,
    _check_versions,
    _check_descriptions,
    _check_compilations,
    _check_withdrawals,
    _check_families,
    _check_paragraph_keys,
    _check_orphans,
)
"""The file, its schema, then every row; each takes a connection and yields what is wrong."""
