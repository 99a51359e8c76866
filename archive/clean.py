"""Page to CleanPage: every block is kept, or dropped by a named rule that says why."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from archive.body import best_run, is_heading, is_salutation, is_sentence, is_structure, score_blocks
from archive.errors import NoReportFound
from archive.hanzi import match_form
from archive.model import (
    Block,
    CleanPage,
    Dropped,
    Edit,
    Gap,
    Page,
    PageFields,
    Paragraph,
    Role,
    captured_offset,
)
from archive.repair import apply_edits, find_damage
from archive.rulebook import Rule, RuleBook, Selector, SiteRules
from archive.title import comparable, declared_titles, find_title

_FEWEST_TEXT_CHARS = 20  # Han characters of running text; below one sentence there is no report
_CONTAINER_SHARE = 0.5  # a container that holds less of the page's running text is something else
_LONGEST_OUTLINE_BLOCKS = 60
_LONGEST_LISTED_CHARS = 60
_LONGEST_LETTER_CHARS = (
    300  # a covering letter is a greeting and a sentence or two; the title stands under it
)
_HIDDEN = Rule(name="hidden", action="drop", why="The page's style hides it from every reader.")
_OUTSIDE = Rule(
    name="outside-text",
    action="drop",
    why="Outside the run of blocks that holds the page's running text (length, sentence marks, link share).",
)
_OUTSIDE_CONTAINER = Rule(
    name="outside-container", action="drop", why="Outside the container that this site puts its text in."
)
_TITLE_REPEAT = Rule(name="title-repeat", action="drop", why="Repeats the title, which is kept once.")
_LINKS = Rule(name="links", action="drop", why="A short block most of which is links.")
_MOSTLY_LINKS = 0.5
PAGE_FIELD_GROUPS = frozenset({"site", "address", "published"})
_META_FIELDS = {"site": ("sitename", "og:site_name"), "published": ("pubdate", "article:published_time")}


@dataclass(slots=True)
class _Desk:
    """The page on the desk while it is cleaned: what is left, what went, what was learnt."""

    page: Page
    left: list[Block]
    dropped: list[Dropped] = field(default_factory=list)
    gaps: list[tuple[int, int, Gap]] = field(default_factory=list)  # block index, offset in its text, gap
    found: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)

    def drop(self, blocks: Iterable[Block], rule: Rule) -> None:
        gone = {block.index for block in blocks}
        for block in self.left:
            if block.index in gone:
                self.dropped.append(
                    Dropped(block=block.index, text=block.captured, rule=rule.name, why=rule.why)
                )
        self.left = [block for block in self.left if block.index not in gone]


def clean(page: Page, book: RuleBook) -> CleanPage:
    """Strip a repaired page's boilerplate and find its title.

    Site rules come first, then those for every site; then what lies outside the best run of running text
    goes. Rules for the head or tail of a page see only what stands above or below that run.

    Raises NoReportFound when no running text is left.
    """
    desk = _Desk(page=page, left=list(page.blocks))
    rule_sets = book.rules_for(page)
    desk.drop([block for block in desk.left if block.tag == "hidden"], _HIDDEN)
    for rules in rule_sets:
        _keep_container(desk, rules)
        _cut_inside(desk, [rule for rule in rules.rules if rule.action in ("gap", "cut")])
        _apply(desk, [rule for rule in rules.rules if rule.zone == "any"])
    _peel(desk, [rule for rules in rule_sets for rule in rules.rules if rule.zone != "any"])
    title = _take_title(desk)
    _keep_run(desk, title)
    return _assemble(desk, title)


def _keep_container(desk: _Desk, rules: SiteRules) -> None:
    """Keep only what is inside the site's text container, and short blocks above it that may be the title."""
    if not rules.body:
        return
    inside = [block for block in desk.left if _is_inside(block, rules.body)]
    if _running_chars(inside) < _CONTAINER_SHARE * _running_chars(desk.left) or not inside:
        return
    first = inside[0].index
    held = {block.index for block in inside}
    outside = [block for block in desk.left if block.index not in held]
    desk.drop(
        [block for block in outside if block.index > first or is_sentence(block.text)], _OUTSIDE_CONTAINER
    )


def _is_inside(block: Block, selectors: tuple[Selector, ...]) -> bool:
    return any(selector.matches(step) for selector in selectors for step in block.path)


def _running_chars(blocks: Iterable[Block]) -> int:
    return sum(
        len(block.text) for block in blocks if is_sentence(block.text) and block.link_share < _MOSTLY_LINKS
    )


