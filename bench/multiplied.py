"""Multiplies the sample archive: as many pages as wanted, taken in by the archive's own reading, store and index.

    python -m bench.multiplied FOLDER [--reports 2000] [--jobs 2]

Each page of the samples is read once as `ingest.py add` reads it. Its reports are then written again and again with a place of
the gazetteer, other years and numbers, and most of the words that are not the genre's own drawn from jieba's dictionary, and
described anew; every fourth is a copy of the one before at another address. So there are families as in a real archive, and no
two reports are the same. They are kept by the archive's own functions with two shortcuts: hundreds of pages in one transaction,
and a copy is compared with the report that it was made from, not looked for among all. Run again, it goes on where it was.
"""

import argparse
import random
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html import escape
from itertools import accumulate, count
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from archive.database import Connection, open_for_writing, transaction
from archive.describe import describe
from archive.families import likeness, shingled, standing
from archive.gazetteer.table import Division, Rank, load_gazetteer
from archive.ids import identity_of, report_id
from archive.keeping import keep_outcome
from archive.model import Outcome, Report, Section
from archive.processes import follow_parent
from archive.reading import read_reports
from archive.settings import Settings
from archive.store import Store
from bench.corpus import vocabulary
from bench.sample_pieces import LAST_YEAR, Original, Pieces, Slot, originals
from index.current import keep_in_step

DEFAULT_REPORTS = 2000
COPY_EVERY = 4
REPLACED_SHARE = 0.6
"""Of the words that are not the genre's own: two reports of one page then share a tenth of their runs of four characters."""

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
EARLIEST_YEAR = 2005


