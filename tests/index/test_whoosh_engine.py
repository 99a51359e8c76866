import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import DataFolderError, IndexDamaged, IndexMissing, IndexOutdated, WriterBusy
from index import schema
from index.arrays.files import open_arrays
from index.engine import Engine, IndexDocument, SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.engine_contract import REPORTS, EngineContract, ids, scattered
from tests.index.making import make_document

PROJECT = Path(__file__).resolve().parents[2]


class TestWhooshEngine(EngineContract):
    def make(self, folder: Path) -> Engine:
        return WhooshEngine.create(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> WhooshEngine:
    engine = WhooshEngine.create(folder)
    engine.add(REPORTS, change=1)
    return engine


def search(engine: WhooshEngine, typed: str) -> list[str]:
    return ids(engine.search(SearchRequest(query=parse(typed))))


def test_an_index_opened_again_answers_as_before(engine: WhooshEngine, folder: Path) -> None:
    again = WhooshEngine.open(folder)
    assert search(again, "公开") == search(engine, "公开")
    assert again.last_change() == 1


def test_another_process_commit_is_seen_by_an_engine_that_is_already_open(
    engine: WhooshEngine, folder: Path
) -> None:
    assert search(engine, "鲛绡") == []
    WhooshEngine.open(folder).add([make_document("new", "鲛绡镇公告")], change=2)
    assert search(engine, "鲛绡") == ["new"]
    assert engine.last_change() == 2


def test_a_seeded_random_gives_no_two_segments_one_name(engine: WhooshEngine, folder: Path) -> None:
    names: list[str] = []
    for number in (1, 2):
        random.seed(0)
        engine.add([make_document("r", f"第{number}号鲛绡公告")], remove=engine.document_ids(), change=number)
        names += [path.name for path in folder.glob("MAIN_*.arrays")]
        assert search(engine, f'"第{number}号"') == ["r"]
    assert len(set(names)) == len(names) == 2


def test_a_segment_is_one_file_of_arrays(engine: WhooshEngine, folder: Path) -> None:
    engine.add([make_document("new", "鲛绡镇公告")], change=2)
    segments = [path for path in folder.iterdir() if path.name.startswith("MAIN_") and path.is_file()]
    assert [path.suffix for path in segments if path.name != "MAIN_WRITELOCK"] == [".arrays", ".arrays"]


def test_threads_that_share_an_engine_get_the_answers_of_one(folder: Path) -> None:
    engine = WhooshEngine.create(folder)
    documents = scattered(200)
    for start in range(0, 200, 40):  # several segments
        engine.add(documents[start : start + 40], change=1)
    queries = ["公开", '"公开办结"', "受理 答复", "-办结", "哪些答复按时办结", '"息公"']
    expected = {typed: search(engine, typed) for typed in queries}
    wrong: list[str] = []

    def ask(first: int) -> None:
        for turn in range(30):
            typed = queries[(first + turn) % len(queries)]
            if search(engine, typed) != expected[typed]:
                wrong.append(typed)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_searching_while_another_thread_commits_never_fails(engine: WhooshEngine) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                found = search(engine, "依申请公开")
                assert found == ["county1"], found
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for change in range(2, 32):  # merges begin with the sixth
        engine.add([make_document(f"n{change}", "归墟镇公告")], change=change)
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(search(engine, "归墟镇")) == 10


def test_merged_segments_leave_no_document_twice_or_out(engine: WhooshEngine, folder: Path) -> None:
    for change in range(2, 40):
        engine.add([make_document(f"n{change:02}", "归墟镇公告")], change=change)
    segments = {path.name.split(".")[0] for path in folder.glob("MAIN_*")}
    assert len(segments) < 20
    page = engine.search(SearchRequest(query=parse("归墟镇"), limit=100))
    assert ids(page) == [f"n{change:02}" for change in range(2, 40)]


def test_files_are_synced_before_the_commit_gets_its_name_and_the_folder_after(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[tuple[str, str]] = []
    fsync, rename = os.fsync, os.rename

    def recorded_fsync(descriptor: int) -> None:
        events.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        fsync(descriptor)

    def recorded_rename(old: str, new: str) -> None:
        events.append(("rename", Path(new).name))
        rename(old, new)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "rename", recorded_rename)
    before = {path.name for path in folder.iterdir()}
    engine.add([make_document("new", "鲛绡镇公告")], change=2)

    made = {path.name for path in folder.iterdir()} - before
    contents = next(name for name in made if name.endswith(".toc"))
    switch = events.index(("rename", contents))
    synced = {name for event, name in events[:switch] if event == "sync"}
    assert {name for name in made if name.startswith("MAIN_") and not name.endswith("LOCK")} <= synced
    assert any(name.startswith(contents) for name in synced)
    assert ("sync", folder.name) in events[switch:]


def test_a_second_writer_is_told_to_wait(engine: WhooshEngine, folder: Path) -> None:
    def documents() -> object:
        with pytest.raises(WriterBusy, match="another process is writing"):
            WhooshEngine.open(folder).add([], change=3)
        yield make_document("new", "鲛绡镇公告")

    assert engine.add(documents(), change=2) == 1  # type: ignore[arg-type]


def test_opening_no_index_says_how_to_make_one(folder: Path) -> None:
    with pytest.raises(IndexMissing, match="reindex"):
        WhooshEngine.open(folder)


@pytest.mark.parametrize("part", ["format", "fold", "words", "engine"])
def test_an_index_made_otherwise_is_outdated(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    now = schema.manifest("whoosh")
    monkeypatch.setattr(schema, "manifest", lambda _: {**now, part: "another"})
    with pytest.raises(IndexOutdated, match=rf"{folder}.* another {part}.*reindex"):
        WhooshEngine.open(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_torn_manifest_is_no_traceback(engine: WhooshEngine, folder: Path, content: str) -> None:
    (folder / schema.MANIFEST).write_text(content)
    with pytest.raises((IndexDamaged, IndexOutdated), match="reindex"):
        WhooshEngine.open(folder)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_an_index_that_anyone_may_write_to_is_not_unpickled(engine: WhooshEngine, folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(IndexDamaged, match="chmod o-w"):
        WhooshEngine.open(folder)


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(path: Path) -> None:
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))


@pytest.mark.parametrize("damage", [remove, empty, halve, scramble])
@pytest.mark.parametrize("files", ["*.toc", "*.arrays"])
def test_a_damaged_index_says_so_and_how_to_mend_it(
    engine: WhooshEngine, folder: Path, damage: object, files: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh_engine.OPEN_PAUSE_SECONDS", 0.001)
    for path in folder.glob(files):
        damage(path)  # type: ignore[operator]
    with pytest.raises(IndexDamaged, match=rf"{folder}.*reindex"):
        search(WhooshEngine.open(folder), '"依申请公开67件"')


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(DataFolderError, match=str(blocked)):
        WhooshEngine.create(blocked / "index")


@pytest.mark.crash
def test_a_writer_killed_at_any_moment_leaves_the_last_commit(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshEngine.create(folder).add([make_document("d0", "鲛绡镇公告第0号")], change=1)
    code = (
        "import sys; from pathlib import Path; from index.whoosh_engine import WhooshEngine\n"
        "from tests.index.making import make_document\n"
        "from index.analysis import cut_words; list(cut_words('公开'))  # the dictionary is read before the race\n"
        "engine = WhooshEngine.open(Path(sys.argv[1])); change = engine.last_change()\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    engine.add([make_document(f'd{change}', f'鲛绡镇公告第{change}号')], change=change + 1); change += 1\n"
    )
    for round_number in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(0.1 + 0.037 * round_number)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        engine = WhooshEngine.open(folder)
        assert engine.document_ids() == {f"d{number}" for number in range(engine.last_change())}
        found = engine.search(SearchRequest(query=parse("鲛绡镇公告"), limit=10_000))
        assert found.total == engine.last_change()
    assert engine.last_change() > 1
    shutil.rmtree(folder)


def test_several_processes_make_the_same_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.arrays.building.BATCH_CHARACTERS", 300)
    one, two = WhooshEngine.create(folder / "1"), WhooshEngine.create(folder / "2", jobs=2)
    for engine in (one, two):
        assert engine.add(scattered(60), change=1) == 60
    (first,), (second,) = ((folder / name).glob("*.arrays") for name in "12")
    assert first.read_bytes() == second.read_bytes()
    assert {path.suffix for path in (folder / "2").iterdir()} <= {".toc", ".arrays", ".json", ".txt", ""}


def test_batches_waiting_on_disk_are_joined_and_swept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.arrays.building.BATCH_CHARACTERS", 100)
    monkeypatch.setattr("index.segment_arrays.MOST_PARTS", 3)
    engine = WhooshEngine.create(folder)
    engine.add(scattered(60), change=1)
    assert engine.document_ids() == {one.report_id for one in scattered(60)}
    assert not [path for path in folder.iterdir() if ".part" in path.name]


def test_a_changed_byte_is_found_by_reading_everything(engine: WhooshEngine, folder: Path) -> None:
    (segment,) = folder.glob("*.arrays")
    content = bytearray(segment.read_bytes())
    content[70] ^= 1
    assert list(engine.faults()) == []
    segment.unlink()  # not in place: what is mapped would change with it
    segment.write_bytes(content)
    (fault,) = WhooshEngine.open(folder).faults()
    assert str(segment) in fault
    assert "reindex" in fault


def test_a_search_that_fails_for_damage_names_the_file(engine: WhooshEngine, folder: Path) -> None:
    (segment,) = folder.glob("*.arrays")
    content = segment.read_bytes()
    places = open_arrays(segment)["report_ids"].tobytes()
    segment.unlink()
    segment.write_bytes(content.replace(places, b"\xff" * len(places)))
    with pytest.raises(IndexDamaged, match=rf"{segment}: report_ids.*reindex"):
        search(WhooshEngine.open(folder), "公开")


@pytest.mark.skipif(os.name != "posix", reason="limits of this kind are POSIX's")
@pytest.mark.parametrize("limit_bytes", [0, 1, 100, 1000, 5000, 20_000])
def test_a_disk_that_is_full_at_any_step_leaves_the_last_commit(
    engine: WhooshEngine, folder: Path, limit_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.arrays.building.BATCH_CHARACTERS", 300)
    before = search(engine, "公开")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        with pytest.raises(DataFolderError, match=rf"{folder}.*nothing in it has changed"):
            engine.add(scattered(200), remove=["county1"], change=2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    again = WhooshEngine.open(folder)
    assert (search(again, "公开"), again.last_change()) == (before, 1)
    assert again.add(scattered(200), change=2) == 200
    assert not [path for path in folder.iterdir() if path.name.count(".") > 1 or path.is_dir()]


def test_damage_is_named_and_not_copied_when_segments_are_merged(engine: WhooshEngine, folder: Path) -> None:
    (segment,) = folder.glob("*.arrays")
    content = bytearray(segment.read_bytes())
    content[70] ^= 1
    segment.unlink()
    segment.write_bytes(content)

    def add_until_merged() -> None:
        for change in range(2, 20):
            engine.add([make_document(f"n{change}", "归墟镇公告")], change=change)

    with pytest.raises(IndexDamaged, match=rf"{segment.name}.*reindex"):
        add_until_merged()


def test_a_report_that_is_replaced_again_and_again_leaves_no_worn_segments(
    engine: WhooshEngine, folder: Path
) -> None:
    def documents() -> Iterator[IndexDocument]:
        yield make_document("new", "鲛绡镇公告")

    for change in range(2, 12):
        assert engine.add(documents(), change=change) == 1
    assert search(engine, "鲛绡镇") == ["new"]
    assert len(list(folder.glob("*.arrays"))) < 8
