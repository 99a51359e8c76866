"""One test for many rules: which blocks any of them may take. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.hanzi import match_form
from archive.model import Block
from archive.rulebook import Rule

_NAMED_GROUP = re.compile(r"(?<!\\)\(\?P<\w+>")
_NEEDS_ITS_GROUPS = re.compile(
    r"\(\?P=|\(\?\(|\\[1-9]|\(\?[a-zA-Z-]+\)"
)  # back-references, flags for a whole pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Lets through every block that a rule of a set takes, and few others.

    Most blocks are taken by no rule: one alternation of all patterns costs .2 ms for a page of 160 blocks,
    one rule after the other 1.5 ms.
    """

    pattern: re.Pattern[str]
    longest_chars: int
    others: tuple[Rule, ...]  # whose patterns can't be joined, or who look at containers

    def lets_through(self, block: Block) -> bool:
        """Whether a rule may take the block; False is certain."""
        if len(block.text) <= self.longest_chars and self.pattern.fullmatch(match_form(block.text)):
            return True
        return any(rule.match_block(block) for rule in self.others)


def sifted(blocks: Iterable[Block], rules: tuple[Rule, ...]) -> set[int]:
    """Return the indexes of the blocks that one of the rules may take."""
    lets_through = _sieve(rules).lets_through
    return {block.index for block in blocks if lets_through(block)}


@lru_cache(maxsize=256)
def _sieve(rules: tuple[Rule, ...]) -> Sieve:
    joined = [rule for rule in rules if _can_be_joined(rule)]
    patterns = [_NAMED_GROUP.sub("(?:", rule.pattern.pattern) for rule in joined if rule.pattern]
    return Sieve(
        pattern=re.compile("|".join(f"(?:{pattern})" for pattern in patterns)),
        longest_chars=max((rule.max_chars for rule in joined), default=-1),
        others=tuple(rule for rule in rules if rule not in joined),
    )


def _can_be_joined(rule: Rule) -> bool:
    return rule.pattern is not None and not rule.within and not _NEEDS_ITS_GROUPS.search(rule.pattern.pattern)
