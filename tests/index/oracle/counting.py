"""Filters and facet counts: one pass over the matching documents gives both, exactly."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.engine import FACETS, FacetCount, Filter, SearchRequest
from tests.index.oracle.matching import in_years
from tests.index.oracle.reader import Facts

Test = Callable[[int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The documents that pass every filter, and the counts of every facet."""

    documents: tuple[int, ...]
    facets: tuple[tuple[str, tuple[FacetCount, ...]], ...]


def _filter_test(chosen: Filter, values: Sequence[tuple[str, ...]]) -> Test:
    include, exclude = frozenset(chosen.include), frozenset(chosen.exclude)

    def passes(document: int) -> bool:
        here = values[document]
        return (not include or not include.isdisjoint(here)) and exclude.isdisjoint(here)

    return passes


def _tests(request: SearchRequest, facts: Facts) -> Iterator[tuple[str, Test]]:
    """Yield each choice with the facet it belongs to; limits of the year are a choice of that facet."""
    for chosen in request.filters:
        yield chosen.facet, _filter_test(chosen, facts.facets[chosen.facet])
    first, last = request.year_from, request.year_to
    if first is not None or last is not None:
        years = facts.facets["year"]
        yield "year", lambda document: in_years(years[document], first, last)


def _failed(document: int, tests: Iterable[tuple[str, Test]]) -> set[str]:
    return {facet for facet, passes in tests if not passes(document)}


def count(matching: Collection[int], request: SearchRequest, facts: Facts) -> Counted:
    """Filter the matching documents and count their values, a family once for each value unless all are listed.

    A document that fails one facet's choice alone still counts there: that facet shows what choosing
    another value would give. Values come most frequent first, then by value.
    """
    tests = list(_tests(request, facts))
    copied = frozenset[str]() if request.all_copies else facts.copied
    counters: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    seen: set[tuple[str, str, str]] = set()  # facet, value and family
    passing = []
    for document in matching:
        failed = _failed(document, tests)
        if not failed:
            passing.append(document)
        if len(failed) <= 1:
            family = facts.families[document]
            is_copied = family in copied
            for facet in failed or FACETS:
                values = facts.facets[facet][document]
                counters[facet].update(_unseen(facet, values, family, seen) if is_copied else values)
    return Counted(
        documents=tuple(passing), facets=tuple((name, _ordered(counters[name])) for name in FACETS)
    )


def _unseen(
    facet: str, values: Sequence[str], family: str, seen: set[tuple[str, str, str]]
) -> tuple[str, ...]:
    """Return the values that no copy had before; choosing one of them lists the family once."""
    fresh = tuple(value for value in values if (facet, value, family) not in seen)
    seen.update((facet, value, family) for value in fresh)
    return fresh


def _ordered(counter: Counter[str]) -> tuple[FacetCount, ...]:
    pairs = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value=value, count=number) for value, number in pairs)
