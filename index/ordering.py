"""The first of very many: by one key after another, without sorting what can't be among them. Pure."""

from collections.abc import Sequence

import numpy as np

from index.arrays.files import Array


def first_places(count: int, keys: Sequence[Array]) -> Array:
    """Return places that include the `count` first by `keys`, ascending; more where the last of them are equal.

    In no order. What remains equal by every key is for the caller to tell apart.
    """
    left = np.arange(len(keys[0]))
    taken = [left[:0]]
    for key in keys:
        if len(left) <= count:
            break
        values = key[left]
        last = np.partition(values, count - 1)[count - 1] if count else values.min()
        before = left[values < last]
        taken.append(before)
        count -= len(before)
        left = left[values == last]
    return np.concatenate((*taken, left))
