"""An archive exported as WARC and added to an empty one: the same ids, versions, dates, causes, digests, tombstones."""

import gzip
import io
import json
import random
import re
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cdxj_indexer.main import CDXJIndexer
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.carried import Carried
from archive.errors import UnreadableSource, Withdrawn
from archive.ids import report_id
from archive.intake import Tally, take_in
from archive.model import Outcome
from archive.settings import Settings
from archive.shard import Shard
from archive.sources import Sources
from archive.store import Store
from archive.warc import write_warc
from archive.warc_export import to_records
from tests.ingest.warcs import WarcFile
from tests.store.made import ADDRESS, LATER, NOW, TEXT, a_capture, a_compilation, a_single, all_rows

COLLECTION = "http://www.jinwu.gov.example/hj.html"
CARRIED_TABLES = (
    "bodies", "captures", "reports", "versions", "yields", "descriptions", "compilations", "unused", "withdrawals",
)  # fmt: skip
SINGLE = report_id(ADDRESS, 0)


def fill(home: Path) -> Settings:
    """A report captured twice and cleaned again, a compilation with a withdrawn part, pages without address or report."""
    settings = Settings(home=home)
    second = a_capture("<p>玉杵镇,更正</p>")
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(), now=NOW)
        store.keep(a_compilation(a_capture("<p>合集</p>", COLLECTION)), now=NOW)
        store.keep_capture(
            a_capture("<p>导航</p>", "http://www.jinwu.gov.example/"), reason="all boilerplate"
        )
        store.keep(a_single(second), now=LATER)
        store.keep(a_single(second, lines=(*TEXT, "三、更正")), now=LATER + timedelta(microseconds=7))
        store.keep(a_single(a_capture("珠淚鄉", None), lines=("一、概況",)), now=LATER)
        store.withdraw(report_id(COLLECTION, 2), reason="含有个人信息", now=LATER)
    return settings


def exported(settings: Settings, path: Path, *chosen: str) -> Path:
    with Store.open(settings) as store, path.open("wb") as out:
        captures = store.page_captures(chosen or None)
        write_warc(to_records(map(store.carried, captures), now=NOW), out)
    return path


def imported(path: Path, home: Path) -> tuple[Settings, Tally]:
    settings, tally = Settings(home=home), Tally()
    sources = Sources([path], limit_bytes=settings.max_capture_bytes)
    with Store.open(settings, writable=True) as store:
        take_in(store, (item for file in sources.files for item in sources.read(file)), tally, jobs=1)
        assert list(store.verify()) == []
    return settings, tally


def carried_rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    rows = all_rows(settings.store_path)
    return {name: rows[name] for name in CARRIED_TABLES}


def test_an_empty_archive_becomes_the_same_row_by_row(tmp_path: Path) -> None:
    before = fill(tmp_path / "one")
    after, tally = imported(exported(before, tmp_path / "out.warc.gz"), tmp_path / "two")
    assert tally.failures == []
    assert carried_rows(after) == carried_rows(before)


