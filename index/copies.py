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
    places, hidden = np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64)
    copied = reader.families
    at = np.full(reader.size if len(copied.documents) else 0, -1, np.int32)
    if len(at):
        at[documents] = np.arange(len(documents), dtype=np.int32)
        is_found = at[copied.documents] >= 0
    if not len(at) or not is_found.any():
        return Listing(documents=documents, scores=scores, places=places, hidden=hidden)
    members = copied.documents[is_found]
    mine, numbers = at[members], copied.numbers[is_found]
    begins = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    sizes = np.diff(begins, append=len(members))

    literal_counts = _literal_counts(members, literals(), reader.size)
    order = _places(copied.grades[is_found], literal_counts, len(members))
    raised = scores.copy()
    raised[mine] = np.repeat(np.maximum.reduceat(scores[mine], begins), sizes)
    places[mine] = order
    if all_copies:
        return Listing(documents=documents, scores=raised, places=places, hidden=hidden)
    is_first = order == np.repeat(np.minimum.reduceat(order, begins), sizes)
    hidden[mine[is_first]] = sizes - 1
    listed = np.ones(len(documents), bool)
    listed[mine[~is_first]] = False
    return Listing(
        documents=documents[listed], scores=raised[listed], places=places[listed], hidden=hidden[listed]
    )


def _places(grades: Array, literal_counts: Array, count: int) -> Array:
    """Return numbers that sort members: by what was lost, how little is held word for word, then their order."""
    places: Array = grades.astype(np.int64) << _GRADE_SHIFT
    places |= (MOST_LITERALS - np.minimum(literal_counts, MOST_LITERALS)) << _LITERAL_SHIFT
    return places | np.arange(count)


def _literal_counts(members: Documents, literals: Sequence[Documents], size: int) -> Array:
    counts = np.zeros(len(members), np.int64)
    for holders in literals:
        counts += flags(holders, size).take(members)
    return counts