@cache
def _words_of_length(length: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
    known = vocabulary()
    sums = known.sums.tolist()
    shares = [end - start for start, end in zip([0.0, *sums], sums, strict=False)]
    chosen = [(word, share) for word, share in zip(known.words, shares, strict=True) if len(word) == length]
    return tuple(word for word, _ in chosen), tuple(accumulate(share for _, share in chosen))


@cache
def _material() -> tuple[tuple[Original, ...], tuple[Division, ...]]:
    towns = (one for one in load_gazetteer().divisions() if one.rank == "township")
    return originals(), tuple(sorted(towns, key=lambda one: one.code))


def made_group(group: int) -> tuple[Outcome, ...]:
    """Write every page of the samples `COPY_EVERY` times, the last time as a copy; the same each time."""
    sources, towns = _material()
    rounds = range(group * COPY_EVERY, (group + 1) * COPY_EVERY)
    return tuple(_made(one, towns, number, place) for number in rounds for place, one in enumerate(sources))


def _made(source: Original, towns: Sequence[Division], number: int, place: int) -> Outcome:
    """Write a page again; one in `COPY_EVERY` is the one before without its last paragraph."""
    is_copy = number % COPY_EVERY == COPY_EVERY - 1
    draw = random.Random(f"{number - is_copy} {place}")
    names = {one.rank: one.name for one in load_gazetteer().chain(draw.choice(towns))}
    first, last = source.years
    is_movable = last - first < LAST_YEAR - EARLIEST_YEAR
    shift = draw.randint(EARLIEST_YEAR - first, LAST_YEAR - last) if is_movable else 0

    def filled(pieces: Pieces) -> str:
        return "".join(
            one if isinstance(one, str) else _other(one, source, names, shift, draw) for one in pieces
        )

    sections = tuple(
        _written(report.section, filled(title), tuple(map(filled, paragraphs)), is_copy=is_copy)
        for report, title, paragraphs in zip(
            source.outcome.reports, source.titles, source.paragraphs, strict=True
        )
    )
    return _outcome(source.outcome, sections, number, place)


def _other(slot: Slot, source: Original, names: Mapping[Rank, str], shift: int, draw: random.Random) -> str:
    match slot.kind:
        case "year":
            return str(int(slot.text) + shift)
        case "name":
            name = names.get(source.ranks[slot.text], "")
            return name if len(name) == len(slot.text) else slot.text
        case "number":
            return "".join(str(draw.randint(1, 9)) for _ in slot.text)
    words, sums = _words_of_length(len(slot.text))
    return draw.choices(words, cum_weights=sums)[0] if words and draw.random() < REPLACED_SHARE else slot.text


def _written(section: Section, title: str, texts: tuple[str, ...], *, is_copy: bool) -> Section:
    paragraphs = tuple(
        one if one.edits else replace(one, text=text, captured=text)
        for one, text in zip(section.paragraphs, texts, strict=True)
    )
    is_cut = is_copy and not section.gaps and not section.damages and len(paragraphs) > 2
    return replace(section, title=title, paragraphs=paragraphs[:-1] if is_cut else paragraphs, dropped=())


def _outcome(source: Outcome, sections: tuple[Section, ...], number: int, place: int) -> Outcome:
    """Describe sections, and write the plain page on which they stand."""
    lines = (
        f"<h1>{escape(one.title)}</h1>" + "".join(f"<p>{escape(p.text)}" for p in one.paragraphs)
        for one in sections
    )
    address = source.capture.source_url or f"http://made{place}.gov.example/"
    capture = replace(
        source.capture,
        body="".join(lines).encode(),
        media_type="text/html",
        charset="utf-8",
        source_url=f"{address}{'&' if '?' in address else '?'}made={number}",
    )
    identity = identity_of(capture)
    reports = tuple(
        Report(report_id=report_id(identity, one.part), section=one, description=describe(one))
        for one in sections
    )
    compilation = source.compilation and replace(
        source.compilation, report_id=report_id(identity, 0), part_ids=tuple(one.report_id for one in reports)
    )
    return replace(source, capture=capture, reports=reports, compilation=compilation)


def make(home: Path, *, reports: int, jobs: int) -> int:
    """Keep groups of pages until there are so many reports, then index them; return how many there are.

    Stopped with Ctrl-C, it indexes what is kept.
    """
    settings = Settings(home=home)
    with Store.open(settings, writable=True) as store:
        kept = store.report_count()
        done = sum(1 for _ in store.captures()) // (COPY_EVERY * len(_material()[0]))
        with suppress(KeyboardInterrupt), closing(open_for_writing(settings)) as connection:
            for outcomes in _made_groups(done, jobs) if kept < reports else ():
                kept += _keep(connection, outcomes)
                print(f"{kept} reports", flush=True)
                if kept >= reports:
                    break
        keep_in_step(store, settings, jobs=jobs)
    return kept


def _made_groups(first: int, jobs: int) -> Iterator[tuple[Outcome, ...]]:
    """Yield what the groups hold, made by several processes, a few ahead of the one that is kept."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=follow_parent) as pool:
        ahead = deque(pool.submit(made_group, first + group) for group in range(2 * jobs))
        try:
            for group in count(first + 2 * jobs):
                yield ahead.popleft().result()
                ahead.append(pool.submit(made_group, group))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _keep(connection: Connection, outcomes: tuple[Outcome, ...]) -> int:
    """Keep a group in one transaction, with the families of its copies; return how many reports it has."""
    by_address = {one.capture.source_url: one for one in outcomes}
    with transaction(connection):
        for outcome in outcomes:
            keep_outcome(connection, outcome, MOMENT)
        for address, outcome in by_address.items():
            stem, _, number = (address or "").rpartition("=")
            if int(number) % COPY_EVERY == COPY_EVERY - 1 and (
                source := by_address.get(f"{stem}={int(number) - 1}")
            ):
                for copy, original in zip(outcome.reports, source.reports, strict=False):
                    _link(connection, copy.report_id, original.report_id)
    return sum(len(outcome.reports) for outcome in outcomes)


def _link(connection: Connection, copy: str, original: str) -> None:
    """Compare a copy with its original, and write down what the archive would."""
    reports = read_reports(connection, (copy, original))
    one, other = reports[copy], reports[original]
    alike = likeness(shingled(one), shingled(other))
    if alike is None:
        return
    values = (alike.relation, alike.jaccard, alike.containment)
    pairs = ((copy, original, *values), (original, copy, *values))
    connection.executemany("INSERT INTO likenesses VALUES (?, ?, ?, ?, ?)", pairs)
    if alike.relation == "copy":
        members = sorted((standing(report), report.report_id) for report in (one, other))
        leader = members[0][1]
        rows = ((report_id, leader, place) for place, report_id in members)
        connection.executemany("INSERT INTO families VALUES (?, ?, ?)", rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=DEFAULT_REPORTS)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    start = perf_counter()
    held = make(asked.folder, reports=asked.reports, jobs=asked.jobs)
    print(f"{held} reports in {perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    main()
