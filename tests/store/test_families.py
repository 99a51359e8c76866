"""Which reports of a store share their text, as reports come, change and go."""

import random
from collections.abc import Sequence

import pytest

from archive import linking
from archive.model import Gap
from archive.store import Store
from tests.store.copies import FILLINGS, keep_text, prose, resold, rewritten
from tests.store.made import LATER


def members(store: Store) -> dict[str, set[str]]:
    """The members of each family by its representative, a text of its own being its own."""
    found: dict[str, set[str]] = {}
    for one in store.latest_reports():
        found.setdefault(one.family.representative if one.family else one.report_id, set()).add(one.report_id)
    return found


def family_of(store: Store, report_id: str) -> set[str]:
    return next(family for family in members(store).values() if report_id in family)


def families(store: Store) -> set[frozenset[str]]:
    return set(map(frozenset, members(store).values()))


def is_flagged(store: Store, report_id: str) -> bool:
    return "template_copy" in store.report(report_id).description.flags


def test_a_text_on_two_sites_is_one_family(store: Store) -> None:
    first = keep_text(store, "guiying.gov.example/1", prose(1))
    second = keep_text(store, "fanwenku.example/1", prose(1))
    other = keep_text(store, "fanwenku.example/2", prose(2))
    assert families(store) == {frozenset({first, second}), frozenset({other})}
    family = store.report(second).family
    assert family is not None
    assert (family.size, family.representative) == (2, first)
    assert is_flagged(store, first)
    assert not is_flagged(store, other)


