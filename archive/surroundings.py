"""What surrounds a block: the element that holds the text, teasers of other pages, the title above the text."""

import re
from collections.abc import Mapping, Sequence

from archive.lines import comparable
from archive.model import Block

# An element that holds this share of the running text is its home. F1 on the tune half: .961 at .5, .968 at .6
# and .7, .964 at .8.
_HOME_SHARE = 0.6
# The text right under the title counts this much more when its home is chosen: short bodies stand beside long
# lists of other pages' first sentences. No tune page changes between 0 and 400.
_UNDER_TITLE_CHARS = 200
_TITLE_REACH_BLOCKS = 15
_TEXT_TAGS = frozenset({"p", "font", "span", "b", "strong", "em", "i"})
_MOSTLY_LINKS = 0.5
_STAMP = re.compile(
    r"(?:(?P<year>\d{4})[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*(?:[上下]午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
)
_LONGEST_STAMP_CHARS = 60
_FEWEST_STAMPS = 4
_STAMP_REACH_BLOCKS = 25
_AFTER_STAMP_BLOCKS = 2
_FEWEST_TEASERS = 3
_TEASER_SHARE = 0.7
_SHORTEST_TEASER_CHARS = 15
_SHORTEST_LINKED_TITLE_CHARS = 6
_SHORTEST_TITLE_CHARS = 5
_TITLE_PART = 0.4  # pages set a title without its subtitle, and `<title>` with the column behind it


def find_home(blocks: Sequence[Block], running: Mapping[int, int], under_title: int) -> tuple[int, float]:
    """Return the deepest element that holds most of the running text, and how much of its text is not links."""
    inside: dict[int, int] = {}
    depth: dict[int, int] = {}
    total = 0
    for position, block in enumerate(blocks):
        chars = running[block.index] + (_UNDER_TITLE_CHARS if position == under_title else 0)
        if chars:
            total += chars
            for level, (element, step) in enumerate(zip(block.elements, block.path, strict=True)):
                if step.partition("#")[0].partition(".")[0] not in _TEXT_TAGS:
                    inside[element] = inside.get(element, 0) + chars
                    depth[element] = level
    holding = (element for element, chars in inside.items() if chars >= _HOME_SHARE * total)
    home = max(holding, key=depth.__getitem__, default=0)
    held = [block for block in blocks if home in block.elements]
    chars = sum(len(block.text) for block in held)
    unlinked = sum(len(block.text) * (1 - block.link_share) for block in held)
    return home, unlinked / max(1, chars)


def teasers(blocks: Sequence[Block], running: Mapping[int, int]) -> set[int]:
    """Return blocks of text that stand under linked titles, three times and more in one kind of container."""
    found: dict[tuple[str, ...], list[int]] = {}
    seen: dict[tuple[str, ...], int] = {}
    above: Block | None = None
    for block in blocks:
        is_text = running[block.index] or (
            len(block.text) >= _SHORTEST_TEASER_CHARS and block.link_share < _MOSTLY_LINKS
        )
        if block.path and is_text:
            seen[block.path] = seen.get(block.path, 0) + 1
            if (
                above
                and above.link_share >= _MOSTLY_LINKS
                and len(above.text) >= _SHORTEST_LINKED_TITLE_CHARS
            ):
                found.setdefault(block.path, []).append(block.index)
        above = block
    return {
        index
        for path, indexes in found.items()
        if len(indexes) >= max(_FEWEST_TEASERS, _TEASER_SHARE * seen[path])
        for index in indexes
    }


def stamped(blocks: Sequence[Block]) -> set[int]:
    """Return blocks among readers' comments or teasers: lists in which every entry has a date and a clock time.

    A report's page has one such stamp, under its title; four of one shape, none far from the next, are a list.
    """
    shapes: dict[tuple[object, ...], list[int]] = {}
    for position, block in enumerate(blocks):
        if len(block.text) <= _LONGEST_STAMP_CHARS:
            match = _STAMP.search(block.text)
            if match:
                shape = (match.start() == 0, match.end() == len(block.text), match["year"] is None)
                shapes.setdefault(shape, []).append(position)
    found: set[int] = set()
    for positions in shapes.values():
        for cluster in _clusters(positions):
            if len(cluster) >= _FEWEST_STAMPS:
                last = min(len(blocks), cluster[-1] + 1 + _AFTER_STAMP_BLOCKS)
                found.update(blocks[position].index for position in range(cluster[0], last))
    return found


def _clusters(positions: Sequence[int]) -> list[list[int]]:
    clusters: list[list[int]] = []
    for position in positions:
        if clusters and position - clusters[-1][-1] <= _STAMP_REACH_BLOCKS:
            clusters[-1].append(position)
        else:
            clusters.append([position])
    return clusters


def find_anchor(blocks: Sequence[Block], titles: Sequence[str]) -> int:
    """Return the position of the page's title above its text, -1 when it stands nowhere.

    `titles` are comparable forms. A dump's first line is its `<title>`, so only its repetition counts.
    """
    names = [title for title in titles if len(title) >= _SHORTEST_TITLE_CHARS]
    for position, block in enumerate(blocks):
        if not names or block.link_share >= _MOSTLY_LINKS or not (block.path or position):
            continue
        form = comparable(block.text)
        if len(form) >= _SHORTEST_TITLE_CHARS and any(
            name.startswith(form) and len(form) >= _TITLE_PART * len(name) for name in names
        ):
            return position
    return -1


def first_text_after(blocks: Sequence[Block], running: Mapping[int, int], anchor: int) -> int:
    """Return the position of the first running text under the title, -1 when there is none near."""
    if anchor < 0:
        return -1
    reach = range(anchor + 1, min(len(blocks), anchor + 1 + _TITLE_REACH_BLOCKS))
    return next((position for position in reach if running[blocks[position].index]), -1)
