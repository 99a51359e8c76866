"""What can be seen of a block without understanding it: the features that tell text from chrome.

Each is a number from 0 to 1, so that weights compare. Those of a block's own text come first, then those of
its neighbours, its place on the page, and of its markup; a dump has no markup and all of these at 0.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from archive.hanzi import match_form
from archive.hints import set_apart
from archive.lines import han_chars, is_number, is_sentence, is_signature, is_structure, running_chars
from archive.model import Block
from archive.neighbours import Column, is_tiny, neighbours
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The features of one block; `chars` is what its text counts in a run."""

    index: int
    chars: int
    text: Features
    around: Features


def see(blocks: Sequence[Block], *, walls: Set[int], titles: Sequence[str]) -> Iterator[Seen]:
    """Yield what is seen of each block, in order; features that are 0 are left out."""
    columns = see_around(blocks, walls=walls, titles=titles)
    for position, block in enumerate(blocks):
        yield Seen(
            index=block.index,
            chars=len(block.text),
            text=text_features(looked_at(block)),
            around=tuple((name, column[position]) for name, column in columns if column[position]),
        )


def see_around(blocks: Sequence[Block], *, walls: Set[int], titles: Sequence[str]) -> tuple[Column, ...]:
    """Return the features that are not of a block's own text, a column each with a value for each block, in order.

    `walls` are blocks that rules for a page's end would take. Columns, because a name and a value for each feature of
    each block, and adding them up one by one, took more time than finding them.
    """
    running = {block.index: running_chars(block) for block in blocks}
    apart = set_apart(blocks, running) | teasers(blocks, running) | stamped(blocks)
    running.update(dict.fromkeys(apart, 0))
    anchor = find_anchor(blocks, titles)
    home, purity = find_home(blocks, running, first_text_after(blocks, running, anchor))
    has_markup = any(block.path for block in blocks)
    links, *around = neighbours(blocks, running, walls)
    return (
        *around,
        *_special(blocks, anchor, walls, apart),
        *(_markup(blocks, home, purity) if has_markup else ()),
        links,
        *(() if has_markup else Rhythm(blocks, running, anchor).columns()),
    )


def looked_at(block: Block) -> str:
    """Return as much of a block's text as its own features are of."""
    return block.text[:_LONGEST_LOOKED_AT_CHARS]


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


def is_broken_off(block: Block) -> bool:
    """Whether a paywall's notice was cut out of the block: what it interrupts is text, however short."""
    return any(edit.reason.startswith("gap ") for edit in block.edits)


def _special(blocks: Sequence[Block], anchor: int, walls: Set[int], apart: Set[int]) -> Iterator[Column]:
    yield "wall", [float(block.index in walls) for block in blocks]
    yield "set-apart", [float(block.index in apart) for block in blocks]
    yield "broken-off", [float(is_broken_off(block)) for block in blocks]
    if anchor >= 0:
        below = len(blocks) - anchor - 1
        yield "below-title", [0.0] * (anchor + 1) + [1.0] * below
        yield "above-title", [1.0] * (anchor + 1) + [0.0] * below


def _markup(blocks: Sequence[Block], home: int, purity: float) -> Iterator[Column]:
    """Yield what markup says; a block that has none on a page that has some is 0 in all."""
    inside = [home in block.elements for block in blocks]
    sentences = [block.path != () and is_sentence(block.text) for block in blocks]
    yield "html", [float(block.path != ()) for block in blocks]
    yield "links", [block.link_share if block.path else 0.0 for block in blocks]
    yield "home", list(map(float, inside))
    yield "home-links", [block.link_share * here for block, here in zip(blocks, inside, strict=True)]
    yield "home-purity", [purity * here for here in inside]
    yield "home-sentence", [float(here and says) for here, says in zip(inside, sentences, strict=True)]
    yield "home-tiny", [float(here and is_tiny(block)) for block, here in zip(blocks, inside, strict=True)]
    yield (
        "sentence-away-from-home",
        [float(says and not here) for here, says in zip(inside, sentences, strict=True)],
    )
    for name, tags in _TAGS:
        yield name, [float(block.tag in tags and block.path != ()) for block in blocks]


_TAGS = (
    ("tag-p", frozenset({"p"})),
    ("tag-li", frozenset({"li"})),
    ("tag-tr", frozenset({"tr"})),
    ("tag-h", frozenset(f"h{n}" for n in range(1, 7))),
)
