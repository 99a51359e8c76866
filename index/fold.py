"""The fold: the one form in which index and query meet, whatever script and width they were written in.

It works character by character, which gives the two laws that everything above it leans on::

    len(fold(s)) == len(s)                  offsets in folded text are offsets in the text
    fold(a + b) == fold(a) + fold(b)        any piece of a stored text, however cut, is found again

OpenCC's phrases would break the second law (計畫 -> 计划, yet 畫 alone -> 画), so what they tell apart by
context is merged instead: `MERGED` makes all but 24 of the 277 phrases come out right. Those are chains (鍊: 炼 or 链),
傢俱 and 么麽, where a merge would spoil words that matter more (产业链, 俱乐部).
"""

import hashlib
import sys
import unicodedata
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archive.hanzi import load_dictionary, simplified_table

SURROGATES = range(0xD800, 0xE000)
REPLACEMENT = "\ufffd"
NARROWED = (range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0x1FC00), range(0x2F800, 0x2FA20))
"""Where NFKC or lower case changes a character at all: a test walks the rest. All of Unicode takes 1.3 s."""

MERGED = {
    # Found by comparing both scripts of one collection: the pairs on which a search in the other script failed.
    "著": "着", "藉": "借", "瞭": "了", "覆": "复", "衞": "卫", "沈": "沉", "於": "于", "乾": "干", "徵": "征",
    "麼": "么", "谘": "咨",
    # What is left of OpenCC's phrases when they are applied character by character (計畫 is 计划).
    "画": "划", "锺": "钟", "彷": "仿", "牴": "抵", "衹": "只", "祇": "只", "钜": "巨", "馀": "余",
    # The circle that pages type for the zero of a year: 二○一八年.
    "○": "〇",
}  # fmt: skip
"""Characters made equal on top of the conversion to simplified; what they become is never merged again."""


def _is_everyday(character: str) -> bool:
    """Whether a character is in GB 2312, the 6,763 characters of ordinary simplified text."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _narrow(character: str) -> str:
    """NFKC and lower case, each only where one character stays one (… and ㎡ stay as they are)."""
    normal = unicodedata.normalize("NFKC", character)
    narrow = normal if len(normal) == 1 else character
    lowered = narrow.lower()
    return lowered if len(lowered) == 1 else narrow


def _settle(character: str, table: dict[str, str]) -> str:
    """Follow `table` to its end."""
    while character in table:
        character = table[character]
    return character


def _add_rare_candidates(table: dict[str, str]) -> None:
    """Lead OpenCC's second candidates (餘: 余, 馀) to the first, where they are not everyday characters."""
    for candidates in load_dictionary("TSCharacters").values():
        first = _settle(candidates[0], table)
        for other in candidates[1:]:
            if len(other) == 1 and not _is_everyday(other) and _settle(other, table) != first:
                table[_settle(other, table)] = first


def _add_regional_variants(table: dict[str, str]) -> None:
    """Lead the forms of Hong Kong and Taiwan (敍, 簷) to the everyday one; two everyday forms stay two words."""
    for name in ("HKVariants", "TWVariants"):
        for standard, forms in load_dictionary(name).items():
            for form in forms:
                pair = (_settle(standard, table), _settle(form, table))
                if pair[0] == pair[1] or all(map(_is_everyday, pair)):
                    continue
                keep, give_up = pair if not _is_everyday(pair[1]) else (pair[1], pair[0])
                table[give_up] = keep


@cache
def _han_table() -> dict[str, str]:
    table = {chr(code): simplified for code, simplified in simplified_table().items()}
    for character, merged in MERGED.items():
        if _settle(character, table) != merged:
            table[_settle(character, table)] = merged
    _add_rare_candidates(table)
    _add_regional_variants(table)
    return table


LONG = 64
"""Characters from which on an array folds faster than `str.translate`: a paragraph of 300 five times as fast."""


@cache
def fold_table() -> dict[int, str]:
    """Return the fold as a table for `str.translate`, one code point to one character.

    A lone surrogate, which no file could hold and no query should break on, becomes U+FFFD.
    """
    han = _han_table()
    folded = dict.fromkeys(SURROGATES, REPLACEMENT)
    for code in chain(*NARROWED, map(ord, han)):
        character = chr(code)
        settled = _narrow(_settle(_narrow(character), han))
        if settled != character:
            folded[code] = settled
    return folded


@cache
def _fold_array() -> NDArray[np.uint32]:
    """Return the fold as an array by code point: 4 MB."""
    folded = np.arange(sys.maxunicode + 1, dtype="<u4")
    for code, character in fold_table().items():
        folded[code] = ord(character)
    return folded


def fold(text: str) -> str:
    """Return `text` simplified, half-width and lower-case; the length stays, and so does every offset."""
    if len(text) < LONG:
        return text.translate(fold_table())
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    folded: bytes = _fold_array()[codes].tobytes()
    return folded.decode("utf-32-le")


@cache
def fold_fingerprint() -> str:
    """Return a digest of the whole table: an index made with another one must be made again."""
    rows = "".join(f"{code:x}{character}" for code, character in sorted(fold_table().items()))
    return hashlib.sha256(rows.encode()).hexdigest()
