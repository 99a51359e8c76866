"""The places of a result as a tree: province, prefecture, county, township. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.gazetteer.table import RANK_OF_LENGTH, load_gazetteer
from index.engine import UNKNOWN, FacetCount
from index.facet_counts import counts_among, values_of
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
    codes = _codes(counts)
    chosen = [value for facet in PLACE_FACETS for value in choices_of(state, facet) if is_division(value)]
    listed = _listed([*codes, frozenset(chosen)], chosen)
    views = {  # of what is listed alone: a search of a whole country finds 26,000 places
        view.value: view
        for facet in PLACE_FACETS
        for view in to_values(state, facet, _counted(facet, counts, listed))
        if is_division(view.value)
    }
    unknown = [
        PlaceNode(view=view, label=view.label, below=(), is_open=False)
        for view in to_values(state, "province", counts.get("province", ()))
        if view.value == UNKNOWN
    ]
    return (*_children(views, _beneath(listed), chosen, ""), *unknown)


def _codes(counts: Mapping[str, Sequence[FacetCount]]) -> list[frozenset[str]]:
    """Return the places of each rank that count something, with those above them, the highest rank first.

    A chosen county narrows every count but its own, so that others stand in it whose province counts nothing.
    """
    found: list[frozenset[str]] = []
    lower: frozenset[str] = frozenset()
    for length, facet in reversed(RANK_OF_LENGTH.items()):
        above = {value[:length] for value in lower}
        lower = frozenset(filter(is_division, above.union(values_of(counts.get(facet, ())))))
        found.append(lower)
    return found[::-1]


def _counted(
    facet: str, counts: Mapping[str, Sequence[FacetCount]], listed: Iterable[str]
) -> Iterator[FacetCount]:
    """Yield the counts of what is listed of one rank, 0 for what only lower ranks name."""
    wanted = [value for value in listed if RANK_OF_LENGTH[len(value)] == facet]
    found = {one.value: one for one in counts_among(counts.get(facet, ()), wanted)}
    return (found.get(value) or FacetCount(value=value, count=0) for value in wanted)


def _listed(ranks: Iterable[frozenset[str]], chosen: Sequence[str]) -> frozenset[str]:
    """Return the values that are shown: whole ranks where they are short, else what lies in a chosen place."""
    listed: set[str] = set()
    within = tuple(chosen)
    for rank in ranks:
        is_short = len(rank) + len(listed) <= LISTED_PLACES
        listed |= {
            value
            for value in (rank if is_short or within else ())
            if is_short or value.startswith(within) or any(place.startswith(value) for place in within)
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
