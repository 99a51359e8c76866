import os
import sqlite3
import threading
from pathlib import Path

import pytest

from archive.database import APPLICATION_ID, FORMAT, open_for_writing
from archive.errors import DataFolderError, NotHeld, StoreError, Withdrawn, WriterBusy, WrongFormat
from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from tests.store.made import ADDRESS, LATER, NOW, a_capture, a_compilation, a_description, a_single, all_rows

SINGLE = report_id(ADDRESS, 0)
OTHER = "http://www.fanwenku.example/2.html"


def test_a_writer_makes_the_folder_and_the_file(settings: Settings) -> None:
    Store.open(settings, writable=True).close()
    with Store.open(settings) as reader:
        assert (reader.report_count(), reader.last_change(), list(reader.verify())) == (0, 0, [])


def test_the_file_says_what_it_is(settings: Settings) -> None:
    Store.open(settings, writable=True).close()
    header = settings.store_path.read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\x00"
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == FORMAT


def test_every_commit_is_on_disk_before_it_is_told(settings: Settings) -> None:
    Store.open(settings, writable=True).close()
    connection = open_for_writing(settings)
    try:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    finally:
        connection.close()


def test_a_reader_where_nothing_is_yet_is_told_how_to_begin(settings: Settings) -> None:
    with pytest.raises(DataFolderError, match=r"ingest\.py add"):
        Store.open(settings)
    assert not settings.home.exists()


def test_a_file_where_the_folder_should_be_is_named(settings: Settings) -> None:
    settings.home.write_text("x")
    with pytest.raises(DataFolderError, match="a file stands where the data folder should be") as error:
        Store.open(settings, writable=True)
    assert str(settings.home) in str(error.value)
    with pytest.raises(DataFolderError):
        Store.open(settings)


def test_a_file_in_the_path_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataFolderError, match="file"):
        Store.open(Settings(home=tmp_path / "file" / "data"), writable=True)


@pytest.mark.parametrize("writable", [True, False])
def test_a_file_that_is_not_sqlite_is_refused_and_left_alone(settings: Settings, writable: bool) -> None:
    settings.home.mkdir()
    settings.store_path.write_bytes(b"not a database" * 100)
    with pytest.raises(WrongFormat, match="not a database"):
        Store.open(settings, writable=writable)
    assert settings.store_path.read_bytes() == b"not a database" * 100


@pytest.mark.parametrize("writable", [True, False])
def test_a_database_of_another_program_is_refused_and_left_alone(settings: Settings, writable: bool) -> None:
    settings.home.mkdir()
    connection = sqlite3.connect(settings.store_path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = settings.store_path.read_bytes()
    with pytest.raises(WrongFormat, match="another program"):
        Store.open(settings, writable=writable)
    assert settings.store_path.read_bytes() == before


@pytest.mark.parametrize("writable", [True, False])
def test_a_newer_format_is_refused_and_left_alone(settings: Settings, writable: bool) -> None:
    Store.open(settings, writable=True).close()
    connection = sqlite3.connect(settings.store_path)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    before = settings.store_path.read_bytes()
    with pytest.raises(WrongFormat, match=f"format {FORMAT + 1}"):
        Store.open(settings, writable=writable)
    assert settings.store_path.read_bytes() == before


def test_a_file_left_empty_by_a_crash_is_filled_by_the_next_writer(settings: Settings) -> None:
    settings.home.mkdir()
    settings.store_path.touch()
    with pytest.raises(DataFolderError, match="still empty"):
        Store.open(settings)
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(), now=NOW)
        assert store.report_count() == 1


def test_a_second_writer_is_told_who_writes_and_where(settings: Settings) -> None:
    with Store.open(settings, writable=True):
        with pytest.raises(WriterBusy) as error:
            Store.open(settings, writable=True)
        assert f"process {os.getpid()} " in str(error.value)
        assert str(settings.home) in str(error.value)
    Store.open(settings, writable=True).close()


