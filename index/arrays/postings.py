"""One term's postings in one segment: read without looking at any other. Pure."""

import numpy as np

from index.arrays.coding import WIDTHS, codes_of
from index.arrays.files import Array, Arrays


def _values(arrays: Arrays, field: str, number: int, stream: str, size: int) -> Array | None:
    """Return one stream of a term as it is kept; None where every value is 1."""
    width = WIDTHS[stream][int(codes_of(arrays[f"{field}.widths"][number], stream))]
    if not width:
        return None
    at = int(arrays[f"{field}.{stream}_at"][number])
    values: Array = arrays[f"{field}.{stream}{width}"][at : at + size]
    return values


def holder_count(arrays: Arrays, field: str, number: int) -> int:
    """Return how many documents hold a term, deleted ones among them."""
    return int(arrays[f"{field}.holders"][number])


def documents_of(arrays: Arrays, field: str, number: int) -> Array:
    """Return the documents that hold a term, in order."""
    gaps = _values(arrays, field, number, "gaps", holder_count(arrays, field, number))
    assert gaps is not None  # no width of gaps is 0
    return np.cumsum(gaps, dtype=np.int64)


def counts_of(arrays: Arrays, field: str, number: int) -> Array:
    """Return how often each of them holds it."""
    holders = holder_count(arrays, field, number)
    counts = _values(arrays, field, number, "counts", holders)
    return np.ones(holders, np.uint8) if counts is None else counts


def positions_of(arrays: Arrays, field: str, number: int, occurrences: int) -> Array:
    """Return where a term stands in each of them, one document after another."""
    positions = _values(arrays, field, number, "positions", occurrences)
    assert positions is not None  # no width of positions is 0
    return positions
