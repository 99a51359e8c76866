"""A search's whole state, its ways to other states, and its address parameters. Pure."""

from dataclasses import dataclass, replace

from index.engine import FACETS, Filter, SearchRequest, Sort
from index.query import Query

SIZES = (10, 20, 50)
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
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


def to_arguments(state: SearchState) -> Arguments:
    """Write a state as address parameters, defaults left out: `web.arguments.read_arguments` gives the same state back."""
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


def without_any_year(state: SearchState) -> SearchState:
    """Take back the year limits and the chosen years, which new limits would only cut into."""
    return replace(without_years(state), filters=tuple(one for one in state.filters if one.facet != "year"))


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
