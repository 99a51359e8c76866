"""Learn how much each feature of a block says: `python -m bench.learn` writes archive/weights.toml.

Logistic regression with a ridge, fitted by Newton's method on the blocks of the tune half of the shared pages
(both tracks at once: a dump's block has no markup features) and of the samples. A page counts alike however long
it is, a block by the square root of its length. Only weights are written: no text of a page leaves it.
Needs numpy (the `bench` extra). `--try` sweeps ridge, threshold and price without writing anything.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from archive.body import Model, Verdict, best_run, gain_of
from archive.clean import find_walls, names_of, prepare
from archive.decode import decode
from archive.errors import CaptureError
from archive.features import Seen, see
from archive.model import Block, Capture
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.sources import Sources
from bench.pages import SHARED, TRACKS, gold_pages, grams, scores

PROJECT = Path(__file__).resolve().parents[1]
WEIGHTS = PROJECT / "archive" / "weights.toml"
RIDGE = 1.0
MODEL = Model(weights={}, threshold=0.45, price=3.0)
SAMPLE_WEIGHT = 0.3  # 75 samples of one genre beside 66 pages of all; swept .1, .3, 1
FIRST_TELLING_CHARS = 5  # shorter blocks have no 4-grams of their own: their neighbours tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A page's blocks, what is seen of them, and which are text (0 to 1 each)."""

    name: str
    track: str
    tune: bool
    weight: float
    blocks: Sequence[Block]
    seen: Sequence[Seen]
    truth: Sequence[float]
    gold: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", dest="sweep", action="store_true", help="sweep and write nothing")
    sweep = parser.parse_args().sweep
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not here: weights are learned from the shared pages with gold text")
    lessons = [*shared_lessons(), *sample_lessons()]
    if not sweep:
        model = replace(MODEL, weights=fit([lesson for lesson in lessons if lesson.tune], RIDGE))
        write(model)
        print(report(lessons, model))
        return
    for ridge in (1.0, 3.0, 10.0):
        weights = fit([lesson for lesson in lessons if lesson.tune], ridge)
        for threshold, price in product((0.35, 0.45, 0.55), (0.0, 1.0, 3.0, 6.0)):
            model = Model(weights=weights, threshold=threshold, price=price)
            print(f"ridge {ridge} threshold {threshold} price {price}: {report(lessons, model)}", flush=True)


def shared_lessons() -> Iterator[Lesson]:
    for track in TRACKS:
        for page in gold_pages(track):
            lesson = read_lesson(page.capture(), page.gold, track, tune=page.tune, weight=1.0)
            if lesson:
                yield lesson


