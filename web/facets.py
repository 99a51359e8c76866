"""Counted values as a reader sees them: labels, order, and the state that each choice leads to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from index.engine import UNKNOWN, FacetCount, Filter, ResultPage
from web.facet_search import FacetSearch, is_found
from web.labels import FACET_NAMES, closed_values, facet_value_label
from web.params import SearchState, excluding, including, without, without_years

SHOWN_VALUES = 8
"""Values that a facet shows at once; the rest is one click away."""

LISTED_VALUES = 120
"""Values that a facet lists at all: thousands of townships would make a page of megabytes."""

BAR_HEIGHT = 40
_OPEN_AT_FIRST = frozenset({"level", "year", "bureau", "prefecture", "kind"})

Choice = Literal["free", "chosen", "excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """One value with its exact count, and where choosing it (or taking it back) and excluding it lead."""

    value: str
    label: str
    count: int
    choice: Choice
    toggled: SearchState
    excluded: SearchState


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """One facet. `first` is always shown, `rest` on demand; `unlisted` says how many values are in neither."""

    name: str
    label: str
    first: tuple[ValueView, ...]
    rest: tuple[ValueView, ...]
    unlisted: int
    is_open: bool
    wanted: str = ""  # what was searched for among its values
    is_long: bool = False  # so that searching it is worth a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An active filter in words, and the state without it."""

    label: str
    is_exclusion: bool
    state: SearchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year of the histogram; `height` is 0 to BAR_HEIGHT, at least 1 where there is a report."""

    year: int
    count: int
    height: int
    is_chosen: bool
    is_outside: bool  # of the year limits
    state: SearchState


def to_facets(
    state: SearchState, result: ResultPage, search: FacetSearch | None = None
) -> tuple[FacetView, ...]:
    """Return the facets that can narrow this result, or that are chosen or searched."""
    counts = dict(result.facets)
    views = (
        _to_facet(state, name, counts.get(name, ()), search.text if search and search.facet == name else "")
        for name in FACET_NAMES
    )
    return tuple(view for view in views if len(view.first) > 1 or view.wanted or _is_touched(view))


def to_chips(state: SearchState) -> tuple[Chip, ...]:
    """Return the active filters, each with the way to take it back."""
    chips = [
        Chip(
            label=f"{FACET_NAMES[chosen.facet]}：{facet_value_label(chosen.facet, value)}",
            is_exclusion=is_exclusion,
            state=without(state, chosen.facet, value),
        )
        for chosen in state.filters
        for is_exclusion, values in ((False, chosen.include), (True, chosen.exclude))
        for value in values
    ]
    if state.year_from is not None or state.year_to is not None:
        chips.append(Chip(label=_years_label(state), is_exclusion=False, state=without_years(state)))
    return tuple(chips)


def to_bars(state: SearchState, counts: Iterable[FacetCount]) -> tuple[Bar, ...]:
    """Return one bar for every year between the first and the last, empty ones too; none for a single year."""
    by_year = {int(one.value): one.count for one in counts if one.value.isdecimal()}
    if len(by_year) < 2:
        return ()
    highest = max(by_year.values())
    chosen = _choices(state, "year")
    return tuple(
        Bar(
            year=year,
            count=by_year.get(year, 0),
            height=_bar_height(by_year.get(year, 0), highest),
            is_chosen=chosen.get(str(year)) == "chosen",
            is_outside=not (state.year_from or year) <= year <= (state.year_to or year),
            state=_toggled(state, "year", str(year), chosen.get(str(year), "free")),
        )
        for year in range(min(by_year), max(by_year) + 1)
    )


def _bar_height(count: int, highest: int) -> int:
    return max(1, round(count * BAR_HEIGHT / highest)) if count else 0


def _years_label(state: SearchState) -> str:
    if state.year_from is not None and state.year_to is not None:
        return f"{state.year_from}至{state.year_to}年"
    return f"{state.year_from}年以后" if state.year_from is not None else f"{state.year_to}年以前"


def to_values(state: SearchState, facet: str, counts: Iterable[FacetCount]) -> tuple[ValueView, ...]:
    """Return a facet's values in the order to show them, chosen ones among them even when they count 0."""
    choices = _choices(state, facet)
    found = {one.value: one.count for one in counts}
    found.update({value: 0 for value in choices if value not in found})
    views = (_to_value(state, facet, value, count, choices) for value, count in found.items())
    return tuple(sorted(views, key=lambda view: _order(facet, view)))


def _to_facet(state: SearchState, name: str, counts: Iterable[FacetCount], wanted: str) -> FacetView:
    every = to_values(state, name, counts)
    views = tuple(view for view in every if view.choice != "free" or is_found(wanted, view.label))
    chosen_count = sum(view.choice != "free" for view in views)
    split = max(SHOWN_VALUES, chosen_count)
    # A fold for one or two more values costs a click and saves no room; what was searched for is not folded away.
    split = LISTED_VALUES if wanted else len(views) if len(views) <= split + 2 else split
    return FacetView(
        name=name,
        label=FACET_NAMES[name],
        first=views[:split],
        rest=views[split:LISTED_VALUES],
        unlisted=max(0, len(views) - max(split, LISTED_VALUES)),
        is_open=name in _OPEN_AT_FIRST or chosen_count > 0 or bool(wanted),
        wanted=wanted,
        is_long=len(every) > SHOWN_VALUES + 2,
    )


def _is_touched(view: FacetView) -> bool:
    return any(one.choice != "free" for one in view.first)


def _choices(state: SearchState, facet: str) -> Mapping[str, Choice]:
    chosen = next((one for one in state.filters if one.facet == facet), Filter(facet=facet))
    included: dict[str, Choice] = dict.fromkeys(chosen.include, "chosen")
    excluded: dict[str, Choice] = dict.fromkeys(chosen.exclude, "excluded")
    return {**included, **excluded}


def _to_value(
    state: SearchState, facet: str, value: str, count: int, choices: Mapping[str, Choice]
) -> ValueView:
    choice = choices.get(value, "free")
    return ValueView(
        value=value,
        label=facet_value_label(facet, value),
        count=count,
        choice=choice,
        toggled=_toggled(state, facet, value, choice),
        excluded=excluding(state, facet, value),
    )


def _toggled(state: SearchState, facet: str, value: str, choice: Choice) -> SearchState:
    return including(state, facet, value) if choice == "free" else without(state, facet, value)


def _order(facet: str, view: ValueView) -> tuple[bool, bool, int, str]:
    """Chosen values first, unknown last; years from the newest, closed lists in their own order, others by count."""
    closed = closed_values(facet)
    if facet == "year" and view.value.isdecimal():
        rank = -int(view.value)
    elif facet == "level" and closed and view.value in closed:
        rank = closed.index(view.value)
    else:
        rank = -view.count
    return (view.choice == "free", view.value == UNKNOWN, rank, view.label)