def test_versions_come_back_in_order_with_dates_and_causes(tmp_path: Path) -> None:
    after, _ = imported(exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz"), tmp_path / "two")
    with Store.open(after) as store:
        versions = store.report(SINGLE).versions
    assert [(one.version, one.made_at, one.cause) for one in versions] == [
        (1, NOW, "first capture"),
        (2, LATER + timedelta(microseconds=7), "cleaned again"),
    ]


def test_what_was_withdrawn_stays_withdrawn_with_its_reason(tmp_path: Path) -> None:
    after, _ = imported(exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz"), tmp_path / "two")
    with Store.open(after) as store, pytest.raises(Withdrawn, match="含有个人信息") as told:
        store.report(report_id(COLLECTION, 2))
    assert datetime.fromisoformat(told.value.withdrawn_at) == LATER


def test_families_of_copies_are_found_anew(tmp_path: Path) -> None:
    before = Settings(home=tmp_path / "one")
    lines = tuple(
        f"{number}、玉杵镇主动公开政府信息{number * 37}条,其中规范性文件{number}件。"
        for number in range(1, 20)
    )
    with Store.open(before, writable=True) as store:
        for number in range(3):
            store.keep(
                a_single(a_capture(f"<p>{number}</p>", f"http://www.{number}.example/"), lines=lines), now=NOW
            )
    after, _ = imported(exported(before, tmp_path / "out.warc.gz"), tmp_path / "two")
    assert all_rows(after.store_path)["families"] == all_rows(before.store_path)["families"] != []


def test_adding_an_export_twice_changes_nothing(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    once, _ = imported(path, tmp_path / "two")
    rows = all_rows(once.store_path)
    _, tally = imported(path, tmp_path / "two")
    assert all_rows(once.store_path) == rows
    assert (tally.reports["unchanged"], tally.reports.total(), tally.failures) == (6, 6, [])


def test_a_selection_is_whole_pages(tmp_path: Path) -> None:
    before = fill(tmp_path / "one")
    after, tally = imported(
        exported(before, tmp_path / "out.warc.gz", report_id(COLLECTION, 1)), tmp_path / "two"
    )
    assert tally.captures == 1
    with Store.open(after) as store:
        assert store.listed_ids() == {report_id(COLLECTION, 1), report_id(COLLECTION, 3)}
        compilation = store.compilation(report_id(COLLECTION, 0))
        assert compilation is not None
        assert len(compilation.part_ids) == 3


def test_a_later_export_brings_the_later_versions(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "one")
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(), now=NOW)
    imported(exported(settings, tmp_path / "early.warc.gz"), tmp_path / "two")
    full = fill(tmp_path / "one")
    after, tally = imported(exported(full, tmp_path / "late.warc.gz"), tmp_path / "two")
    assert tally.failures == []
    assert carried_rows(after)["versions"] == carried_rows(full)["versions"]


def test_another_text_under_a_number_that_is_taken_is_refused_by_name(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    other = Settings(home=tmp_path / "two")
    with Store.open(other, writable=True) as store:
        store.keep(a_single(lines=("另一种读法",)), now=NOW)
        kept = store.report(SINGLE, 1)
    after, tally = imported(path, tmp_path / "two")
    assert any(
        f"version 1 of report {SINGLE}: this archive has another text" in one.message
        for one in tally.failures
    )
    with Store.open(after) as store:
        assert store.report(SINGLE, 1).version == kept.version
        assert store.report(report_id(COLLECTION, 1)).version.version == 1


def rewritten(path: Path, kind: str, change: Callable[[bytes], bytes], *, which: str = "") -> Path:
    """Write a WARC file again with the content of some records changed, their headers and digests left as they were."""
    content = gzip.decompress(path.read_bytes())
    records = re.split(rb"(?=WARC/1\.1\r\nWARC-)", content)
    changed = []
    for record in records:
        head, mark, body = record.partition(b"\r\n\r\n")
        if f"WARC-Type: {kind}".encode() in head and which.encode() in head:
            body = change(body[:-4]) + body[-4:]
        changed.append(gzip.compress(head + mark + body) if record else b"")
    path.write_bytes(b"".join(changed))
    return path


def flipped(body: bytes) -> bytes:
    return body.replace(b"312", b"313")


def test_a_tampered_canonical_copy_is_refused_by_name_and_the_rest_comes_in(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    rewritten(path, "conversion", flipped, which=f"{SINGLE}/v/1")
    after, tally = imported(path, tmp_path / "two")
    told = [failure.message for failure in tally.failures]
    assert any(f"version 1 of report {SINGLE}: its text has the digest" in one for one in told)
    assert any(
        f"version 2 of report {SINGLE}: version 1, which comes before it, is missing" in one for one in told
    )
    assert len(told) == 2
    with Store.open(after) as store:
        assert report_id(COLLECTION, 1) in store.listed_ids()
        assert SINGLE not in store.listed_ids()


@pytest.mark.parametrize("kind", ["resource", "metadata"])
def test_a_tampered_page_or_its_record_leaves_out_that_page_by_name(tmp_path: Path, kind: str) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz", report_id(COLLECTION, 1), SINGLE)
    rewritten(
        path,
        kind,
        lambda body: body.replace("合集".encode(), "合篡".encode()).replace(b"paywall", b"paywatt"),
    )
    after, tally = imported(path, tmp_path / "two")
    (told,) = (failure.message for failure in tally.failures)
    assert "out.warc.gz@" in told
    with Store.open(after) as store:
        assert store.listed_ids() == {SINGLE}


def test_a_file_cut_off_anywhere_gives_what_stands_before(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    after, tally = imported(path, tmp_path / "two")
    assert [failure.message for failure in tally.failures if "cut off" in failure.message]
    assert carried_rows(after)["versions"] != []


def test_an_export_of_a_newer_program_is_refused_and_says_so(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    path.write_bytes(
        gzip.compress(gzip.decompress(path.read_bytes()).replace(b"Archive-Export: 1", b"Archive-Export: 2"))
    )
    found = list(Sources([path], limit_bytes=1 << 20).read(path))
    refused = [item for item in found if isinstance(item, UnreadableSource)]
    assert refused
    assert all("newer version" in str(item) or "not a WARC" in str(item) for item in refused)


def test_conversion_records_of_others_are_passed_over_as_before(tmp_path: Path) -> None:
    path = WarcFile().response().response(kind="conversion").save(tmp_path / "foreign.warc.gz")
    _, tally = imported(path, tmp_path / "two")
    assert tally.passed_over == {"conversion record": 1}
    assert tally.captures == 1


def test_warcio_finds_every_digest_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")

    class Command:
        inputs = (str(path),)
        verbose = True

    assert Checker(Command()).process_all() == 0
    told = capsys.readouterr().out
    assert told.count("digest pass") == 1 + 5 + 6 + 5
    assert "no digest to check" not in told


def test_canonical_copies_refer_to_the_page_they_were_read_from(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    with path.open("rb") as file:
        heads = [dict(record.rec_headers.headers) for record in ArchiveIterator(file)]
    pages = {head["WARC-Record-ID"]: head for head in heads if head["WARC-Type"] == "resource"}
    copies = [head for head in heads if head["WARC-Type"] == "conversion"]
    assert len({head["WARC-Record-ID"] for head in heads}) == len(heads)
    assert len(copies) == 6
    for copy in copies:
        assert copy["WARC-Refers-To"] in pages
        assert copy["WARC-Target-URI"] == f"urn:archive-export:{copy['Archive-Version']}"


def test_pywb_s_indexer_reads_it(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    out = io.StringIO()
    CDXJIndexer(output=out, inputs=[str(path)], records="resource,conversion").process_all()
    entries = [json.loads(line.split(" ", 2)[2]) for line in out.getvalue().splitlines()]
    addresses = [entry["url"] for entry in entries]
    assert addresses.count(ADDRESS) == 2
    assert addresses.count(COLLECTION) == 1
    assert len(set(addresses) - {ADDRESS, COLLECTION}) == len(entries) - 3  # each canonical copy has its own
    assert {entry["mime"] for entry in entries} >= {"text/html", "text/plain"}


@pytest.mark.parametrize(
    "records", ["", "resource,conversion,metadata"]
)  # pywb's own indexer takes all kinds
def test_replay_finds_nothing_but_pages_under_their_addresses(tmp_path: Path, records: str) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    out = io.StringIO()
    CDXJIndexer(output=out, inputs=[str(path)], records=records).process_all()
    entries = [json.loads(line.split(" ", 2)[2]) for line in out.getvalue().splitlines()]
    assert [entry["mime"] for entry in entries if entry["url"] == ADDRESS] == ["text/html"] * 2
    assert {entry["mime"] for entry in entries if entry["url"].startswith("http")} == {"text/html"}


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=1, max_size=8
)


@given(steps=STEPS)
@trying(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_captured_cleaned_again_and_withdrawn_comes_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    before = Settings(home=folder / "one")
    withdrawn: set[str] = set()
    with Store.open(before, writable=True) as store:
        for moment, (address, page, text, is_collection) in enumerate(steps):
            now = NOW + timedelta(seconds=moment)
            outcome = an_outcome(address, page, text, is_collection=is_collection)
            receipts = store.keep(outcome, now=now)
            if text == 2 and receipts[0].report_id not in withdrawn:
                store.withdraw(receipts[0].report_id, reason=f"第{moment}步", now=now)
                withdrawn.add(receipts[0].report_id)
        assert list(store.verify()) == []
    after, tally = imported(exported(before, folder / "out.warc.gz"), folder / "two")
    assert tally.failures == []
    assert carried_rows(after) == carried_rows(before)


def an_outcome(address: int, page: int, text: int, *, is_collection: bool) -> Outcome:
    capture = a_capture(f"<p>{page}</p>", f"http://www.guiying.gov.example/{address}")
    if is_collection:
        return a_compilation(capture, lines=tuple(f"{text}篇{number}" for number in range(2 + text)))
    return a_single(capture, lines=(f"第{text}种",))


def test_shares_of_an_export_are_whole_pages_and_make_it_up(tmp_path: Path) -> None:
    path = exported(fill(tmp_path / "one"), tmp_path / "out.warc.gz")
    shares = [
        list(Shard(number=number, count=3).share(Sources([path], limit_bytes=1 << 20).read(path)))
        for number in (1, 2, 3)
    ]
    pages = [{item.capture.source_url for item in share if isinstance(item, Carried)} for share in shares]
    assert sum(map(len, pages)) == len(set().union(*pages)) == 4
    assert sum(isinstance(item, Carried) for share in shares for item in share) == 5


def test_memory_is_bounded_by_a_page_and_not_by_the_file(tmp_path: Path) -> None:
    path, page_bytes, pages = tmp_path / "big.warc.gz", 200_000, 30
    draw = random.Random(7)
    tracemalloc.start()
    try:
        captures = (
            a_capture(draw.randbytes(page_bytes).hex(), f"http://a.example/{n}") for n in range(pages)
        )
        with path.open("wb") as out:
            write_warc(to_records((Carried(capture=one, reason="x") for one in captures), now=NOW), out)
        read = sum(isinstance(item, Carried) for item in Sources([path], limit_bytes=1 << 24).read(path))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == pages
    assert path.stat().st_size > pages * page_bytes
    assert peak_bytes < 12 * 2 * page_bytes < path.stat().st_size
