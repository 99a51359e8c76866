"""Measures our engine beside tantivy and SQLite FTS5: the same tokens, the same queries, one run, one core.

    taskset -c 0 python -m bench.speed [--reports 10000] [--reports 100000] [--engine ours]

CPU milliseconds, the least of five tries for each query, over the queries of a kind: median and 95th percentile.
Each engine has a process of its own, so that its memory is its own; making the reports is not counted. Counts and
facets must be equal in all engines, and the first ten of a common and a middling term those of plain loops over
all reports: what differs is told, and is the exit status.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, thread_time

import click

from bench.speed_building import Oracle, build, engine_of
from bench.speed_ours import Ours
from bench.speed_queries import PAIRS, QUESTIONS, Ask, Found, plain_asks
from index.fold import fold

TRIES = 5
REQUESTS = "whole request"
NEW_REQUESTS = "... asked first"
"""What was found of its quotations is forgotten before; the postings of its terms are kept."""
ENGINES = ("ours", "tantivy", "fts5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One engine at one size."""

    name: str
    reports_per_second: float
    bytes_per_report: float
    build_megabytes: float
    open_ms: float
    milliseconds: dict[str, list[float]]
    found: list[Found]
    tens_tried: int
    wrong_tens: list[str]


def _size(folder: Path) -> int:
    return sum(
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "texts.sqlite"
    )


def _timed(ask: Ask, engine: Ours) -> tuple[float, Found]:
    best = math.inf
    for _ in range(TRIES):
        started = thread_time()
        found = engine.search(ask)
        best = min(best, thread_time() - started)
    return best * 1000, found


def _requests(engine: Ours, *, is_new: bool) -> list[float]:
    def once(typed: str) -> float:
        if is_new:
            engine.forget()
        started = thread_time()
        engine.request(typed)
        return (thread_time() - started) * 1000

    return [min(once(typed) for _ in range(TRIES)) for typed in QUESTIONS]


def _measure(name: str, folder: Path, count: int, seed: int, answer: Connection) -> None:
    """Build one engine's index, unless it is there, and ask it; in a process of its own."""
    built = None if folder.exists() else build(name, folder, count, seed)
    opened = perf_counter()
    engine = engine_of(name, folder)
    engine.search(plain_asks()[0])
    open_ms = (perf_counter() - opened) * 1000
    milliseconds: dict[str, list[float]] = {}
    found = []
    for ask in plain_asks():
        taken, answered = _timed(ask, engine)
        milliseconds.setdefault(ask.kind, []).append(taken)
        found.append(answered)
    if isinstance(engine, Ours):
        milliseconds[REQUESTS] = _requests(engine, is_new=False)
        milliseconds[NEW_REQUESTS] = _requests(engine, is_new=True)
    answer.send(
        Figures(
            name=name,
            reports_per_second=built.reports_per_second if built else math.nan,
            bytes_per_report=_size(folder) / count,
            build_megabytes=built.megabytes if built else math.nan,
            open_ms=open_ms,
            milliseconds=milliseconds,
            found=found,
            tens_tried=2 * len(PAIRS) if built and isinstance(engine, Ours) else 0,
            wrong_tens=_wrong_tens(engine, built.oracle) if built and isinstance(engine, Ours) else [],
        )
    )


def _wrong_tens(engine: Ours, oracle: Oracle) -> list[str]:
    """Name the pairs of terms whose first ten are not those of plain loops."""
    wrong = []
    for pair in PAIRS:
        terms = tuple(map(fold, pair))
        for is_any in (False, True):
            ids = engine.search(Ask(kind="", terms=terms, is_any=is_any)).ids
            if list(ids) != oracle.best(terms, is_any=is_any):
                wrong.append(f"{' '.join(pair)} ({'OR' if is_any else 'AND'})")
    return wrong


def _in_own_process(name: str, folder: Path, count: int, seed: int) -> Figures:
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_measure, args=(name, folder / name, count, seed, there))
    child.start()
    there.close()
    figures: Figures = here.recv()
    child.join()
    return figures


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _differences(one: Figures, other: Figures) -> Iterator[str]:
    for ask, mine, theirs in zip(plain_asks(), one.found, other.found, strict=True):
        if mine.total != theirs.total:
            yield f"{ask}: {mine.total} by {one.name}, {theirs.total} by {other.name}"
        if mine.facets != theirs.facets:
            yield f"{ask}: other facets by {other.name}"


def _print(count: int, measured: Sequence[Figures]) -> None:
    click.echo(f"\n{count} reports" + "".join(f"{one.name:>18}" for one in measured))
    for label, values in (
        ("reports per second", [one.reports_per_second for one in measured]),
        ("KB per report", [one.bytes_per_report / 1000 for one in measured]),
        ("MB while building", [one.build_megabytes for one in measured]),
        ("ms to open and ask", [one.open_ms for one in measured]),
    ):
        click.echo(f"{label:20}" + "".join(f"{value:18,.1f}" for value in values))
    for kind in dict.fromkeys((*measured[0].milliseconds, REQUESTS, NEW_REQUESTS)):
        cells = (one.milliseconds.get(kind) for one in measured)
        texts = (f"{_at(cell, 0.5):.2f} / {_at(cell, 0.95):.2f}" if cell else "-" for cell in cells)
        click.echo(f"{kind:20}" + "".join(f"{text:>18}" for text in texts))


@click.command()
@click.option("--reports", "counts", multiple=True, type=int, default=(10_000,), show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--engine",
    "names",
    multiple=True,
    type=click.Choice(ENGINES),
    default=ENGINES,
    show_default=True,
    help="The others than ours need `pip install -e '.[bench]'`.",
)
@click.option(
    "--scratch",
    type=click.Path(path_type=Path),
    help="Where the indexes are made; default: a temporary folder.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Where the indexes stay, to be asked again by a later run instead of being built: "
    "nothing is told of building then, and no first ten is tried.",
)
def main(
    counts: Sequence[int], seed: int, names: Sequence[str], scratch: Path | None, keep: Path | None
) -> None:
    """Print the figures of each size, and every difference."""
    different = 0
    for count in counts:
        with tempfile.TemporaryDirectory(dir=scratch) as temporary:
            folder = keep / (f"{count}" if seed == 1 else f"{count}-seed-{seed}") if keep else Path(temporary)
            measured = [
                _in_own_process(name, folder, count, seed) for name in sorted(names, key=ENGINES.index)
            ]
        _print(count, measured)
        told = [line for other in measured[1:] for line in _differences(measured[0], other)]
        told += [f"other first ten than plain loops: {pair}" for pair in measured[0].wrong_tens]
        for line in told:
            click.echo(line)
        click.echo(f"{len(told)} differences; first tens tried: {measured[0].tens_tried}")
        different += len(told)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
