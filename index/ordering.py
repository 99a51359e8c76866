"""The first of very many: by one key after another, without sorting what can't be among them. Pure."""

from collections.abc import Callable, Sequence

import numpy as np

from index.arrays.files import Array

Key = Callable[[Array | None], Array]
"""Gives the key of some places, or of all; what has the largest stands first."""

GROUP = 16


def first_places(count: int, size: int, keys: Sequence[Key]) -> Array:
    """Return places among `size` that include the `count` first by `keys`, the largest first; more where the last are
    equal.

    In no order. What remains equal by every key is for the caller to tell apart.
    """
    left: Array | None = None  # all
    taken: list[Array] = []
    for key in keys:
        if (size if left is None else len(left)) <= count:
            break
        values = key(left)
        likely = _likely(values, count)
        if likely is not None:
            values, left = values.take(likely), likely if left is None else left.take(likely)
        last = np.partition(values, len(values) - count)[len(values) - count]
        before, equal = (values > last).nonzero()[0], (values == last).nonzero()[0]
        taken.append(before if left is None else left.take(before))
        left = equal if left is None else left.take(equal)
        count -= len(before)
    remaining = np.arange(size) if left is None else left
    return np.concatenate((*taken, remaining)) if taken else remaining


def _likely(values: Array, count: int) -> Array | None:
    """Return places that have all of the `count` largest values; None for so few values that all are looked at.

    The largest of every GROUP give a bound that leaves few to look at: a third of the time of `np.partition` alone.
    """
    groups = len(values) // GROUP
    if groups <= GROUP * count:
        return None
    largest = values[: groups * GROUP].reshape(GROUP, groups).max(axis=0)
    likely: Array = (values >= np.partition(largest, groups - count)[groups - count]).nonzero()[0]
    return likely
