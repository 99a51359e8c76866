"""Sets of documents: rising arrays of their numbers, and rows of flags for what is asked for often. Pure.

Numbers are 64 bits wide, though 32 would do: numpy looks up twice as fast by its own index type. Nothing is chosen
by a row of flags as it is (`numbers[flags]`): finding where the flags are and taking from there is 3 times as fast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE: Documents = np.zeros(0, np.int64)

SKEW = 16
"""A set so many times smaller than another is looked up in it; else both are marked in a row of flags."""


class Held(Protocol):
    """A set that is kept: its numbers, and a flag for every document where a good part of all are in it."""

    @property
    def documents(self) -> Documents:
        """Their numbers, rising."""
        ...

    @property
    def flags(self) -> Flags | None:
        """A flag for every document there is; None for a small set."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stays the same for a state, as a facet's choice does."""

    documents: Documents
    flags: Flags


AnySet = Documents | Held


def numbers_of(one: AnySet) -> Documents:
    """Return the numbers of either form of set."""
    return one if isinstance(one, np.ndarray) else one.documents


def _flags_of(one: AnySet) -> Flags | None:
    return None if isinstance(one, np.ndarray) else one.flags


def places_in(few: Documents, many: Documents) -> tuple[NDArray[np.intp], Flags]:
    """Return where each of `few` stands in `many`, and whether it does."""
    places = np.searchsorted(many, few)
    if not len(many):
        return places, np.zeros(len(few), bool)
    places[places == len(many)] = 0
    return places, many[places] == few


def flags(documents: Documents, size: int) -> Flags:
    """Return a flag for each of `size` numbers: whether it is among `documents`."""
    held = np.zeros(size, bool)
    held[documents] = True
    return held


def is_held(documents: Documents, held: Held) -> Flags:
    """Return for each of `documents` whether `held` has it."""
    every = held.flags
    return places_in(documents, held.documents)[1] if every is None else every.take(documents)


def chosen(documents: Documents, is_chosen: Flags) -> Documents:
    """Return those of `documents` that are flagged, of which most or few may be."""
    return documents.take(is_chosen.nonzero()[0])


def distinct(rising: Documents) -> Documents:
    """Return each of numbers in order once; `np.unique` finds them by hashing, five times as slowly."""
    if not len(rising):
        return rising
    return chosen(rising, np.concatenate(([True], rising[1:] != rising[:-1])))


def common(sets: Sequence[AnySet]) -> Documents:
    """Return what all of `sets` hold; nothing where there are none."""
    if len(sets) < 2:
        return numbers_of(sets[0]) if sets else NONE
    smallest_first = sorted(
        ((numbers_of(one), _flags_of(one)) for one in sets), key=lambda pair: len(pair[0])
    )
    smallest = smallest_first[0][0]
    for other, held in smallest_first[1:]:
        if not len(smallest):
            break
        if held is not None:
            smallest = chosen(smallest, held.take(smallest))
        elif len(smallest) * SKEW < len(other):
            smallest = chosen(smallest, places_in(smallest, other)[1])
        else:
            marked = flags(other, int(max(smallest[-1], other[-1])) + 1)
            smallest = chosen(smallest, marked.take(smallest))
    return smallest


def united(sets: Sequence[AnySet]) -> Documents:
    """Return what any of `sets` holds."""
    filled = [one for one in sets if len(numbers_of(one))]
    if len(filled) < 2:
        return numbers_of(filled[0]) if filled else NONE
    numbers = [numbers_of(one) for one in filled]
    size = int(max(one[-1] for one in numbers)) + 1
    if sum(map(len, numbers)) * SKEW < size:
        return distinct(np.sort(np.concatenate(numbers)))
    rows = [row for one in filled if (row := _flags_of(one)) is not None]
    held = np.zeros(max([size, *map(len, rows)]), bool)
    for one in filled:
        if (row := _flags_of(one)) is not None:
            held |= row
        else:
            held[numbers_of(one)] = True
    total = np.count_nonzero(held)
    whole = (one for one in numbers if len(one) == total)  # often one has all the others
    found = next(whole, None)
    return held.nonzero()[0] if found is None else found


def without(documents: Documents, left_out: Documents) -> Documents:
    """Return what `documents` holds and `left_out` doesn't."""
    if not len(documents) or not len(left_out):
        return documents
    held = flags(left_out, int(max(documents[-1], left_out[-1])) + 1)
    return chosen(documents, ~held.take(documents))
