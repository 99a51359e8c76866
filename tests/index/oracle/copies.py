"""Families of copies in a result: one hit for each, and in what order copies stand. Pure.

A family stands where the best of its matching members would. Shown is its representative where that matches,
else the next in the family's order, with two refinements: a whole copy always goes before a damaged one, and
among whole ones a copy that holds what was typed word for word goes before one that holds only some of it, so
that a pasted title finds the report of that title.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.index.oracle.reader import Facts

Place = tuple[str, int, str]
"""Sorts a family: what was lost, how little is held word for word, standing."""

ALONE: Place = ("", 0, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is listed of the documents found: `scores` are the families', `hidden` how many copies each stands for."""

    documents: Sequence[int]
    scores: Mapping[int, float]
    places: Mapping[int, Place]
    hidden: Mapping[int, int]


def to_listing(
    documents: Sequence[int],
    scores: Mapping[int, float],
    literal_counts: Callable[[Collection[int]], Mapping[int, int]],
    facts: Facts,
    *,
    all_copies: bool,
) -> Listing:
    """Put the members of each family in order, under the best score of any; fold all but the first away.

    `literal_counts` tells how many of the query's texts each document holds word for word.
    """
    families = _families(documents, facts)
    members = [document for family in families for document in family]
    literal = literal_counts(members) if members else {}
    places: dict[int, Place] = {
        one: (facts.standings[one][:1], -literal.get(one, 0), facts.standings[one]) for one in members
    }
    raised, hidden = dict(scores), dict[int, int]()
    folded: set[int] = set()
    for family in families:
        best = max(scores[one] for one in family)
        raised.update(dict.fromkeys(family, best))
        if not all_copies:
            shown = min(family, key=places.__getitem__)
            hidden[shown] = len(family) - 1
            folded.update(one for one in family if one != shown)
    listed = [one for one in documents if one not in folded] if folded else documents
    return Listing(documents=listed, scores=raised, places=places, hidden=hidden)


def _families(documents: Iterable[int], facts: Facts) -> list[list[int]]:
    """Return the documents that have copies, each family by itself."""
    if not facts.copied:
        return []
    found: dict[str, list[int]] = {}
    for document in documents:
        if (family := facts.families[document]) in facts.copied:
            found.setdefault(family, []).append(document)
    return list(found.values())
