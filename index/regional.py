"""Words that Taiwan writes otherwise than the mainland: 資訊 is 信息. From OpenCC's phrase table."""

import re
from functools import cache

from archive.hanzi import load_dictionary, to_simplified
from index.fold import fold


@cache
def _mainland_words() -> dict[str, str]:
    """Return Taiwan's words and the mainland's first for each, folded; where both fold alike there is nothing to tell."""
    pairs = ((fold(key), fold(values[0])) for key, values in load_dictionary("TWPhrasesRev").items())
    return {taiwan: mainland for taiwan, mainland in pairs if taiwan != mainland}


@cache
def _finder() -> re.Pattern[str]:
    longest_first = sorted(_mainland_words(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


def mainland_wording(typed: str) -> tuple[str, ...]:
    """Return `typed` as the mainland would word it, folded, where that differs; else nothing.

    Only for text typed in traditional characters: 品質 asks for 质量 too, 品质 is a mainland word as it is.
    """
    if to_simplified(typed) == typed:
        return ()
    folded = fold(typed)
    worded = _finder().sub(lambda found: _mainland_words()[found.group()], folded)
    return (worded,) if worded != folded else ()
