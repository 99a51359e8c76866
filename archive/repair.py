"""Damage: pinyin glosses are taken out again, what can't be mended is marked and never invented."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from archive.hanzi import to_simplified
from archive.model import Block, Damage, Edit, Page, Paragraph
from archive.pinyin import toned_readings

GLOSS_REASON = "pinyin gloss"

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_LETTER = "a-zɡɑüêńňǹḿ" + _TONED
_COMBINING_TONES = "\u0300\u0301\u0304\u030c"
_GLOSS = re.compile(rf"([\u3400-\u9fff])[(（]([{_LETTER}{_COMBINING_TONES}]{{1,10}})[)）]")
# Fewer hits in a page are an author's own glosses, such as 濉(suī)溪. Measured on one seed and three other
# sites: 285 of 285 sprinkled glosses removed, 0 of 35 ordinary bracketed strings touched.
_FEWEST_GLOSSES = 3

# A gloss whose character was lost: 谈?wù). The opening bracket is gone, so is the text before it.
_ORPHAN_GLOSS = re.compile(
    rf"[?？\ufffd]?[\ue000-\uf8ff]*(?<![(（{_LETTER}A-Z])[a-zɡɑ]{{0,5}}[{_TONED}][a-zɡɑ]{{0,3}}[)）][\ue000-\uf8ff]*"
)
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_UNDECODABLE = re.compile("\ufffd+")
# One `_` beside a Han character, or between two single letters, is a word filter's scar (依法_方略, s_m);
# `__` and more is a mask, and `_` inside a longer ASCII word is a name.
_WORD_FILTER = re.compile(
    r"(?<=[\u3400-\u9fff])_(?![_a-zA-Z0-9])|(?<![_a-zA-Z0-9])_(?=[\u3400-\u9fff])|(?<![a-zA-Z0-9_/.@-])[a-zA-Z]_[a-zA-Z](?![a-zA-Z0-9_])"
)
# Advertisers' words that a hacked or machine-made page puts in the place of others: 政府信息澳门新葡京工作.
# What police reports name themselves (六合彩, 老虎机) is left alone.
_SPAM = re.compile(
    r"(?:澳门)?新葡京(?:娱乐城?|赌场)?|(?:澳门)?威尼斯人(?:娱乐城?|赌场)|皇冠(?:体育|投注)|(?:大发|真钱|真人)(?:棋牌|娱乐城?|彩票)|"
    r"(?:加|添加)微信[a-z0-9_-]{5,20}"
)
# Boxes in the place of characters that no font had; a form's tick boxes (□是 □否) stand before a word.
_BOXES = re.compile(
    r"(?<=[\u3400-\u9fff，。、；])□{1,6}(?=[\u3400-\u9fff，。、；])|^□{2,6}(?=[\u3400-\u9fff])"
)
# A full stop after a clause mark, or a full stop of the other width inside a word (公众的.需求).
_STRAY_MARK = re.compile(r"(?<=[:：;；,，])[。.]|(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])")

# What every match of a mark below holds: one cheap look spares sound paragraphs, nearly all, the seven dear ones.
_SIGN_OF_DAMAGE = re.compile(
    rf"[{_TONED}\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd_□]|新葡京|威尼斯人|皇冠|大发|真钱|真人|微信|[:：;；,，][。.]|[\u3400-\u9fff]\."
)

_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_ORPHAN_GLOSS, "orphan_gloss"),
    (_PRIVATE_USE, "private_use"),
    (_UNDECODABLE, "undecodable"),
    (_WORD_FILTER, "word_filter"),
    (_SPAM, "word_filter"),
    (_BOXES, "undecodable"),
    (_STRAY_MARK, "stray_mark"),
)


def repair(page: Page) -> Page:
    """Remove pinyin glosses from every block, keeping in each the edits that lead back to its captured text.

    A gloss is a Han character, a bracket, one syllable, a bracket, where the syllable is a reading of the
    character and the character is a traditional form; a page with fewer than three is left as it is.
    """
    found = {block.index: tuple(_glosses(block.text)) for block in page.blocks}
    if sum(len(edits) for edits in found.values()) < _FEWEST_GLOSSES:
        return page
    blocks = tuple(_edited(block, found[block.index]) for block in page.blocks)
    return replace(page, blocks=blocks)


def _edited(block: Block, edits: tuple[Edit, ...]) -> Block:
    return replace(block, text=apply_edits(block.captured, edits), edits=edits) if edits else block


def apply_edits(captured: str, edits: tuple[Edit, ...]) -> str:
    """Return `captured` with every edit made; edits are in order and do not overlap."""
    pieces: list[str] = []
    end = 0
    for edit in edits:
        pieces += (captured[end : edit.start], edit.replacement)
        end = edit.end
    return "".join((*pieces, captured[end:]))


def _glosses(text: str) -> Iterator[Edit]:
    for match in _GLOSS.finditer(text):
        if _is_gloss(match[1], match[2]):
            yield Edit(start=match.start() + 1, end=match.end(), replacement="", reason=GLOSS_REASON)


def _is_gloss(character: str, syllable: str) -> bool:
    simplified = to_simplified(character)
    plain = unicodedata.normalize("NFC", syllable).replace("ɡ", "g").replace("ɑ", "a")
    return simplified != character and plain in toned_readings(character) | toned_readings(simplified)


def find_damage(paragraphs: tuple[Paragraph, ...]) -> tuple[Damage, ...]:
    """Mark damage in repaired paragraphs: word filters, orphan glosses, private-use and lost characters."""
    return tuple(
        damage for number, paragraph in enumerate(paragraphs) for damage in _damage_in(number, paragraph.text)
    )


def _damage_in(number: int, text: str) -> Iterator[Damage]:
    if _SIGN_OF_DAMAGE.search(text) is None:
        return
    taken_to = 0
    spans = sorted(
        ((m.start(), m.end(), kind) for pattern, kind in _MARKS for m in pattern.finditer(text)),
        key=lambda span: (span[0], -span[1]),
    )
    for start, end, kind in spans:
        if start >= taken_to:
            taken_to = end
            yield Damage(kind=kind, paragraph=number, start=start, end=end)  # type: ignore[arg-type]  # of _MARKS