def sample_lessons() -> Iterator[Lesson]:
    """The samples, whose expected paragraphs are their gold; they are never held out."""
    expected = {}
    for path in sorted((PROJECT / "samples" / "expected").glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        lines = [line for report in entry["reports"] for line in (report["title"], *report["paragraphs"])]
        expected[entry.get("address") or Path(entry["file"]).name] = "\n".join(lines)
    sources = Sources([PROJECT / "samples" / "pages"], limit_bytes=10**8)
    for capture in (item for file in sources.files for item in sources.read(file)):
        if isinstance(capture, Capture):
            gold = expected[capture.source_url or Path(capture.origin).name]
            lesson = read_lesson(capture, gold, "samples", tune=True, weight=SAMPLE_WEIGHT)
            if lesson:
                yield lesson


def read_lesson(capture: Capture, gold: str, track: str, *, tune: bool, weight: float) -> Lesson | None:
    try:
        page = repair(read_page(capture, decode(capture)))
    except CaptureError:
        return None
    rule_sets = load_rulebook().rules_for(page)
    desk = prepare(page, rule_sets)
    if not desk.left:
        return None
    seen = tuple(see(desk.left, walls=find_walls(desk, rule_sets), titles=names_of(page)))
    return Lesson(
        name=capture.origin,
        track=track,
        tune=tune,
        weight=weight,
        blocks=desk.left,
        seen=seen,
        truth=truth_of(desk.left, gold),
        gold=gold,
    )


def truth_of(blocks: Sequence[Block], gold: str) -> list[float]:
    """Return for each block how much of it is in the gold text; a short one that is in it follows its neighbours."""
    wanted, lines = grams(gold), {"".join(line.split()) for line in gold.splitlines()}
    whole = "".join(gold.split())
    squeezed = ["".join(block.text.split()) for block in blocks]
    truth: list[float | None] = []
    for text in squeezed:
        if len(text) >= FIRST_TELLING_CHARS:
            found = grams(text)
            truth.append((found & wanted).total() / found.total())
        else:
            truth.append(1.0 if text in lines else None if text in whole else 0.0)
    return [_by_neighbours(truth, squeezed, at) if known is None else known for at, known in enumerate(truth)]


def _by_neighbours(truth: Sequence[float | None], texts: Sequence[str], at: int) -> float:
    near = [
        known
        for position in range(max(0, at - 3), min(len(texts), at + 4))
        if (known := truth[position]) is not None and len(texts[position]) >= FIRST_TELLING_CHARS
    ]
    return float(bool(near) and sum(near) / len(near) > 0.6)


def matrix(lesson: Lesson, names: Sequence[str]) -> np.ndarray:
    columns = {name: column for column, name in enumerate(names)}
    values = np.zeros((len(lesson.seen), len(names)))
    for row, seen in enumerate(lesson.seen):
        for name, value in (*seen.text, *seen.around):
            if name in columns:
                values[row, columns[name]] += value
    return values


def fit(lessons: Sequence[Lesson], ridge: float) -> dict[str, float]:
    """Return the weights that make the lessons' truth most likely."""
    names = sorted(
        {name for lesson in lessons for seen in lesson.seen for name, _ in (*seen.text, *seen.around)}
    )
    values = np.concatenate([matrix(lesson, names) for lesson in lessons])
    truth = np.concatenate([np.array(lesson.truth) for lesson in lessons])
    counts = np.concatenate([_counts(lesson) for lesson in lessons])
    weights = np.zeros(len(names))
    for _ in range(40):
        likely = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (counts * (likely - truth)) + ridge * weights
        bend = (values * (counts * likely * (1 - likely))[:, None]).T @ values + ridge * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def _counts(lesson: Lesson) -> np.ndarray:
    roots = np.sqrt([len(block.text) for block in lesson.blocks])
    return 100 * lesson.weight * roots / roots.sum()


def report(lessons: Sequence[Lesson], model: Model) -> str:
    """Return mean F1 per track and half, of the run alone: rules for head and tail come on top."""
    found: dict[str, list[float]] = {}
    for lesson in lessons:
        text = "\n".join(block.text for block in run_of(lesson, model))
        half = "tune" if lesson.tune else "held out"
        found.setdefault(f"{lesson.track} {half}", []).append(scores(text, lesson.gold)[2])
    return "  ".join(f"{name} {sum(values) / len(values):.4f}" for name, values in sorted(found.items()))


def run_of(lesson: Lesson, model: Model) -> Sequence[Block]:
    verdicts = {}
    for seen in lesson.seen:
        logit = sum(model.weights.get(name, 0.0) * value for name, value in (*seen.text, *seen.around))
        likelihood = float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))
        verdicts[seen.index] = Verdict(likelihood=likelihood, gain=gain_of(likelihood, seen, model))
    start, end = best_run(lesson.blocks, verdicts)
    return lesson.blocks[start:end]


def write(model: Model) -> None:
    lines = [
        "# Learned by `python -m bench.learn` from the tune half of the shared pages and the samples; don't edit by hand.",
        "# A block's likelihood of being text is the logistic function of the sum of weight x feature (archive/features.py).",
        f"threshold = {model.threshold} # what a block must be likelier than to add to a run; swept by --try",
        f"price = {model.price} # characters that a block below it costs a run besides; swept by --try",
        "",
        "[weights]",
    ]
    lines += [f'"{name}" = {value:.3f}' for name, value in sorted(model.weights.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(model.weights)} weights written to {WEIGHTS.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
