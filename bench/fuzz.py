"""Throw inputs at the pipeline without end: `python -m bench.fuzz [--inputs N] [--seed S] [--jobs J] [--log FILE]`.

Each input (bench/fuzz_inputs.py) goes the whole way, bytes to described reports, and must end in reports or in a
CaptureError of one line, within CPU_SECONDS and MEMORY_MIB. A process reads blocks of BLOCK inputs; one that is
killed, by its limits or by a fault in a library, is a failure of the input it was at, and another goes on behind it.

A million: `nice python -m bench.fuzz --inputs 1000000 --jobs 4 --log fuzz-1.log`. The log names every finished
block, and the same command goes on from there. A failing input is written to fuzz-SEED-NUMBER.bin;
`--only NUMBER` reads it again. The status is 1 when an input failed.
"""

import argparse
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from itertools import islice
from math import ceil
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import perf_counter
from types import FrameType

from archive.errors import CaptureError
from archive.model import Capture
from archive.pipeline import reports_of
from bench.fuzz_inputs import make_input
from bench.pages import NEVER

CPU_SECONDS = 5
GRACE_SECONDS = 5  # for what hangs inside a library and hears no signal: then the process is killed
MEMORY_MIB = 2048
BLOCK = 500

Fault = tuple[int, str]
"""An input's number and what is wrong with it."""

Attempt = Callable[[int, int], str]
"""Reads an input by its number and seed; returns what is wrong, nothing when all is well."""


class TooLong(BaseException):
    """An input used up its CPU time. No Exception: no code under test may catch it."""


def attempt(number: int, seed: int) -> str:
    """Read one input the whole way."""
    body, media_type = make_input(seed, number)
    capture = Capture(body=body, captured_at=NEVER, media_type=media_type, origin=f"input {number}")
    try:
        reports_of(capture)
    except CaptureError as error:
        return f"a refusal of several lines: {error!r}" if "\n" in str(error) else ""
    except Exception:
        return traceback.format_exc()
    return ""


def read_block(numbers: range, seed: int, out: Connection, read: Attempt) -> None:
    """Read inputs in this process, under its limits; send each number before it is read and each fault after."""
    signal.signal(signal.SIGPROF, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MIB << 20, MEMORY_MIB << 20))
    for number in numbers:
        out.send(number)
        _limit_cpu()
        try:
            fault = read(number, seed)
        except TooLong:
            fault = traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if fault:
            out.send((number, fault))
    out.close()


def _limit_cpu() -> None:
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    used = resource.getrusage(resource.RUSAGE_SELF)
    last = ceil(used.ru_utime + used.ru_stime + CPU_SECONDS + GRACE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (last, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise TooLong(f"more than {CPU_SECONDS} s of CPU")


class Reader:
    """A process that reads a block; begun again behind an input that killed it."""

    def __init__(self, block: range, seed: int, read: Attempt) -> None:
        self.block = block
        self.faults: list[Fault] = []
        self._seed, self._read = seed, read
        self._begin(block)

    def _begin(self, numbers: range) -> None:
        context = get_context("fork")
        self.messages, sender = context.Pipe(duplex=False)
        self._at, self._numbers = numbers.start, numbers
        self._process = context.Process(target=read_block, args=(numbers, self._seed, sender, self._read))
        self._process.start()
        sender.close()

    def hears(self) -> bool:
        """Take one message; return whether the block is done."""
        try:
            message = self.messages.recv()
        except EOFError:
            return self._is_done()
        if isinstance(message, int):
            self._at = message
        else:
            self.faults.append(message)
        return False

    def _is_done(self) -> bool:
        self.messages.close()
        self._process.join()
        if self._process.exitcode == 0:
            return True
        self.faults.append((self._at, f"its process died with status {self._process.exitcode}"))
        rest = range(self._at + 1, self._numbers.stop)
        if rest:
            self._begin(rest)
        return not rest


def run(
    inputs: int, seed: int, jobs: int, *, log: Path | None = None, read: Attempt = attempt
) -> Iterator[Fault | range]:
    """Yield every fault, and every block once it is done. Blocks that the log names are done already."""
    done = _read_log(log, seed)
    blocks = (range(first, min(inputs, first + BLOCK)) for first in range(0, inputs, BLOCK))
    waiting = (block for block in blocks if (block.start, block.stop) not in done)
    readers = [Reader(block, seed, read) for block in islice(waiting, jobs)]
    while readers:
        ready = wait([reader.messages for reader in readers])
        for reader in [reader for reader in readers if reader.messages in ready]:
            if reader.hears():
                yield from reader.faults
                yield reader.block
                _log(log, seed, reader)
                readers.remove(reader)
                readers += [Reader(block, seed, read) for block in islice(waiting, 1)]


def _log(log: Path | None, seed: int, reader: Reader) -> None:
    if log is not None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{seed}\t{reader.block.start}\t{reader.block.stop}\t{len(reader.faults)}\n")


def _read_log(log: Path | None, seed: int) -> set[tuple[int, int]]:
    if log is None or not log.exists():
        return set()
    rows = (line.split("\t") for line in log.read_text(encoding="utf-8").splitlines())
    return {(int(first), int(stop)) for of_seed, first, stop, _ in rows if int(of_seed) == seed}


def report(fault: Fault, seed: int) -> None:
    """Keep a failing input and say what is wrong with it."""
    number, what = fault
    path = Path(f"fuzz-{seed}-{number}.bin")
    path.write_bytes(make_input(seed, number)[0])
    print(f"input {number} of seed {seed}, written to {path}: {what}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--log", type=Path, help="finished blocks are named here, and passed over by the next run"
    )
    parser.add_argument("--only", type=int, help="read this input alone")
    arguments = parser.parse_args()
    if arguments.only is not None:
        what = attempt(arguments.only, arguments.seed)
        sys.exit(what or 0)
    reports_of(
        Capture(body=NOTHING_BUT_A_REPORT, captured_at=NEVER, media_type="text/plain", origin="warm-up")
    )
    count = read = 0
    begun = perf_counter()
    for item in run(arguments.inputs, arguments.seed, arguments.jobs, log=arguments.log):
        if isinstance(item, range):
            read += len(item)
        else:
            count += 1
            report(item, arguments.seed)
    rate = read / max(perf_counter() - begun, 1e-9)
    print(f"{read} inputs of seed {arguments.seed}, {count} failures, {rate:.0f} a second")
    sys.exit(1 if count else 0)


NOTHING_BUT_A_REPORT = "<html><p>桂影县2018年政府信息公开工作总结<p>今年以来,我县主动公开政府信息三十条,群众满意。務(wù)".encode()
"""Read before the processes are forked: tables and patterns are loaded once, and shared."""

if __name__ == "__main__":
    main()
