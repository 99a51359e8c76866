"""Page to CleanPage: every block is kept, or dropped by a named rule that says why."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.body import best_run, judge
from archive.hanzi import match_form
from archive.label_lines import find_label_lines
from archive.lines import comparable, han_chars, is_heading, is_salutation, is_sentence
from archive.model import Block, CleanPage, Gap, Page, Paragraph, Role
from archive.page_fields import read_fields
from archive.refusal import no_text_on
from archive.repair import find_damage
from archive.rulebook import Rule, RuleBook, SiteRules
from archive.strip import MOSTLY_LINKS, Desk, apply_rules, cut_inside
from archive.surroundings import find_anchor
from archive.title import declared_titles, find_title, without_site
from archive.walls import (
    FEWEST_TEXT_CHARS,
    above_end,
    above_wall,
    find_walls,
    last_sentence,
    running_text_chars,
)

_CONTAINER_SHARE = 0.5  # a container that holds less of the page's running text is something else
_LONGEST_LETTER_CHARS = 300  # a covering letter is a greeting and a sentence or two, then comes the title
_MOST_LAYERS = 30  # of chrome around a text; the samples have up to four
_HIDDEN = Rule(name="hidden", action="drop", why="The page's style hides it from every reader.")
_OUTSIDE = Rule(
    name="outside-text",
    action="drop",
    why="Outside the run of blocks that holds the page's running text (length, sentence marks, link share).",
)
_OUTSIDE_CONTAINER = Rule(
    name="outside-container", action="drop", why="Outside the container that this site puts its text in."
)
_LABEL_LINES = Rule(
    name="metadata-lines",
    action="fields",
    why="A metadata table taken apart into lines: fields, not text.",
)
_TITLE_REPEAT = Rule(name="title-repeat", action="drop", why="Repeats the title, which is kept once.")
_LINKS = Rule(name="links", action="drop", why="A short block most of which is links.")


def clean(page: Page, book: RuleBook) -> CleanPage:
    """Strip a repaired page's boilerplate and find its title.

    Site rules come first, then those for every site; then what lies outside the best run of running text
    goes. Rules for the head or tail of a page see only what stands above or below that run.

    Raises NoReportFound when no running text is left.
    """
    rule_sets = book.rules_for(page)
    desk = prepare(page, rule_sets)
    desk.walls = find_walls(desk, rule_sets)
    desk.ends = find_walls(desk, rule_sets, ends=True)
    names = names_of(page)
    anchor = find_anchor(desk.left, names)
    desk.anchor = desk.left[anchor].index if anchor >= 0 else None
    desk.verdicts = judge(desk.left, walls=desk.walls, titles=names)
    _peel(desk, [rule for rules in rule_sets for rule in rules.rules if rule.zone != "any"])
    title = _take_title(desk)
    _keep_run(desk, title)
    return _assemble(desk, title)


def prepare(page: Page, rule_sets: Sequence[SiteRules]) -> Desk:
    """Take off a page what needs no judgement: hidden blocks, what rules for the whole page name, notices."""
    desk = Desk(page=page, left=list(page.blocks))
    desk.drop([block for block in desk.left if block.tag == "hidden"], _HIDDEN)
    lines, pairs = find_label_lines(desk.left)
    desk.drop(lines, _LABEL_LINES)
    desk.extra += pairs
    for rules in rule_sets:
        _keep_container(desk, rules)
        cut_inside(desk, [rule for rule in rules.rules if rule.action in ("gap", "cut")])
        apply_rules(desk, [rule for rule in rules.rules if rule.zone == "any"])
    return desk


def names_of(page: Page) -> list[str]:
    """Return what the page calls its text, as comparable forms: its markup's titles, a dump's first line."""
    if page.media_type == "text/html":
        titles = declared_titles(page)
    else:
        titles = [name for block in page.blocks[:1] for name in without_site(block.text)]
    return [comparable(title) for title in titles]


def _keep_container(desk: Desk, rules: SiteRules) -> None:
    """Keep only what is inside the site's text container, and short blocks above it that may be the title."""
    if not rules.body:
        return
    steps = {step for block in desk.left for step in block.path}
    bodies = {step for step in steps if any(selector.matches(step) for selector in rules.body)}
    inside = [block for block in desk.left if not bodies.isdisjoint(block.path)]
    if running_text_chars(inside) < _CONTAINER_SHARE * running_text_chars(desk.left) or not inside:
        return
    first = inside[0].index
    held = {block.index for block in inside}
    outside = [block for block in desk.left if block.index not in held]
    desk.drop(
        [block for block in outside if block.index > first or is_sentence(block.text)], _OUTSIDE_CONTAINER
    )


