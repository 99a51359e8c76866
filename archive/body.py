"""Where on a page the text stands: how likely each block is text, and the run of blocks that gains most."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from archive.features import looked_at, see_around, text_features
from archive.lines import is_structure
from archive.model import Block

_STEEPEST = 30.0  # beyond, exp() adds nothing
# The run right under the title is the text unless another gains this much more: short texts stand beside long lists
# of other pages' first sentences. F1 of dumps whose texts were cut to 150 characters, cross-validated on the tune
# half and 61 further pages: .73 and .75 without, .73 and .80 at 2, .73 and .83 at 5; at 20 whole pages begin to lose.
_TITLED_FAVOUR = 5.0
_TITLE_REACH_BLOCKS = 25
_LEAST_TITLED_GAIN = 8.0  # a sentence of 15 characters
_LARGEST_LOSS = 60.0  # characters that a run under the title may lose before it is over


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
def load_models() -> tuple[Model, Model]:
    """Load the weights that ship with the archive: for pages with markup, and for dumps."""
    data = tomllib.loads(files("archive").joinpath("weights.toml").read_text(encoding="utf-8"))
    html, dump = (
        Model(weights=table["weights"], threshold=table["threshold"], price=table["price"])
        for table in (data["html"], data["dump"])
    )
    return html, dump


def model_for(blocks: Sequence[Block]) -> Model:
    """Return the model that judges these blocks: a dump has no markup to go by, and more rhythm."""
    html, dump = load_models()
    return html if any(block.path for block in blocks) else dump


def judge(blocks: Sequence[Block], *, walls: Set[int], titles: Sequence[str]) -> dict[int, Verdict]:
    """Return a verdict per block index."""
    model = model_for(blocks)
    around = [0.0] * len(blocks)
    for name, column in see_around(blocks, walls=walls, titles=titles):
        weight = model.weights.get(name)
        if weight is not None:
            around = [logit + weight * value for logit, value in zip(around, column, strict=True)]
    is_dump = model is load_models()[1]
    return {
        block.index: verdict_of(
            len(block.text), _text_logit(looked_at(block), is_dump=is_dump) + logit, model
        )
        for block, logit in zip(blocks, around, strict=True)
    }


@lru_cache(maxsize=4096)  # a site's pages have their menus in common
def _text_logit(text: str, *, is_dump: bool) -> float:
    weights = load_models()[is_dump].weights
    return sum([weights.get(name, 0.0) * value for name, value in text_features(text)])


def verdict_of(chars: int, logit: float, model: Model) -> Verdict:
    """Return the verdict on a block of so many characters from the sum of its weighted features."""
    likelihood = 1 / (1 + exp(-max(-_STEEPEST, min(_STEEPEST, logit))))
    return Verdict(likelihood=likelihood, gain=gain_of(likelihood, chars, model))


def gain_of(likelihood: float, chars: int, model: Model) -> float:
    """Return the characters that a block adds to a run: its length times how far it is above the threshold."""
    gain = (likelihood - model.threshold) * chars
    return gain if gain > 0 else gain - model.price


def best_run(
    blocks: Sequence[Block], verdicts: Mapping[int, Verdict], title: int | None = None
) -> tuple[int, int]:
    """Return (start, end) of the text: the run of blocks that gains most, or the one right under the title.

    `title` is the index of the block that repeats the page's title, None when none does. The run is widened over
    headings, signatures and dates; an empty one is (0, 0).
    """
    gains = [verdicts[block.index].gain for block in blocks]
    first, last = _richest(gains)
    if title is not None and last:
        near = _run_under(gains, bisect_right([block.index for block in blocks], title))
        apart = near[1] <= first or last <= near[0]
        if apart and _TITLED_FAVOUR * sum(gains[slice(*near)]) >= sum(gains[first:last]):
            first, last = near
    while last and first > 0 and _belongs(blocks[first - 1]):
        first -= 1
    while last and last < len(blocks) and _belongs(blocks[last]):
        last += 1
    return first, last


def _richest(gains: Sequence[float]) -> tuple[int, int]:
    """Return the maximum subarray, as in Bentley, "Programming Pearls", column 8."""
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for position, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, position
        total += gain
        if total > best:
            best, span = total, (start, position + 1)
    return span


def _run_under(gains: Sequence[float], below: int) -> tuple[int, int]:
    """Return the first run from position `below` on that gains a sentence, (0, 0) when none begins near."""
    best, span, total, start = 0.0, (0, 0), 0.0, below
    for position in range(below, len(gains)):
        if total <= 0:
            if best > 0 or position - below > _TITLE_REACH_BLOCKS:
                break
            total, start = 0.0, position
        total += gains[position]
        if total > max(best, _LEAST_TITLED_GAIN):
            best, span = total, (start, position + 1)
        elif best - total > _LARGEST_LOSS:
            break
    return span


def _belongs(block: Block) -> bool:
    """Whether a block at the edge of the text goes with it, whatever its own likelihood."""
    return block.link_share < 0.5 and (is_structure(block.text) or block.tag == "tr")
