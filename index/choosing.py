"""Which reports a search chooses: all of them, not a page. Pure but for what the engine reads."""

from collections.abc import Iterable
from dataclasses import replace

from index.engine import FACETS, Engine, Filter, SearchRequest
from index.query import parse

YEARS = ("from", "to")


def read_choices(choices: Iterable[str]) -> tuple[tuple[Filter, ...], dict[str, int]]:
    """Read FACET=VALUE, FACET=-VALUE, from=YEAR and to=YEAR, as they stand in a search page's address.

    Returns the filters, and the years by `from` and `to`. Raises ValueError, naming the choice.
    """
    filters: dict[str, Filter] = {}
    years: dict[str, int] = {}
    for choice in choices:
        name, mark, value = choice.partition("=")
        if not mark or not value or name not in (*FACETS, *YEARS):
            raise ValueError(f"{choice!r} is no FACET=VALUE; facets are {', '.join((*FACETS, *YEARS))}")
        if name in YEARS:
            if not (value.isascii() and value.isdigit()):
                raise ValueError(f"{choice!r}: a year is a number")
            years[name] = int(value)
            continue
        before = filters.get(name, Filter(facet=name))
        filters[name] = (
            replace(before, exclude=(*before.exclude, value[1:]))
            if value.startswith("-")
            else replace(before, include=(*before.include, value))
        )
    return tuple(filters.values()), years


def find_ids(engine: Engine, query: str, choices: Iterable[str], *, limit: int) -> tuple[str, ...]:
    """Return the ids of all reports that match, copies too, the best first; at most `limit`.

    Only what matches as it was asked: where a search would offer something looser, none. Raises ValueError for
    a choice that can't be read.
    """
    filters, years = read_choices(choices)
    request = SearchRequest(
        query=parse(query),
        filters=filters,
        year_from=years.get("from"),
        year_to=years.get("to"),
        limit=limit,
        all_copies=True,
    )
    result = engine.search(request)
    if any(note.code == "partial" for note in result.notes):
        return ()
    return tuple(hit.report_id for hit in result.hits)