def test_what_was_compared_in_a_transaction_that_failed_is_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keep_text(store, "a.example/1", prose(1))
    with monkeypatch.context() as patch:
        patch.setattr(linking, "_settle", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            keep_text(store, "a.example/1", prose(2))
    second = keep_text(store, "b.example/1", prose(1))
    assert family_of(store, second) == {first, second}


def test_a_text_with_other_names_filled_in_is_a_copy(store: Store) -> None:
    first = keep_text(store, "a.example/1", prose(1))
    second = keep_text(store, "a.example/2", resold(prose(1)))
    (relative,) = store.relatives(first)
    assert (relative.report_id, relative.relation) == (second, "copy")
    assert relative.likeness is not None
    assert 0.65 <= relative.likeness.jaccard < 1


def test_a_short_text_inside_a_long_one_is_a_template_and_no_copy(store: Store) -> None:
    first = keep_text(store, "a.example/1", prose(1, paragraphs=12))
    second = keep_text(store, "a.example/2", [*prose(1, paragraphs=12)[:3], *prose(9, paragraphs=1)])
    assert len(families(store)) == 2
    (relative,) = store.relatives(second)
    assert (relative.report_id, relative.relation) == (first, "template")
    assert is_flagged(store, first)
    assert is_flagged(store, second)


def test_two_years_beyond_doubt_are_two_reports(store: Store) -> None:
    first = keep_text(store, "a.example/1", prose(1), year=2018, year_status="stated")
    second = keep_text(store, "a.example/2", prose(1), year=2019, year_status="stated")
    assert family_of(store, first) == {first}
    assert [(one.report_id, one.relation) for one in store.relatives(first)] == [(second, "template")]


def test_a_copy_of_doubtful_year_joins_one_year_and_never_two(store: Store) -> None:
    text = prose(1)
    first = keep_text(store, "a.example/1", text, year=2018, year_status="stated")
    second = keep_text(
        store, "a.example/2", [*text[:-1], *prose(2, paragraphs=1)], year=2019, year_status="stated"
    )
    doubted = keep_text(store, "b.example/3", text, year=2020, year_status="suspect")
    assert families(store) == {frozenset({first, doubted}), frozenset({second})}


def test_tables_that_everybody_must_fill_in_make_no_copies(store: Store) -> None:
    tables = prose(5)
    keep_text(store, "a.example/1", prose(1, paragraphs=3), tables=tables)
    keep_text(store, "a.example/2", prose(2, paragraphs=3), tables=tables)
    assert len(families(store)) == 2


def test_a_sentence_or_two_is_no_copy(store: Store) -> None:
    keep_text(store, "a.example/1", ["全年没有收到申请，没有收费。"])
    keep_text(store, "a.example/2", ["全年没有收到申请，没有收费。"])
    assert len(families(store)) == 2


@pytest.mark.parametrize("script", ["traditional", "full width"])
def test_a_copy_in_other_characters_is_a_copy(store: Store, script: str) -> None:
    first = keep_text(store, "a.example/1", prose(1))
    second = keep_text(store, "a.example/2", rewritten(prose(1), script))
    assert family_of(store, first) == {first, second}


def test_the_whole_copy_stands_for_a_family_then_the_official_then_the_earliest(store: Store) -> None:
    gap = Gap(kind="paywall", paragraph=0, offset=2, notice="余下12字", omitted_chars=12)
    cut = keep_text(store, "www.guiying.gov.example/1", prose(1), gaps=(gap,))
    masked = keep_text(store, "www.guiying.gov.example/2", prose(1), masked=True)
    late = keep_text(store, "b.example/1", prose(1), days=9)
    early = keep_text(store, "c.example/1", prose(1), days=3)
    assert order_of(store, cut) == [early, late, masked, cut]
    official = keep_text(store, "www.guiying.gov.example/3", prose(1), days=30)
    assert order_of(store, cut) == [official, early, late, masked, cut]


def order_of(store: Store, report_id: str) -> list[str]:
    family = store.report(report_id).family
    assert family is not None
    members = [
        one
        for one in store.latest_reports()
        if one.family and one.family.representative == family.representative
    ]
    in_order = [
        one.report_id for one in sorted(members, key=lambda one: one.family.standing if one.family else "")
    ]
    assert in_order[0] == family.representative
    assert family.size == len(in_order)
    return in_order


def test_a_family_falls_apart_when_what_joined_it_goes(store: Store) -> None:
    text = prose(1, paragraphs=20)
    first = keep_text(store, "a.example/1", text)
    bridge = keep_text(store, "a.example/2", [*text[3:], *prose(7, paragraphs=3)])
    last = keep_text(store, "a.example/3", [*text[6:], *prose(7, paragraphs=3), *prose(8, paragraphs=3)])
    assert family_of(store, first) == {first, bridge, last}
    store.withdraw(bridge, reason="x", now=LATER)
    assert families(store) == {frozenset({first}), frozenset({last})}
    assert store.relatives(bridge) == ()


def test_a_report_whose_text_changes_leaves_its_family(store: Store) -> None:
    first = keep_text(store, "a.example/1", prose(1))
    second = keep_text(store, "a.example/2", prose(1))
    keep_text(store, "a.example/2", prose(2))
    assert len(families(store)) == 2
    assert not is_flagged(store, first)
    assert store.report(second, 1).family is None
    keep_text(store, "a.example/2", prose(1, paragraphs=9))
    assert family_of(store, first) == {first, second}


def test_what_changes_for_others_is_logged_for_the_index(store: Store) -> None:
    alone = keep_text(store, "z.example/9", prose(4))
    first = keep_text(store, "b.example/1", prose(1), days=5)
    seen = store.last_change()
    second = keep_text(store, "b.example/2", prose(1), days=6)
    assert changed_since(store, seen) == {first, second}, "the first is of a family now"
    seen = store.last_change()
    third = keep_text(store, "b.example/3", prose(1), days=7)
    assert changed_since(store, seen) == {third}, "the others' representative is the same"
    seen = store.last_change()
    official = keep_text(store, "b.gov.example/1", prose(1))
    assert changed_since(store, seen) == {first, second, third, official} - {alone}


def changed_since(store: Store, change: int) -> set[str]:
    return {one.report_id for one in store.changes_since(change)}


def snapshot(store: Store) -> dict[str, tuple[object, ...]]:
    return {
        one.report_id: (one.family, one.description.flags, store.relatives(one.report_id))
        for one in store.latest_reports()
    }


def test_comparing_anew_gives_what_grew_bit_by_bit(store: Store) -> None:
    draw = random.Random(4)
    ids = [
        keep_text(store, f"s{number}.example/1", with_noise(prose(number % 7), draw), days=number)
        for number in range(40)
    ]
    for report_id in ids[::5]:
        store.withdraw(report_id, reason="x", now=LATER)
    for number in range(1, 40, 6):
        keep_text(store, f"s{number}.example/1", prose(number % 7 + 1), days=number)
    grown, seen = snapshot(store), store.last_change()
    assert len(families(store)) < len(grown)
    store.relink(now=LATER)
    assert snapshot(store) == grown
    assert store.last_change() == seen, "nothing is logged where nothing is new"


def test_comparing_anew_mends_what_was_lost_and_says_for_whom(store: Store) -> None:
    ids = {keep_text(store, f"s{number}.example/1", prose(1), days=number) for number in range(3)}
    alone = keep_text(store, "z.example/9", prose(4))
    grown, seen = snapshot(store), store.last_change()
    for table in ("families", "likenesses", "sketches", "sketch_keys"):
        store._connection.execute(f"DELETE FROM {table}")
    assert family_of(store, alone) == {alone}
    store.relink(now=LATER)
    assert snapshot(store) == grown
    assert changed_since(store, seen) == ids


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DELETE FROM families WHERE report_id = representative", "family of report"),
        ("UPDATE families SET standing = '9' WHERE report_id = representative", "family of report"),
        ("DELETE FROM likenesses WHERE report_id < other_id", "likeness of report"),
    ],
)
def test_verify_names_families_that_are_torn_and_comparing_anew_mends_them(
    store: Store, damage: str, named: str
) -> None:
    for number in range(2):
        keep_text(store, f"s{number}.example/1", prose(1), days=number)
    assert list(store.verify()) == []
    store._connection.execute(damage)
    assert {fault.what.rpartition(" ")[0] for fault in store.verify()} == {named}
    store.relink(now=LATER)
    assert list(store.verify()) == []


