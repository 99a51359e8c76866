"""What can be seen of a block without understanding it: the features that tell text from chrome.

Each is a number from 0 to 1, so that weights compare. Those of a block's own text come first, then those of
its neighbours, its place on the page, and of its markup; a dump has no markup and all of these at 0.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log1p

from archive.hanzi import match_form
from archive.hints import set_apart
from archive.lines import han_chars, is_number, is_sentence, is_signature, is_structure, running_chars
from archive.model import Block
from archive.rhythm import Rhythm
from archive.surroundings import find_anchor, find_home, first_text_after, stamped, teasers

Features = tuple[tuple[str, float], ...]

_LENGTHS = (
    ("len-1-3", 3),
    ("len-4-6", 6),
    ("len-7-10", 10),
    ("len-11-15", 15),
    ("len-16-25", 25),
    ("len-26-50", 50),
    ("len-51-100", 100),
)
_PATTERNS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("ends-sentence", r"[。;!?…”」)]$"),
        ("ends-question", r"[?!]$"),
        ("ends-colon", r":$"),
        ("ends-clause", r"[,、]$"),
        ("starts-with-mark", r"^[,。、;)]"),
        ("label", r".:."),
        ("numbered", r"^\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[、.):]|第[一二三四五六七八九十\d]+)"),
        ("date", r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}月\d{1,2}日"),
        ("clock", r"\d{1,2}:\d{2}"),
        ("trail", r"[>»›|→【】\[\]©]"),
        ("address", r"https?:|www\."),
        ("quotes", r"[《“「]"),
        ("site-speaks", r"本站|本网|版权|转载|登录|注册|微信|关注|点击|首页|客户端|举报|评论|责任编辑"),
    )
)
_CLAUSE_MARK = re.compile(r"[,、]")
_LATIN = re.compile(r"[a-z]")
_DIGIT = re.compile(r"\d")
_LONGEST_LOOKED_AT_CHARS = 2000  # a block of 8,000 characters is running text by its first page
_LONGEST_COUNTED_CHARS = 300
_TINY_CHARS = 6
# Windows of neighbours, as (first, last) distances.
_MEASURES = ("sentences", "lengths", "tiny", "walls")
_WINDOWS = tuple(
    (tuple(name + window for name in _MEASURES), first, last)
    for window, first, last in (
        ("-1", -1, -1),
        ("+1", 1, 1),
        ("-4", -4, -2),
        ("+4", 2, 4),
        ("-12", -12, -5),
        ("+12", 5, 12),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The features of one block; `chars` is what its text counts in a run."""

    index: int
    chars: int
    text: Features
    around: Features


def see(blocks: Sequence[Block], *, walls: Set[int], titles: Sequence[str]) -> Iterator[Seen]:
    """Yield what is seen of each block, in order. `walls` are blocks that rules for a page's end would take."""
    running = {block.index: running_chars(block) for block in blocks}
    apart = set_apart(blocks, running) | teasers(blocks, running) | stamped(blocks)
    running.update(dict.fromkeys(apart, 0))
    anchor = find_anchor(blocks, titles)
    home, purity = find_home(blocks, running, first_text_after(blocks, running, anchor))
    around = _Around(blocks, running, walls)
    rhythm = None if any(block.path for block in blocks) else Rhythm(blocks, running, anchor)
    for position, block in enumerate(blocks):
        yield Seen(
            index=block.index,
            chars=len(block.text),
            text=text_features(block.text[:_LONGEST_LOOKED_AT_CHARS]),
            around=(
                *around.neighbours(position),
                *around.place(position),
                *_special(block, position, anchor, walls, apart),
                *(_markup(block, home, purity) if block.path else ()),
                ("links-near", around.links(position)),
                *(rhythm.features(position) if rhythm else ()),
            ),
        )


@lru_cache(maxsize=4096)
def text_features(text: str) -> Features:
    """Return the features of a block's own text."""
    form = match_form(text)
    length = len(text)
    han = han_chars(text)
    sentence = is_sentence(text)
    found = [("bias", 1.0), (next((name for name, last in _LENGTHS if length <= last), "len-101-"), 1.0)]
    flags = (
        ("full-stop", "。" in text),
        ("sentence", sentence),
        ("long-sentence", sentence and length >= 20),
        ("structure", is_structure(text)),
        ("signature", is_signature(text)),
        ("number", is_number(text)),
        ("no-han", han == 0),
    )
    found += [(name, 1.0) for name, holds in flags if holds]
    found += [(name, 1.0) for name, pattern in _PATTERNS if pattern.search(form)]
    shares = (
        ("clauses", min(3, len(_CLAUSE_MARK.findall(form))) / 3),
        ("digits", len(_DIGIT.findall(form)) / length),
        ("latin", len(_LATIN.findall(form)) / length),
    )
    return tuple(found + [(name, value) for name, value in shares if value])


