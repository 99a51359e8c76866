"""Han characters in both scripts: the one door to OpenCC's tables (Apache-2.0).

Everything here that ends in a string of the same length keeps offsets: character n of the result stands for
character n of the input, so spans found on the result are spans of the input.
"""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from opencc import OpenCC


@cache
def load_dictionary(name: str) -> dict[str, tuple[str, ...]]:
    """Read one OpenCC dictionary, e.g. "TSCharacters": each key with its candidates, best first."""
    entries: dict[str, tuple[str, ...]] = {}
    text = files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        key, _, values = line.partition("\t")
        if values:
            entries[key] = tuple(values.split())
    return entries


@cache
def simplified_table() -> dict[int, str]:
    """Traditional to simplified, character by character, for `str.translate`; one code point to one."""
    return {
        ord(key): values[0]
        for key, values in load_dictionary("TSCharacters").items()
        if len(key) == 1 and len(values[0]) == 1 and key != values[0]
    }


@cache
def narrow_table() -> dict[int, str]:
    """Full-width ASCII (U+FF01..FF5E) and the ideographic and no-break spaces to their ASCII twins."""
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    return {**table, 0x3000: " ", 0x00A0: " "}


@cache
def _match_table() -> dict[int, str]:
    table = {**simplified_table(), **narrow_table()}
    upper = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    wide_upper = {0xFF21 + n: chr(ord("a") + n) for n in range(26)}
    return {**table, **upper, **wide_upper}


def to_simplified(text: str) -> str:
    """Convert character by character; the length stays."""
    return text.translate(simplified_table())


def match_form(text: str) -> str:
    """Return `text` simplified, half-width and lower-case: what rules are matched against. The length stays.

    Only characters with an ASCII twin change their width, so 、。《》“” stay as they are.
    """
    return (
        _short_match_form(text) if len(text) <= _LONGEST_REMEMBERED_CHARS else text.translate(_match_table())
    )


# Every rule looks at every block's form. Without this memory a page of 57 took 12 ms more; its size is a page's.
_LONGEST_REMEMBERED_CHARS = 400


@lru_cache(maxsize=4096)
def _short_match_form(text: str) -> str:
    return text.translate(_match_table())


@cache
def _proper_traditional() -> OpenCC:
    return OpenCC("s2t")


def to_traditional(text: str) -> str:
    """Convert simplified to traditional the proper way, by phrases: 关于 gives 關於."""
    return str(_proper_traditional().convert(text))


@cache
def _reading_converter(script: str) -> OpenCC:
    return OpenCC({"hans": "t2s", "hant": "s2tw"}[script])


def to_reading_script(text: str, script: str) -> str:
    """Convert a text for a reader of the script "hans" or "hant", by phrases, in Taiwan's forms. The length stays.

    Every entry of the dictionaries used (STPhrases, STCharacters, TSPhrases, TSCharacters, TWVariants) is as long
    as its key. 10,000 characters take 60 ms.
    """
    return str(_reading_converter(script).convert(text))


@cache
def merged_characters() -> frozenset[str]:
    """Characters that are simplified and may be something else in traditional text, alone or in a phrase: 后, 面.

    A text without one comes out of `to_traditional` as it was, where it was its own simplified form.
    """
    alone = {key for key, values in load_dictionary("STCharacters").items() if values[0] != key}
    in_phrases = {
        here
        for key, values in load_dictionary("STPhrases").items()
        for here, there in zip(key, values[0], strict=True)
        if here != there
    }
    return frozenset(character for character in alone | in_phrases if to_simplified(character) == character)


def _in_charset(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@cache
def traditional_only() -> frozenset[str]:
    """Characters that only traditional text uses: they have a simplified form and are not in GB 2312."""
    return frozenset(chr(code) for code in simplified_table() if not _in_charset(chr(code), "gb2312"))


@cache
def simplified_only() -> frozenset[str]:
    """Characters that only simplified text uses: they have a traditional form and are not in Big5.

    The charsets settle forms that are right in both scripts (群, 秘, 并, 后, 里), which the dictionaries
    alone would count as one script's.
    """
    pairs = load_dictionary("STCharacters").items()
    return frozenset(
        key for key, values in pairs if len(key) == 1 and key not in values and not _in_charset(key, "big5")
    )
