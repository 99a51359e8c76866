"""The forms in which years and dates are written, in either script, masked or not. Patterns for match form."""

import re
from datetime import date

_CN_DIGITS = "〇○零o0一二三四五六七八九"
PLAIN_YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}|二[〇○零o0][{_CN_DIGITS}]{{2}})"
MASKED_YEAR = (
    r"(?:(?<![\da-z])[12]\d{0,2}[x×*ⅹ✕_]{1,4}"  # 20xx, 201x, 20**, 2___
    r"|(?<![\da-z×*])[x×*ⅹ✕]{2,4}"  # xx, ××××
    r"|(?<![_\d])_{2,6}|某"
    r"|二[〇○零o0][一二三]?[x×*ⅹ✕_某]{1,2})"  # 二○一X
)
YEAR = rf"(?:{PLAIN_YEAR}|{MASKED_YEAR})\s*+年"
"""A year with its 年; uses name their own group around it."""

_NUMERALS = "一二三四五六七八九十〇○零o0"
DATE = (
    rf"(?:{PLAIN_YEAR}\s*+年\s*+(?:\d{{1,2}}|[{_NUMERALS}]{{1,3}})\s*+月\s*+(?:\d{{1,2}}|[{_NUMERALS}]{{1,3}})\s*+日"
    r"|(?<!\d)(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
)
"""A whole day: 2019年1月24日, 二〇一九年一月二十四日, 2019-01-24."""

_NUMBERS = re.compile(rf"\d+|[{_NUMERALS}]+")
_DIGIT_OF = {character: str(index % 10) for index, character in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "o": "0",
}
_PLAIN = re.compile(PLAIN_YEAR)


def to_year(text: str) -> int | None:
    """Return the number of a plain year (二○一八 is 2018), None for a masked one."""
    if not _PLAIN.fullmatch(text):
        return None
    return int("".join(_DIGIT_OF.get(character, character) for character in text))


def to_date(text: str) -> date | None:
    """Return the day that `DATE` matched, None when there is no such day (20101231日, 2月30日)."""
    numbers = _NUMBERS.findall(text)
    if len(numbers) != len("ymd"):
        return None
    year, month, day = (_to_number(number) for number in numbers)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _to_number(text: str) -> int:
    """Read 24, 二十四, 十一, 二〇一九."""
    tens, ten, units = text.partition("十")
    if ten:
        return int(_DIGIT_OF.get(tens, "1")) * 10 + (int(_DIGIT_OF[units]) if units else 0)
    return int("".join(_DIGIT_OF.get(character, character) for character in text))
