"""The fields of the query language: their names, and how their values are read."""

import re

from index.fold import fold
from index.notes import Note, NoteCode
from index.tree import Choice, ChoiceField, Field, Node, TextField, Years

TEXT_FIELDS: dict[str, TextField] = {
    "标题": "title",
    "title": "title",
    "地区": "place",
    "place": "place",
    "部门": "bureau",
    "bureau": "bureau",
    "文号": "number",
    "number": "number",
}
CHOICE_FIELDS: dict[str, ChoiceField] = {
    "层级": "level",
    "level": "level",
    "字体": "script",
    "script": "script",
}
YEAR_FIELDS = frozenset(("年份", "year"))
FIELD_NAMES = frozenset((*TEXT_FIELDS, *CHOICE_FIELDS, *YEAR_FIELDS))
"""Every name, folded: 標題 and TITLE are 标题 and title."""

_VALUES: dict[ChoiceField, dict[str, str]] = {
    "level": {
        "national": "national 国家 国家级 全国 中央",
        "province": "province 省 省级 自治区 直辖市",
        "prefecture": "prefecture 市 市级 地级 地级市 地市 州 盟",
        "county": "county 县 县级 区 区县 县区 区县级 县市区 旗",
        "township": "township 乡镇 乡镇级 乡 乡级 镇 镇级 街道",
        "village": "village 村 村级 社区",
        "unknown": "unknown 未知",
    },
    "script": {
        "hans": "hans 简体 简 简体字 简体中文",
        "hant": "hant 繁体 繁 繁体字 繁体中文 正体 正体字",
        "mixed": "mixed 混合 混排 简繁混合 简繁混排",
        "unknown": "unknown 未知",
    },
}
_CHOICES = {
    name: {alias: value for value, aliases in values.items() for alias in aliases.split()}
    for name, values in _VALUES.items()
}
_UNREAD: dict[ChoiceField, NoteCode] = {"level": "unknown_level", "script": "unknown_script"}
_ONE_YEAR = r"\d{4} \s* (?: 年度? )?"
_TO = r"(?: [-‐‒–—―−⸺⸻~∼〜⁓…‥⋯]+ | [.。]{2,} | 至 | 到 | to )"
YEAR_RANGE = rf"(?: {_ONE_YEAR} \s* {_TO} \s* (?: {_ONE_YEAR} | 今 ) )"
"""From one year to another, or till now, verbose and folded: its parts may stand apart, which no other value may."""

_YEAR = re.compile(_ONE_YEAR, re.VERBOSE)
_YEAR_LIMITS = re.compile(
    rf"(?P<first> {_ONE_YEAR} )? \s* {_TO} \s* (?: (?P<last> {_ONE_YEAR} ) | 今 )?", re.VERBOSE
)


def _read_years(value: str) -> Years | None:
    if _YEAR.fullmatch(value):
        return Years(first=int(value[:4]), last=int(value[:4]))
    both = _YEAR_LIMITS.fullmatch(value)
    if both is None or not (both["first"] or both["last"]):
        return None
    first, last = (int(year[:4]) if year else None for year in both.groups())
    if first is not None and last is not None and first > last:
        first, last = last, first
    return Years(first=first, last=last)


def read_field(name: str, value: str, *, exact: bool) -> Node | Note:
    """Return the condition that `name:value` sets, or the note that says why it can't be read.

    `name` is one of FIELD_NAMES; `exact` tells that the value stood in quotes.
    """
    folded = fold(value).strip()
    if name in TEXT_FIELDS:
        return Field(name=TEXT_FIELDS[name], text=value, exact=exact)
    if name in CHOICE_FIELDS:
        field = CHOICE_FIELDS[name]
        choice = _CHOICES[field].get(folded)
        if choice is None:
            return Note(code=_UNREAD[field], text=f"{name}:{value}")
        return Choice(name=field, value=choice)
    years = _read_years(folded)
    return years or Note(code="not_a_year", text=f"{name}:{value}")
