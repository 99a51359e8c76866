"""A search's whole state and its address parameters, both ways.

Nothing in an address is an error: what can't be read is left out and said in a note.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from index.engine import FACETS, UNKNOWN, Filter, SearchRequest, Sort
from index.query import Query
from web.labels import FACET_NAMES, closed_values

MAX_TEXT_CHARS = 500
"""Longer queries are cut: every facet link repeats the query, so 500 characters keep a page under 1 MB."""

MAX_VALUES_PER_FACET = 40
MAX_VALUE_CHARS = 60
SIZES = (10, 20, 50)
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
LAST_PAGE = 100_000
"""Beyond any result: it only keeps the offset a sane integer."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_YEAR = re.compile(r"[12][0-9]{3}")
_NUMBER = re.compile(r"[0-9]{1,9}")

Arguments = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """What a reader has asked for. `page` counts from 1; `filters` follow the order of `FACETS`."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = SIZES[0]
    all_copies: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter or year limit is set."""
        return bool(self.filters) or self.year_from is not None or self.year_to is not None


def read_arguments(arguments: MultiDict[str, str]) -> tuple[SearchState, tuple[str, ...]]:
    """Read an address's parameters; the notes say in Chinese what was left out and why."""
    notes: list[str] = []
    years = [_read_year(arguments, name, notes) for name in ("from", "to")]
    if years[0] and years[1] and years[0] > years[1]:
        notes.append(f"起始年份 {years[0]} 晚于结束年份 {years[1]}，已对调")
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


def to_arguments(state: SearchState) -> Arguments:
    """Write a state as address parameters, defaults left out: `read_arguments` gives the same state back."""
    pairs: list[tuple[str, str]] = [("q", state.text)] if state.text else []
    for chosen in state.filters:
        pairs += [(chosen.facet, value) for value in chosen.include]
        pairs += [(chosen.facet, f"-{value}") for value in chosen.exclude]
    pairs += [("from", str(state.year_from))] if state.year_from is not None else []
    pairs += [("to", str(state.year_to))] if state.year_to is not None else []
    pairs += [("sort", state.sort)] if state.sort != SearchState().sort else []
    pairs += [("page", str(state.page))] if state.page != 1 else []
    pairs += [("size", str(state.size))] if state.size != SIZES[0] else []
    pairs += [("copies", "all")] if state.all_copies else []
    return tuple(pairs)


def to_request(state: SearchState, query: Query) -> SearchRequest:
    """Turn a state and its parsed query into what an engine answers."""
    return SearchRequest(
        query=query,
        filters=state.filters,
        year_from=state.year_from,
        year_to=state.year_to,
        sort=state.sort,
        offset=(state.page - 1) * state.size,
        limit=state.size,
        all_copies=state.all_copies,
    )


def including(state: SearchState, facet: str, value: str) -> SearchState:
    """Also allow `value`; taking it out of the excluded ones."""
    chosen = _filter_of(state, facet)
    return _with_filter(state, facet, _added(chosen.include, value), _removed(chosen.exclude, value))


def excluding(state: SearchState, facet: str, value: str) -> SearchState:
    """Leave out `value`; taking it out of the chosen ones."""
    chosen = _filter_of(state, facet)
    return _with_filter(state, facet, _removed(chosen.include, value), _added(chosen.exclude, value))


def without(state: SearchState, facet: str, value: str) -> SearchState:
    """Take back a choice or an exclusion of `value`."""
    chosen = _filter_of(state, facet)
    return _with_filter(state, facet, _removed(chosen.include, value), _removed(chosen.exclude, value))


def without_years(state: SearchState) -> SearchState:
    """Take back the year limits."""
    return replace(state, year_from=None, year_to=None, page=1)


def without_filters(state: SearchState) -> SearchState:
    """Keep the words and the order of the list, take back all else."""
    return replace(state, filters=(), year_from=None, year_to=None, page=1)


def with_copies(state: SearchState, *, all_copies: bool) -> SearchState:
    """The same search with every copy listed, or each family once."""
    return replace(state, all_copies=all_copies, page=1)


def on_page(state: SearchState, page: int) -> SearchState:
    """The same list, another page."""
    return replace(state, page=page)


def sorted_by(state: SearchState, sort: Sort) -> SearchState:
    """The same reports in another order, from the first."""
    return replace(state, sort=sort, page=1)


def sized(state: SearchState, size: int) -> SearchState:
    """The same list with `size` on a page, from the first."""
    return replace(state, size=size, page=1)


def _filter_of(state: SearchState, facet: str) -> Filter:
    return next((chosen for chosen in state.filters if chosen.facet == facet), Filter(facet=facet))


def _with_filter(
    state: SearchState, facet: str, include: tuple[str, ...], exclude: tuple[str, ...]
) -> SearchState:
    kept = {chosen.facet: chosen for chosen in state.filters}
    kept[facet] = Filter(facet=facet, include=include, exclude=exclude)
    ordered = tuple(kept[name] for name in FACETS if name in kept)
    return replace(state, filters=tuple(one for one in ordered if one.include or one.exclude), page=1)


def _added(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return values if value in values else (*values, value)


def _removed(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def _read_text(arguments: MultiDict[str, str], notes: list[str]) -> str:
    text = _UNPRINTABLE.sub(" ", arguments.get("q", "")).strip()
    if len(text) > MAX_TEXT_CHARS:
        notes.append(f"检索词有 {len(text)} 个字，只用前 {MAX_TEXT_CHARS} 个字检索")
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
            notes.append(f"{FACET_NAMES[facet]}没有“{value[:MAX_VALUE_CHARS]}”这个值，已忽略")
        elif value not in include and value not in exclude:
            side.append(value)
    if len(include) + len(exclude) > MAX_VALUES_PER_FACET:
        notes.append(f"{FACET_NAMES[facet]}选了太多值，只用前 {MAX_VALUES_PER_FACET} 个")
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
        notes.append(f"“{_shown(text)}”不是四位数的年份，已忽略")
    return None


def _read_number(arguments: MultiDict[str, str], name: str, notes: list[str]) -> int:
    text = arguments.get(name, "1").strip() or "1"
    if _NUMBER.fullmatch(text) and int(text) > 0:
        return min(int(text), LAST_PAGE)
    notes.append(f"没有第“{_shown(text)}”页，显示第 1 页")
    return 1


def _read_size(arguments: MultiDict[str, str], notes: list[str]) -> int:
    text = arguments.get("size", str(SIZES[0])).strip()
    if text in {str(size) for size in SIZES}:
        return int(text)
    notes.append(f"每页只能显示 {'、'.join(str(size) for size in SIZES)} 条，显示 {SIZES[0]} 条")
    return SIZES[0]


def _read_sort(arguments: MultiDict[str, str], notes: list[str]) -> Sort:
    text = arguments.get("sort", SORTS[0]).strip()
    for sort in SORTS:
        if text == sort:
            return sort
    notes.append(f"没有“{_shown(text)}”这种排序，按相关度排列")
    return SORTS[0]


def _shown(text: str) -> str:
    return _UNPRINTABLE.sub("", text)[:20]
