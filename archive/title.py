"""Which block is the title."""

import re
from collections.abc import Sequence

from archive.hanzi import match_form
from archive.lines import comparable, is_heading, is_sentence
from archive.model import Block, Page

# 公开 is no cue: 信息公开 is a menu entry on every government site.
_CUE = re.compile(r"总结|报告|汇报|小结|情况|要点|方案|计划|年报|公报|通报|意见|通知|自查|述职|材料")
_DATE_LIKE = re.compile(r"[\d\s年月日:./-]+")
_TRAIL = re.compile(r"[>»›|→]")  # a breadcrumb, or a line of columns
_NOT_TITLE_END = re.compile(r"[。;；:：,，!！、]$")
_SITE_SUFFIX = re.compile(r"\s*(?:[-_|–—·»>]|--)\s*[^-_|–—·»>]{2,30}$")
_LONGEST_TITLE_CHARS = 80
_LONGEST_HEAD_CHARS = 300  # of <title>: a title and the names of site and column behind it
_HEAD_BLOCKS = 60  # a title further down is a title of something else


def find_title(page: Page, blocks: Sequence[Block]) -> Block | None:
    """Return the block that is the page's title, None when there is none.

    `blocks` are those no rule has taken. Points: the markup's own ArticleTitle or `<title>` agrees, an `<h1>`,
    a word that such reports' titles hold, another block quotes it, and first come.
    """
    declared = [comparable(name) for name in declared_titles(page)]
    everything = [match_form(block.text) for block in page.blocks]
    best, best_points = None, 0
    for position, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if not _may_be_title(block):
            continue
        points = _points(block, declared, everything) * _HEAD_BLOCKS - position
        if points > best_points:
            best, best_points = block, points
    return best


def declared_titles(page: Page) -> list[str]:
    """Return the titles that the markup declares, most trustworthy first, without the site's name."""
    meta = dict(page.meta)
    names = [meta.get(key, "") for key in ("articletitle", "og:title", "title")]
    return [name for name in (*names, *without_site(page.title)) if name]


def without_site(head: str) -> list[str]:
    """Return a `<title>` (a dump's first line) whole, then without the names of site and column behind it."""
    names = []
    head = head[:_LONGEST_HEAD_CHARS]
    while head:
        names.append(head)
        shorter = _SITE_SUFFIX.sub("", head)
        head = shorter if shorter != head else ""
    return names


def _may_be_title(block: Block) -> bool:
    text = block.text
    return (
        4 <= len(text) <= _LONGEST_TITLE_CHARS
        and block.link_share < 0.5
        and not is_sentence(text)
        and not is_heading(text)
        and not _TRAIL.search(text)
        and not _NOT_TITLE_END.search(text)
        and not _DATE_LIKE.fullmatch(text)
    )


def _points(block: Block, declared: Sequence[str], everything: Sequence[str]) -> int:
    name, form = comparable(block.text), match_form(block.text)
    cue = _CUE.search(form) is not None
    quoted = sum(form in other for other in everything) > 1
    in_markup = name in declared[:1] or any(name == title for title in declared)
    return (
        4 * in_markup + 3 * (block.tag == "h1") + 2 * cue + 2 * (quoted and cue) + (block.tag in {"h2", "h3"})
    )
