"""Folds families of copies, as `index.copies` tells, from the hits that have copies. Pure.

The cluster counts and sorts texts of their own. What has copies is read whole, for which copy stands for its
family, and where, depends on all of those that match: exact whatever their number, at a cost that grows with it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from index.engine import FACETS, FacetCount, SearchRequest, Sort
from index.opensearch_mapping import CopyFacts

Test = Callable[[tuple[str, ...]], bool]
Place = tuple[str, int, str]
Key = tuple[bool, int, float, str, Place]
ALONE: Place = ("", 0, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A matching report that has copies; `literal` counts the query's texts that it holds word for word."""

    report_id: str
    facts: CopyFacts
    score: float
    literal: int

    @property
    def place(self) -> Place:
        """Sorts its family: what was lost, how little is held word for word, standing."""
        return (self.facts.standing[:1], -self.literal, self.facts.standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a result; `key` sorts it among all."""

    report_id: str
    key: Key
    hidden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What came of the copies: those listed, how many pass the filters, and what they add to each facet."""

    listed: tuple[Listed, ...] = ()
    passing: int = 0
    facets: dict[str, Counter[str]] = field(default_factory=dict)


def sort_key(sort: Sort, date: int, score: float, family: str, place: Place = ALONE) -> Key:
    """Return the order of a page: undated ones last, then by date where asked, relevance, family and place."""
    sign = {"relevance": 0, "newest": -1, "oldest": 1}[sort]
    return (bool(sign) and not date, sign * date, -score, family, place)


def fold_copies(copies: Iterable[Copy], request: SearchRequest, sort: Sort) -> Folded:
    """Filter, count and list the copies, a family once unless all are asked for."""
    tests = list(_tests(request))
    held: dict[str, set[tuple[str, str]]] = {facet: set() for facet in FACETS}  # value and family
    families: dict[str, list[Copy]] = {}
    for copy in copies:
        facts = copy.facts
        failed = {facet for facet, passes in tests if not passes(facts.facets[facet])}
        if not failed:
            families.setdefault(facts.family, []).append(copy)
        for facet in (failed or FACETS) if len(failed) <= 1 else ():
            for value in facts.facets[facet]:
                held[facet].add((value, facts.family))
    facets = {facet: Counter(value for value, _ in pairs) for facet, pairs in held.items()}
    listed = (one for members in families.values() for one in _list(members, request, sort))
    return Folded(listed=tuple(listed), passing=sum(map(len, families.values())), facets=facets)


def _list(members: Sequence[Copy], request: SearchRequest, sort: Sort) -> Iterable[Listed]:
    """List one family under the best score of any of its members."""
    best = max(one.score for one in members)
    shown = members if request.all_copies else [min(members, key=lambda one: one.place)]
    for one in shown:
        key = sort_key(sort, one.facts.date, best, one.facts.family, one.place)
        yield Listed(report_id=one.report_id, key=key, hidden=len(members) - len(shown))


def _tests(request: SearchRequest) -> Iterator[tuple[str, Test]]:
    for chosen in request.filters:
        yield chosen.facet, partial(_chosen, frozenset(chosen.include), frozenset(chosen.exclude))
    first, last = request.year_from, request.year_to
    if first is not None or last is not None:
        yield "year", partial(_in_years, first, last)


def _chosen(include: frozenset[str], exclude: frozenset[str], values: tuple[str, ...]) -> bool:
    return (not include or not include.isdisjoint(values)) and exclude.isdisjoint(values)


def _in_years(first: int | None, last: int | None, values: tuple[str, ...]) -> bool:
    """Whether the year lies in the range; an unknown one lies in none."""
    years = [int(value) for value in values if value.isdecimal()]
    return any((first is None or first <= year) and (last is None or year <= last) for year in years)


def ordered(counter: Counter[str]) -> tuple[FacetCount, ...]:
    """Return the counts, the most frequent first, then by value."""
    pairs = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value=value, count=number) for value, number in pairs)
