"""What a capture adds: versions, descriptions, listing, compilations."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.errors import IdCollision, NotHeld
from archive.ids import report_id
from archive.model import Outcome, canonical_text
from archive.settings import Settings
from archive.store import Store
from tests.store.made import (
    ADDRESS,
    LATER,
    NOW,
    TEXT,
    a_capture,
    a_compilation,
    a_description,
    a_single,
    all_rows,
)

SINGLE = report_id(ADDRESS, 0)


def statuses(store: Store, outcome: Outcome) -> list[str]:
    return [receipt.status for receipt in store.keep(outcome, now=NOW)]


def listed(store: Store) -> set[str]:
    return {report.report_id for report in store.latest_reports()}


def test_a_first_capture_makes_version_one(store: Store) -> None:
    outcome = a_single()
    (receipt,) = store.keep(outcome, now=NOW)
    stored = store.report(receipt.report_id)
    assert (receipt.status, receipt.version, stored.version.cause) == ("new", 1, "first capture")
    assert stored.version.made_at == NOW
    assert stored.version.digest == receipt.digest


def test_what_is_read_back_is_what_was_kept(store: Store) -> None:
    outcome = a_single()
    store.keep(outcome, now=NOW)
    stored, section = store.report(SINGLE), outcome.reports[0].section
    assert canonical_text(stored.title, stored.paragraphs) == canonical_text(
        section.title, section.paragraphs
    )
    assert (stored.paragraphs, stored.dropped, stored.fields) == (
        section.paragraphs,
        section.dropped,
        section.fields,
    )
    assert stored.description == outcome.reports[0].description
    assert (stored.part, stored.parent_id, stored.is_latest) == (0, None, True)


def test_writing_the_same_capture_twice_changes_nothing(store: Store, settings: Settings) -> None:
    for outcome in (a_single(), a_compilation(a_capture("<p>别页</p>", "http://www.fanwenku.example/2"))):
        store.keep(outcome, now=NOW)
        before = all_rows(settings.store_path)
        assert {receipt.status for receipt in store.keep(outcome, now=LATER)} == {"unchanged"}
        assert all_rows(settings.store_path) == before


def test_the_same_text_on_a_changed_page_makes_another_capture_and_no_version(store: Store) -> None:
    store.keep(a_single(a_capture("<p>浏览1次</p>")), now=NOW)
    (receipt,) = store.keep(a_single(a_capture("<p>浏览2次</p>")), now=LATER)
    stored = store.report(SINGLE)
    assert (receipt.status, receipt.version) == ("unchanged", 1)
    assert [info.capture_id for info in stored.captures] == [1, 2]
    assert len(stored.versions) == 1


def test_another_text_at_the_same_address_makes_the_next_version_and_keeps_the_first(store: Store) -> None:
    store.keep(a_single(a_capture("<p>1</p>")), now=NOW)
    (receipt,) = store.keep(a_single(a_capture("<p>2</p>"), lines=["改过的正文"]), now=LATER)
    assert (receipt.status, receipt.version) == ("changed", 2)
    assert store.report(SINGLE).version.cause == "recaptured"
    first = store.report(SINGLE, 1)
    assert tuple(p.text for p in first.paragraphs) == TEXT
    assert not first.is_latest
    assert [version.version for version in first.versions] == [1, 2]


def test_another_cleaning_of_the_same_capture_makes_the_next_version(store: Store) -> None:
    store.keep(a_single(), now=NOW)
    (receipt,) = store.keep(a_single(lines=TEXT[1:]), now=LATER)
    stored = store.report(SINGLE)
    assert (receipt.status, stored.version.cause, len(stored.captures)) == ("changed", "cleaned again", 1)


def test_a_rule_taken_back_makes_the_old_text_the_latest_again(store: Store) -> None:
    for lines in (TEXT, TEXT[1:], TEXT):
        store.keep(a_single(lines=lines), now=NOW)
    stored = store.report(SINGLE)
    assert stored.version.version == 3
    assert stored.version.digest == store.report(SINGLE, 1).version.digest


def test_new_rules_that_keep_the_text_refresh_the_description_only(store: Store) -> None:
    store.keep(a_single(), now=NOW)
    mark = store.last_change()
    assert statuses(store, a_single(description=a_description(level="county"))) == ["redescribed"]
    assert store.report(SINGLE).description.level == "county"
    assert len(store.report(SINGLE).versions) == 1
    assert [change.report_id for change in store.changes_since(mark)] == [SINGLE]


def test_an_older_capture_read_again_does_not_overrule_a_newer_one(store: Store, settings: Settings) -> None:
    old, new = a_capture("<p>1</p>"), a_capture("<p>2</p>")
    store.keep(a_single(old), now=NOW)
    store.keep(a_single(new, lines=["新正文"]), now=NOW)
    before = all_rows(settings.store_path)
    assert statuses(store, a_single(old, lines=["旧页的另一种清洗"])) == ["unchanged"]
    assert statuses(store, a_single(old, description=a_description(level="county"))) == ["unchanged"]
    assert all_rows(settings.store_path) == before


def test_a_compilation_keeps_its_parts_under_ids_of_their_own(store: Store) -> None:
    outcome = a_compilation()
    receipts = store.keep(outcome, now=NOW)
    assert [receipt.report_id for receipt in receipts] == [report_id(ADDRESS, part) for part in (1, 2, 3)]
    second = store.report(receipts[1].report_id)
    assert (second.part, second.part_count, second.parent_id) == (2, 3, SINGLE)
    assert second.parent_title == "教育局工作总结"
    assert store.compilation(SINGLE) == outcome.compilation


def test_a_compilation_has_no_text_of_its_own(store: Store) -> None:
    store.keep(a_compilation(), now=NOW)
    with pytest.raises(NotHeld, match="compilation"):
        store.report(SINGLE)
    assert store.report_count() == 3


def test_a_part_that_a_later_capture_no_longer_shows_stays(store: Store) -> None:
    store.keep(a_compilation(a_capture("<p>1</p>")), now=NOW)
    store.keep(a_compilation(a_capture("<p>2</p>"), lines=("第一篇", "第二篇")), now=NOW)
    assert report_id(ADDRESS, 3) in listed(store)
    assert len(store.compilation(SINGLE).part_ids) == 2  # type: ignore[union-attr]


def test_a_part_that_better_rules_no_longer_find_in_the_same_capture_is_unlisted(store: Store) -> None:
    store.keep(a_compilation(), now=NOW)
    mark = store.last_change()
    store.keep(a_compilation(lines=("第一篇", "第二篇")), now=NOW)
    third = report_id(ADDRESS, 3)
    assert third not in listed(store)
    assert store.report(third).paragraphs[0].text == "第三篇"  # its printed address still resolves
    assert {c.report_id for c in store.changes_since(mark) if c.withdrawn} == {third}
    store.keep(a_compilation(), now=NOW)
    assert third in listed(store)


def test_a_page_that_rules_learn_to_split_is_listed_by_its_parts(store: Store) -> None:
    store.keep(a_single(), now=NOW)
    store.keep(a_compilation(), now=NOW)
    assert listed(store) == {report_id(ADDRESS, part) for part in (1, 2, 3)}
    assert store.compilation(SINGLE) is not None
    assert store.report(SINGLE, 1).paragraphs[0].text == TEXT[0]


def test_a_page_that_rules_wrongly_split_goes_back_to_one_report(store: Store) -> None:
    store.keep(a_compilation(), now=NOW)
    store.keep(a_single(), now=NOW)
    assert listed(store) == {SINGLE}
    assert store.compilation(SINGLE) is None
    assert store.report(report_id(ADDRESS, 2)).parent_id == SINGLE
    assert list(store.verify()) == []


def test_a_page_that_becomes_a_compilation_later_keeps_what_it_was(store: Store) -> None:
    store.keep(a_single(a_capture("<p>1</p>")), now=NOW)
    store.keep(a_compilation(a_capture("<p>2</p>")), now=NOW)
    assert listed(store) == {report_id(ADDRESS, part) for part in (0, 1, 2, 3)}
    assert store.compilation(SINGLE) is not None
    assert statuses(store, a_single(a_capture("<p>1</p>"))) == ["unchanged"]
    assert store.compilation(SINGLE) is not None


def test_the_same_bytes_from_two_addresses_are_two_captures_of_one_body(
    store: Store, settings: Settings
) -> None:
    for url in (ADDRESS, "http://www.fanwenku.example/1.html"):
        store.keep(a_single(a_capture(url=url)), now=NOW)
    rows = all_rows(settings.store_path)
    assert (len(rows["bodies"]), len(rows["captures"]), store.report_count()) == (1, 2, 2)


def test_an_id_that_belongs_to_another_address_is_never_overwritten(store: Store, settings: Settings) -> None:
    with sqlite3.connect(settings.store_path) as connection:  # sixty bits can't be made to collide honestly
        connection.execute("INSERT INTO reports VALUES (?, 'http://www.yangu.gov.example/', 0, 1)", (SINGLE,))
    connection.close()
    before = all_rows(settings.store_path)
    with pytest.raises(IdCollision, match=r"yangu\.gov\.example"):
        store.keep(a_single(), now=NOW)
    assert all_rows(settings.store_path) == before


def test_a_report_under_a_foreign_id_is_refused(store: Store) -> None:
    outcome = a_single()
    report = replace(outcome.reports[0], report_id="0123456789ab")
    with pytest.raises(ValueError, match="is not the id of part 0"):
        store.keep(replace(outcome, reports=(report,)), now=NOW)


def test_a_paragraph_with_a_line_feed_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="line feed"):
        store.keep(a_single(lines=["一\n二"]), now=NOW)


def test_an_outcome_without_reports_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without reports"):
        store.keep(replace(a_single(), reports=()), now=NOW)


def test_a_capture_without_a_report_is_kept_with_the_reason(store: Store, settings: Settings) -> None:
    capture = a_capture("<p>首页 导航</p>")
    capture_id = store.keep_capture(capture, reason="all boilerplate")
    assert store.keep_capture(capture, reason="still all boilerplate") == capture_id
    assert store.capture(capture_id) == capture
    assert all_rows(settings.store_path)["unused"] == [(capture_id, "still all boilerplate")]
    assert list(store.verify()) == []


def test_a_reason_does_not_touch_what_the_same_bytes_gave_before(store: Store, settings: Settings) -> None:
    store.keep(a_single(), now=NOW)
    before = all_rows(settings.store_path)
    store.keep_capture(a_capture(), reason="a worker died")
    assert all_rows(settings.store_path) == before


def test_a_capture_that_better_rules_can_read_loses_its_reason(store: Store, settings: Settings) -> None:
    store.keep_capture(a_capture(), reason="all boilerplate")
    assert statuses(store, a_single()) == ["new"]
    assert all_rows(settings.store_path)["unused"] == []


histories = st.lists(
    st.tuples(
        st.sampled_from(["single", "compilation", "nothing"]),
        st.sampled_from(["<p>1</p>", "<p>2</p>", "<p>3</p>"]),
        st.lists(st.sampled_from(["第一篇", "第二篇", "改写"]), min_size=1, max_size=3),
    ),
    max_size=8,
)


def play(store: Store, history: list[tuple[str, str, list[str]]]) -> None:
    for kind, body, lines in history:
        if kind == "nothing":
            store.keep_capture(a_capture(body), reason="all boilerplate")
        else:
            make = a_single if kind == "single" else a_compilation
            store.keep(make(a_capture(body), lines), now=NOW)


@hypothesis_settings(max_examples=60, deadline=None)
@given(history=histories)
def test_no_history_alters_a_version_or_troubles_verify(
    history: list[tuple[str, str, list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = Settings(home=tmp_path_factory.mktemp("data"))
    seen: set[tuple[object, ...]] = set()
    with Store.open(settings, writable=True) as store:
        for step in history:
            play(store, [step])
            versions = set(all_rows(settings.store_path)["versions"])
            assert seen <= versions
            seen = versions
            assert list(store.verify()) == []


@hypothesis_settings(max_examples=60, deadline=None)
@given(history=histories)
def test_one_reading_of_each_capture_played_again_changes_nothing(
    history: list[tuple[str, str, list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    once = list({body: (kind, body, lines) for kind, body, lines in history}.values())
    settings = Settings(home=tmp_path_factory.mktemp("data"))
    with Store.open(settings, writable=True) as store:
        play(store, once)
        before = all_rows(settings.store_path)
        play(store, once)
        assert all_rows(settings.store_path) == before
