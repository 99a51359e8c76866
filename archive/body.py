"""Where on a page the text stands: scores per block and the run of blocks that scores most."""

import re
from collections.abc import Sequence

from archive.hanzi import match_form
from archive.model import Block

SENTENCE_MARK = re.compile(r"[。;；!！?？]")
_CLAUSE_MARK = re.compile(r"[,，、]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONG_LINE_CHARS = 20
_SHORTEST_EXCLAMATION_CHARS = 5  # 欢迎您! is a greeting of a site; 无。 is all that some sections say

# What stands alone on a short line inside a report: it neither starts nor ends a run by itself.
_STRUCTURE = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,3}[、.章节部分条]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}\s*[、.)]|[①-⑳]|"
    r"[一二三四五六七八九十]是|附(?:件|表|录|注)?\s*\d*\s*:|表\s*\d)"
    r".{0,60}"
)
_SIGNER = r"[^,。;:!?|\s]{2,30}(?:人民政府|政府|委员会|办公室|办事处|管委会|局|厅|委|办|院|处|中心|村民?委员会)\s*(?:\((?:盖?章|印章?)\))?。?"
_DAY = r"[(]?(?:\d{4}|[一二三四五六七八九零〇○o0]{4}|[\dx*×]{2,4})年[\dx*×一二三四五六七八九十]{1,3}月[\dx*×一二三四五六七八九十]{1,3}日[)]?。?"
_LISTED = re.compile(r"[一二三四五六七八九十]是")  # 一是加强领导。 is a sentence of a list, no heading
_SIGNATURE = re.compile(_SIGNER)
_DATE = re.compile(rf"(?:{_SIGNER})?\s*{_DAY}")
_REMARK = re.compile(r"[(][^()]{2,40}[)]")  # (联系人:…) under a signature, (加盖公章)
_SALUTATION = re.compile(r"[^,。;!?|]{2,30}:")
_NUMBER = re.compile(r"[-+]?\d[\d,.]*\s*%?|—+|/|无")

SHORT_LINE_PENALTY = 20
"""A short line that is no structure. Swept with bench/cleaning.py on 57 pages, as HTML and as dumps: F1 is
.883 and .818 at 10, .884 and .847 at 20, .889 and .830 at 30, .890 and .818 at 45."""
# A short block in the very container that holds the text is likely part of it. F1 on the same 57 pages: .881 at
# 0, .884 at 1 to 3, .873 at 6.
_SIBLING_PENALTY = 3
# A dumped table alternates labels and numbers: a number pays for its label. The 57 pages have few tables and
# lose .005 by it; the tables of the standard form would be cut out of a report without it.
_TABLE_NUMBER_SCORE = 20
_MOSTLY_LINKS = 0.5


def is_sentence(text: str) -> bool:
    """Whether a block reads as running text: a sentence mark, or a long line with clause marks."""
    if SENTENCE_MARK.search(text):
        return len(text) > _SHORTEST_EXCLAMATION_CHARS or "。" in text
    return len(text) >= _LONG_LINE_CHARS and len(_CLAUSE_MARK.findall(text)) >= 2


def is_structure(text: str) -> bool:
    """Whether a short block is a numbered heading, a signature, a date or a salutation."""
    form = match_form(text).strip()
    return any(pattern.fullmatch(form) for pattern in (_STRUCTURE, _SIGNATURE, _DATE, _SALUTATION, _REMARK))


def is_salutation(text: str) -> bool:
    """Whether a block addresses somebody, as a covering letter's first line does: 县信息办:"""
    return _SALUTATION.fullmatch(match_form(text).strip()) is not None


def is_heading(text: str) -> bool:
    """Whether a block is a numbered heading on its own line, without a sentence behind it."""
    form = match_form(text).strip()
    return _STRUCTURE.fullmatch(form) is not None and not is_sentence(text[:-1]) and not _LISTED.match(form)


def score_blocks(blocks: Sequence[Block]) -> list[int]:
    """Score blocks for `best_run`: characters of running text count for, short and linked blocks against."""
    homes = {block.path[:-1] for block in blocks if block.path and _counts_as_text(block)}
    return [_score(block, block.path[:-1] in homes if block.path else False) for block in blocks]


def _counts_as_text(block: Block) -> bool:
    return (
        block.link_share < _MOSTLY_LINKS and is_sentence(block.text) and len(block.text) >= _LONG_LINE_CHARS
    )


def _is_broken_off(block: Block) -> bool:
    """Whether a paywall's notice was cut out of the block: what it interrupts is text, however short."""
    return any(edit.reason.startswith("gap ") for edit in block.edits)


def _han_chars(text: str) -> int:
    """Count Han characters: what leaks out of broken scripts and styles has marks too, but none of these."""
    return len(_HAN.findall(text))


def _score(block: Block, among_text: bool) -> int:
    if block.link_share >= _MOSTLY_LINKS:
        return -SHORT_LINE_PENALTY - len(block.text)
    if is_sentence(block.text) or _is_broken_off(block):
        return round(_han_chars(block.text) * (1 - 2 * block.link_share))
    if block.tag == "tr":
        return 0
    if _NUMBER.fullmatch(block.text):
        return _TABLE_NUMBER_SCORE
    if is_structure(block.text):
        return 0
    return -_SIBLING_PENALTY if among_text else -SHORT_LINE_PENALTY


def best_run(scores: Sequence[int]) -> tuple[int, int]:
    """Return (start, end) of the run with the greatest sum, widened over neighbours that score 0.

    The maximum subarray of Bentley, "Programming Pearls", column 8. An empty run is (0, 0).
    """
    best, best_span, total, start = 0, (0, 0), 0, 0
    for position, score in enumerate(scores):
        if total <= 0:
            total, start = 0, position
        total += score
        if total > best:
            best, best_span = total, (start, position + 1)
    first, last = best_span
    while first > 0 and scores[first - 1] == 0 and best:
        first -= 1
    while last < len(scores) and scores[last] == 0 and best:
        last += 1
    return first, last
