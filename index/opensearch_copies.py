"""Folds families of copies, as `index.copies` tells, from their members that were found. Pure.

The cluster counts families and tells which come first; which copy stands for its family, and where, is decided
here, of no more families than a page needs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.engine import Sort

Place = tuple[str, int, str]
Key = tuple[bool, int, float, str, Place]
Foremost = tuple[bool, int] | tuple[bool, int, float]
ALONE: Place = ("", 0, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A report found that has copies; `literal` counts the query's texts that it holds word for word."""

    report_id: str
    family: str
    standing: str
    date: int  # YYYYMMDD, 0 where unknown
    score: float
    literal: int

    @property
    def place(self) -> Place:
        """Sorts its family: what was lost, how little is held word for word, standing."""
        return (self.standing[:1], -self.literal, self.standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a result; `key` sorts it among all."""

    report_id: str
    key: Key
    hidden: int = 0


def foremost(sort: Sort, date: int, score: float) -> Foremost:
    """Return how the key of such a line begins: undated ones last, then by date where asked, else by relevance."""
    if sort == "relevance":
        return (False, 0, -score)
    return (not date, -date if sort == "newest" else date)


def sort_key(sort: Sort, date: int, score: float, family: str, place: Place = ALONE) -> Key:
    """Return the order of a page: what is foremost, then relevance, family and place."""
    is_last, by_date, *_ = foremost(sort, date, score)
    return (is_last, by_date, -score, family, place)


def fold(members: Iterable[Copy], sort: Sort, *, all_copies: bool) -> Iterator[Listed]:
    """List whole families: each once, or all of its members where all copies are asked for."""
    families: dict[str, list[Copy]] = {}
    for member in members:
        families.setdefault(member.family, []).append(member)
    for family in families.values():
        yield from _list(family, sort, all_copies=all_copies)


def _list(members: Sequence[Copy], sort: Sort, *, all_copies: bool) -> Iterator[Listed]:
    """List one family under the best score of any of its members."""
    best = max(one.score for one in members)
    shown = members if all_copies else [min(members, key=lambda one: one.place)]
    for one in shown:
        key = sort_key(sort, one.date, best, one.family, one.place)
        yield Listed(report_id=one.report_id, key=key, hidden=len(members) - len(shown))


def are_first(lines: Iterable[Listed], bound: Foremost, wanted: int) -> bool:
    """Whether `wanted` lines come before all whose keys begin with `bound` or more: what else there is, is not on the page."""
    return sum(1 for line in lines if line.key[: len(bound)] < bound) >= wanted