def test_a_writer_that_could_not_open_gives_the_lock_back(settings: Settings) -> None:
    settings.home.mkdir()
    settings.store_path.write_bytes(b"not a database" * 100)
    with pytest.raises(WrongFormat):
        Store.open(settings, writable=True)
    settings.store_path.unlink()
    Store.open(settings, writable=True).close()


def test_a_reader_needs_no_lock_and_sees_each_commit(settings: Settings) -> None:
    with Store.open(settings, writable=True) as writer, Store.open(settings) as reader:
        assert reader.report_count() == 0
        writer.keep(a_single(), now=NOW)
        assert reader.report_count() == 1


def test_many_threads_read_while_one_writes(settings: Settings) -> None:
    counts: list[int] = []

    def read() -> None:
        for _ in range(20):
            with Store.open(settings) as reader:
                counts.append(len(list(reader.latest_reports())))

    with Store.open(settings, writable=True) as writer:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(20):
            writer.keep(a_single(a_capture(url=f"http://a.example/{number}")), now=NOW)
        for thread in threads:
            thread.join()
    assert len(counts) == 80
    assert set(counts) <= set(range(21))


def test_a_reader_cannot_write(settings: Settings) -> None:
    Store.open(settings, writable=True).close()
    with Store.open(settings) as reader, pytest.raises(DataFolderError, match="readonly"):
        reader.keep(a_single(), now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bodies SET deflated = x'00'",
        "DELETE FROM bodies",
        "INSERT OR REPLACE INTO bodies SELECT digest, length_bytes + 1, deflated FROM bodies",
        "UPDATE captures SET source_url = 'http://a.example/'",
        "DELETE FROM captures",
        "UPDATE versions SET text = 'x'",
        "DELETE FROM versions",
        "INSERT OR REPLACE INTO versions SELECT report_id, version, digest, 'x', made_at, cause FROM versions",
        "UPDATE reports SET identity = 'x'",
        "DELETE FROM reports",
        "DELETE FROM yields",
        "UPDATE yields SET version = 1",
        "UPDATE withdrawals SET reason = 'x'",
        "DELETE FROM withdrawals",
        "UPDATE changes SET what = 'version'",
        "DELETE FROM changes",
    ],
)
def test_what_is_write_once_can_not_be_changed_by_mistake(settings: Settings, statement: str) -> None:
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(), now=NOW)
        store.withdraw(SINGLE, reason="请求撤回", now=NOW)
    connection = open_for_writing(settings)
    try:
        with pytest.raises(sqlite3.IntegrityError, match="write-once"):
            connection.execute(statement)
    finally:
        connection.close()


def test_a_capture_comes_back_byte_for_byte(store: Store) -> None:
    capture = a_capture("<p>玉杵镇</p>" * 100)
    store.keep(a_single(capture), now=NOW)
    assert store.capture(1) == capture
    assert store.capture_info(1).length_bytes == len(capture.body)
    assert list(store.captures()) == [store.capture_info(1)]


def test_what_is_not_held_is_named(store: Store) -> None:
    with pytest.raises(NotHeld, match=SINGLE):
        store.report(SINGLE)
    with pytest.raises(NotHeld, match="capture 7"):
        store.capture(7)
    store.keep(a_single(), now=NOW)
    with pytest.raises(NotHeld, match="no version 2; it has 1"):
        store.report(SINGLE, 2)
    assert store.compilation(SINGLE) is None


def test_many_reports_are_read_at_once_without_what_is_missing_or_withdrawn(store: Store) -> None:
    store.keep(a_compilation(), now=NOW)
    first, second, third = (report_id(ADDRESS, part) for part in (1, 2, 3))
    store.withdraw(second, reason="请求撤回", now=NOW)
    assert store.reports([third, first, second, "0123456789ab"]).keys() == {first, third}
    assert store.reports([]) == {}
    assert store.reports([first])[first] == store.report(first)


