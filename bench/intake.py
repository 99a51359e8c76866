"""Measures what limits taking pages in: reading them (cleaning, describing) on one core, or the store's one writer.

`python -m bench.intake --pages 1000`: made pages of about 3,000 characters, each read, then each kept.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from archive.model import Capture, Outcome
from archive.settings import Settings
from archive.store import Store
from archive.workers import read_capture
from bench.made_reports import made_reports

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)


def made_captures(count: int) -> list[Capture]:
    """Pages of made reports, each with an address of its own.

    Half of each text are characters drawn at random: of the made vocabulary alone all would be near-copies.
    """
    draw = random.Random(3)
    return [
        Capture(
            body=(
                f"<html><head><title>{report.title}</title></head><body><h1>{report.title}</h1>"
                + "".join(f"<p>{_mixed(paragraph, draw)}</p>" for paragraph in report.paragraphs)
                + "</body></html>"
            ).encode(),
            captured_at=MOMENT,
            media_type="text/html",
            origin=f"made/{report.report_id}.html",
            source_url=f"http://www.guiying.gov.example/{report.report_id}.html",
        )
        for report in made_reports(count, characters=1500)
    ]


def _mixed(paragraph: str, draw: random.Random) -> str:
    return "".join(one + chr(draw.randint(0x4E00, 0x9000)) for one in paragraph)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    captures = made_captures(parser.parse_args().pages)
    read_capture(captures[0])  # dictionaries and rules are loaded once
    start, start_cpu = time.perf_counter(), time.process_time()
    results = [read_capture(capture) for capture in captures]
    read_seconds, read_cpu = time.perf_counter() - start, time.process_time() - start_cpu
    outcomes = [result for result in results if isinstance(result, Outcome)]
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Settings(home=Path(folder)), writable=True) as store:
            start, start_cpu = time.perf_counter(), time.process_time()
            for outcome in outcomes:
                store.keep(outcome, now=MOMENT)
            keep_seconds, keep_cpu = time.perf_counter() - start, time.process_time() - start_cpu
        kept_bytes = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    reports = sum(len(outcome.reports) for outcome in outcomes)
    print(
        f"{len(captures)} pages, {len(outcomes)} with {reports} reports, {kept_bytes / reports / 1024:.1f} KiB each in the store"
    )
    print(
        f"reading, one core: {len(captures) / read_seconds:.0f} pages/s ({len(captures) / read_cpu:.0f} per CPU second)"
    )
    print(
        f"keeping, one writer: {len(outcomes) / keep_seconds:.0f} pages/s ({len(outcomes) / keep_cpu:.0f} per CPU second)"
    )


if __name__ == "__main__":
    main()
