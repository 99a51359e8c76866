import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.ordering import GROUP, first_places


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1 << 63)), min_size=1, max_size=GROUP * 40),
    st.integers(1, 12),
    st.integers(0, 3),
)
def test_the_first_of_many_are_those_of_a_plain_sort(
    rows: list[tuple[int, int]], count: int, repeated: int
) -> None:
    rows = rows * (1 + repeated * 10)
    keys = [np.array([row[0] for row in rows], float), np.array([row[1] for row in rows], np.uint64)]
    places = first_places(
        count, len(rows), [lambda at, key=key: key if at is None else key[at] for key in keys]
    )  # type: ignore[misc]  # mypy can't infer a lambda with a default
    assert len(set(places.tolist())) == len(places) >= min(count, len(rows))
    best = sorted(rows, reverse=True)[:count]
    found = sorted((rows[place] for place in places.tolist()), reverse=True)
    assert found[:count] == best
    assert all(row >= best[-1] for row in found)
