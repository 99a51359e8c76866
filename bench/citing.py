"""What citing costs as the archive grows: `python -m bench.citing DATA_FOLDER [DATA_FOLDER]...`, CPU time a request.

For each archive: the page of a report, the same with shared words in grey and its paragraphs counted, and the
resolver by a passage, by one with two characters masked, by a title, an address and a law's number. The middle of forty of each, drawn
with a seed, after two to warm up.
"""

import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import process_time
from urllib.parse import quote

from archive.model import StoredReport
from archive.settings import Settings
from archive.store import Store
from web import create_app

REQUESTS = 40
PASSAGE_CHARS = 30


def passage(report: StoredReport, draw: random.Random) -> str:
    """Cut some words out of one of a report's longer paragraphs."""
    text = draw.choice(
        [one.text for one in report.paragraphs if len(one.text) > PASSAGE_CHARS] or [report.title]
    )
    start = draw.randint(0, max(0, len(text) - PASSAGE_CHARS))
    return text[start : start + PASSAGE_CHARS]


def masked(report: StoredReport, draw: random.Random) -> str:
    """The same with two characters masked, so that nothing holds it as it is."""
    words = passage(report, draw)
    return f"{words[:8]}××{words[10:]}"


ASKED: dict[str, Callable[[StoredReport, random.Random], str]] = {
    "/r/ID": lambda report, _: f"/r/{report.report_id}",
    "/r/ID?shared=1": lambda report, _: f"/r/{report.report_id}?shared=1",
    "/r/ID/family": lambda report, _: f"/r/{report.report_id}/family",
    "/cite, a passage": lambda report, draw: f"/cite?q={quote(passage(report, draw))}",
    "/cite, a masked passage": lambda report, draw: f"/cite?q={quote(masked(report, draw))}",
    "/cite, a title": lambda report, _: f"/cite?q={quote(report.title)}",
    "/cite, an address": lambda report, _: (
        f"/cite?q={quote(report.captures[0].source_url or report.report_id)}"
    ),
    "/law/TITLE": lambda *_: f"/law/{quote('中华人民共和国政府信息公开条例')}",
}


def measure(home: Path) -> None:
    """Measure one archive and print a line for each kind of request."""
    settings = Settings(home=home)
    client = create_app(settings).test_client()
    draw = random.Random(7)
    with Store.open(settings) as store:
        ids = draw.sample(sorted(store.listed_ids()), REQUESTS)
        reports = list(store.reports(ids).values())
        print(f"{home}: {store.report_count()} reports")
    for name, ask in ASKED.items():
        paths = [ask(report, draw) for report in reports]
        for path in paths[:2]:
            client.get(path)
        taken = sorted(_timed(client.get, paths))
        print(f"  {name}: {median(taken):.0f} ms, at most {taken[-1]:.0f}")


def _timed(get: Callable[[str], object], paths: Iterable[str]) -> list[float]:
    taken = []
    for path in paths:
        started = process_time()
        get(path)
        taken.append((process_time() - started) * 1000)
    return taken


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        measure(Path(folder))
