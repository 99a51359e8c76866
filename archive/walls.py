"""Where a text ends: blocks that a page's end begins with, and what stands below them."""

from collections.abc import Iterable, Sequence, Set

from archive.lines import is_sentence
from archive.model import Block
from archive.rulebook import SiteRules
from archive.sieve import sifted
from archive.strip import MOSTLY_LINKS, Desk

FEWEST_TEXT_CHARS = 20
"""Han characters of running text; below one sentence there is no report."""

_ABOVE_END_SHARE = 0.75  # a disclaimer between a compilation's parts has less of it above
_LONGEST_BELOW_CHARS = 300  # and the last part of fifteen is longer than what a site says of itself


def find_walls(desk: Desk, rule_sets: Sequence[SiteRules], *, ends: bool = False) -> set[int]:
    """Return the blocks that rules for a page's end would take, wherever they stand: texts end above them.

    With `ends` only those of rules that say so of themselves.
    """
    tails = tuple(
        rule for rules in rule_sets for rule in rules.rules if rule.zone == "tail" and rule.ends >= ends
    )
    hopeful = sifted(desk.left, tails)
    return {b.index for b in desk.left if b.index in hopeful and any(rule.match_block(b) for rule in tails)}


def running_text_chars(blocks: Iterable[Block]) -> int:
    """Count the characters of running text."""
    return sum(
        len(block.text) for block in blocks if is_sentence(block.text) and block.link_share < MOSTLY_LINKS
    )


def last_sentence(blocks: Sequence[Block], start: int, end: int) -> int:
    """Return the position of the last sentence of a run, its last block when it has none."""
    for position in range(end - 1, start, -1):
        if is_sentence(blocks[position].text) and len(blocks[position].text) >= FEWEST_TEXT_CHARS:
            return position
    return end - 1


def above_wall(blocks: Sequence[Block], walls: Set[int]) -> Sequence[Block]:
    """Cut off what follows the last sentence and a wall below it: an address between a footer's lines is the site's."""
    last = blocks[last_sentence(blocks, 0, len(blocks))].index
    wall = min((index for index in walls if index > last), default=None)
    return blocks if wall is None else [block for block in blocks if block.index < wall]


def above_end(blocks: Sequence[Block], ends: Set[int]) -> Sequence[Block]:
    """Cut off what follows a site's disclaimer, when most of the text stands above: the site's words about itself."""
    total = running_text_chars(blocks)
    above = 0
    for position, block in enumerate(blocks):
        is_most = above >= _ABOVE_END_SHARE * total and total - above <= _LONGEST_BELOW_CHARS
        if block.index in ends and is_most:
            return blocks[:position]
        above += running_text_chars([block])
    return blocks
