"""One facet's values as a reader sees them: labels, order, and the states that choosing leads to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.engine import UNKNOWN, FacetCount, Filter
from web.labels import closed_values, facet_value_label
from web.params import SearchState, including, without
from web.ways import Ways

Choice = Literal["free", "chosen", "excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """One value with its exact count; `ways` lead from the search that it is a choice in."""

    ways: Ways = field(compare=False, repr=False)
    facet: str
    value: str
    label: str
    count: int
    choice: Choice

    @property
    def toggled(self) -> SearchState:
        """The search with this value chosen, or free again; worked out for the few values that are shown."""
        return toggled(self.ways.state, self.facet, self.value, self.choice)


def to_values(state: SearchState, facet: str, counts: Iterable[FacetCount]) -> tuple[ValueView, ...]:
    """Return a facet's values in the order to show them, chosen ones among them even when they count 0."""
    choices = choices_of(state, facet)
    found = {one.value: one.count for one in counts}
    found.update({value: 0 for value in choices if value not in found})
    ways = Ways(state, facet)
    views = (_to_value(ways, value, count, choices) for value, count in found.items())
    return tuple(sorted(views, key=lambda view: _order(facet, view)))


def choices_of(state: SearchState, facet: str) -> Mapping[str, Choice]:
    """Return which of a facet's values are chosen or excluded."""
    chosen = next((one for one in state.filters if one.facet == facet), Filter(facet=facet))
    included: dict[str, Choice] = dict.fromkeys(chosen.include, "chosen")
    excluded: dict[str, Choice] = dict.fromkeys(chosen.exclude, "excluded")
    return {**included, **excluded}


def _to_value(ways: Ways, value: str, count: int, choices: Mapping[str, Choice]) -> ValueView:
    return ValueView(
        ways=ways,
        facet=ways.facet,
        value=value,
        label=facet_value_label(ways.facet, value),
        count=count,
        choice=choices.get(value, "free"),
    )


def toggled(state: SearchState, facet: str, value: str, choice: Choice) -> SearchState:
    """Return the state with this value chosen, or free again."""
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
