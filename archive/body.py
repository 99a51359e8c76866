"""Where on a page the text stands: scores per block and the run of blocks that scores most."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from archive.hanzi import match_form
from archive.hints import set_apart
from archive.model import Block

SENTENCE_MARK = re.compile(r"[。;；!！?？]")
_CLAUSE_MARK = re.compile(r"[,，、]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONG_LINE_CHARS = 20
_SHORTEST_EXCLAMATION_CHARS = 5  # 欢迎您! is a greeting of a site; 无。 is all that some sections say

# What stands alone on a short line inside a report: it neither starts nor ends a run by itself.
_STRUCTURE = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,3}[、.章节部分条]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}\s*[、.)]|[①-⑳]|"
    r"[一二三四五六七八九十]是|附(?:件|表|录|注)?\s*\d*\s*:|表\s*\d)"
    r".{0,60}"
)
_SIGNER = r"[^,。;:!?|\s]{2,30}(?:人民政府|政府|委员会|办公室|办事处|管委会|局|厅|委|办|院|处|中心|村民?委员会)\s*(?:\((?:盖?章|印章?)\))?。?"
_DAY = r"[(]?(?:\d{4}|[一二三四五六七八九零〇○o0]{4}|[\dx*×]{2,4})年[\dx*×一二三四五六七八九十]{1,3}月[\dx*×一二三四五六七八九十]{1,3}日[)]?。?"
_LISTED = re.compile(r"[一二三四五六七八九十]是")  # 一是加强领导。 is a sentence of a list, no heading
_SIGNATURE = re.compile(_SIGNER)
_DATE = re.compile(rf"(?:{_SIGNER})?\s*{_DAY}")
_REMARK = re.compile(r"[(][^()]{2,40}[)]")  # (联系人:…) under a signature, (加盖公章)
_SALUTATION = re.compile(r"[^,。;!?|]{2,30}:")
_NUMBER = re.compile(r"[-+]?\d[\d,.]*\s*%?|—+|/|无")

SHORT_LINE_PENALTY = 20
"""A short line that is no structure. Swept with bench/cleaning.py on 57 pages, as HTML and as dumps: F1 is
.883 and .818 at 10, .884 and .847 at 20, .889 and .830 at 30, .890 and .818 at 45."""
# A short block in the very container that holds the text is likely part of it. F1 on the same 57 pages: .881 at
# 0, .884 at 1 to 3, .873 at 6.
_SIBLING_PENALTY = 3
# A dumped table alternates labels and numbers: a number pays for its label. The 57 pages have few tables and
# lose .005 by it; the tables of the standard form would be cut out of a report without it.
_TABLE_NUMBER_SCORE = 20
_MOSTLY_LINKS = 0.5


def is_sentence(text: str) -> bool:
    """Whether a block reads as running text: a sentence mark, or a long line with clause marks."""
    if SENTENCE_MARK.search(text):
        return len(text) > _SHORTEST_EXCLAMATION_CHARS or "。" in text
    return len(text) >= _LONG_LINE_CHARS and len(_CLAUSE_MARK.findall(text)) >= 2


def is_structure(text: str) -> bool:
    """Whether a short block is a numbered heading, a signature, a date or a salutation."""
    form = match_form(text).strip()
    return any(pattern.fullmatch(form) for pattern in (_STRUCTURE, _SIGNATURE, _DATE, _SALUTATION, _REMARK))


def is_salutation(text: str) -> bool:
    """Whether a block addresses somebody, as a covering letter's first line does: 县信息办:"""
    return _SALUTATION.fullmatch(match_form(text).strip()) is not None


def is_heading(text: str) -> bool:
    """Whether a block is a numbered heading on its own line, without a sentence behind it."""
    form = match_form(text).strip()
    return _STRUCTURE.fullmatch(form) is not None and not is_sentence(text[:-1]) and not _LISTED.match(form)


@dataclass(slots=True)
class Weights:
    short: float = 20
    home_share: float = 0.6
    out: float = 0.0
    apart: float = 0.5
    dens_pow: float = 1.0
    short_min: float = 1.0
    cap: float = 1e9
    tiny: int = 0
    window: int = 8
    near_pow: float = 1
    base: float = 1
    tinyf: float = 1
    teaser_min: int = 3
    teaser_back: int = 1
    anchor: float = 200
    reach: int = 15
    wall: float = 30
    len_from: int = 0
    marks: float = 1.0
W = Weights()

_PUNCTUATION = re.compile(r"[\s\W_]+")


def comparable(text: str) -> str:
    """Return `text` without marks and spaces, simplified: how a title and its repetition are compared."""
    return _PUNCTUATION.sub("", match_form(text))


def score_blocks(blocks: Sequence[Block], titles: Sequence[str] = (), walls: Set[int] = frozenset()) -> list[int]:
    """Score blocks for `best_run`: characters of running text count for, short and linked blocks against."""
    running = {block.index: _running(block) for block in blocks}
    apart = set_apart(blocks, running)
    if W.teaser_min < 99:
        apart |= _teasers(blocks, running)
    for index in apart:
        running[index] = 0
    start = -1
    if W.anchor:
        a = find_anchor(blocks, titles)
        if a >= 0:
            for position in range(a + 1, min(len(blocks), a + 1 + int(W.reach))):
                if running[blocks[position].index]:
                    start = position
                    break
    home, density = find_home(blocks, running, start)
    near = _near(blocks, running, apart)
    scores = [round(-W.wall if block.index in walls else _score(block, home, density, block.index in apart, near[position])) for position, block in enumerate(blocks)]
    if start >= 0: scores[start] += round(W.anchor)
    return scores


