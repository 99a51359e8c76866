"""The shared pages with gold text, and how an extraction is scored: what every measurement of cleaning shares.

The metric is a multiset of character 4-grams with white space removed: precision, recall, F1 per page.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from archive.model import Capture

SHARED = Path(__file__).resolve().parents[2] / "shared" / "pages"
TRACKS = {"html": ".html", "dumps": ".dump.txt"}
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
GRAM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """One page of one track with its gold text. Weights are learned and numbers swept on `tune` pages only."""

    page_id: str
    path: Path
    gold: str
    tune: bool

    def capture(self) -> Capture:
        """Return the page as the archive would receive it."""
        media_type = "text/plain" if self.path.suffix == ".txt" else "text/html"
        return Capture(
            body=self.path.read_bytes(), captured_at=NEVER, media_type=media_type, origin=self.path.name
        )


def is_tune(page_id: str) -> bool:
    """Whether a page is of the half that may be looked at: its id's SHA-256 begins with an even byte."""
    return sha256(page_id.encode()).digest()[0] % 2 == 0


def gold_pages(track: str, folder: Path = SHARED) -> Iterator[GoldPage]:
    """Yield the pages of a track in the order of the index. Raises OSError where the folder is absent."""
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        path = folder / entry["set"] / f"{entry['id']}{TRACKS[track]}"
        gold = path.with_name(f"{entry['id']}.gold.txt").read_text(encoding="utf-8")
        yield GoldPage(page_id=entry["id"], path=path, gold=gold, tune=is_tune(entry["id"]))


def grams(text: str) -> Counter[str]:
    """Count the character 4-grams of a text without its white space."""
    squeezed = "".join(text.split())
    return Counter(squeezed[n : n + GRAM] for n in range(max(1, len(squeezed) - GRAM + 1)))


def scores(found: str, gold: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a found text."""
    ours, theirs = grams(found), grams(gold)
    common = (ours & theirs).total()
    precision, recall = common / max(1, ours.total()), common / max(1, theirs.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
