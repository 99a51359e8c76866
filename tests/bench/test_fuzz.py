"""The fuzz run: inputs that never change, and every way to fail is caught, named, and does not end the run."""

import os
import signal
from pathlib import Path

import pytest

from bench import fuzz
from bench.fuzz_inputs import KINDS, Kind, make_input

SEED = 7
BAD = 3  # the input of each faulty reader below


def hangs(number: int, seed: int) -> str:
    while number == BAD:
        pass
    return ""


def crashes(number: int, seed: int) -> str:
    if number == BAD:
        os.kill(os.getpid(), signal.SIGKILL)
    return ""


def eats_memory(number: int, seed: int) -> str:
    held = []
    try:
        while number == BAD:
            held.append(bytearray(256 << 20))
    except MemoryError:
        return "memory"
    return ""


def faults(read: fuzz.Attempt, *, inputs: int = 8) -> dict[int, str]:
    found = list(fuzz.run(inputs, SEED, 2, read=read))
    assert sum(len(item) for item in found if isinstance(item, range)) == inputs
    return dict(item for item in found if not isinstance(item, range))


def test_an_input_never_changes() -> None:
    assert [make_input(SEED, number) for number in range(50)] == [
        make_input(SEED, number) for number in range(50)
    ]
    assert make_input(SEED, 1) != make_input(SEED + 1, 1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_input_differs_from_number_to_number(kind: Kind) -> None:
    assert len({make_input(SEED, number, {kind: 1}) for number in range(20)}) > 15


def test_inputs_go_the_whole_way_without_a_fault() -> None:
    assert faults(fuzz.attempt, inputs=60) == {}


def test_an_input_that_hangs_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "CPU_SECONDS", 0.2)
    found = faults(hangs)
    assert list(found) == [BAD]
    assert "TooLong" in found[BAD]


def test_an_input_that_kills_its_process_is_named_and_those_behind_it_are_read() -> None:
    found = faults(crashes)
    assert list(found) == [BAD]
    assert "died with status -9" in found[BAD]


def test_an_input_that_needs_too_much_memory_is_named() -> None:
    assert faults(eats_memory) == {BAD: "memory"}


def test_a_run_goes_on_where_its_log_ends(tmp_path: Path) -> None:
    log = tmp_path / "fuzz.log"
    read = lambda number, seed: ""  # noqa: E731 - nothing can be wrong with it
    whole = [range(500), range(500, 1000)]
    assert list(fuzz.run(1000, SEED, 1, log=log, read=read)) == whole
    assert list(fuzz.run(1000, SEED, 1, log=log, read=read)) == []
    assert list(fuzz.run(1200, SEED, 1, log=log, read=read)) == [range(1000, 1200)]
    assert len(list(fuzz.run(1000, SEED + 1, 2, log=log, read=read))) == 2
