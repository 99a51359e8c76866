"""In how many other reports does each paragraph stand, word for word, over the whole archive?"""

import sqlite3

import pytest

from archive.hanzi import to_traditional
from archive.paragraph_keys import LEAST_CHARS, paragraph_key
from archive.settings import Settings
from archive.store import Store
from tests.store.copies import keep_text, prose
from tests.store.made import LATER

SHARED = "玉杵镇设立了公开栏和查询点各一处，由专人值守。"
OWN = ["桂影县的做法是每月进村宣讲一次，由镇长主讲。", "素娥乡今年新设了两个便民服务的查询点。"]


def counts(store: Store, report_id: str) -> dict[int, int]:
    return store.holders(store.report(report_id)).counts


def test_a_paragraph_is_counted_in_every_report_that_holds_it_however_little_else_they_share(
    store: Store,
) -> None:
    first = keep_text(store, "a.example/0", [OWN[0], SHARED])
    for number in range(1, 31):  # more than the twenty relatives that a page compares
        keep_text(store, f"a.example/{number}", [*prose(number), SHARED])
    assert store.relatives(first) == ()
    assert counts(store, first) == {1: 30}
    assert store.holders(store.report(first)).known == 30


@pytest.mark.parametrize(
    "other",
    [
        to_traditional(SHARED),
        SHARED.replace("，", "").replace("。", ""),
        SHARED.replace("公开栏", "公 开 栏"),
    ],
)
def test_script_marks_and_spaces_do_not_part_two_paragraphs(store: Store, other: str) -> None:
    first = keep_text(store, "a.example/1", [SHARED])
    keep_text(store, "a.example/2", [other])
    assert counts(store, first) == {0: 1}


def test_another_figure_makes_another_paragraph(store: Store) -> None:
    first = keep_text(store, "a.example/1", ["全年主动公开政府信息375条,比上年增加。"])
    keep_text(store, "a.example/2", ["全年主动公开政府信息120条,比上年增加。"])
    assert counts(store, first) == {}


def test_headings_are_not_counted(store: Store) -> None:
    heading = "一、概述"
    assert len(heading) < LEAST_CHARS
    assert paragraph_key(heading) is None
    first = keep_text(store, "a.example/1", [heading, SHARED])
    keep_text(store, "a.example/2", [heading, OWN[0]])
    assert counts(store, first) == {}


def test_a_paragraph_that_a_report_repeats_counts_once(store: Store) -> None:
    first = keep_text(store, "a.example/1", [SHARED, SHARED])
    keep_text(store, "a.example/2", [SHARED, OWN[1], SHARED])
    assert counts(store, first) == {0: 1, 1: 1}


def test_a_new_version_takes_its_old_paragraphs_out_of_the_count(store: Store) -> None:
    first = keep_text(store, "a.example/1", [SHARED, *OWN])
    keep_text(store, "a.example/2", [SHARED])
    keep_text(store, "a.example/2", [OWN[1]], days=1)
    assert counts(store, first) == {2: 1}


def test_a_withdrawn_report_counts_no_more(store: Store) -> None:
    first = keep_text(store, "a.example/1", [SHARED])
    second = keep_text(store, "a.example/2", [SHARED])
    store.withdraw(second, reason="含有个人信息", now=LATER)
    assert counts(store, first) == {}
    assert store.holders(store.report(first)).known == 0


def test_what_grew_bit_by_bit_is_what_relinking_gives(settings: Settings, store: Store) -> None:
    for number in range(12):
        keep_text(store, f"a.example/{number % 8}", [SHARED, *prose(number)], days=number)
    grown = rows(settings)
    store.relink(now=LATER)
    assert rows(settings) == grown
    assert grown


def test_reports_of_an_older_program_are_not_said_to_be_counted(settings: Settings, store: Store) -> None:
    first = keep_text(store, "a.example/1", [SHARED])
    keep_text(store, "a.example/2", [SHARED])
    change(settings, "DELETE FROM sketch_keys WHERE key >= 1 << 61")
    assert store.holders(store.report(first)).known == 0
    assert list(store.verify()) == []
    store.relink(now=LATER)
    assert counts(store, first) == {0: 1}


def test_a_missing_number_is_named_by_verify(settings: Settings, store: Store) -> None:
    first = keep_text(store, "a.example/1", [SHARED])
    change(settings, "DELETE FROM sketch_keys WHERE key >= 1 << 62")
    (fault,) = store.verify()
    assert fault.what == f"paragraphs of report {first}"
    assert "reindex" in fault.advice


def test_a_number_of_nobody_s_paragraph_is_named_by_verify(settings: Settings, store: Store) -> None:
    first = keep_text(store, "a.example/1", [SHARED])
    change(settings, f"INSERT INTO sketch_keys VALUES ((1 << 62) + 7, '{first}')")
    (fault,) = store.verify()
    assert (fault.what, "reindex" in fault.advice) == ("paragraphs", True)


def rows(settings: Settings) -> list[tuple[int, str]]:
    with sqlite3.connect(settings.store_path) as connection:
        found = connection.execute("SELECT * FROM sketch_keys WHERE key >= 1 << 61 ORDER BY 1, 2").fetchall()
    connection.close()
    return found


def change(settings: Settings, statement: str) -> None:
    with sqlite3.connect(settings.store_path) as connection:
        connection.execute(statement)
    connection.close()
