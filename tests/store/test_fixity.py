"""Damage crossed with place: `verify` names exactly what was damaged."""

import sqlite3
import zlib
from collections.abc import Callable

import pytest

from archive.database import expected_objects
from archive.errors import StoreError
from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from tests.store.made import ADDRESS, NOW, a_capture, a_compilation, a_single

OTHER = "http://www.fanwenku.example/2.html"
SINGLE = report_id(ADDRESS, 0)
PART = report_id(OTHER, 2)
GONE = report_id(OTHER, 3)

Damage = Callable[[sqlite3.Connection], object]


def sql(statement: str, *values: object) -> Damage:
    return lambda connection: connection.execute(statement, values)


def flip_body(connection: sqlite3.Connection) -> None:
    """Change one byte of the first capture's page, as a careless hand or a disk would."""
    digest, deflated = connection.execute(
        "SELECT digest, deflated FROM bodies JOIN captures USING (digest) WHERE capture_id = 1"
    ).fetchone()
    body = bytearray(zlib.decompress(deflated))
    body[3] ^= 1
    connection.execute("UPDATE bodies SET deflated = ? WHERE digest = ?", (zlib.compress(body), digest))


def flip_deflated(connection: sqlite3.Connection) -> None:
    digest, deflated = connection.execute(
        "SELECT digest, deflated FROM bodies JOIN captures USING (digest) WHERE capture_id = 1"
    ).fetchone()
    torn = bytearray(deflated)
    torn[len(torn) // 2] ^= 255
    connection.execute("UPDATE bodies SET deflated = ? WHERE digest = ?", (bytes(torn), digest))


def swap_bodies(connection: sqlite3.Connection) -> None:
    (one, first), (other, second) = connection.execute(
        "SELECT digest, deflated FROM bodies ORDER BY digest LIMIT 2"
    ).fetchall()
    connection.execute("UPDATE bodies SET deflated = ? WHERE digest = ?", (second, one))
    connection.execute("UPDATE bodies SET deflated = ? WHERE digest = ?", (first, other))


def swap_texts(connection: sqlite3.Connection) -> None:
    texts = dict(
        connection.execute(
            "SELECT report_id, text FROM versions WHERE report_id IN (?, ?)", (SINGLE, PART)
        ).fetchall()
    )
    connection.execute("UPDATE versions SET text = ? WHERE report_id = ?", (texts[PART], SINGLE))
    connection.execute("UPDATE versions SET text = ? WHERE report_id = ?", (texts[SINGLE], PART))


@pytest.fixture
def damaged(settings: Settings) -> Callable[[Damage], list[str]]:
    """Keep a single page and a compilation, damage the file behind the store's back, and verify."""

    def damage(action: Damage) -> list[str]:
        with Store.open(settings, writable=True) as store:
            store.keep(a_single(), now=NOW)
            store.keep(a_compilation(a_capture("<p>合集</p>", OTHER)), now=NOW)
            store.keep_capture(
                a_capture("<p>导航</p>", "http://www.fanwenku.example/"), reason="all boilerplate"
            )
            store.withdraw(GONE, reason="含有个人信息", now=NOW)
        connection = sqlite3.connect(settings.store_path)
        triggers = {
            name: text for name, text in expected_objects().items() if text.startswith("CREATE TRIGGER")
        }
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        action(connection)
        for text in triggers.values():
            connection.execute(text)
        connection.commit()
        connection.close()
        with Store.open(settings) as reader:
            return [f"{fault.what}: {fault.message}" for fault in reader.verify()]

    return damage


BODY = "SELECT digest FROM captures WHERE capture_id = 1"


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (flip_body, ["body ", "its bytes have the digest"]),
        (flip_deflated, ["body ", ""]),
        (sql(f"UPDATE bodies SET length_bytes = 7 WHERE digest = ({BODY})"), ["body ", "7 are written down"]),
        (
            sql("UPDATE versions SET text = replace(text, '312', '213') WHERE report_id = ?", SINGLE),
            [f"version 1 of report {SINGLE}", "its text has the digest"],
        ),
        (
            sql("UPDATE versions SET digest = replace(digest, substr(digest, 1, 1), 'g') WHERE report_id = ?", PART),
            [f"version 1 of report {PART}", "is written down"],
        ),
        (
            sql("UPDATE versions SET version = 2 WHERE report_id = ?", SINGLE),
            [f"report {SINGLE}", "version 1 is missing"],
        ),
        (
            sql("DELETE FROM descriptions WHERE report_id = ?", PART),
            [f"description of version 1 of report {PART}", "is missing"],
        ),
        (
            sql("UPDATE descriptions SET description = '{}' WHERE report_id = ?", PART),
            [f"description of version 1 of report {PART}", "can't be read"],
        ),
        (
            sql("UPDATE compilations SET compilation = replace(compilation, ?, '0123456789ab')", PART),
            [f"compilation {report_id(OTHER, 0)}", "0123456789ab is not held"],
        ),
        (sql("UPDATE compilations SET compilation = '['"), [f"compilation {report_id(OTHER, 0)}", "can't be read"]),
        (
            sql("UPDATE captures SET identity = 'http://a.example/' WHERE capture_id = 1"),
            [f"version 1 of report {SINGLE}", "no capture of its page is behind it"],
        ),
        (sql("UPDATE reports SET part = 9 WHERE report_id = ?", PART), [f"report {PART}", "is not the id of part 9"]),
        (swap_bodies, ["body ", "its bytes have the digest"]),
        (swap_texts, [f"version 1 of report {PART}", "its text has the digest"]),
        (
            sql("DELETE FROM yields WHERE report_id = ?", SINGLE),
            [f"version 1 of report {SINGLE}", "no capture of its page is behind it"],
        ),
        (sql("DELETE FROM reports WHERE report_id = ?", SINGLE), ["versions row", "names a row of reports"]),
        (
            sql("DELETE FROM compilations"),
            [f"report {report_id(OTHER, 0)}", "has neither a version nor parts"],
        ),
        (sql("DELETE FROM withdrawals"), [f"report {GONE}", "was withdrawn, and its tombstone is missing"]),
        (
            sql("UPDATE changes SET what = 'listed' WHERE what = 'withdrawn'"),
            [f"report {GONE}", "has a tombstone that the index never heard of"],
        ),
        (
            sql("UPDATE captures SET source_url = 'http://www.a.example/' WHERE capture_id = 1"),
            ["capture 1", "is of http://www.a.example/"],
        ),
        (sql("UPDATE captures SET source_url = NULL WHERE capture_id = 1"), ["capture 1", "is of sha256:"]),
        (sql("UPDATE captures SET source_url = 'http://' WHERE capture_id = 1"), ["capture 1", "has no host"]),
        (
            sql("INSERT INTO families VALUES (?, ?, '0')", SINGLE, SINGLE),
            [f"family of report {SINGLE}", "has no other member"],
        ),
        (
            sql("INSERT INTO likenesses VALUES (?, ?, 'copy', 1.0, 1.0)", SINGLE, PART),
            [f"likeness of report {SINGLE}", f"is not that of report {PART}"],
        ),
        (
            sql("INSERT INTO likenesses VALUES (?, '0123456789ab', 'copy', 1.0, 1.0)", SINGLE),
            ["likenesses row", "names a row of reports that is not there"],
        ),
        (
            sql("INSERT INTO yields VALUES (99, ?, 1)", SINGLE),
            ["yields row", "names a row of captures that is not there"],
        ),
        (sql("DELETE FROM unused"), ["capture 3", "no version and no reason"]),
        (sql("INSERT INTO unused VALUES (1, 'x')"), ["capture 1", "gave a version and a reason"]),
        (sql("DELETE FROM changes WHERE change = 2"), ["changes", "1 of 5 are missing"]),
        (sql("DELETE FROM changes WHERE report_id = ?", SINGLE), [f"report {SINGLE}", "not among the changes"]),
        (sql("DROP INDEX yields_by_capture"), ["schema yields_by_capture", "is missing"]),
        (sql("CREATE TABLE extra (x)"), ["schema extra", "does not belong"]),
        (
            sql("INSERT INTO bodies VALUES (?, 1, ?)", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", zlib.compress(b"x")),
            ["body 2d711642", "belongs to no capture"],
        ),
        (
            sql("INSERT INTO reports VALUES (?, 'http://a.example/', 0, 0)", report_id("http://a.example/", 0)),
            [f"report {report_id('http://a.example/', 0)}", "has neither a version nor parts"],
        ),
        (sql("DELETE FROM captures WHERE capture_id = 3"), ["row 3", "names a row of captures that is not there"]),
        (sql(f"DELETE FROM bodies WHERE digest = ({BODY})"), ["captures row 1", "names a row of bodies"]),
        (sql("DELETE FROM versions WHERE report_id = ?", PART), ["descriptions row", "names a row of versions"]),
    ],
)  # fmt: skip
def test_verify_names_what_was_damaged(
    damaged: Callable[[Damage], list[str]], damage: Damage, named: list[str]
) -> None:
    faults = damaged(damage)
    assert any(all(words in fault for words in named) for fault in faults), faults