def test_many_reports_are_read_in_their_latest_version(store: Store) -> None:
    store.keep(a_single(a_capture("<p>1</p>")), now=NOW)
    store.keep(a_single(a_capture("<p>2</p>"), lines=["新"]), now=LATER)
    assert store.reports([SINGLE])[SINGLE].version.version == 2
    assert [report.version.version for report in store.latest_reports()] == [2]


def test_changes_come_in_order_and_once_per_report(store: Store) -> None:
    store.keep(a_single(), now=NOW)
    store.keep(a_single(a_capture(url=OTHER)), now=NOW)
    store.keep(a_single(description=a_description(level="county")), now=NOW)
    changes = list(store.changes_since(0))
    assert [change.report_id for change in changes] == [report_id(OTHER, 0), SINGLE]
    assert changes[-1].change == store.last_change()
    assert [change.report_id for change in store.changes_since(changes[0].change)] == [SINGLE]
    assert list(store.changes_since(store.last_change())) == []


def test_a_withdrawn_report_leaves_a_tombstone_and_keeps_its_text(store: Store, settings: Settings) -> None:
    store.keep(a_single(), now=NOW)
    mark = store.last_change()
    store.withdraw(SINGLE, reason="含有个人信息", now=LATER)
    with pytest.raises(Withdrawn) as error:
        store.report(SINGLE)
    assert (error.value.report_id, error.value.reason) == (SINGLE, "含有个人信息")
    assert error.value.withdrawn_at == "2025-06-07T08:09:10Z"
    with pytest.raises(Withdrawn):
        store.report(SINGLE, 1)
    assert [(c.report_id, c.withdrawn) for c in store.changes_since(mark)] == [(SINGLE, True)]
    assert (store.report_count(), store.listed_ids(), list(store.latest_reports())) == (0, frozenset(), [])
    assert len(all_rows(settings.store_path)["versions"]) == 1
    assert list(store.verify()) == []


def test_a_report_is_withdrawn_once(store: Store) -> None:
    store.keep(a_single(), now=NOW)
    store.withdraw(SINGLE, reason="第一次", now=NOW)
    with pytest.raises(Withdrawn, match="第一次"):
        store.withdraw(SINGLE, reason="第二次", now=LATER)


def test_a_withdrawn_report_stays_withdrawn_when_its_page_is_added_again(store: Store) -> None:
    store.keep(a_single(), now=NOW)
    store.withdraw(SINGLE, reason="含有个人信息", now=NOW)
    store.keep(a_single(a_capture("<p>2</p>"), lines=["新"]), now=LATER)
    with pytest.raises(Withdrawn):
        store.report(SINGLE)
    assert all(change.withdrawn for change in store.changes_since(0))


@pytest.mark.parametrize("kept", [False, True])
def test_what_is_not_a_report_can_not_be_withdrawn(store: Store, kept: bool) -> None:
    if kept:
        store.keep(a_compilation(), now=NOW)  # a compilation's own id has no text
    with pytest.raises(NotHeld, match=SINGLE):
        store.withdraw(SINGLE, reason="x", now=NOW)


def test_an_altered_text_is_never_given_out(settings: Settings) -> None:
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(), now=NOW)
    connection = sqlite3.connect(settings.store_path)
    connection.executescript(
        "DROP TRIGGER versions_stay; UPDATE versions SET text = replace(text, '312', '213');"
    )
    connection.close()
    with Store.open(settings) as reader, pytest.raises(StoreError, match=f"version 1 of report {SINGLE}"):
        reader.report(SINGLE)


def test_a_transaction_that_fails_half_way_leaves_nothing(store: Store, settings: Settings) -> None:
    before = all_rows(settings.store_path)
    with pytest.raises(ValueError, match="line feed"):
        store.keep(a_compilation(lines=("第一篇", "第二\n篇")), now=NOW)
    assert all_rows(settings.store_path) == before
    store.keep(a_single(), now=NOW)