def _running(block: Block) -> int:
    if block.link_share >= _MOSTLY_LINKS or not is_sentence(block.text) or len(block.text) < _LONG_LINE_CHARS:
        return 0
    return _han_chars(block.text)


def find_home(blocks: Sequence[Block], running: Mapping[int, int], bonus: int = -1) -> tuple[int, float]:
    """Return the deepest element that holds most of the running text, and the share of its characters not in links."""
    inside: dict[int, int] = {}
    depth: dict[int, int] = {}
    total = 0
    for position, block in enumerate(blocks):
        chars = running[block.index] + (W.anchor if position == bonus else 0)
        if chars:
            total += chars
            for level, (element, step) in enumerate(zip(block.elements, block.path)):
                if step.partition("#")[0].partition(".")[0] not in _TEXT_TAGS:
                    inside[element] = inside.get(element, 0) + chars
                    depth[element] = level
    home = max((e for e, chars in inside.items() if chars >= W.home_share * total), key=depth.__getitem__, default=0)
    held = [b for b in blocks if home in b.elements]
    chars = sum(len(b.text) for b in held)
    pure = sum(len(b.text) * (1 - b.link_share) for b in held)
    return home, pure / max(1, chars)

_TEXT_TAGS = frozenset({"p", "font", "span", "b", "strong", "em", "i"})

def _near(blocks: Sequence[Block], running: Mapping[int, int], apart: Set[int]) -> list[float]:
    """Share of running text among the characters of the nearest blocks."""
    k = int(W.window)
    good, every = [0], [0]
    for b in blocks:
        good.append(good[-1] + running[b.index])
        every.append(every[-1] + len(b.text))
    n = len(blocks)
    return [(good[min(n, i + k + 1)] - good[max(0, i - k)]) / max(1, every[min(n, i + k + 1)] - every[max(0, i - k)]) for i in range(n)]


def _is_broken_off(block: Block) -> bool:
    """Whether a paywall's notice was cut out of the block: what it interrupts is text, however short."""
    return any(edit.reason.startswith("gap ") for edit in block.edits)


def _han_chars(text: str) -> int:
    """Count Han characters: what leaks out of broken scripts and styles has marks too, but none of these."""
    return len(_HAN.findall(text))


def _score(block: Block, home: int, density: float, apart: bool, near: float) -> float:
    inside = home in block.elements
    short = W.short
    if inside:
        short = max(W.short_min, W.short * (1 - density) ** W.dens_pow)
    if not block.path:
        short = max(W.short_min, W.short * W.base * (1 - near) ** W.near_pow)
    if apart:
        return -W.short - W.apart * _han_chars(block.text)
    if block.link_share >= _MOSTLY_LINKS:
        return -short - len(block.text) * (1 if not inside else (1-density))
    if is_sentence(block.text) or _is_broken_off(block):
        if home and not inside:
            return -W.out * _han_chars(block.text)
        return _han_chars(block.text) * (1 - 2 * block.link_share)
    if block.tag == "tr":
        return 0
    if _NUMBER.fullmatch(block.text):
        return _TABLE_NUMBER_SCORE
    if is_structure(block.text):
        return 0
    if len(block.text) >= W.len_from and _INNER.search(block.text):
        short *= W.marks
    elif len(block.text) <= W.tiny:
        short *= W.tinyf
    return -short

_INNER = re.compile(r".[,，、:：].")


def _teasers(blocks: Sequence[Block], running: Mapping[int, int]) -> set[int]:
    """Return the running text that stands under linked titles, three times and more in one kind of container."""
    found: dict[tuple[str, ...], list[int]] = {}
    seen: dict[tuple[str, ...], int] = {}
    before: list[Block] = []
    for block in blocks:
        if block.path and (running[block.index] or (len(block.text)>=15 and block.link_share<.5)):
            seen[block.path] = seen.get(block.path, 0) + 1
            if any(b.link_share >= _MOSTLY_LINKS and len(b.text) >= 6 for b in before[-int(W.teaser_back):]):
                found.setdefault(block.path, []).append(block.index)
        before.append(block)
    return {i for path, indexes in found.items() if len(indexes) >= W.teaser_min and len(indexes) >= 0.7 * seen[path] for i in indexes}


def find_anchor(blocks: Sequence[Block], titles: Sequence[str]) -> int:
    names = [n for n in titles if len(n) >= 5]
    if not names:
        return -1
    for position, block in enumerate(blocks):
        form = comparable(block.text)
        if len(form) >= 5 and (block.path or position) and block.link_share < 0.5 and any(form == n or n.startswith(form) and len(form) >= 0.4 * len(n) for n in names):
            return position
    return -1

def best_run(scores: Sequence[int]) -> tuple[int, int]:
    """Return (start, end) of the run with the greatest sum, widened over neighbours that score 0.

    The maximum subarray of Bentley, "Programming Pearls", column 8. An empty run is (0, 0).
    """
    best, best_span, total, start = 0, (0, 0), 0, 0
    peak: float = 0; peak_start = 0
    for position, score in enumerate(scores):
        if total < peak - W.cap:
            total, start = peak - W.cap, peak_start
        if total <= 0:
            total, start = 0, position
        total += score
        if total > peak:
            peak, peak_start = total, start
        if total > best:
            best, best_span = total, (start, position + 1)
    first, last = best_span
    while first > 0 and scores[first - 1] == 0 and best:
        first -= 1
    while last < len(scores) and scores[last] == 0 and best:
        last += 1
    return first, last