def test_verify_names_nothing_else_than_what_was_damaged(damaged: Callable[[Damage], list[str]]) -> None:
    faults = damaged(
        sql("UPDATE versions SET text = replace(text, '312', '213') WHERE report_id = ?", SINGLE)
    )
    assert len(faults) == 1


def test_an_undamaged_archive_has_no_faults(damaged: Callable[[Damage], list[str]]) -> None:
    assert damaged(sql("SELECT 1")) == []


def test_a_dropped_trigger_is_named(settings: Settings) -> None:
    Store.open(settings, writable=True).close()
    connection = sqlite3.connect(settings.store_path)
    connection.execute("DROP TRIGGER versions_stay")
    connection.close()
    with Store.open(settings) as reader:
        assert [fault.what for fault in reader.verify()] == ["schema versions_stay"]


def test_any_wiped_page_of_the_file_is_a_fault_and_never_a_traceback(settings: Settings) -> None:
    with Store.open(settings, writable=True) as store:
        for number in range(8):
            store.keep(a_single(a_capture(f"<p>{number}</p>", f"http://a.example/{number}")), now=NOW)
    whole = settings.store_path.read_bytes()
    for start in range(4096, len(whole), 4096):
        settings.store_path.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        assert told(settings) != [], f"page at {start}"


