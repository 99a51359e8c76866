"""The headings of a compilation's parts, as displayed."""

import re

from samples.text import Sample

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_COUNT = re.compile(r"[(（](优秀|精选|通用|汇总|热门)?\d+篇[)）]$|(精选|范文)\d+篇$")


def chinese_number(number: int) -> str:
    """Write 1 to 19 in Chinese numerals. Raises IndexError beyond."""
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else "十" + _NUMERALS[number - 11]


def parent_of(title: str) -> str:
    """Return a compilation's title without the count it promises: (优秀6篇)."""
    return _COUNT.sub("", title)


def heading_of(sample: Sample, number: int) -> str:
    """Return the heading of part `number`, counted from 1."""
    form: str = sample.options.get("heading", "{parent}篇{cn}")
    return form.format(
        parent=parent_of(sample.title),
        n=number,
        cn=chinese_number(number),
        title=sample.parts[number - 1].title,
    )
