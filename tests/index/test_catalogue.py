import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from archive.errors import DataFolderError, IndexDamaged, IndexMissing, IndexOutdated
from archive.model import StoredReport
from archive.settings import Settings
from archive.store import Change, Store
from index.catalogue import CURRENT, bring_up_to_date, index_faults, keep_in_step, open_current, reindex
from index.engine import SearchRequest
from index.query import parse
from index.schema import FORMAT_VERSION
from tests.store.made import LATER, NOW, a_capture, a_single

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "data")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings, writable=True) as opened:
        yield opened


def keep(store: Store, number: int, text: str = "鲛绡镇公告") -> str:
    capture = a_capture(body=f"<p>{number}{text}</p>", url=f"http://www.guiying.gov.example/{number}.html")
    (receipt,) = store.keep(a_single(capture, lines=(text, f"第{number}号")), now=NOW)
    return receipt.report_id


def found(settings: Settings, typed: str = "") -> set[str]:
    page = open_current(settings).search(SearchRequest(query=parse(typed), limit=1000))
    return {hit.report_id for hit in page.hits}


def generations(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.index_path.glob("generation-*"))


class TornStore:
    """A store that fails after some reports, as one does whose disk goes away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def last_change(self) -> int:
        return self._store.last_change()

    def changes_since(self, change: int) -> Iterable[Change]:
        return self._store.changes_since(change)

    def reports(self, report_ids: Iterable[str]) -> dict[str, StoredReport]:
        raise DataFolderError("the disk went away")


def test_an_index_is_made_from_the_store(store: Store, settings: Settings) -> None:
    ids = {keep(store, number) for number in range(3)}
    assert reindex(store, settings) == 3
    assert found(settings) == ids == open_current(settings).document_ids()
    assert open_current(settings).last_change() == store.last_change()


def test_an_empty_store_makes_an_index_that_finds_nothing(store: Store, settings: Settings) -> None:
    assert reindex(store, settings) == 0
    assert found(settings) == set()


def test_what_changes_in_the_store_follows_into_the_index(store: Store, settings: Settings) -> None:
    first, second = keep(store, 1), keep(store, 2)
    reindex(store, settings)
    third = keep(store, 3)
    keep(store, 1, "归墟镇公告改写")
    store.withdraw(second, reason="issuer's wish", now=LATER)
    assert bring_up_to_date(store, open_current(settings)) == 2
    assert found(settings) == {first, third}
    assert found(settings, '"归墟镇"') == {first}
    assert found(settings, '"鲛绡镇"') == {third}


def test_nothing_new_writes_nothing(store: Store, settings: Settings) -> None:
    keep(store, 1)
    reindex(store, settings)
    before = {path: path.stat().st_mtime_ns for path in settings.index_path.rglob("*")}
    assert keep_in_step(store, settings) == 0
    assert {path: path.stat().st_mtime_ns for path in settings.index_path.rglob("*")} == before


def test_a_reindex_leaves_one_generation_and_an_open_index_follows_it(
    store: Store, settings: Settings
) -> None:
    keep(store, 1)
    reindex(store, settings)
    opened = open_current(settings)
    later = keep(store, 2)
    assert reindex(store, settings) == 2
    assert generations(settings) == ["generation-0002"]
    assert later in opened.document_ids()


def test_searches_during_reindexing_never_fail(store: Store, settings: Settings) -> None:
    ids = {keep(store, number) for number in range(3)}
    reindex(store, settings)
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                assert found(settings, "公告") == ids
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(12):
        reindex(store, settings)
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_reindex_that_fails_leaves_the_index_in_use(store: Store, settings: Settings) -> None:
    first = keep(store, 1)
    reindex(store, settings)
    keep(store, 2)
    with pytest.raises(DataFolderError, match="went away"):
        reindex(TornStore(store), settings)
    assert found(settings) == {first}
    reindex(store, settings)
    assert len(generations(settings)) == 1
    assert len(found(settings)) == 2


def test_without_an_index_one_is_told_how_to_make_it(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match=rf"{settings.index_path}.*reindex"):
        open_current(settings)


@pytest.mark.parametrize("content", ["", "generation-0007\n", "../elsewhere", "\x00", "generation-1"])
def test_a_current_that_names_no_generation_is_damage(store: Store, settings: Settings, content: str) -> None:
    reindex(store, settings)
    (settings.index_path / CURRENT).write_text(content)
    with pytest.raises(IndexDamaged, match="reindex"):
        open_current(settings)


def test_an_index_of_another_version_is_named_and_made_again(store: Store, settings: Settings) -> None:
    ids = {keep(store, 1)}
    reindex(store, settings)
    manifest = settings.index_path / "generation-0001" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT_VERSION}', '"format": 0'))
    with pytest.raises(IndexOutdated, match="another format"):
        open_current(settings)
    assert keep_in_step(store, settings) == 1
    assert found(settings) == ids


def test_an_index_of_another_store_is_named_and_made_again(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    keep(store, 1)
    keep(store, 2)
    reindex(store, settings)
    with Store.open(Settings(home=tmp_path / "other"), writable=True) as other:
        ids = {keep(other, 3)}
        with pytest.raises(IndexOutdated, match="another store"):
            bring_up_to_date(other, open_current(settings))
        assert keep_in_step(other, settings) == 1
    assert found(settings) == ids


def test_an_index_folder_that_cannot_be_written_is_named(store: Store, settings: Settings) -> None:
    settings.index_path.write_text("a file where the folder should be")
    with pytest.raises(DataFolderError, match=str(settings.index_path)):
        reindex(store, settings)


def test_many_changes_come_in_by_several_commits(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.catalogue.COMMIT_REPORTS", 2)
    monkeypatch.setattr("index.catalogue.READ_REPORTS", 1)
    ids = {keep(store, number) for number in range(5)}
    assert reindex(store, settings) == 5
    assert found(settings) == ids


@pytest.mark.crash
def test_a_reindex_killed_at_any_moment_leaves_an_index_to_use(store: Store, settings: Settings) -> None:
    ids = {keep(store, number) for number in range(20)}
    reindex(store, settings)
    code = (
        "import sys; from pathlib import Path; from archive.settings import Settings\n"
        "from archive.store import Store; from index.catalogue import reindex\n"
        "settings = Settings(home=Path(sys.argv[1])); store = Store.open(settings)\n"
        "print('ready', flush=True)\n"
        "while True: reindex(store, settings)\n"
    )
    for round_number in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(settings.home)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(1.0 + 0.11 * round_number)  # the dictionary takes most of the first second
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert found(settings, "公告") == ids
    reindex(store, settings)
    assert len(generations(settings)) == 1


def test_several_processes_may_index_the_store(store: Store, settings: Settings) -> None:
    ids = {keep(store, number) for number in range(5)}
    assert reindex(store, settings, jobs=2) == 5
    assert found(settings, "公告") == ids


def test_a_file_that_is_not_as_it_was_written_is_named_and_made_again(
    store: Store, settings: Settings
) -> None:
    keep(store, 1)
    reindex(store, settings)
    assert list(index_faults(settings)) == []
    (segment,) = settings.index_path.rglob("*.arrays")
    content = bytearray(segment.read_bytes())
    content[70] ^= 1
    segment.unlink()
    segment.write_bytes(content)
    (fault,) = index_faults(settings)
    assert str(segment) in fault
    reindex(store, settings)
    assert list(index_faults(settings)) == []
