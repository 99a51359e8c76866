"""The places of a result as a tree: province, prefecture, county, township. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.gazetteer.table import RANK_OF_LENGTH, load_gazetteer
from index.engine import UNKNOWN, FacetCount
from web.labels import PLACE_FACETS
from web.params import SearchState
from web.values import ValueView, choices_of, to_values

LISTED_PLACES = 100
"""Places of all ranks that are listed at once, whole ranks from above; of the others only those in a chosen place are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNode:
    """One division with its count, and those in it; `is_open` where one of them, or itself, is chosen."""

    view: ValueView
    label: str  # without the division above, which stands above
    below: tuple["PlaceNode", ...]
    is_open: bool


@lru_cache(maxsize=1 << 17)
def is_division(value: str) -> bool:
    """Whether a facet's value is a division code and not a written name."""
    return len(value) in RANK_OF_LENGTH and bool(load_gazetteer().with_code(value))


def to_place_tree(state: SearchState, counts: Mapping[str, Sequence[FacetCount]]) -> tuple[PlaceNode, ...]:
    """Return the provinces of a result with what lies in them, and last the reports whose place is not known.

    A place above a counted one stands in the tree even when it counts nothing itself.
    """
    held = {facet: _with_those_above(facet, counts) for facet in PLACE_FACETS}
    chosen = [value for facet in PLACE_FACETS for value in choices_of(state, facet) if is_division(value)]
    codes = (one.value for found in held.values() for one in found if is_division(one.value))
    listed = _listed(dict.fromkeys((*codes, *chosen)), chosen)
    views = {  # of what is listed alone: a search of a whole country finds 26,000 places
        view.value: view
        for facet, found in held.items()
        for view in to_values(state, facet, (one for one in found if one.value in listed))
        if is_division(view.value)
    }
    unknown = [
        PlaceNode(view=view, label=view.label, below=(), is_open=False)
        for view in to_values(state, "province", counts.get("province", ()))
        if view.value == UNKNOWN
    ]
    return (*_children(views, _beneath(listed), chosen, ""), *unknown)


def _with_those_above(facet: str, counts: Mapping[str, Sequence[FacetCount]]) -> tuple[FacetCount, ...]:
    """Add the places of this rank that only lower ones name: a chosen county narrows every count but its own."""
    own = counts.get(facet, ())
    held = {one.value for one in own}
    length = next(length for length, rank in RANK_OF_LENGTH.items() if rank == facet)
    lower = PLACE_FACETS[PLACE_FACETS.index(facet) + 1 :]
    missing = {
        one.value[:length]
        for name in lower
        for one in counts.get(name, ())
        if is_division(one.value) and is_division(one.value[:length])
    } - held
    return (*own, *(FacetCount(value=value, count=0) for value in sorted(missing)))


def _listed(values: Iterable[str], chosen: Iterable[str]) -> frozenset[str]:
    """Return the values that are shown: whole ranks where they are short, else what lies in a chosen place."""
    values, chosen = tuple(values), tuple(chosen)
    listed: set[str] = set()
    for length in RANK_OF_LENGTH:
        rank = [value for value in values if len(value) == length]
        is_short = len(rank) + len(listed) <= LISTED_PLACES
        listed |= {
            value
            for value in rank
            if is_short or any(value.startswith(place) or place.startswith(value) for place in chosen)
        }
    return frozenset(listed)


def _children(
    views: Mapping[str, ValueView], beneath: Mapping[str, list[str]], chosen: list[str], above: str
) -> tuple[PlaceNode, ...]:
    direct = beneath.get(above, [])
    nodes = [
        PlaceNode(
            view=views[value],
            label=views[value].label.partition("（")[0],
            below=_children(views, beneath, chosen, value),
            is_open=any(place.startswith(value) for place in chosen) or len(direct) == 1,
        )
        for value in direct
    ]
    return tuple(sorted(nodes, key=lambda node: (-node.view.count, node.view.value)))


def _beneath(listed: frozenset[str]) -> dict[str, list[str]]:
    """Return the listed places right under each; a county may stand right under its province."""
    found: dict[str, list[str]] = {}
    for value in sorted(listed):
        above = (value[:length] for length in reversed(RANK_OF_LENGTH) if length < len(value))
        found.setdefault(next((code for code in above if code in listed), ""), []).append(value)
    return found
