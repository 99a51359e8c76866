"""Numbers in Chinese numerals (九十八, 一百二十, 两万, 一二〇) to integers. Pure."""

import re

DIGITS = "零〇一二两三四五六七八九"
SIGNS = f"{DIGITS}十百千万亿"
"""Every sign that a numeral can have."""

_VALUES = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_RANKS = {"十": 10, "百": 100, "千": 1000}
_POSITIONAL = re.compile(r"[零〇一二三四五六七八九]{3,}")
_BELOW_TEN_THOUSAND = re.compile(
    r"(?:(?P<thousands>[一二两三四五六七八九])千)?(?:零?(?P<hundreds>[一二两三四五六七八九])百)?"
    r"(?:零?(?P<tens>[一二三四五六七八九])?(?P<ten>十))?(?:[零〇]?(?P<ones>[一二两三四五六七八九]))?"
)
_WEIGHTS = {"thousands": 1000, "hundreds": 100, "tens": 10, "ones": 1}


def read_numeral(text: str) -> int | None:
    """Return the number that a numeral writes, None where it writes none (十四五, 两三, 几十).

    A colloquial end counts by the rank before it: 一百二 is 120, 两万三 is 23,000. A lone rank is one of it, as in
    百余条. Signs in a row (一二〇) are digits where they are three or more.
    """
    if _POSITIONAL.fullmatch(text):
        return int("".join(str(_VALUES[sign]) for sign in text))
    if text in _VALUES:
        return _VALUES[text]
    if text in {"百", "千"}:
        return _RANKS[text]
    for sign, scale in (("亿", 100_000_000), ("万", 10_000)):
        if sign in text:
            return _with_scale(text, sign, scale)
    return _below_ten_thousand(text)


def _with_scale(text: str, sign: str, scale: int) -> int | None:
    left, _, right = text.partition(sign)
    above = read_numeral(left) if left else 1
    if not right:
        return None if above is None else above * scale
    below = _VALUES[right] * scale // 10 if right in _VALUES else read_numeral(right.removeprefix("零"))
    return None if above is None or below is None or below >= scale else above * scale + below


def _below_ten_thousand(text: str) -> int | None:
    match = _BELOW_TEN_THOUSAND.fullmatch(text)
    if not match or not text:
        return None
    groups = match.groupdict()
    total = sum(_VALUES[sign] * weight for name, weight in _WEIGHTS.items() if (sign := groups[name]))
    if groups["ten"] and not groups["tens"]:
        total += 10
    last = groups["ones"]
    if last and len(text) > 1 and text[-2] in {"百", "千"}:
        total += _VALUES[last] * (_RANKS[text[-2]] // 10 - 1)  # 一百二: twenty, not two
    return total
