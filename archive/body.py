"""Where on a page the text stands: how likely each block is text, and the run of blocks that gains most."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from archive.features import Features, Seen, see
from archive.lines import is_structure
from archive.model import Block

_STEEPEST = 30.0  # beyond, exp() adds nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Learned weights per feature (`bench/learn.py` writes them) and the two numbers that make a run of them."""

    weights: Mapping[str, float]
    threshold: float
    price: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How likely a block is text (0 to 1), and what it adds to a run: characters gained or lost."""

    likelihood: float
    gain: float


@cache
def load_model() -> Model:
    """Load the weights that ship with the archive."""
    data = tomllib.loads(files("archive").joinpath("weights.toml").read_text(encoding="utf-8"))
    return Model(weights=data["weights"], threshold=data["threshold"], price=data["price"])


def judge(blocks: Sequence[Block], *, walls: set[int], titles: Sequence[str]) -> dict[int, Verdict]:
    """Return a verdict per block index."""
    model = load_model()
    return {seen.index: _verdict(seen, model) for seen in see(blocks, walls=walls, titles=titles)}


def _verdict(seen: Seen, model: Model) -> Verdict:
    logit = _text_logit(seen.text) + _sum(seen.around, model.weights)
    likelihood = 1 / (1 + exp(-max(-_STEEPEST, min(_STEEPEST, logit))))
    return Verdict(likelihood=likelihood, gain=gain_of(likelihood, seen, model))


def gain_of(likelihood: float, seen: Seen, model: Model) -> float:
    """Return the characters that a block adds to a run: its length times how far it is above the threshold."""
    gain = (likelihood - model.threshold) * seen.chars
    return gain if gain > 0 else gain - model.price


@lru_cache(maxsize=4096)
def _text_logit(features: Features) -> float:
    return _sum(features, load_model().weights)


def _sum(features: Features, weights: Mapping[str, float]) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in features])


def best_run(blocks: Sequence[Block], verdicts: Mapping[int, Verdict]) -> tuple[int, int]:
    """Return (start, end) of the run of blocks that gains most, widened over headings, signatures and dates.

    The maximum subarray of Bentley, "Programming Pearls", column 8. An empty run is (0, 0).
    """
    best, best_span, total, start = 0.0, (0, 0), 0.0, 0
    for position, block in enumerate(blocks):
        if total <= 0:
            total, start = 0.0, position
        total += verdicts[block.index].gain
        if total > best:
            best, best_span = total, (start, position + 1)
    first, last = best_span
    while best and first > 0 and _belongs(blocks[first - 1]):
        first -= 1
    while best and last < len(blocks) and _belongs(blocks[last]):
        last += 1
    return first, last


def _belongs(block: Block) -> bool:
    """Whether a block at the edge of the text goes with it, whatever its own likelihood."""
    return block.link_share < 0.5 and (is_structure(block.text) or block.tag == "tr")