def with_noise(lines: Sequence[str], draw: random.Random) -> list[str]:
    return [line.replace("政府", draw.choice(FILLINGS)) if draw.random() < 0.3 else line for line in lines]


def test_five_hundred_planted_pairs_are_all_found_and_no_other(store: Store) -> None:
    planted = set()
    for number in range(500):
        first = keep_text(store, f"a.example/{number}", prose(1000 + number, paragraphs=4))
        second = keep_text(store, f"b.example/{number}", resold(prose(1000 + number, paragraphs=4)))
        planted.add(frozenset({first, second}))
    assert families(store) == planted


def test_a_hundred_planted_templates_are_all_found_and_no_other(store: Store) -> None:
    planted = set()
    for number in range(100):
        text = prose(5000 + number, paragraphs=9)
        first = keep_text(store, f"a.example/{number}", text)
        second = keep_text(
            store, f"b.example/{number}", [*resold(text[:2]), *prose(7000 + number, paragraphs=1)]
        )
        planted.add(frozenset({first, second}))
    found = {
        frozenset({one.report_id, other.report_id})
        for one in store.latest_reports()
        for other in store.relatives(one.report_id)
        if other.relation == "template"
    }
    assert found == planted


def edited(lines: Sequence[str], number: int) -> list[str]:
    """The same text as a copier leaves it: names and counts, a paragraph gone, added or moved, the other script."""
    other_names = [line.replace("政府共", "本镇共").replace("件。", "余件。") for line in lines]
    edits = (
        resold(lines),
        [line.translate(str.maketrans("0123456789", "9876543210")) for line in lines],
        [*lines[:2], *lines[3:]],
        [*lines[1:], lines[0]],
        [*lines, *prose(90_000 + number, paragraphs=1)],
        rewritten(other_names, "traditional"),
        rewritten([*lines[:4], *lines[5:]], "traditional"),
    )
    return edits[number % len(edits)]


def test_five_hundred_copies_edited_in_seven_ways_are_flagged_and_nobody_else(store: Store) -> None:
    planted = set()
    for number in range(500):
        text = prose(20_000 + number, paragraphs=8)
        first = keep_text(store, f"a.example/{number}", text)
        planted.add(frozenset({first, keep_text(store, f"b.example/{number}", edited(text, number))}))
    strangers = {
        keep_text(store, f"c.example/{number}", prose(40_000 + number, paragraphs=8)) for number in range(100)
    }
    assert {family for family in families(store) if len(family) > 1} == planted
    flagged = {one.report_id for one in store.latest_reports() if "template_copy" in one.description.flags}
    assert flagged == set().union(*planted)
    assert not flagged & strangers
