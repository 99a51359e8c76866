"""Rules at work: what they take off a page, the gaps they leave and the fields they teach."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from archive.body import Verdict
from archive.hanzi import match_form
from archive.lines import is_sentence, is_structure
from archive.model import Block, Dropped, Edit, Gap, Page, captured_offset
from archive.page_fields import PAGE_FIELD_GROUPS, read_pairs, read_source
from archive.repair import apply_edits
from archive.rulebook import Rule
from archive.sieve import sifted

MOSTLY_LINKS = 0.5
"""A block with at least this share of linked characters is no text."""

_LONGEST_OUTLINE_BLOCKS = 60
_LONGEST_LISTED_CHARS = 60
_NUMBERED_ITEM = re.compile(r"\d{1,2}\s*[.、]\s*\D")  # 1.乡镇工作总结, under 相关文章
_MOST_CUTS = (
    100  # in one block by one rule: each copies the block, and no page of people's holds more than three
)


@dataclass(slots=True)
class Desk:
    """The page on the desk while it is cleaned: what is left, what went, what was learnt."""

    page: Page
    left: list[Block]
    dropped: list[Dropped] = field(default_factory=list)
    gaps: list[tuple[int, int, Gap]] = field(default_factory=list)  # block index, offset in its text, gap
    found: dict[str, tuple[str, str]] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    walls: set[int] = field(default_factory=set)  # blocks that a page's end may begin with
    ends: set[int] = field(default_factory=set)  # those of them below which little text can be the page's
    anchor: int | None = None  # index of the block that repeats the page's title
    verdicts: dict[int, Verdict] = field(default_factory=dict)  # per block index, once judged

    def drop(self, blocks: Iterable[Block], rule: Rule) -> None:
        """Take `blocks` off the page, each with the rule's name and why."""
        gone = {block.index for block in blocks}
        for block in self.left:
            if block.index in gone:
                self.dropped.append(
                    Dropped(block=block.index, text=block.captured, rule=rule.name, why=rule.why)
                )
        self.left = [block for block in self.left if block.index not in gone]


def cut_inside(desk: Desk, rules: Sequence[Rule]) -> None:
    """Take paywall notices (as gaps) and watermarks out of blocks; a block that was nothing else goes."""
    whole = _whole_form(desk.left)  # most pages lack a rule's words, which one look then tells
    for rule in rules:
        if rule.may_be_in(whole):
            before = desk.left
            desk.left = [
                _without_matches(desk, block, rule) if rule.may_be_in(match_form(block.text)) else block
                for block in before
            ]
            whole = whole if desk.left == before else _whole_form(desk.left)
    desk.left = [block for block in desk.left if block.text]


def _whole_form(blocks: Sequence[Block]) -> str:
    return "\n".join([match_form(block.text) for block in blocks])


def _without_matches(desk: Desk, block: Block, rule: Rule) -> Block:
    assert rule.pattern is not None  # the rule book lets no gap or cut through without one
    for _ in range(_MOST_CUTS):
        match = rule.pattern.search(match_form(block.text))
        if match is None or match.start() == match.end():
            break
        start, end = _widened_over_spaces(block.text, match.start(), match.end())
        notice = block.text[start:end].strip()
        _learn(desk, block, rule, match)
        if rule.action == "gap":
            counts = {f"{name}_chars": _count(match, name) for name in ("total", "shown", "omitted")}
            gap = Gap(kind="paywall", paragraph=-1, offset=0, notice=notice, **counts)
            desk.gaps = [
                (b, o - (end - start) if b == block.index and o >= end else o, g) for b, o, g in desk.gaps
            ]
            desk.gaps.append((block.index, start, gap))
        else:
            desk.dropped.append(Dropped(block=block.index, text=notice, rule=rule.name, why=rule.why))
        block = _cut(block, start, end, f"{rule.action} {rule.name}")
    return block