def told(settings: Settings) -> list[str]:
    """What a person hears of the archive's faults, at the latest when it is opened."""
    try:
        with Store.open(settings) as reader:
            return [fault.message for fault in reader.verify()]
    except StoreError as error:
        return [str(error)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_told_and_never_a_traceback(settings: Settings, share: float) -> None:
    with Store.open(settings, writable=True) as store:
        for number in range(8):
            store.keep(a_single(a_capture(f"<p>{number}</p>", f"http://a.example/{number}")), now=NOW)
    whole = settings.store_path.read_bytes()
    settings.store_path.write_bytes(whole[: int(len(whole) * share)])
    assert told(settings) != []


@pytest.mark.parametrize(
    "damage",
    [
        sql("UPDATE versions SET text = replace(text, '312', '213') WHERE report_id = ?", SINGLE),
        sql(
            "UPDATE versions SET digest = replace(digest, substr(digest, 1, 1), 'g') WHERE report_id = ?",
            SINGLE,
        ),
        sql("UPDATE descriptions SET description = '{}' WHERE report_id = ?", SINGLE),
        sql("DELETE FROM descriptions WHERE report_id = ?", SINGLE),
    ],
)
def test_a_damaged_report_is_not_given_out_and_the_rest_is(
    damaged: Callable[[Damage], list[str]], settings: Settings, damage: Damage
) -> None:
    assert damaged(damage) != []
    with Store.open(settings) as store:
        with pytest.raises(StoreError, match="restore the store from a backup"):
            store.report(SINGLE)
        assert store.reports([SINGLE, PART]).keys() == {PART}
        assert store.report(PART).paragraphs[0].text == "第二篇"
        assert store.capture(1).body == a_capture().body


@pytest.mark.parametrize("damage", [flip_body, flip_deflated])
def test_a_damaged_page_is_not_given_out_and_its_report_is(
    damaged: Callable[[Damage], list[str]], settings: Settings, damage: Damage
) -> None:
    assert damaged(damage) != []
    with Store.open(settings) as store:
        with pytest.raises(StoreError, match=r"capture 1 .* no longer has its digest"):
            store.capture(1)
        assert store.report(SINGLE).title
        assert store.capture(2).body


def test_beside_a_damaged_report_others_can_be_added_and_linked(
    damaged: Callable[[Damage], list[str]], settings: Settings
) -> None:
    damaged(sql("UPDATE versions SET text = replace(text, '312', '213') WHERE report_id = ?", SINGLE))
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(a_capture("<p>又</p>", "http://a.example/")), now=NOW)
        store.relink(now=NOW)
        assert store.report(report_id("http://a.example/", 0)).title
