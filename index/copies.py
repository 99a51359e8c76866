"""Families of copies in a result: one hit for each, and in what order copies stand. Pure.

A family stands where the best of its matching members would. Shown is its representative where that matches,
else the next in the family's order, with two refinements: a whole copy always goes before a damaged one, and
among whole ones a copy that holds what was typed word for word goes before one that holds only some of it, so
that a pasted title finds the report of that title.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array
from index.reader import Reader
from index.sets import Documents, flags

_GRADE_SHIFT, _LITERAL_SHIFT = 48, 40
MOST_LITERALS = 255
"""Texts of one query whose copies are told apart; the query language reads at most 32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is listed of the documents found; beside each its family's `scores`, its place in it (0 outside of any).

    `hidden` is how many copies each stands for.
    """

    documents: Documents
    scores: Array
    places: Array
    hidden: Array


def to_listing(
    documents: Documents,
    scores: Array,
    literals: Callable[[], Sequence[Documents]],
    reader: Reader,
    *,
    all_copies: bool,
) -> Listing:
    """Put the members of each family in order, under the best score of any; fold all but the first away.

    `literals` gives the documents that hold each of the query's texts word for word.
    """
    members = _members(documents, reader)
    if not len(members.at):
        zeros = np.zeros(len(documents), np.int64)
        return Listing(documents=documents, scores=scores, places=zeros, hidden=zeros)
    begins = np.concatenate(([True], members.numbers[1:] != members.numbers[:-1])).nonzero()[0]
    sizes = np.diff(begins, append=len(members.at))
    best = np.maximum.reduceat(scores.take(members.at), begins)
    order = _places(members.grades, _literal_counts(members.documents, literals(), reader.size))
    places, hidden, raised = (
        np.zeros(len(documents), np.int64),
        np.zeros(len(documents), np.int64),
        scores.copy(),
    )
    if all_copies:
        places[members.at], raised[members.at] = order, np.repeat(best, sizes)
        return Listing(documents=documents, scores=raised, places=places, hidden=hidden)
    is_first = order == np.repeat(np.minimum.reduceat(order, begins), sizes)
    first = members.at.take(is_first.nonzero()[0])
    hidden[first], raised[first] = sizes - 1, best
    is_listed = np.ones(len(documents), bool)
    is_listed[members.at] = False
    is_listed[first] = True
    listed = is_listed.nonzero()[0]
    return Listing(
        documents=documents.take(listed),
        scores=raised.take(listed),
        places=places.take(listed),
        hidden=hidden.take(listed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Members:
    """Those found that have copies in use, a family side by side: `at` which places among all that were found."""

    at: Array
    documents: Documents
    numbers: Array
    grades: Array


def _members(documents: Documents, reader: Reader) -> _Members:
    copied = reader.families
    at = np.full(reader.size if len(copied.documents) else 0, -1, np.int32)
    if len(at):
        at[documents] = np.arange(len(documents), dtype=np.int32)
    here = at.take(copied.documents)
    found = (here >= 0).nonzero()[0]
    return _Members(
        at=here.take(found),
        documents=copied.documents.take(found),
        numbers=copied.numbers.take(found),
        grades=copied.grades.take(found),
    )


def _places(grades: Array, literal_counts: Array) -> Array:
    """Return numbers that sort members: by what was lost, how little is held word for word, then their order."""
    places: Array = grades.astype(np.int64) << _GRADE_SHIFT
    places |= (MOST_LITERALS - np.minimum(literal_counts, MOST_LITERALS)) << _LITERAL_SHIFT
    return places | np.arange(len(places))


def _literal_counts(members: Documents, literals: Sequence[Documents], size: int) -> Array:
    """Count for each member the texts it holds; of many members, marks are ten times as fast as halving."""
    counts = np.zeros(len(members), np.int64)
    for holders in literals:
        if len(holders):
            counts += flags(holders, size).take(members)
    return counts
