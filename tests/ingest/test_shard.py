from pathlib import Path

import pytest

from archive.errors import UnreadableSource
from archive.found import Found
from archive.model import Capture
from archive.shard import Shard
from tests.ingest.pages import exported, ingest, write_pages
from tests.store.made import NOW, a_capture


def captures(count: int) -> list[Found]:
    return [
        a_capture(body=f"<p>{number}</p>", url=f"http://www.guiying.gov.example/{number}.html")
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_each_capture_and_each_fault_is_one_worker_s(count: int) -> None:
    everything = [*captures(200), *(UnreadableSource(f"{n}.html: no such file") for n in range(20))]
    shares = [list(Shard(number=n, count=count).share(everything)) for n in range(1, count + 1)]
    assert sorted(map(repr, (one for share in shares for one in share))) == sorted(map(repr, everything))
    assert all(len(share) > len(everything) / count / 2 for share in shares)


def test_all_versions_of_an_address_are_one_worker_s_however_the_address_is_written() -> None:
    addresses = ("http://www.guiying.gov.example/1.html", "HTTP://WWW.guiying.gov.example:80/1.html#top")
    same: list[Found] = [
        a_capture(body=body, url=url) for url in addresses for body in ("<p>旧</p>", "<p>新</p>")
    ]
    assert sorted(len(list(Shard(number=n, count=5).share(same))) for n in range(1, 6)) == [0, 0, 0, 0, 4]


def test_a_page_without_an_address_goes_by_its_content() -> None:
    pages: list[Found] = [
        Capture(origin=name, source_url=None, captured_at=NOW, media_type="text/html", body=b"<p>same</p>")
        for name in ("one.html", "other.html")
    ]
    assert sorted(len(list(Shard(number=n, count=3).share(pages))) for n in range(1, 4)) == [0, 0, 2]


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1", "1/0", "-1/2", "1/99999", "a/b"])
def test_what_is_no_share_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as 2/5"):
        Shard.read(text)


def test_workers_together_make_the_archive_of_one(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 12)
    whole, shared = tmp_path / "whole", tmp_path / "shared"
    assert ingest(whole, "add", pages).returncode == 0
    for number in (3, 1, 2, 1):  # in any order, one of them twice
        assert ingest(shared, "add", pages, "--shard", f"{number}/3").returncode == 0
    ids = {row["id"] for row in exported(whole)}
    assert {row["id"] for row in exported(shared)} == ids
    assert len(ids) == 12
    assert ingest(shared, "verify").stdout == "12 reports, nothing wrong\n"


def test_a_share_that_makes_no_sense_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = ingest(tmp_path / "data", "add", write_pages(tmp_path / "pages", 1), "--shard", "3/2")
    assert done.returncode == 2
    assert "'3/2' is no share; give I/N" in done.stderr
    assert not (tmp_path / "data").exists()
