"""Reads a search's state from an address's parameters. Pure.

Nothing in an address is an error: what can't be read is left out and said in a note.
"""

import re
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from index.engine import FACETS, UNKNOWN, Filter, Sort
from web.labels import FACET_NAMES, closed_values
from web.languages import gettext, listed
from web.params import SIZES, SORTS, SearchState

MAX_TEXT_CHARS = 500
"""Longer queries are cut: every facet link repeats the query, so 500 characters keep a page under 1 MB."""

MAX_VALUES_PER_FACET = 40
MAX_VALUE_CHARS = 60

LAST_PAGE = 100_000
"""Beyond any result: it only keeps the offset a sane integer."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_YEAR = re.compile(r"[12][0-9]{3}")
_NUMBER = re.compile(r"[0-9]{1,9}")


def read_arguments(arguments: MultiDict[str, str]) -> tuple[SearchState, tuple[str, ...]]:
    """Read an address's parameters; the notes say what was left out and why."""
    notes: list[str] = []
    years = [_read_year(arguments, name, notes) for name in ("from", "to")]
    if years[0] and years[1] and years[0] > years[1]:
        notes.append(
            gettext("起始年份 %(first)s 晚于结束年份 %(last)s，已对调", first=years[0], last=years[1])
        )
        years.reverse()
    state = SearchState(
        text=_read_text(arguments, notes),
        filters=tuple(
            chosen for facet in FACETS if (chosen := _read_filter(facet, arguments.getlist(facet), notes))
        ),
        year_from=years[0],
        year_to=years[1],
        sort=_read_sort(arguments, notes),
        page=_read_number(arguments, "page", notes),
        size=_read_size(arguments, notes),
        all_copies=arguments.get("copies") == "all",
    )
    return state, tuple(notes)


def _read_text(arguments: MultiDict[str, str], notes: list[str]) -> str:
    text = _UNPRINTABLE.sub(" ", arguments.get("q", "")).strip()
    if len(text) > MAX_TEXT_CHARS:
        notes.append(
            gettext(
                "检索词有 %(length)s 个字，只用前 %(most)s 个字检索", length=len(text), most=MAX_TEXT_CHARS
            )
        )
        text = text[:MAX_TEXT_CHARS].rstrip()
    return text


def _read_filter(facet: str, values: Iterable[str], notes: list[str]) -> Filter | None:
    include: list[str] = []
    exclude: list[str] = []
    for raw in values:
        text = _UNPRINTABLE.sub("", raw).strip()[: MAX_VALUE_CHARS + 1]
        side, value = (exclude, text[1:].strip()) if text.startswith("-") else (include, text)
        if not value:
            continue
        if not _is_known(facet, value):
            notes.append(
                gettext(
                    "%(facet)s没有“%(value)s”这个值，已忽略",
                    facet=FACET_NAMES[facet],
                    value=value[:MAX_VALUE_CHARS],
                )
            )
        elif value not in include and value not in exclude:
            side.append(value)
    if len(include) + len(exclude) > MAX_VALUES_PER_FACET:
        notes.append(
            gettext(
                "%(facet)s选了太多值，只用前 %(most)s 个", facet=FACET_NAMES[facet], most=MAX_VALUES_PER_FACET
            )
        )
        include = include[:MAX_VALUES_PER_FACET]
        exclude = exclude[: MAX_VALUES_PER_FACET - len(include)]
    if not include and not exclude:
        return None
    return Filter(facet=facet, include=tuple(include), exclude=tuple(exclude))


def _is_known(facet: str, value: str) -> bool:
    if facet == "year":
        return value == UNKNOWN or _YEAR.fullmatch(value) is not None
    closed = closed_values(facet)
    return len(value) <= MAX_VALUE_CHARS and not value.startswith("-") and (closed is None or value in closed)


def _read_year(arguments: MultiDict[str, str], name: str, notes: list[str]) -> int | None:
    text = arguments.get(name, "").strip()
    if _YEAR.fullmatch(text):
        return int(text)
    if text:
        notes.append(gettext("“%(text)s”不是四位数的年份，已忽略", text=_shown(text)))
    return None


def _read_number(arguments: MultiDict[str, str], name: str, notes: list[str]) -> int:
    text = arguments.get(name, "1").strip() or "1"
    if _NUMBER.fullmatch(text) and int(text) > 0:
        return min(int(text), LAST_PAGE)
    notes.append(gettext("没有第“%(text)s”页，显示第 1 页", text=_shown(text)))
    return 1


def _read_size(arguments: MultiDict[str, str], notes: list[str]) -> int:
    text = arguments.get("size", str(SIZES[0])).strip()
    if text in {str(size) for size in SIZES}:
        return int(text)
    notes.append(
        gettext("每页只能显示 %(sizes)s 条，显示 %(size)s 条", sizes=listed(map(str, SIZES)), size=SIZES[0])
    )
    return SIZES[0]


def _read_sort(arguments: MultiDict[str, str], notes: list[str]) -> Sort:
    text = arguments.get("sort", SORTS[0]).strip()
    for sort in SORTS:
        if text == sort:
            return sort
    notes.append(gettext("没有“%(text)s”这种排序，按相关度排列", text=_shown(text)))
    return SORTS[0]


def _shown(text: str) -> str:
    return _UNPRINTABLE.sub("", text)[:20]
