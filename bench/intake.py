"""Measures what limits taking pages in: reading them (cleaning, describing) on one core, or the store's one writer.

`python -m bench.intake --pages 1000`: made pages of about 3,000 characters in 50 KB of a site's markup, each read, then
each kept; then all of them by `ingest.py add` in a process of its own, start and index included, with 1 job and more (`--jobs`).
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.model import Capture, Outcome
from archive.settings import Settings
from archive.store import Store
from archive.workers import read_capture
from bench.made_reports import made_reports

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
PAGE_BYTES = 50_000
PROJECT = Path(__file__).resolve().parents[1]

_MENU = "".join(
    f'<li class="nav-item"><a href="/zwgk/{n}.html" target="_blank" title="栏目{n}">政务公开栏目{n}</a></li>'
    for n in range(120)
)
_SCRIPT = "<script>var pages = [" + ",".join(f"{{id:{n},name:'p{n}'}}" for n in range(600)) + "];</script>"
_STYLE = "<style>" + "".join(f".box{n} {{ margin: {n}px; color: #333; }}" for n in range(250)) + "</style>"


def made_captures(count: int) -> list[Capture]:
    """Pages of made reports, each with an address of its own.

    Half of each text are characters drawn at random: of the made vocabulary alone all would be near-copies.
    """
    draw = random.Random(3)
    return [
        Capture(
            body=_page(report.title, [_mixed(paragraph, draw) for paragraph in report.paragraphs]),
            captured_at=MOMENT,
            media_type="text/html",
            origin=f"made/{report.report_id}.html",
            source_url=f"http://www.guiying.gov.example/{report.report_id}.html",
        )
        for report in made_reports(count, characters=1500)
    ]


def _page(title: str, paragraphs: Sequence[str]) -> bytes:
    """A report as a site shows it: menus, lists of news beside it, scripts and styles, PAGE_BYTES in all."""
    head = f"<html><head><title>{title}</title>{_STYLE}{_SCRIPT}</head><body><ul>{_MENU}</ul><h1>{title}</h1>"
    body = head + "".join(f'<p style="text-indent:2em">{text}</p>' for text in paragraphs)
    news = '<div class="news"><ul>'
    for number in range(1000):
        if len((body + news).encode()) >= PAGE_BYTES - 200:
            break
        news += f'<li><a href="/news/{number}.html">望舒市召开第{number}次工作会议</a><span>2020-01-02</span></li>'
    return f"{body}{news}</ul></div><div class=footer>版权所有</div></body></html>".encode()


def _mixed(paragraph: str, draw: random.Random) -> str:
    return "".join(one + chr(draw.randint(0x4E00, 0x9000)) for one in paragraph)


def add(captures: Sequence[Capture], jobs: int) -> tuple[float, float]:
    """Run `ingest.py add` over the pages; return seconds by the clock and of CPU, of all its processes."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        pages.mkdir()
        for number, capture in enumerate(captures):
            (pages / f"{number}.html").write_bytes(capture.body)
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [sys.executable, "ingest.py", "add", "--jobs", str(jobs), str(pages)],
            cwd=PROJECT,
            env={**os.environ, "ARCHIVE_HOME": str(Path(folder) / "data")},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--jobs", type=int, action="append", help="1 and 4 when not given")
    given = parser.parse_args()
    captures = made_captures(given.pages)
    measure_parts(captures)
    for jobs in given.jobs or (1, 4):
        seconds, cpu = add(captures, jobs)
        print(
            f"ingest.py add --jobs {jobs}: {len(captures) / seconds:.0f} pages/s ({len(captures) / cpu:.0f} per CPU second)"
        )


def measure_parts(captures: Sequence[Capture]) -> None:
    """Print how many pages one core reads, and how many one writer keeps."""
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
