"""The scripts a sample can appear in: as written, properly traditional, or converted by a careless machine."""

import re
from collections.abc import Callable
from functools import cache

from pypinyin import Style, pinyin

from archive.hanzi import load_dictionary, to_traditional

Voice = Callable[[str], str]

# OpenCC's standard forms that neither Big5 nor the usual traditional pages write.
_USUAL_FORMS = str.maketrans("爲衆羣裏啓僞峯麪鄰", "為眾群裡啟偽峰麵鄰")

# Characters one site glosses, in their traditional forms: the set differs between sites, so it is only a sample.
GLOSSED = frozenset("務網結發構實設則聽經費當監檢強應規辦機報導現單類")


# What careless converters leave alone, because it is also a traditional character, if another one.
_LEFT_ALONE = frozenset("于范并后干秘群里征余斗咨吃厘床凶")

# Where the first form in OpenCC's table is the rarer one.
_CHOSEN_FORMS = {ord("签"): "簽", ord("钟"): "鐘"}


@cache
def _machine_table() -> dict[int, str]:
    forms = load_dictionary("STCharacters")
    table = {ord(key): values[0] for key, values in forms.items() if len(key) == 1 and key not in _LEFT_ALONE}
    return {code: form.translate(_USUAL_FORMS) for code, form in {**table, **_CHOSEN_FORMS}.items()}


def as_written(text: str) -> str:
    """Return `text` itself."""
    return text


def converted(text: str) -> str:
    """Convert as careless machines do: character by character, blind to phrases (关于 -> 關于)."""
    return text.translate(_machine_table())


def traditional(text: str) -> str:
    """Convert properly, by phrases (关于 -> 關於)."""
    return to_traditional(text).translate(_USUAL_FORMS)


def voice_of(options: dict[str, object]) -> Voice:
    """Return the conversion that a sample's options ask for."""
    if options.get("converted"):
        return converted
    return traditional if options.get("traditional") else as_written


def gloss(text: str) -> str:
    """Put a reading behind each of the glossed characters: 務 -> 務(wù)."""

    def glossed(match: re.Match[str]) -> str:
        reading = pinyin(match.group(), style=Style.TONE)[0][0]
        # Real pages carry the phonetic letter; a cleaner has to know it.
        return f"{match.group()}({reading.replace('g', 'ɡ')})"

    return re.sub(f"[{''.join(sorted(GLOSSED))}]", glossed, text)
