"""Which segments to put together: few are fast to search, and each document moves seldom. Pure."""

from collections.abc import Sequence

TIER = 8
"""So many segments of about one size become one, some TIER times as large: a million reports that come one by
one are moved seven times each, and lie in 7 * 7 segments at most."""

MOST_DELETED = 0.5
"""A segment is written anew when more of its documents are deleted."""


def _tier(documents: int) -> int:
    tier = 0
    while documents >= TIER:
        documents //= TIER
        tier += 1
    return tier


def to_merge(segments: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the numbers of the segments to merge, given how many documents each has, and how many of them in use."""
    worn = {number for number, (every, live) in enumerate(segments) if live < every * (1 - MOST_DELETED)}
    chosen = set(worn)
    moved = sum(segments[number][1] for number in worn)
    tiers: dict[int, list[int]] = {}
    for number, (_, live) in enumerate(segments):
        if number not in worn:
            tiers.setdefault(_tier(live), []).append(number)
    for tier in sorted(tiers):
        mine = tiers[tier]
        if len(mine) + (moved > 0 and _tier(moved) == tier) >= TIER:
            chosen.update(mine)
            moved += sum(segments[number][1] for number in mine)
    return frozenset(chosen)
