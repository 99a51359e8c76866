"""Lets many readers loose on a served archive, and holds each answer against what a calm request was given before.

    python -m bench.load [--home FOLDER] [--readers 200] [--seconds 300] [--think 10] [--gunicorn PROCESSES]

FOLDER is an archive, such as `python -m bench.multiplied` makes; without it the samples are multiplied to 2,000 reports for the
run. The server has the cores of `--cores` (0,1), as `python -m web` or as gunicorn's processes; the readers have the others.
Each reader keeps a connection, asks for one page after another, at random from a fixed set, and thinks in between (an
exponential time around `--think` seconds). Requests and their times are told for each kind of page, with errors, wrong
answers, and the server's memory every ten seconds. Status 1 where there was an error or a wrong answer, or memory grew.
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from statistics import mean
from time import perf_counter

from bench.load_addresses import SHARES, WORDS, addresses
from bench.load_line import Line
from bench.multiplied import DEFAULT_REPORTS, make
from tests.conftest import PROJECT

SAMPLE_SECONDS = 10.0
SETTLING_SECONDS = 60.0
MOST_GROWTH = 0.05
"""Memory is flat when the last quarter's mean is at most so much above that of the quarter after `SETTLING_SECONDS`."""

_TOOK = re.compile(rb'"took_ms":\s*[\d.]+')


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the readers met; times in seconds, memory in bytes with the second it was taken at."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, int, int]] = field(default_factory=list)  # all that is resident; its own part


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """The addresses of each kind, and what each was answered with nobody else there."""

    asked: Mapping[str, Sequence[str]]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How long readers think, in seconds, and when they leave."""

    think: float
    end: float


def digest_of(status: int, body: bytes) -> str:
    """Return what tells one answer from another: all of it but how long it took."""
    return f"{status} {sha256(_TOOK.sub(b'', body)).hexdigest()}"


async def held_in(line: Line) -> list[tuple[str, str, str]]:
    """Return ids, titles and place codes of reports that searches find."""
    found: dict[str, tuple[str, str, str]] = {}
    for word in WORDS:
        _, body = await line.ask(f"/api/search?size=50&q={''.join(f'%{byte:02X}' for byte in word.encode())}")
        for hit in json.loads(body)["hits"]:
            found[hit["id"]] = (hit["id"], hit["title"], hit["place"]["code"] or "")
    return sorted(found.values())


async def ask_calmly(line: Line) -> Calm:
    """Ask for each address once. Raises RuntimeError for one that has no answer."""
    asked, answers = addresses(await held_in(line)), dict[str, str]()
    for path in (path for paths in asked.values() for path in paths):
        status, body = await line.ask(path)
        if status >= 500:
            raise RuntimeError(f"{path}: {status} before anybody else was there")
        answers[path] = digest_of(status, body)
    return Calm(asked=asked, answers=answers)


async def read_on(line: Line, calm: Calm, seen: Seen, draw: random.Random, visit: Visit) -> None:
    """Be one reader until the time is up."""
    think, end = visit.think, visit.end
    kinds, shares = tuple(SHARES), tuple(SHARES.values())
    await asyncio.sleep(draw.random() * think)  # nobody comes at the same moment
    while perf_counter() < end:
        kind = draw.choices(kinds, shares)[0]
        path = draw.choice(calm.asked[kind])
        start = perf_counter()
        try:
            status, body = await line.ask(path)
        except (OSError, TimeoutError, EOFError, ValueError) as error:
            seen.errors[f"{path}: {type(error).__name__} {error}"] += 1
        else:
            seen.times.setdefault(kind, []).append(perf_counter() - start)
            if digest_of(status, body) != calm.answers[path]:
                (seen.errors if status >= 500 else seen.wrong)[f"{path}: {status}"] += 1
        await asyncio.sleep(draw.expovariate(1 / think))
    line.hang_up()


async def watch(server: int, seen: Seen, start: float) -> None:
    """Note the server's memory until cancelled."""
    while True:
        seen.memory.append((perf_counter() - start, *memory_of(server)))
        await asyncio.sleep(SAMPLE_SECONDS)


