"""How fast copies are found, and how many of those planted: `python -m bench.families [REPORTS]`.

Reports of 2,000 characters are made of sentences drawn from one stock, as officials' prose is, so that any two
share some; every tenth is an earlier one sold again under other names. Each stage is timed by itself, in CPU time.
"""

import random
import sys
import tempfile
from pathlib import Path
from time import process_time

from archive import keeping
from archive.families import shingles, sketch
from archive.ids import identity_of, report_id
from archive.model import Capture, Description, Outcome, Paragraph, Report, Section
from archive.settings import Settings
from archive.store import Store
from tests.store.copies import prose
from tests.store.made import NOW

DEFAULT_REPORTS = 2_000
PARAGRAPHS = 22
STOCK_SENTENCES = 400
STOCK_SHARE = 0.15
RESOLD_EVERY = 10


def make_texts(count: int) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """Return the reports' paragraphs and which were planted as copies of which."""
    draw = random.Random(1)
    stock = [prose(10_000_000 + number, paragraphs=1)[0] for number in range(STOCK_SENTENCES)]
    texts: list[list[str]] = []
    planted: set[tuple[int, int]] = set()
    for number in range(count):
        if number and number % RESOLD_EVERY == 0:
            source = draw.randrange(len(texts))
            planted.add((source, number))
            texts.append([f"某县某乡{line[3:-5]}若干件。" for line in texts[source]])
        else:
            own = prose(number, paragraphs=PARAGRAPHS)
            texts.append([draw.choice(stock) if draw.random() < STOCK_SHARE else line for line in own])
    return texts, planted


def to_outcome(number: int, lines: list[str]) -> Outcome:
    """Return what a page with this text gives."""
    capture = Capture(
        body="\n".join(lines).encode(),
        captured_at=NOW,
        media_type="text/plain",
        origin=f"{number}.txt",
        source_url=f"http://www.fanwenku.example/{number}.html",
    )
    section = Section(
        title="政府信息公开工作总结",
        paragraphs=tuple(Paragraph(text=line, block=at, captured=line) for at, line in enumerate(lines)),
    )
    report = Report(
        report_id=report_id(identity_of(capture), 0),
        section=section,
        description=Description(title_hans=section.title),
    )
    return Outcome(capture=capture, reports=(report,))


def main(count: int) -> None:
    """Measure and print."""
    texts, planted = make_texts(count)
    outcomes = [to_outcome(number, lines) for number, lines in enumerate(texts)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Settings(home=Path(folder)), writable=True) as store,
    ):
        with store._writing():  # noqa: SLF001 - one transaction, without families: what is to be compared with
            started = process_time()
            for outcome in outcomes:
                store_without_families(store, outcome)
            stored_ms = (process_time() - started) * 1000 / count
        started = process_time()
        found = [sketch(shingles(report)) for report in store.latest_reports()]
        sketched_ms = (process_time() - started) * 1000 / len(found)
        size_before = size_of(store)
        started = process_time()
        store.relink(now=NOW)
        linked_ms = (process_time() - started) * 1000 / count
        grown_kib = (size_of(store) - size_before) / 1024 / count
        ids = [outcome.reports[0].report_id for outcome in outcomes]
        linked = {
            frozenset((one, other.report_id))
            for one in ids
            for other in store.relatives(one)
            if other.likeness and other.relation == "copy"
        }
        wanted = {frozenset((ids[one], ids[other])) for one, other in planted}
        families = len({one.family.representative for one in store.latest_reports() if one.family})
    characters = sum(map(len, texts[0]))
    print(f"{count} reports of some {characters} characters, {len(planted)} sold again")
    print(f"kept without families   {stored_ms:6.2f} ms a report")
    print(f"read and sketched       {sketched_ms:6.2f} ms a report")
    print(f"linked, with families   {linked_ms:6.2f} ms a report")
    print(f"the file grew by        {grown_kib:6.2f} KiB a report, of {size_before / 1024 / count:.2f}")
    print(f"planted pairs found     {len(wanted & linked)} of {len(wanted)}; families {families}")


def size_of(store: Store) -> int:
    """Return the file's size in bytes, the write-ahead log counted in."""
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()  # noqa: SLF001 - the bench looks below the store's door
    (page_bytes,) = store._connection.execute("PRAGMA page_size").fetchone()  # noqa: SLF001 - the bench looks below the store's door
    return int(pages * page_bytes)


def store_without_families(store: Store, outcome: Outcome) -> None:
    """Keep a capture as the store does, and compare nothing."""
    keeping.keep_outcome(store._connection, outcome, NOW)  # noqa: SLF001 - the bench looks below the store's door


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_REPORTS)