class _Around:
    """Prefix sums over the page, so that each window of neighbours costs two look-ups."""

    def __init__(self, blocks: Sequence[Block], running: Mapping[int, int], walls: Set[int]) -> None:
        self._count = len(blocks)
        lengths = [len(block.text) for block in blocks]
        self._measures = (
            _sums(blocks, lambda block: float(is_sentence(block.text))),
            _sums(blocks, lambda block: log1p(min(len(block.text), _LONGEST_COUNTED_CHARS)) / 5.71),
            _sums(blocks, lambda block: float(len(block.text) <= _TINY_CHARS)),
            _sums(blocks, lambda block: float(block.index in walls)),
        )
        self._clocks = _sums(blocks, lambda block: float(_CLOCK.search(block.text) is not None))
        self._linked = _sums(blocks, lambda block: block.link_share)
        self._running = _sums(blocks, lambda block: float(running[block.index]))
        started = [running_before > 0 for running_before in self._running]
        self._walls_below_text = [
            0.0,
            *accumulate(
                float(block.index in walls and has_begun)
                for block, has_begun in zip(blocks, started, strict=False)
            ),
        ]
        self._lengths = [0.0, *accumulate(map(float, lengths))]

    def neighbours(self, at: int) -> Features:
        found: list[tuple[str, float]] = []
        for names, first, last in _WINDOWS:
            start, end = max(0, at + first), min(self._count, at + last + 1)
            if start < end:
                width = end - start
                for name, sums in zip(names, self._measures, strict=True):
                    value = sums[end] - sums[start]
                    if value:
                        found.append((name, value / width))
        return tuple(found)

    def place(self, at: int) -> Iterator[tuple[str, float]]:
        above, below = self._density(at - 12, at), self._density(at + 1, at + 13)
        yield "text-above", above
        yield "text-below", below
        yield "text-both-sides", above * below
        yield "text-near", self._density(at - 40, at + 41)
        yield "clocks-near", self._mean(self._clocks, at - 8, at + 9)
        total = self._running[-1] or 1.0
        before, after = self._running[at] / total, (self._running[-1] - self._running[at + 1]) / total
        yield "after-text", before
        yield "before-text", after
        yield "amid-text", 4 * before * after
        yield "first-text", float(before == 0)
        yield "last-text", float(after == 0)
        yield "below-walls", min(3, self._walls_below_text[at]) / 3

    def links(self, at: int) -> float:
        return self._mean(self._linked, at - 3, at + 4)

    def _density(self, start: int, end: int) -> float:
        start, end = max(0, start), min(self._count, end)
        if start >= end:
            return 0.0
        return (self._running[end] - self._running[start]) / max(
            1.0, self._lengths[end] - self._lengths[start]
        )

    def _mean(self, sums: Sequence[float], start: int, end: int) -> float:
        start, end = max(0, start), min(self._count, end)
        return (sums[end] - sums[start]) / (end - start)


_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")


def _sums(blocks: Sequence[Block], measure: Callable[[Block], float]) -> list[float]:
    return [0.0, *accumulate(map(measure, blocks))]


def is_broken_off(block: Block) -> bool:
    """Whether a paywall's notice was cut out of the block: what it interrupts is text, however short."""
    return any(edit.reason.startswith("gap ") for edit in block.edits)


def _special(
    block: Block, position: int, anchor: int, walls: Set[int], apart: Set[int]
) -> Iterator[tuple[str, float]]:
    if block.index in walls:
        yield "wall", 1.0
    if block.index in apart:
        yield "set-apart", 1.0
    if is_broken_off(block):
        yield "broken-off", 1.0
    if anchor >= 0:
        yield ("below-title" if position > anchor else "above-title"), 1.0


def _markup(block: Block, home: int, purity: float) -> Iterator[tuple[str, float]]:
    yield "html", 1.0
    yield "links", block.link_share
    inside = home in block.elements
    sentence = is_sentence(block.text)
    if inside:
        yield "home", 1.0
        yield "home-links", block.link_share
        yield "home-purity", purity
        yield "home-sentence", float(sentence)
        yield "home-tiny", float(len(block.text) <= _TINY_CHARS)
    elif sentence:
        yield "sentence-away-from-home", 1.0
    if block.tag in _TAGS:
        yield _TAGS[block.tag], 1.0


_TAGS = {"p": "tag-p", "li": "tag-li", "tr": "tag-tr"} | {f"h{n}": "tag-h" for n in range(1, 7)}