def _widened_over_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a cut at a block's edge over the white space beside it, so that no edge keeps a blank."""
    if not text[:start].strip() or not text[end:].strip():
        start = len(text[:start].rstrip())
        end = len(text) - len(text[end:].lstrip())
    return start, end


def _count(match: re.Match[str], name: str) -> int | None:
    groups = match.groupdict()
    value = groups.get(name) or groups.get(f"{name}_alone")
    return int(value) if value else None


def _cut(block: Block, start: int, end: int, reason: str) -> Block:
    """Remove `text[start:end]`, leading the removal back to the captured text."""
    first, last = captured_offset(block.edits, start), captured_offset(block.edits, end)
    kept = [edit for edit in block.edits if edit.end <= first or edit.start >= last]
    edits = tuple(
        sorted((*kept, Edit(start=first, end=last, replacement="", reason=reason)), key=_edit_start)
    )
    return replace(block, text=apply_edits(block.captured, edits), edits=edits)


def _edit_start(edit: Edit) -> int:
    return edit.start


def apply_rules(desk: Desk, rules: Iterable[Rule], among: set[int] | None = None) -> bool:
    """Apply whole-block rules, in their order, to the blocks `among`; return whether any was dropped."""
    before = len(desk.dropped)
    whole = tuple(rule for rule in rules if rule.action not in ("gap", "cut"))
    hopeful = sifted((b for b in desk.left if among is None or b.index in among), whole)
    for rule in whole if hopeful else ():
        _apply(desk, rule, hopeful)
    return len(desk.dropped) > before


def _apply(desk: Desk, rule: Rule, among: set[int]) -> None:
    """Apply one rule to every block, in one pass: pages of a million lines that all match are made too."""
    gone: dict[int, Block] = {}
    for position, block in enumerate(desk.left):
        if block.index not in among or block.index in gone:
            continue
        match = rule.match_block(block)
        if match is not None:
            gone.update((other.index, other) for other in _taken_with(desk, position, rule))
            _learn(desk, block, rule, match)
    if gone:
        desk.drop(gone.values(), rule)


def _taken_with(desk: Desk, position: int, rule: Rule) -> list[Block]:
    """Return the blocks a matching rule takes: the one, or the list or outline under it too."""
    block = desk.left[position]
    if rule.action == "list":
        return [block, *_listed(islice(desk.left, position + 1, None))]
    if rule.action == "outline":
        items = _outlined(desk.left[position + 1 : position + 1 + _LONGEST_OUTLINE_BLOCKS], rule)
        desk.outline += [item.text for item in items if not (rule.until and _ends_outline(item, rule))]
        return [block, *items] if items else []
    return [block]


def _listed(following: Iterable[Block]) -> Iterable[Block]:
    for block in following:
        short = len(block.text) <= _LONGEST_LISTED_CHARS and not is_sentence(block.text)
        is_item = _NUMBERED_ITEM.match(match_form(block.text)) is not None
        if not (short or block.link_share >= MOSTLY_LINKS) or (is_structure(block.text) and not is_item):
            return
        yield block


def _outlined(following: Sequence[Block], rule: Rule) -> list[Block]:
    """Return an outline's items up to and with the end mark; none when it has no end within reach."""
    for position, block in enumerate(following):
        if _ends_outline(block, rule):
            return list(following[: position + 1])
    return []


def _ends_outline(block: Block, rule: Rule) -> bool:
    return rule.until is not None and rule.until.fullmatch(match_form(block.text)) is not None


def _learn(desk: Desk, block: Block, rule: Rule, match: re.Match[str]) -> None:
    """Keep the page fields that a rule's groups found, as written; the first value of a field stays."""
    for name in PAGE_FIELD_GROUPS & match.groupdict().keys():
        if match[name]:
            value = block.text[match.start(name) : match.end(name)].strip()
            desk.found.setdefault(name, (value, rule.name))
    if rule.action == "fields" and rule.zone == "head" and (source := read_source(block.text)):
        desk.found.setdefault("source", (source, rule.name))
    if rule.extra:
        desk.extra += read_pairs(block.text)
