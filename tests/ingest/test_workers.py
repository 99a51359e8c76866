import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.errors import CaptureError, RuleError, UnreadableSource
from archive.found import Found, PassedOver
from archive.ids import report_id
from archive.intake import Tally, take_in
from archive.model import Capture, Outcome
from archive.settings import Settings
from archive.store import Store
from archive.workers import IN_FLIGHT_PER_JOB, Failure, read_all, read_capture
from tests.conftest import make_capture
from tests.ingest.pages import page
from tests.store.made import all_rows


def captures(count: int) -> list[Capture]:
    return [
        make_capture(page(n), origin=f"{n}.html", source_url=f"http://a.example/{n}") for n in range(count)
    ]


def die_of_three(capture: Capture) -> Outcome | Failure:
    if capture.origin == "3.html":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_capture(capture)


def trip_over_three(capture: Capture) -> Outcome | Failure:
    if capture.origin == "3.html":
        raise RuleError("rules/every-site.toml: no such field")
    return read_capture(capture)


def test_several_processes_give_what_one_gives_in_the_same_order() -> None:
    found: list[Found] = [
        *captures(5),
        UnreadableSource("x: empty"),
        PassedOver(what="y", why="z"),
        *captures(3),
    ]
    assert list(read_all(found, jobs=2)) == list(read_all(found, jobs=1))


def test_a_page_without_a_report_is_told_by_its_name() -> None:
    chrome = make_capture("<html><body><a href='/'>首页</a></body></html>", origin="chrome.html")
    failure = read_capture(chrome)
    assert isinstance(failure, Failure)
    assert failure.kind == "no report"
    assert "chrome.html" in failure.message


def test_a_worker_that_dies_names_its_page_and_the_others_are_read() -> None:
    results = [result for _, result in read_all(captures(12), jobs=2, read=die_of_three)]
    culprit = results.pop(3)
    assert isinstance(culprit, Failure)
    assert culprit.message.startswith("3.html: the process that read it died")
    assert all(isinstance(result, Outcome) for result in results)


def test_a_wrong_rule_file_stops_the_run() -> None:
    with pytest.raises(RuleError, match="no such field"):
        list(read_all(captures(6), jobs=2, read=trip_over_three))


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_a_few_pages_are_in_memory_at_once(jobs: int) -> None:
    taken: list[int] = []

    def count() -> Iterator[Found]:
        for number, capture in enumerate(captures(30)):
            taken.append(number)
            yield capture

    for kept, _ in enumerate(read_all(count(), jobs=jobs)):
        assert len(taken) - kept <= jobs * IN_FLIGHT_PER_JOB


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Settings(home=tmp_path / "data"), writable=True) as opened:
        yield opened


def test_a_run_counts_every_outcome(store: Store) -> None:
    chrome = make_capture("<html><body><a href='/'>首页</a></body></html>", origin="chrome.html")
    found: list[Found] = [
        *captures(3),
        chrome,
        UnreadableSource("x: empty"),
        PassedOver(what="y", why="no page: .jpg"),
    ]
    tally = Tally()
    take_in(store, found, tally, jobs=1)
    take_in(store, found, tally, jobs=1)
    assert (tally.captures, dict(tally.reports)) == (8, {"new": 3, "unchanged": 3})
    assert (tally.count_failures("no report"), tally.count_failures("failed")) == (2, 2)
    assert tally.passed_over == {"no page: .jpg": 2}


def test_a_page_that_gave_no_report_is_kept_for_better_rules(store: Store, tmp_path: Path) -> None:
    chrome = make_capture("<html><body><a href='/'>首页</a></body></html>", origin="chrome.html")
    take_in(store, [chrome], Tally(), jobs=1)
    assert store.capture(1) == chrome
    ((_, reason),) = all_rows(tmp_path / "data" / "archive.sqlite3")["unused"]
    assert "chrome.html" in str(reason)


def test_a_page_in_an_encoding_that_nobody_knows_is_kept_and_named(store: Store) -> None:
    noise = make_capture(bytes(range(128, 256)) * 40, origin="noise.txt", media_type="text/plain")
    tally = Tally()
    take_in(store, [noise, *captures(1)], tally, jobs=1)
    assert [failure.message.startswith("noise.txt: ") for failure in tally.failures] == [True]
    assert store.capture(1) == noise
    assert store.report_count() == 1


def test_a_collision_is_named_and_the_run_goes_on(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "data" / "archive.sqlite3") as connection:
        taken = report_id("http://a.example/0", 0)
        connection.execute("INSERT INTO reports VALUES (?, 'http://b.example/', 0, 0)", (taken,))
    connection.close()
    tally = Tally()
    take_in(store, captures(2), tally, jobs=1)
    (failure,) = tally.failures
    assert failure.message.startswith("0.html: id ")
    assert store.report_count() == 1
    assert store.capture(1).origin == "0.html"


@pytest.mark.parametrize("make", [CaptureError, UnreadableSource])
def test_errors_of_sources_are_failures(make: Callable[[str], CaptureError]) -> None:
    tally = Tally()
    tally.note(make("x.html: empty"))
    assert tally.failures == [Failure(kind="failed", message="x.html: empty")]
