"""What the names of containers say: which parts of a page call themselves comments, menus or footers."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from archive.model import Block

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Whole words of ids and classes, as in `div#hot-news.rightBar`: a substring would find nav in navy, foot in football.
_CHROME_WORDS = frozenset(
    "ad ads adv advert advertisement aside banner bottombar breadcrumb breadcrumbs copyright crumb crumbs dialog "
    "foot footer friendlink friendlinks hot hotnews leftmenu links login menu modal nav navbar navbox navigation navs "
    "pager pagination popup promo promotion rank ranking readmore recommend recommends related relate relatednews "
    "relative share sharebar side sidebar sitemap tabs taglist toolbar topbar topnav tuijian widget xgnews "
    "xiangguan catlinks".split()
)
_VOICES_WORDS = frozenset(
    "comment comments cmt cmts reply replies discuss feedback feedbacks guestbook pinglun recentcomment respond".split()
)
# has-sidebar, noAside, disable-comments: a state of the page, not a part of it.
_STATES = frozenset(
    {"has", "have", "no", "not", "non", "with", "without", "disable", "disabled", "enable", "enabled"}
)
_CHROME_TAGS = frozenset({"nav", "footer", "aside", "option", "select", "button", "textarea"})
# A container that holds so much of the page's running text is the page, whatever it calls itself.
_MAJORITY = 0.5
# What a page says outside its comments, when it is the text that they are about, has at least a sentence or two.
_FEWEST_OUTSIDE_CHARS = 60


@lru_cache(maxsize=4096)
def hint(step: str) -> str:
    """Return what one step of a path calls itself: "voices" (readers' comments), "chrome", or nothing."""
    tag, *names = re.split(r"[#.]", step)
    words = {word for name in names for word in _words(name)}
    if words & _VOICES_WORDS:
        return "voices"
    return "chrome" if tag in _CHROME_TAGS or words & _CHROME_WORDS else ""


def _words(name: str) -> frozenset[str]:
    words = frozenset(word.lower() for word in _WORDS.findall(name))
    return frozenset() if words & _STATES else words


def set_apart(blocks: Sequence[Block], running: Mapping[int, int]) -> set[int]:
    """Return the indexes of blocks inside a container that names itself comments or chrome.

    `running` holds the characters of running text per block index. A named container that holds most of the
    page's text is believed only when it says comments and there is text outside it.
    """
    total = sum(running.values())
    inside: dict[int, int] = {}
    steps: dict[int, str] = {}
    homes: dict[int, list[int]] = {}
    for block in blocks:
        for element, step in zip(block.elements, block.path, strict=True):
            if hint(step):
                homes.setdefault(block.index, []).append(element)
                steps[element] = step
                inside[element] = inside.get(element, 0) + running.get(block.index, 0)
    believed = {
        element
        for element, chars in inside.items()
        if chars <= _MAJORITY * total
        or (hint(steps[element]) == "voices" and total - chars >= _FEWEST_OUTSIDE_CHARS)
    }
    return {index for index, elements in homes.items() if not believed.isdisjoint(elements)}
