"""Measure the cleaner on pages with gold text: precision, recall and F1 of character 4-grams per page.

Reads `../shared/pages`, which is not part of the project; says so where it is absent. The metric is a multiset
of character 4-grams with white space removed, averaged over pages. `python -m bench.cleaning [--worst N]`
"""

import argparse
import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from archive.clean import clean
from archive.decode import decode
from archive.errors import NoReportFound
from archive.model import Capture
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def grams(text: str) -> Counter[str]:
    squeezed = "".join(text.split())
    return Counter(squeezed[n : n + 4] for n in range(max(1, len(squeezed) - 3)))


def scores(found: str, gold: str) -> tuple[float, float, float]:
    ours, theirs = grams(found), grams(gold)
    common = (ours & theirs).total()
    precision, recall = common / max(1, ours.total()), common / max(1, theirs.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def cleaned_text(path: Path) -> str:
    capture = Capture(
        body=path.read_bytes(),
        captured_at=NEVER,
        media_type="text/plain" if path.suffix == ".txt" else "text/html",
        origin=str(path),
    )
    try:
        page = clean(repair(read_page(capture, decode(capture))), load_rulebook())
    except NoReportFound:
        return ""
    return "\n".join(paragraph.text for paragraph in page.paragraphs)


def measure(suffix: str, worst: int) -> None:
    rows = []
    for line in (PAGES / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        path = PAGES / entry["set"] / f"{entry['id']}{suffix}"
        gold = path.with_name(f"{entry['id']}.gold.txt")
        rows.append((*scores(cleaned_text(path), gold.read_text(encoding="utf-8")), path.name))
    count = len(rows)
    means = [sum(row[column] for row in rows) / count for column in range(3)]
    low = sum(row[2] < 0.5 for row in rows)
    print(f"{suffix:9} P {means[0]:.3f}  R {means[1]:.3f}  F1 {means[2]:.3f}  under .5: {low} of {count}")
    for precision, recall, f1, name in sorted(rows, key=lambda row: row[2])[:worst]:
        print(f"    {f1:.3f} (P {precision:.2f} R {recall:.2f}) {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0, help="also list the N pages with the lowest F1")
    worst = parser.parse_args().worst
    if not PAGES.is_dir():
        sys.exit(f"{PAGES} is not here: this measurement needs the shared pages with gold text")
    for suffix in (".html", ".dump.txt"):
        measure(suffix, worst)


if __name__ == "__main__":
    main()
