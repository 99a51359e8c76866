"""Do quotations find their report? `python -m bench.passages [PASSAGES] [--mangled]`.

Passages of 12 to 40 characters are cut from the reports of the samples, and of the seeds where `../shared` is there,
at random places and with a fixed seed. Every other one is converted to the other script before it is looked up. With
`--mangled` each also loses its marks, gets its line broken, or has a name masked, as other copies of a text have it.

A passage is unique when the reports that hold it, counted by a plain scan of all texts, are of one family. It is
resolved when the report that it was cut from is the answer or among the answer's copies, at the paragraph it was cut
from; for one that several families hold, the answer must say that it is ambiguous.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from archive.hanzi import to_simplified, to_traditional, traditional_only
from archive.intake import Tally, take_in
from archive.model import StoredReport
from archive.resolve import Match, Resolution, resolve
from archive.resolve.passages import LEAST_CHARS, bare_length
from archive.settings import Settings, load_settings
from archive.sources import Sources
from archive.store import Store
from index.catalogue import open_current, reindex
from index.finder import EngineFinder
from index.fold import fold

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT.parent / "shared" / "seeds"
SHORTEST, LONGEST = 12, 40
DEFAULT_PASSAGES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as it is looked up, and where it was cut."""

    text: str
    cut: str
    report_id: str
    paragraph: int
    is_converted: bool
    families: int  # that hold it, but for script


def fill(store: Store, *paths: Path) -> None:
    """Put pages into an empty archive."""
    sources = Sources(paths, limit_bytes=load_settings().max_capture_bytes)
    take_in(store, (found for file in sources.files for found in sources.read(file)), Tally(), jobs=1)


def draw_passages(reports: Sequence[StoredReport], count: int, seed: int = 1) -> Iterator[Passage]:
    """Yield random passages of the reports' paragraphs, every other one in the other script."""
    draw = random.Random(seed)
    folded = {
        one.report_id: [fold(line) for line in (one.title, *(p.text for p in one.paragraphs))]
        for one in reports
    }
    families = {one.report_id: one.family.representative if one.family else one.report_id for one in reports}
    made = 0
    while made < count:
        report = draw.choice(reports)
        number = draw.randrange(len(report.paragraphs))
        text = report.paragraphs[number].text
        length = draw.randint(SHORTEST, LONGEST)
        if len(text) < length:
            continue
        start = draw.randrange(len(text) - length + 1)
        cut = text[start : start + length]
        if bare_length(cut) < LEAST_CHARS:
            continue
        holders = {families[one] for one, lines in folded.items() if any(fold(cut) in line for line in lines)}
        is_converted = made % 2 == 1
        yield Passage(
            text=other_script(cut) if is_converted else cut,
            cut=cut,
            report_id=report.report_id,
            paragraph=number,
            is_converted=is_converted,
            families=len(holders),
        )
        made += 1


def other_script(text: str) -> str:
    """Return traditional text simplified, any other traditional."""
    is_traditional = any(character in traditional_only() for character in text)
    return to_simplified(text) if is_traditional else to_traditional(text)


def mangled(text: str, draw: random.Random) -> str:
    """Return a passage as another copy has it: without marks, with a line's end in it, or with a name masked."""
    match draw.randrange(3):
        case 0:
            return "".join(one for one in text if one.isalnum())
        case 1:
            at = draw.randrange(1, len(text))
            return f"{text[:at]}\n　　{text[at:]}"
        case _:
            at = draw.randrange(len(text) - 2)
            return f"{text[:at]}××{text[at + 2 :]}"


def outcome(passage: Passage, answer: Resolution) -> str:
    """Say what came of one passage."""
    if answer.best is None:
        return "not found"
    if passage.families > 1:
        return "shared: said to be ambiguous" if answer.certainty == "ambiguous" else "shared: one named"
    if answer.certainty == "ambiguous":
        return "wrongly ambiguous"
    match = next((one for one in (answer.best, *answer.copies) if one.report_id == passage.report_id), None)
    if match is None:
        return "another report"
    return "right" if holds(match, passage.paragraph) else "another paragraph"


def holds(match: Match, paragraph: int) -> bool:
    """Whether one of the places named is in that paragraph."""
    return any(place.first <= paragraph <= place.last for place in match.places)


def measure(
    store: Store, settings: Settings, count: int, *, mangles: bool = False
) -> tuple[Counter[str], list[float], list[Passage]]:
    """Return how many passages came to what, the time of each in ms, and those that went wrong."""
    counts: Counter[str] = Counter()
    times: list[float] = []
    wrong: list[Passage] = []
    draw = random.Random(2)
    reports = list(store.latest_reports())
    for passage in draw_passages(reports, count):
        text = mangled(passage.text, draw) if mangles else passage.text
        if bare_length(text) < LEAST_CHARS:
            counts["too short"] += 1
            continue
        started = perf_counter()
        answer = resolve(text, store, lambda: EngineFinder(open_current(settings)))
        times.append((perf_counter() - started) * 1000)
        what = outcome(passage, answer)
        counts[what] += 1
        if what not in {"right", "shared: said to be ambiguous"}:
            wrong.append(passage)
    return counts, times, wrong


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=DEFAULT_PASSAGES)
    parser.add_argument("--mangled", action="store_true")
    asked = parser.parse_args()
    paths = [PROJECT / "samples" / "pages", PROJECT / "samples" / "warc"]
    if SEEDS.is_dir():
        paths.append(SEEDS)
    else:
        print(f"{SEEDS} is not here: the samples alone are measured", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "data")
        with Store.open(settings, writable=True) as store:
            fill(store, *paths)
            reindex(store, settings)
            counts, times, wrong = measure(store, settings, asked.count, mangles=asked.mangled)
            print(
                f"{store.report_count()} reports, {asked.count} passages of {SHORTEST} to {LONGEST} characters"
            )
    for what, count in counts.most_common():
        print(f"{count:7} {what}")
    times.sort()
    print(f"median {times[len(times) // 2]:.1f} ms, 99 of 100 within {times[len(times) * 99 // 100]:.1f} ms")
    for passage in wrong[:10]:
        print(f"  {passage.report_id} paragraph {passage.paragraph}: {passage.text!r}")


if __name__ == "__main__":
    main()