def _cut_inside(desk: _Desk, rules: Sequence[Rule]) -> None:
    """Take paywall notices (as gaps) and watermarks out of blocks; a block that was nothing else goes."""
    for rule in rules:
        for position, block in enumerate(desk.left):
            desk.left[position] = _without_matches(desk, block, rule)
    desk.left = [block for block in desk.left if block.text]


def _without_matches(desk: _Desk, block: Block, rule: Rule) -> Block:
    assert rule.pattern is not None  # the rule book lets no gap or cut through without one
    while match := rule.pattern.search(match_form(block.text)):
        if match.start() == match.end():
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
    value = match.groupdict().get(name)
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


def _apply(desk: _Desk, rules: Iterable[Rule], among: set[int] | None = None) -> bool:
    """Apply whole-block rules, in their order, to the blocks `among`; return whether any was dropped."""
    before = len(desk.dropped)
    for rule in rules:
        if rule.action in ("gap", "cut"):
            continue
        for block in list(desk.left):
            if among is not None and block.index not in among:
                continue
            match = rule.match_block(block)
            if match is not None:
                desk.drop(_taken_with(desk, block, rule), rule)
                _learn(desk, block, rule, match)
    return len(desk.dropped) > before


def _taken_with(desk: _Desk, block: Block, rule: Rule) -> list[Block]:
    """Return the blocks a matching rule takes: the one, or the list or outline under it too."""
    following = [other for other in desk.left if other.index > block.index]
    if rule.action == "list":
        return [block, *_listed(following)]
    if rule.action == "outline":
        items = _outlined(following, rule)
        desk.outline += [item.text for item in items if not (rule.until and _ends_outline(item, rule))]
        return [block, *items] if items else []
    return [block]


def _listed(following: Iterable[Block]) -> Iterable[Block]:
    for block in following:
        short = len(block.text) <= _LONGEST_LISTED_CHARS and not is_sentence(block.text)
        if not (short or block.link_share >= _MOSTLY_LINKS) or is_structure(block.text):
            return
        yield block


def _outlined(following: Sequence[Block], rule: Rule) -> list[Block]:
    """Return an outline's items up to and with the end mark; none when it has no end within reach."""
    for position, block in enumerate(following[:_LONGEST_OUTLINE_BLOCKS]):
        if _ends_outline(block, rule):
            return list(following[: position + 1])
    return []


def _ends_outline(block: Block, rule: Rule) -> bool:
    return rule.until is not None and rule.until.fullmatch(match_form(block.text)) is not None


def _learn(desk: _Desk, block: Block, rule: Rule, match: re.Match[str]) -> None:
    """Keep the page fields that a rule's groups found, as written; the first value of a field stays."""
    for name in PAGE_FIELD_GROUPS & match.groupdict().keys():
        if match[name]:
            desk.found.setdefault(name, block.text[match.start(name) : match.end(name)].strip())
    if rule.extra:
        desk.extra += _pairs(block.text)


def _pairs(text: str) -> list[tuple[str, str]]:
    """Split a metadata row: `索引号 | X | 文号 | Y`, `索引号: X` or bullets of either."""
    cells = [cell.strip(" ·•*◆■-") for cell in re.split(r"[|｜]", text)]
    cells = [cell for cell in cells if cell]
    pairs: list[tuple[str, str]] = []
    while cells:
        cell = cells.pop(0)
        name, _, value = cell.replace("：", ":").partition(":")
        if not value and cells:
            value = cells.pop(0)
        pairs.append((re.sub(r"\s+", "", name), value.strip()))
    return pairs


def _peel(desk: _Desk, rules: Sequence[Rule]) -> None:
    """Apply head and tail rules around the best run, from outside in, until nothing more goes.

    The run's own first and last blocks count as head and tail: a disclaimer of several sentences scores like
    text and may end the run until its rule has taken it.
    """
    heads = [rule for rule in rules if rule.zone == "head"]
    tails = [rule for rule in rules if rule.zone == "tail"]
    changed = True
    while changed and desk.left:
        start, end = best_run(score_blocks(desk.left))
        if end == 0:
            return
        head = {block.index for block in desk.left[: _first_sentence(desk.left, start) + 1]}
        tail = {block.index for block in desk.left[end - 1 :]}
        changed = _apply(desk, heads, head)
        changed = _apply(desk, tails, tail) or changed


def _first_sentence(blocks: Sequence[Block], start: int) -> int:
    for position in range(start, len(blocks)):
        if is_sentence(blocks[position].text) and len(blocks[position].text) >= _FEWEST_TEXT_CHARS:
            return position
    return len(blocks) - 1


