"""Chinese numerals against the numbers they write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.describe.numerals import read_numeral

_SIGNS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """Write a number below 10,000 in full, as Chinese does."""
    text = ""
    for scale, rank in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += _SIGNS[digit] + rank
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"


@given(st.integers(min_value=0, max_value=9999), st.integers(min_value=0, max_value=9999))
def test_what_is_spelled_out_is_read_back(above: int, below: int) -> None:
    assert read_numeral(spell(below)) == below
    if above:
        gap = "零" if below and below < 1000 else ""
        text = f"{spell(above)}万{gap}{spell(below)}" if below else f"{spell(above)}万"
        assert read_numeral(text) == above * 10_000 + below


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("两百", 200),
        ("一百二", 120),
        ("两万三", 23000),
        ("一二〇", 120),
        ("百", 100),
    ],
)
def test_short_and_colloquial_forms_are_read(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize("text", ["十四五", "两三", "一一", "百百", "", "十十"])
def test_signs_that_write_no_number_give_none(text: str) -> None:
    assert read_numeral(text) is None