def memory_of(server: int) -> tuple[int, int]:
    """Return what a process and its children have resident, and what of it is no file's, in bytes."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    totals = [0, 0]
    for process in (server, *map(int, children)):
        with suppress(OSError):  # ended meanwhile
            status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
            for place, name in enumerate(("VmRSS", "RssAnon")):
                found = re.search(rf"{name}:\s+(\d+) kB", status)
                totals[place] += int(found[1]) * 1024 if found else 0
    return totals[0], totals[1]


async def run(server: int, port: int, *, readers: int, seconds: float, think: float) -> Seen:
    """Ask calmly, then let the readers loose; return what they met."""
    line, seen = Line(port), Seen()
    calm = await ask_calmly(line)
    line.hang_up()
    print(f"{len(calm.answers)} addresses answered calmly", flush=True)
    start = perf_counter()
    watching = asyncio.create_task(watch(server, seen, start))
    visit = Visit(think=think, end=start + seconds)
    crowd = (read_on(Line(port), calm, seen, random.Random(number), visit) for number in range(readers))
    await asyncio.gather(*crowd)
    watching.cancel()
    seen.memory.append((perf_counter() - start, *memory_of(server)))
    return seen


@contextmanager
def served(home: Path, *, cores: str, gunicorn: int) -> Iterator[tuple[int, int]]:
    """Serve an archive on some cores, without limit on requests; give the server's process and its port."""
    port = 8750 + os.getpid() % 200
    command = [sys.executable, "-m", "web", "--port", str(port)]
    if gunicorn:
        options = ["--workers", str(gunicorn), "--threads", "8", "--bind", f"127.0.0.1:{port}"]
        command = [sys.executable, "-m", "gunicorn", *options, "web:create_app()"]
    settings = {"ARCHIVE_HOME": str(home), "ARCHIVE_WEB_RATE_LIMIT": "none", "ARCHIVE_WEB_ACCESS_LOG": "no"}
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            ["taskset", "-c", cores, *command],
            cwd=PROJECT,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
        try:
            asyncio.run(_wait_for(port))
            yield server.pid, port
        finally:
            server.terminate()
            server.wait(timeout=20)
            log.seek(0)
            print(*log.read().decode().splitlines()[-20:], sep="\n")


async def _wait_for(port: int) -> None:
    for _ in range(120):
        with suppress(OSError):
            await Line(port).ask("/healthz")
            return
        await asyncio.sleep(0.5)
    raise RuntimeError("the server does not answer")


def is_flat(memory: Sequence[tuple[float, int, int]]) -> bool:
    """Whether a server's own memory did not grow once it had settled; true for a run too short to tell."""
    settled = [own for second, _, own in memory if second >= SETTLING_SECONDS]
    quarter = len(settled) // 4
    return not quarter or mean(settled[-quarter:]) <= (1 + MOST_GROWTH) * mean(settled[:quarter])


def tell(seen: Seen, seconds: float) -> None:
    """Print the figures."""
    everything = [one for times in seen.times.values() for one in times]
    print(f"{'kind':12}{'requests':>9}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}")
    for kind, times in (*seen.times.items(), ("all", everything)):
        ranked = [1000 * one for one in sorted(times)] or [0.0]
        p50, p95 = (ranked[int(share * (len(ranked) - 1))] for share in (0.5, 0.95))
        print(f"{kind:12}{len(times):9}{p50:8.0f}{p95:8.0f}{ranked[-1]:8.0f}")
    print(
        f"{len(everything) / seconds:.1f} requests a second, {seen.errors.total()} errors, {seen.wrong.total()} wrong"
    )
    for what, count in (*seen.errors.most_common(10), *seen.wrong.most_common(10)):
        print(f"  {count} times {what}")
    print("memory, MiB at each second (all resident / its own):")
    print(*(f"{second:.0f}: {rss >> 20}/{own >> 20}" for second, rss, own in seen.memory), sep="  ")
    print("memory is flat" if is_flat(seen.memory) else "memory GREW")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, default=10)
    parser.add_argument("--gunicorn", type=int, default=0, metavar="PROCESSES")
    parser.add_argument("--cores", default="0,1", help="the server's; the readers have the others")
    asked = parser.parse_args()
    taken = {int(core) for core in asked.cores.split(",")}
    with tempfile.TemporaryDirectory() as folder:
        if asked.home is None:
            make(Path(folder), reports=DEFAULT_REPORTS, jobs=2)
        with served(asked.home or Path(folder), cores=asked.cores, gunicorn=asked.gunicorn) as (server, port):
            os.sched_setaffinity(0, os.sched_getaffinity(0) - taken or taken)
            seen = asyncio.run(
                run(server, port, readers=asked.readers, seconds=asked.seconds, think=asked.think)
            )
    tell(seen, asked.seconds)
    sys.exit(bool(seen.errors or seen.wrong or not is_flat(seen.memory)))


if __name__ == "__main__":
    main()
