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
