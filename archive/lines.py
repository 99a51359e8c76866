"""What one line of text looks like: a sentence, a heading, a signature, a number."""

import re

from archive.hanzi import match_form
from archive.model import Block

SENTENCE_MARK = re.compile(r"[。;；!！?？]")
_CLAUSE_MARK = re.compile(r"[,，、]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONG_LINE_CHARS = 20
_LONGEST_HEADING_CHARS = 40
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
_PUNCTUATION = re.compile(r"[\s\W_]+")
_MOSTLY_LINKS = 0.5


def comparable(text: str) -> str:
    """Return `text` without marks and spaces, simplified: how a title and its repetition are compared."""
    return _PUNCTUATION.sub("", match_form(text))


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
    """Whether a block is a numbered heading on its own line, without a sentence behind it.

    A full stop may end it (1、认识不足。), but a clause mark and a full stop together make it a sentence.
    """
    form = match_form(text).strip()
    if _STRUCTURE.fullmatch(form) is None or _LISTED.match(form):
        return False
    heading = form.removesuffix("。")
    if SENTENCE_MARK.search(heading) or len(heading) > _LONGEST_HEADING_CHARS:
        return False
    return "," not in heading or heading == form


def is_signature(text: str) -> bool:
    """Whether a block is a report's signature or date."""
    form = match_form(text).strip()
    return _SIGNATURE.fullmatch(form) is not None or _DATE.fullmatch(form) is not None


def is_number(text: str) -> bool:
    """Whether a block is one cell of a table of numbers."""
    return _NUMBER.fullmatch(text) is not None


def han_chars(text: str) -> int:
    """Count Han characters: what leaks out of broken scripts and styles has marks too, but none of these."""
    return len(_HAN.findall(text))


def running_chars(block: Block) -> int:
    """Count the Han characters of a block that is surely running text, 0 for another."""
    if block.link_share >= _MOSTLY_LINKS or len(block.text) < _LONG_LINE_CHARS or not is_sentence(block.text):
        return 0
    return han_chars(block.text)
