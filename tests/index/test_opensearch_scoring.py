import math

from hypothesis import given
from hypothesis import strategies as st

from index.opensearch_scoring import Clause, literal_share
from index.ranking import ALTERNATIVE_WEIGHT, LITERAL_BOOST

GAINS = st.floats(min_value=0.01, max_value=30)


def term(most: float) -> Clause:
    return Clause(field="words", term="公开", weight=1, query={}, most=most)


def literal(weight: float) -> Clause:
    return Clause(field="literal", term="公开", weight=weight, query={}, most=weight, gain=weight)


@given(st.lists(GAINS, max_size=40), st.integers(0, 4), st.integers(0, 4))
def test_a_literal_match_stands_above_all_that_words_can_give(
    gains: list[float], whole: int, halves: int
) -> None:
    found = [*map(term, gains), *[literal(LITERAL_BOOST)] * whole, *[literal(LITERAL_BOOST / 2)] * halves]
    share = literal_share(found)
    assert 0 < share <= 1
    least = LITERAL_BOOST * ALTERNATIVE_WEIGHT
    if sum(gains) < least / 2:
        assert least * share > sum(gains)
        assert share == 1 or math.log2(least * share).is_integer(), "a power of two is exact in 24 bits"
    else:
        assert share == 1


def test_a_short_query_leaves_the_cluster_s_24_bits_to_the_words() -> None:
    assert literal_share([term(12.0), term(9.5), literal(LITERAL_BOOST)]) * LITERAL_BOOST <= 128
