"""Learn how much each feature of a block says: `python -m bench.learn` writes archive/weights.toml.

Logistic regression with a ridge, fitted by Newton's method on the blocks of the tune half of the shared pages and
of the samples. A page counts alike however long it is, a block by the square root of its length. There are two
tables: for pages with markup (learned from both tracks at once), and for dumps, which have the features of rhythm
(archive/rhythm.py) instead. `--more FOLDER` adds further HTML pages to the latter: their text is what the cleaner
finds in their markup, and the dump's model learns to find the same without it. Only weights are written: no text of
a page leaves it. Needs numpy (the `bench` extra). `--try` sweeps ridge, threshold and price and writes nothing.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from archive.body import Model, best_run, verdict_of
from archive.model import Block
from bench.lessons import PROJECT, Lesson, further_lessons, sample_lessons, shared_lessons
from bench.pages import SHARED, scores

WEIGHTS = PROJECT / "archive" / "weights.toml"
MODELS = {
    "html": Model(weights={}, threshold=0.5, price=3.0),
    "dump": Model(weights={}, threshold=0.5, price=0.0),
}
RIDGES = {"html": 1.0, "dump": 1.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--more", type=Path, help="a folder of further HTML pages, a sub-folder per site")
    parser.add_argument("--try", dest="sweep", action="store_true", help="sweep and write nothing")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not here: weights are learned from the shared pages with gold text")
    lessons = [*shared_lessons(), *sample_lessons()]
    if arguments.more:
        lessons += further_lessons(arguments.more)
    if arguments.sweep:
        sweep(lessons)
        return
    models = {kind: replace(MODELS[kind], weights=learn(lessons, kind, RIDGES[kind])) for kind in MODELS}
    write(models)
    for kind, model in models.items():
        print(f"{kind}: {report(told(lessons, kind), model)}")


def sweep(lessons: Sequence[Lesson]) -> None:
    """Print what every ridge, threshold and price gives."""
    for kind in MODELS:
        for ridge in (1.0, 3.0, 10.0):
            weights = learn(lessons, kind, ridge)
            for threshold, price in product((0.35, 0.45, 0.55), (0.0, 1.0, 3.0, 6.0)):
                model = Model(weights=weights, threshold=threshold, price=price)
                figures = report(told(lessons, kind), model)
                print(f"{kind} ridge {ridge} threshold {threshold} price {price}: {figures}", flush=True)


def has_markup(lesson: Lesson) -> bool:
    return any(block.path for block in lesson.blocks)


def told(lessons: Sequence[Lesson], kind: str) -> list[Lesson]:
    """Return the lessons that a model is asked about."""
    return [lesson for lesson in lessons if has_markup(lesson) is (kind == "html")]


def learn(lessons: Sequence[Lesson], kind: str, ridge: float) -> dict[str, float]:
    """Fit one model's weights. That of pages with markup learns from the shared dumps too, that of dumps from no markup."""
    if kind == "dump":
        return fit([lesson for lesson in told(lessons, kind) if lesson.tune], ridge)
    taught = [lesson for lesson in lessons if lesson.tune and lesson.track in {"html", "dumps", "samples"}]
    return fit(taught, ridge, names_in(told(taught, kind)))


def matrix(lesson: Lesson, names: Sequence[str]) -> np.ndarray:
    columns = {name: column for column, name in enumerate(names)}
    values = np.zeros((len(lesson.seen), len(names)))
    for row, seen in enumerate(lesson.seen):
        for name, value in (*seen.text, *seen.around):
            if name in columns:
                values[row, columns[name]] += value
    return values


def names_in(lessons: Sequence[Lesson]) -> set[str]:
    return {name for lesson in lessons for seen in lesson.seen for name, _ in (*seen.text, *seen.around)}


def fit(lessons: Sequence[Lesson], ridge: float, known: Set[str] | None = None) -> dict[str, float]:
    """Return the weights (of the `known` features only, when given) that make the lessons' truth most likely."""
    names = sorted(known or names_in(lessons))
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
    """Return the blocks that a model takes for the page's text."""
    verdicts = {}
    for seen in lesson.seen:
        logit = sum(model.weights.get(name, 0.0) * value for name, value in (*seen.text, *seen.around))
        verdicts[seen.index] = verdict_of(seen.chars, logit, model)
    start, end = best_run(lesson.blocks, verdicts, lesson.title)
    return lesson.blocks[start:end]


def write(models: Mapping[str, Model]) -> None:
    lines = [
        "# Learned by `python -m bench.learn` from the tune half of the shared pages and the samples; don't edit by hand.",
        "# The dump's weights also from 61 news pages out of the tests of GeneralNewsExtractor (--more): what the cleaner",
        "# finds in their markup. A block's likelihood of being text is the logistic function of the sum of weight x",
        "# feature (archive/features.py, archive/rhythm.py).",
    ]
    for kind, model in models.items():
        lines += [
            "",
            f"[{kind}]",
            f"threshold = {model.threshold} # what a block must be likelier than to add to a run; swept by --try",
            f"price = {model.price} # characters that a block below it costs a run besides; swept by --try",
            "",
            f"[{kind}.weights]",
            *(f'"{name}" = {value:.3f}' for name, value in sorted(model.weights.items())),
        ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"weights written to {WEIGHTS.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