def _peel(desk: Desk, rules: Sequence[Rule]) -> None:
    """Apply head and tail rules around the best run, from outside in, until nothing more goes.

    The run's own first and last blocks count as head and tail: a disclaimer of several sentences scores like
    text and may end the run until its rule has taken it.
    """
    heads = [rule for rule in rules if rule.zone == "head"]
    tails = [rule for rule in rules if rule.zone == "tail"]
    for _ in range(_MOST_LAYERS):
        start, end = best_run(desk.left, desk.verdicts, desk.anchor)
        if end == 0:
            return
        head = {block.index for block in desk.left[: _first_sentence(desk.left, start) + 1]}
        tail = {block.index for block in desk.left[last_sentence(desk.left, start, end) :]}
        changed = apply_rules(desk, heads, head)
        changed = apply_rules(desk, tails, tail) or changed
        if not changed:
            return


def _first_sentence(blocks: Sequence[Block], start: int) -> int:
    for position in range(start, len(blocks)):
        if is_sentence(blocks[position].text) and len(blocks[position].text) >= FEWEST_TEXT_CHARS:
            return position
    return len(blocks) - 1


def _above_text(desk: Desk) -> Sequence[Block]:
    """Return the blocks among which the title stands: down to the run's text, past a covering letter's."""
    blocks = desk.left
    start, end = best_run(blocks, desk.verdicts, desk.anchor)
    running = 0
    for position in range(start, end):
        if is_sentence(blocks[position].text):
            running += len(blocks[position].text)
        if running > _LONGEST_LETTER_CHARS:
            return blocks[:position]
    return blocks[:end]


def _take_title(desk: Desk) -> str:
    block = find_title(desk.page, _above_text(desk))
    if block is None:
        return next(iter(declared_titles(desk.page)), "")
    name = comparable(block.text)
    repeats = [other for other in desk.left if other.index != block.index and comparable(other.text) == name]
    above = [other for other in desk.left if other.index < block.index]
    desk.drop(repeats, _TITLE_REPEAT)
    desk.left = [other for other in desk.left if other.index != block.index]
    if not _is_covering_letter(above, block):
        desk.drop(above, _OUTSIDE)
    return block.text


def _is_covering_letter(above: Sequence[Block], title: Block) -> bool:
    """Whether the blocks above the title are a letter that submits the report: it names it, or greets."""
    name = match_form(title.text)
    sentences = [block for block in above if is_sentence(block.text)]
    return any(name in match_form(block.text) for block in sentences) or (
        bool(sentences) and any(is_salutation(block.text) for block in above)
    )


def _keep_run(desk: Desk, title: str) -> None:
    """Drop what lies outside the best run of running text."""
    start, end = best_run(desk.left, desk.verdicts, desk.anchor)
    if sum(han_chars(block.text) for block in desk.left[start:end]) < FEWEST_TEXT_CHARS:
        raise no_text_on(desk.page, title)
    inside = above_end(above_wall(desk.left[start:end], desk.walls), desk.ends)
    held = {block.index for block in inside}
    desk.drop([block for block in desk.left if block.index not in held], _OUTSIDE)
    link_blocks = [b for b in desk.left if b.link_share >= MOSTLY_LINKS and not is_sentence(b.text)]
    desk.drop(link_blocks, _LINKS)


def _assemble(desk: Desk, title: str) -> CleanPage:
    letter_end = _letter_end(desk, title)
    paragraphs = tuple(
        Paragraph(
            text=block.text,
            block=block.index,
            role=role_of(block, letter_end),
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
        fields=read_fields(desk.page, desk.found, outline=desk.outline, extra=desk.extra),
        notes=desk.page.notes,
    )


def _letter_end(desk: Desk, title: str) -> int:
    """Return the index of the title's block: what was kept above it is a covering letter."""
    name = comparable(title)
    kept = {block.index for block in desk.left}
    for block in desk.page.blocks:
        if name and comparable(block.text) == name and block.index not in kept:
            return block.index
    return -1


def role_of(block: Block, letter_end: int) -> Role:
    """Return what a kept block is: above `letter_end` a covering letter."""
    if block.index < letter_end:
        return "front_matter"
    if block.tag == "tr":
        return "table"
    return "heading" if is_heading(block.text) or block.tag in {"h2", "h3", "h4", "h5"} else "text"


def _placed(found: Iterable[tuple[int, int, Gap]], paragraphs: Sequence[Paragraph]) -> tuple[Gap, ...]:
    """Give each gap its place: after `offset` characters of a paragraph, -1 being before the first."""
    placed = []
    blocks = [paragraph.block for paragraph in paragraphs]
    for block, offset, gap in sorted(found, key=lambda entry: entry[:2]):
        number = bisect_right(blocks, block) - 1
        if number < 0:
            place = 0
        elif paragraphs[number].block == block:
            place = offset
        else:  # the notice stood on lines of its own, which are gone: it follows what is left above it
            place = len(paragraphs[number].text)
        placed.append(replace(gap, paragraph=number, offset=place))
    return tuple(placed)
