"""Readings of Han characters: the one door to pypinyin."""

from functools import cache

from pypinyin import Style, pinyin


@cache
def toned_readings(character: str) -> frozenset[str]:
    """Return every reading of one character with its tone mark: 行 gives xíng, háng and others."""
    return frozenset(pinyin(character, style=Style.TONE, heteronym=True)[0])


@cache
def plain_readings(character: str) -> frozenset[str]:
    """Return every reading of one character without tones, ü as v; a character without one is its own."""
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def spelled(text: str) -> tuple[str, ...]:
    """Return the most likely reading of each character, chosen by the words around it: 长沙 is chang sha."""
    return tuple(syllable[0] for syllable in pinyin(text, style=Style.NORMAL, errors=list))  # type: ignore[arg-type]  # a list is split over


@cache
def everyday_characters() -> frozenset[str]:
    """Return the characters of GB 2312, 6,763 of them."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return frozenset("".join(code.decode("gb2312", errors="ignore") for code in codes))


@cache
def known_syllables() -> frozenset[str]:
    """Return the syllables of the everyday characters, without tones, ü as v; those of interjections (嗯 n) left out."""
    readings = (plain_readings(character) for character in everyday_characters())
    return frozenset(one for some in readings for one in some if one.isascii() and set("aeiouv") & set(one))
