"""The keeper's decisions over the rules: blocks of a page that are kept, dropped or made its title. Pure.

They are kept with what they made (docs/format.md), so that a page read again with other rules is corrected again.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from archive.clean import clean, role_of
from archive.errors import NoReportFound
from archive.ids import digest_of
from archive.model import Block, CleanPage, Decision, Dropped, Gap, Page, Paragraph
from archive.repair import find_damage
from archive.rulebook import RuleBook
from archive.title import declared_titles

RULE = "keeper"
WHY = "The archive's keeper took it out by hand."
_UNREPORTED = "No report was found by the rules; the keeper chose what is text."

Name = tuple[str, int]
"""A block's digest and its count among blocks of the same text."""


def names_of_blocks(page: Page) -> Iterator[tuple[Block, Name]]:
    """Yield each block of a page with the name that decisions call it by."""
    seen: Counter[str] = Counter()
    for block in page.blocks:
        digest = digest_of(block.captured.encode("utf-8", "surrogatepass"))
        yield block, (digest, seen[digest])
        seen[digest] += 1


def clean_as_decided(page: Page, book: RuleBook, decisions: tuple[Decision, ...]) -> CleanPage:
    """Clean a page, then do what the keeper decided; a note says where a decision's block is no more.

    Raises NoReportFound when nothing is kept.
    """
    if not decisions:
        return clean(page, book)
    fates = {(one.block, one.nth): one for one in decisions}
    named = [(block, fates[name]) for block, name in names_of_blocks(page) if name in fates]
    keeps = any(one.fate == "keep" for _, one in named)
    try:
        cleaned = clean(page, book)
    except NoReportFound:
        if not keeps:
            raise
        cleaned = _bare(page)
    corrected = _corrected(cleaned, page, {block.index: one for block, one in named})
    if not corrected.paragraphs:
        raise NoReportFound("the keeper's decisions leave no text; keep a block")
    lost = len(fates) - len(named)
    if not lost:
        return corrected
    note = f"{lost} of the keeper's decisions name blocks that this page no longer gives"
    return replace(corrected, notes=(*corrected.notes, note))


def _bare(page: Page) -> CleanPage:
    """Return a page of which nothing is kept, for the keeper to choose from."""
    return CleanPage(
        title=next(iter(declared_titles(page)), ""),
        paragraphs=(),
        dropped=tuple(
            Dropped(block=block.index, text=block.captured, rule="outside-text", why=_UNREPORTED)
            for block in page.blocks
        ),
        notes=page.notes,
    )


def _corrected(cleaned: CleanPage, page: Page, decided: Mapping[int, Decision]) -> CleanPage:
    paragraphs = {paragraph.block: paragraph for paragraph in cleaned.paragraphs}
    dropped = list(cleaned.dropped)
    title = cleaned.title
    for block in page.blocks:
        decision = decided.get(block.index)
        if decision is None:
            continue
        was_kept = paragraphs.pop(block.index, None)
        if decision.fate != "drop":
            dropped = [entry for entry in dropped if entry.block != block.index]
        if decision.fate == "keep":
            paragraphs[block.index] = was_kept or _to_paragraph(block)
        elif decision.fate == "title":
            title = block.text
        elif was_kept:
            dropped.append(Dropped(block=block.index, text=block.captured, rule=RULE, why=WHY))
    kept = tuple(paragraphs[index] for index in sorted(paragraphs))
    return replace(
        cleaned,
        title=title,
        paragraphs=kept,
        dropped=tuple(sorted(dropped, key=lambda entry: entry.block)),
        gaps=tuple(_moved(gap, cleaned.paragraphs, kept) for gap in cleaned.gaps),
        damages=find_damage(kept),
    )


def _to_paragraph(block: Block) -> Paragraph:
    return Paragraph(
        text=block.text,
        block=block.index,
        role=role_of(block, -1),
        captured=block.captured,
        edits=block.edits,
    )


def _moved(gap: Gap, before: tuple[Paragraph, ...], after: tuple[Paragraph, ...]) -> Gap:
    """Return a gap where it now stands: in its paragraph, else after the one above."""
    if gap.paragraph < 0:
        return gap
    block = before[gap.paragraph].block
    number = bisect_right([paragraph.block for paragraph in after], block) - 1
    if number < 0:
        return replace(gap, paragraph=-1, offset=0)
    is_there = after[number].block == block
    return replace(gap, paragraph=number, offset=gap.offset if is_there else len(after[number].text))
