"""Sets of documents: rising arrays of their numbers. Pure.

64 bits wide, though 32 would do: numpy looks up twice as fast by its own index type.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.int64]

NONE: Documents = np.zeros(0, np.int64)

SKEW = 16
"""A set so many times smaller than another is looked up in it; else both are marked in a row of flags."""


def places_in(few: Documents, many: Documents) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return where each of `few` stands in `many`, and whether it does."""
    places = np.searchsorted(many, few)
    if not len(many):
        return places, np.zeros(len(few), bool)
    places[places == len(many)] = 0
    return places, many[places] == few


def flags(documents: Documents, size: int) -> NDArray[np.bool_]:
    """Return a flag for each of `size` numbers: whether it is among `documents`."""
    held = np.zeros(size, bool)
    held[documents] = True
    return held


def common(sets: Sequence[Documents]) -> Documents:
    """Return what all of `sets` hold; nothing where there are none."""
    if not sets:
        return NONE
    smallest, *others = sorted(sets, key=len)
    for other in others:
        if not len(smallest):
            break
        if len(smallest) * SKEW < len(other):
            smallest = smallest[places_in(smallest, other)[1]]
        else:
            held = flags(smallest, int(max(smallest[-1], other[-1])) + 1)
            smallest = other[held[other]]
    return smallest


def united(sets: Sequence[Documents]) -> Documents:
    """Return what any of `sets` holds."""
    filled = [one for one in sets if len(one)]
    if len(filled) < 2:
        return filled[0] if filled else NONE
    size = int(max(one[-1] for one in filled)) + 1
    if sum(map(len, filled)) * SKEW < size:
        return np.unique(np.concatenate(filled))
    held = np.zeros(size, bool)
    for one in filled:
        held[one] = True
    return np.flatnonzero(held)


def without(documents: Documents, left_out: Documents) -> Documents:
    """Return what `documents` holds and `left_out` doesn't."""
    if not len(documents) or not len(left_out):
        return documents
    held = flags(left_out, int(max(documents[-1], left_out[-1])) + 1)
    return documents[~held[documents]]