def _above_text(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks among which the title stands: down to the run's text, past a covering letter's."""
    start, end = best_run(score_blocks(blocks))
    running = 0
    for position in range(start, end):
        if is_sentence(blocks[position].text):
            running += len(blocks[position].text)
        if running > _LONGEST_LETTER_CHARS:
            return blocks[:position]
    return blocks[:end]


def _take_title(desk: _Desk) -> str:
    block = find_title(desk.page, _above_text(desk.left))
    if block is None:
        return next(iter(declared_titles(desk.page)), "")
    name = comparable(block.text)
    repeats = [other for other in desk.left if other.index != block.index and comparable(other.text) == name]
    above = [other for other in desk.left if other.index < block.index]
    desk.drop(repeats, _TITLE_REPEAT)
    desk.left = [other for other in desk.left if other.index != block.index]
    if not _is_covering_letter(above, block):
        desk.drop([other for other in above if other in desk.left], _OUTSIDE)
    return block.text


def _is_covering_letter(above: Sequence[Block], title: Block) -> bool:
    """Whether the blocks above the title are a letter that submits the report: it names it, or greets."""
    name = match_form(title.text)
    sentences = [block for block in above if is_sentence(block.text)]
    return any(name in match_form(block.text) for block in sentences) or (
        bool(sentences) and any(is_salutation(block.text) for block in above)
    )


def _keep_run(desk: _Desk, title: str) -> None:
    """Drop what lies outside the best run of running text."""
    scores = score_blocks(desk.left)
    start, end = best_run(scores)
    if sum(score for score in scores[start:end] if score > 0) < _FEWEST_TEXT_CHARS:
        raise NoReportFound(
            f"the page holds no running text beyond boilerplate (title: {title or 'none'}); "
            "if it is a report, add a rule file for its site that says where the text stands"
        )
    inside = desk.left[start:end]
    held = {block.index for block in inside}
    desk.drop([block for block in desk.left if block.index not in held], _OUTSIDE)
    link_blocks = [b for b in desk.left if b.link_share >= _MOSTLY_LINKS and not is_sentence(b.text)]
    desk.drop(link_blocks, _LINKS)


def _assemble(desk: _Desk, title: str) -> CleanPage:
    letter_end = _letter_end(desk, title)
    paragraphs = tuple(
        Paragraph(
            text=block.text,
            block=block.index,
            role=_role(block, letter_end),
            captured=block.captured,
            edits=block.edits,
        )
        for block in desk.left
    )
    return CleanPage(
        title=title,
        paragraphs=paragraphs,
        dropped=tuple(sorted(desk.dropped, key=lambda dropped: dropped.block)),
        gaps=_placed(desk.gaps, paragraphs),
        damages=find_damage(paragraphs),
        fields=_fields(desk),
        notes=desk.page.notes,
    )


def _letter_end(desk: _Desk, title: str) -> int:
    """Return the index of the title's block: what was kept above it is a covering letter."""
    name = comparable(title)
    kept = {block.index for block in desk.left}
    for block in desk.page.blocks:
        if name and comparable(block.text) == name and block.index not in kept:
            return block.index
    return -1


def _role(block: Block, letter_end: int) -> Role:
    if block.index < letter_end:
        return "front_matter"
    if block.tag == "tr":
        return "table"
    return "heading" if is_heading(block.text) or block.tag in {"h2", "h3", "h4", "h5"} else "text"


def _placed(found: Iterable[tuple[int, int, Gap]], paragraphs: Sequence[Paragraph]) -> tuple[Gap, ...]:
    """Give each gap its place: after `offset` characters of a paragraph, -1 being before the first."""
    placed = []
    for block, offset, gap in sorted(found, key=lambda entry: entry[:2]):
        number = max((n for n, p in enumerate(paragraphs) if p.block <= block), default=-1)
        if number < 0:
            place = 0
        elif paragraphs[number].block == block:
            place = offset
        else:  # the notice stood on lines of its own, which are gone: it follows what is left above it
            place = len(paragraphs[number].text)
        placed.append(replace(gap, paragraph=number, offset=place))
    return tuple(placed)


def _fields(desk: _Desk) -> PageFields:
    meta = dict(desk.page.meta)
    declared = {
        name: next((meta[key] for key in keys if key in meta), None) for name, keys in _META_FIELDS.items()
    }
    return PageFields(
        site=declared["site"] or desk.found.get("site"),
        address=meta.get("canonical") or meta.get("og:url") or desk.found.get("address"),
        published_on=_date(declared["published"]) or _date(desk.found.get("published")),
        outline=tuple(desk.outline),
        extra=tuple(desk.extra),
    )


def _date(text: str | None) -> date | None:
    match = re.search(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", text or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # 2012-02-31: a stamp that is no date
        return None
