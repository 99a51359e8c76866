"""The occurrences of many terms in few documents, read at once: one by one 200 grams take 20 ms, so 1. Pure."""

import numpy as np

from index.arrays.coding import WIDTHS, codes_of, spread, starts_of
from index.arrays.files import Array, Arrays
from index.arrays.terms import gram_keys
from index.sets import Documents, flags


def find_grams(arrays: Arrays, grams: list[str]) -> tuple[Array, Array]:
    """Return the numbers of those grams that occur, and which of `grams` they are."""
    first = np.array([ord(gram[0]) for gram in grams], np.int64)
    second = np.array([ord(gram[1]) + 1 if len(gram) > 1 else 0 for gram in grams], np.int64)
    wanted, keys = gram_keys(first, second), arrays.get("grams.keys")
    if keys is None or not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    numbers = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    which = np.flatnonzero(keys[numbers] == wanted)
    return numbers[which], which


def occurrences_in(
    arrays: Arrays, field: str, numbers: Array, documents: Documents
) -> tuple[Array, Array, Array]:
    """Return for each occurrence of terms in `documents`, which rise: the place in `numbers`, document and position."""
    holders = arrays[f"{field}.holders"][numbers].astype(np.int64)
    nothing = np.zeros(len(numbers), np.int64)
    gaps = _values(arrays, (field, "gaps"), numbers, nothing, holders)
    counts = _values(arrays, (field, "counts"), numbers, nothing, holders)
    starts = starts_of(holders)
    held, before = np.cumsum(gaps), np.cumsum(counts) - counts
    held -= np.repeat(held[starts] - gaps[starts], holders)
    chosen = flags(documents, len(arrays["dates"])).take(held).nonzero()[0]
    which = np.searchsorted(starts, chosen, side="right") - 1
    before = before[chosen] - before[starts[which]]
    held, counts = held[chosen], counts[chosen]
    positions = _values(arrays, (field, "positions"), numbers[which], before, counts)
    return np.repeat(which, counts), np.repeat(held, counts), positions


def _values(
    arrays: Arrays, stream_of: tuple[str, str], numbers: Array, skipped: Array, sizes: Array
) -> Array:
    """Return `sizes` values of a field's stream for each term, without its first `skipped`."""
    field, stream = stream_of
    codes = codes_of(arrays[f"{field}.widths"][numbers], stream)
    at = arrays[f"{field}.{stream}_at"][numbers].astype(np.int64) + skipped
    values = np.ones(int(sizes.sum()), np.int64)
    for code, width in enumerate(WIDTHS[stream]):
        chosen = codes == code
        if width and chosen.any():
            kept = arrays[f"{field}.{stream}{width}"]
            values[np.repeat(chosen, sizes)] = kept[spread(at[chosen], sizes[chosen])]
    return values
