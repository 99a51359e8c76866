"""Marks off the divisions that the gazetteer knows, so that the grammar of names can't cut through one. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from archive.describe.names import KNOWN_STEM
from archive.gazetteer.names import Mention, find_names
from archive.gazetteer.table import load_gazetteer

_RANK = re.compile(r"(?:自治[区州县旗]|地区|街道|苏木|[省市县区旗州盟镇乡])$")
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})


def neutral_form(text: str) -> str:
    """Return `text` with the stem of each known division replaced, so that only its rank is read; the length stays.

    An ordinary word that is a division's name too (郊区, 中心镇) counts where the next division lies in it, or it
    in the one before.
    """
    pieces = list(text)
    for mention in _known(text):
        rank = _RANK.search(mention.name)
        if rank and mention.name not in _MUNICIPALITIES:
            pieces[mention.start : mention.start + rank.start()] = KNOWN_STEM * rank.start()
    return "".join(pieces)


def _known(text: str) -> Iterator[Mention]:
    mentions = [each for each in find_names(text, with_ordinary=True) if each.is_full]
    safe = {each for each in find_names(text) if each.is_full}
    for number, mention in enumerate(mentions):
        beside = mentions[max(0, number - 1) : number + 2]
        if mention in safe or any(_nest(mention, other) for other in beside):
            yield mention


def _nest(one: Mention, other: Mention) -> bool:
    """Whether two adjacent names are a place and one that lies in it."""
    upper, lower = (one, other) if one.start < other.start else (other, one)
    return upper.end == lower.start and _lies_in(lower.name, upper.name)


@lru_cache(maxsize=4096)
def _lies_in(lower: str, upper: str) -> bool:
    """Whether a place of the one name lies in a place of the other; a line of 33,000 开发区 took 28 s without memory."""
    gazetteer = load_gazetteer()
    return any(upper == above.key for row in gazetteer.named(lower) for above in gazetteer.above(row))
