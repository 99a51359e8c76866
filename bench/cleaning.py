"""Measure the cleaner beside its peers in one run: `python -m bench.cleaning [--worst N] [--raise-floors]`.

All of `../shared/pages`, as HTML and as dumps: precision, recall and F1 of character 4-grams per page
(bench/pages.py), averaged over all pages, over the tune half and over the held-out half, and CPU time per page.
Peers that aren't installed (`pip install '.[bench]'`) are named and left out. Ends with status 1 when one of our
figures is below its floor in bench/floors.toml; `--raise-floors` writes today's figures where they are higher.
"""

import argparse
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path
from statistics import mean
from time import process_time

from archive.clean import clean
from archive.decode import decode
from archive.errors import CaptureError
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from bench.extractors import PACKAGES, installed, peers
from bench.pages import SHARED, TRACKS, GoldPage, gold_pages, scores

FLOORS = Path(__file__).resolve().parent / "floors.toml"
POOR = 0.5
ROUNDS = 2  # the faster counts: the first warms caches, and a busy machine slows one of them
HIGHER, LOWER = ("f1", "f1_tune", "f1_held_out"), ("pages_under_half",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One page's precision, recall and F1."""

    page: GoldPage
    precision: float
    recall: float
    f1: float


def ours(page: GoldPage) -> str:
    """Return what the archive keeps of a page, from its bytes; nothing when it refuses it."""
    capture = page.capture()
    try:
        kept = clean(repair(read_page(capture, decode(capture))), load_rulebook())
    except CaptureError:
        return ""
    return "\n".join(paragraph.text for paragraph in kept.paragraphs)


def as_markup(page: GoldPage) -> str:
    """Return a page as peers want it: decoded, a dump with a `<p>` around each line."""
    text = decode(page.capture()).text
    if page.path.suffix != ".txt":
        return text
    lines = (line.replace("&", "&amp;").replace("<", "&lt;") for line in text.splitlines() if line.strip())
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"


def measure(pages: Sequence[GoldPage], extract: Callable[[GoldPage], str]) -> tuple[list[Score], float]:
    """Return a score per page, and CPU milliseconds per page."""
    found: list[Score] = []
    seconds = []
    for _ in range(ROUNDS):
        begun = process_time()
        texts = [extract(page) for page in pages]
        seconds.append(process_time() - begun)
        found = [_score(page, text) for page, text in zip(pages, texts, strict=True)]
    return found, 1000 * min(seconds) / len(pages)


def _score(page: GoldPage, text: str) -> Score:
    precision, recall, f1 = scores(text, page.gold)
    return Score(page=page, precision=precision, recall=recall, f1=f1)


def figures(found: Sequence[Score]) -> dict[str, float]:
    """Return the figures that floors are kept for."""
    return {
        "f1": mean(score.f1 for score in found),
        "f1_tune": mean(score.f1 for score in found if score.page.tune),
        "f1_held_out": mean(score.f1 for score in found if not score.page.tune),
        "pages_under_half": sum(score.f1 < POOR for score in found),
    }


def our_figures() -> dict[str, dict[str, float]]:
    """Return our figures per track. Raises OSError where the shared pages are absent."""
    return {track: figures([_score(page, ours(page)) for page in gold_pages(track)]) for track in TRACKS}


def below_floor(found: dict[str, dict[str, float]]) -> list[str]:
    """Return a sentence for each figure that is worse than its floor."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    faults = []
    for track, wanted in floors.items():
        for name, limit in wanted.items():
            value = found[track][name]
            if value < limit if name in HIGHER else value > limit:
                faults.append(f"{track}: {name} is {value:.4f}, its floor is {limit}")
    return faults


def raise_floors(found: dict[str, dict[str, float]]) -> None:
    """Write today's figures (rounded to our disadvantage) where they are better than the floors; never lower one."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    lines = [FLOORS.read_text(encoding="utf-8").partition("\n[")[0].rstrip()]
    for track, values in found.items():
        lines += ["", f"[{track}]"]
        kept = floors.get(track, {})
        for name in HIGHER:
            lines.append(f"{name} = {max(kept.get(name, 0), floor(values[name] * 1000) / 1000):.3f}")
        lines += [f"{name} = {int(min(kept.get(name, values[name]), values[name]))}" for name in LOWER]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(track: str, pages: Sequence[GoldPage], worst: int) -> dict[str, float]:
    """Print a row per extractor; return our figures."""
    print(f"\n{track}, {len(pages)} pages     P     R    F1  tune  held  <.5   ms/page  x readability")
    found, milliseconds = measure(pages, ours)
    rows = {"ours": (found, milliseconds)}
    markup = {page.page_id: as_markup(page) for page in pages}
    for name, extract in peers().items():
        rows[name] = measure(pages, lambda page, extract=extract: extract(markup[page.page_id]))
    base = rows.get("readability-lxml", (None, 0.0))[1]
    for name, (score, cost) in rows.items():
        values = figures(score)
        means = f"{mean(s.precision for s in score):5.3f} {mean(s.recall for s in score):5.3f}"
        f1s = " ".join(f"{values[key]:5.3f}" for key in HIGHER)
        ratio = f"{cost / base:5.2f}" if base else "    -"
        print(f"{name:22} {means} {f1s} {values['pages_under_half']:4} {cost:9.1f} {ratio:>8}")
    for score in sorted(found, key=lambda score: score.f1)[:worst]:
        print(f"    {score.f1:.3f} (P {score.precision:.2f} R {score.recall:.2f}) {score.page.path.name}")
    return figures(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0, help="also list the N pages with our lowest F1")
    parser.add_argument("--raise-floors", action="store_true", help="write better figures into floors.toml")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not here: this measurement needs the shared pages with gold text")
    for name in PACKAGES:
        if installed(name) is None:
            print(f"{name} is not installed and left out: pip install '.[bench]'")
    found = {track: table(track, list(gold_pages(track)), arguments.worst) for track in TRACKS}
    faults = below_floor(found)
    if arguments.raise_floors:
        raise_floors(found)
    print("\n".join(faults) or "\nno figure is below its floor (bench/floors.toml)")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
