"""Measure what describing costs beside cleaning: CPU seconds of each over the same pages, in one run.

Reads `samples/pages`, and `../shared/seeds` too where it is there. A page that gives no report is left out of
both. `python -m bench.describing [--rounds N]`
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from archive.clean import clean
from archive.decode import decode
from archive.describe import describe
from archive.errors import ArchiveError
from archive.model import Capture, CleanPage, Section
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.split import split

PROJECT = Path(__file__).resolve().parents[1]
FOLDERS = (PROJECT / "samples" / "pages", PROJECT.parent / "shared" / "seeds")
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Costs:
    """CPU seconds, and what they were spent on."""

    cleaning: float = 0.0
    describing: float = 0.0
    pages: int = 0
    reports: int = 0
    characters: int = 0


def captures() -> list[Capture]:
    paths = [
        path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    return [
        Capture(
            body=path.read_bytes(),
            captured_at=NEVER,
            media_type="text/plain" if path.suffix == ".txt" else "text/html",
            origin=str(path),
        )
        for path in paths
        if path.suffix in {".txt", ".html", ".htm"}
    ]


Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def clean_page(capture: Capture) -> CleanPage:
    return clean(repair(read_page(capture, decode(capture))), load_rulebook())


def measure(pages: list[Capture], costs: Costs) -> None:
    for capture in pages:
        try:
            page, seconds = timed(lambda capture=capture: clean_page(capture))
        except ArchiveError:
            continue
        sections: tuple[Section, ...] = split(page)
        for section in sections:
            _, described = timed(lambda section=section: describe(section))
            costs.describing += described
            costs.characters += sum(len(paragraph.text) for paragraph in section.paragraphs)
        costs.cleaning += seconds
        costs.pages += 1
        costs.reports += len(sections)


def _extra(first: Costs, costs: Costs, rounds: int) -> float:
    """Return the CPU seconds that the first round took more than the others."""
    return first.cleaning + first.describing - (costs.cleaning + costs.describing) / rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    pages = captures()
    first, costs = Costs(), Costs()
    measure(pages, first)  # reads the tables, those of traditional text too, and compiles the patterns
    for _ in range(rounds):
        measure(pages, costs)
    print(f"{costs.pages // rounds} pages, {costs.reports // rounds} reports, {rounds} rounds")
    print(f"cleaning    {costs.cleaning / costs.pages * 1000:7.2f} ms CPU a page")
    print(f"describing  {costs.describing / costs.pages * 1000:7.2f} ms CPU a page")
    print(
        f"once in a process: {_extra(first, costs, rounds):.2f} s CPU more, for tables and patterns of both"
    )
    print(f"describing / cleaning  {costs.describing / costs.cleaning:.2f}")


if __name__ == "__main__":
    main()
