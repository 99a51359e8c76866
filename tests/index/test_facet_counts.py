import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import FacetCount
from index.facet_counts import CountedValues, counts_among, values_of

COUNTS = st.lists(st.integers(0, 5) | st.sampled_from((70_000, 70_001, 200_000)), max_size=40)


def plain(values: list[str], counts: list[int]) -> tuple[FacetCount, ...]:
    held = [(value, count) for value, count in zip(values, counts, strict=True) if count]
    held.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value=value, count=count) for value, count in held)


@given(COUNTS)
def test_counted_values_are_what_a_sorted_tuple_of_them_is(counts: list[int]) -> None:
    values = [f"{number:03}" for number in range(len(counts))]
    expected = plain(values, counts)
    counted = CountedValues(values, np.array(counts, np.int64))
    assert counted == expected
    assert tuple(counted) == expected
    assert len(counted) == len(expected)
    assert counted[:3] == expected[:3]
    assert [counted[place] for place in range(len(expected))] == list(expected)
    assert (hash(counted), repr(counted)) == (hash(expected), repr(expected))


def test_no_values_are_no_values() -> None:
    counted = CountedValues((), np.zeros(0, np.int64))
    assert not counted
    with pytest.raises(IndexError):
        counted[0]
    assert counted != [1]


def test_some_values_are_looked_up_without_making_all() -> None:
    counted = CountedValues(["a", "b", "c", "d"], np.array([3, 0, 1, 5]))
    as_tuple = tuple(counted)
    for counts in (counted, as_tuple):
        assert sorted(values_of(counts)) == ["a", "c", "d"]
        found = counts_among(counts, ["d", "b", "a", "none", ""])
        assert {one.value: one.count for one in found} == {"a": 3, "d": 5}
