"""Counted values as a reader sees them: labels, order, and the state that each choice leads to. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.engine import UNKNOWN, FacetCount, ResultPage
from index.facet_counts import counts_among, values_of
from web.facet_search import FacetSearch, is_found
from web.labels import FACET_NAMES, PLACE_FACETS, facet_value_label
from web.languages import gettext
from web.params import SearchState, without, without_years
from web.place_tree import PlaceNode, is_division, to_place_tree
from web.values import ValueView, choices_of, to_values, toggled

SHOWN_VALUES = 8
"""Values that a facet shows at once; the rest is one click away."""

LISTED_VALUES = 20
"""Values that a facet lists at all; the others are found by searching in it. Three long facets of 120 made pages of 185 KB."""

BAR_HEIGHT = 40
_OPEN_AT_FIRST = frozenset({"level", "year", "bureau", "prefecture", "kind"})


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
    tree: tuple[PlaceNode, ...] = ()  # of places; the other values are then empty


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
    tree = to_place_tree(state, counts)
    found: list[FacetView] = []
    for name in FACET_NAMES:
        if name == PLACE_FACETS[0] and any(node.view.value != UNKNOWN for node in tree):
            found.append(_place_facet(tree))
        in_tree = name in PLACE_FACETS and any(view.tree for view in found)
        wanted = search.text if search and search.facet == name else ""
        view = _to_facet(state, name, counts.get(name, ()), wanted=wanted, in_tree=in_tree)
        if len(view.first) > 1 or view.wanted or view.is_long or _is_touched(view):
            found.append(view)
    return tuple(found)


def _place_facet(tree: tuple[PlaceNode, ...]) -> FacetView:
    return FacetView(
        name="place", label=gettext("地区"), first=(), rest=(), unlisted=0, is_open=True, tree=tree
    )


def to_chips(state: SearchState) -> tuple[Chip, ...]:
    """Return the active filters, each with the way to take it back."""
    chips = [
        Chip(
            label=gettext(
                "%(facet)s：%(value)s",
                facet=FACET_NAMES[chosen.facet],
                value=facet_value_label(chosen.facet, value),
            ),
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
    chosen = choices_of(state, "year")
    return tuple(
        Bar(
            year=year,
            count=by_year.get(year, 0),
            height=_bar_height(by_year.get(year, 0), highest),
            is_chosen=chosen.get(str(year)) == "chosen",
            is_outside=not (state.year_from or year) <= year <= (state.year_to or year),
            state=toggled(state, "year", str(year), chosen.get(str(year), "free")),
        )
        for year in range(min(by_year), max(by_year) + 1)
    )


def _bar_height(count: int, highest: int) -> int:
    return max(1, round(count * BAR_HEIGHT / highest)) if count else 0


def _years_label(state: SearchState) -> str:
    if state.year_from is not None and state.year_to is not None:
        return gettext("%(first)s至%(last)s年", first=state.year_from, last=state.year_to)
    if state.year_from is not None:
        return gettext("%(year)s年以后", year=state.year_from)
    return gettext("%(year)s年以前", year=state.year_to)


def _to_facet(
    state: SearchState, name: str, counts: Sequence[FacetCount], *, wanted: str, in_tree: bool
) -> FacetView:
    """Return one facet; beside a tree of places only values that stand in none, or that are searched for."""
    beside_tree = in_tree and not wanted
    shown = counts
    if beside_tree:
        shown = tuple(counts_among(counts, [one for one in values_of(counts) if not is_division(one)]))
    views = tuple(
        view
        for view in to_values(state, name, shown)
        if view.choice != "free" or is_found(wanted, view.label, view.value)
    )
    if beside_tree:  # those that are chosen too
        views = tuple(view for view in views if not is_division(view.value))
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
        is_long=max(len(counts), len(views)) > SHOWN_VALUES + 2
        and name != "year",  # years have their bars and limits
    )


def _is_touched(view: FacetView) -> bool:
    return any(one.choice != "free" for one in view.first)
