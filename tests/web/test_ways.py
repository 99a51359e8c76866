import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import Filter
from web.params import SearchState, excluding, including
from web.ways import Ways, search_query, spelled_out

STATES = (
    SearchState(),
    SearchState(text="政务公开"),
    SearchState(
        text='"a&b=c" -甲',
        filters=(
            Filter(facet="level", include=("county",)),
            Filter(facet="bureau", include=("教育", "财政"), exclude=("民政",)),
        ),
        year_from=2010,
        sort="newest",
        page=3,
        size=20,
        all_copies=True,
    ),
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("facet", ["level", "bureau", "site"])
@given(
    value=st.text(min_size=1, max_size=20).filter(lambda text: text not in {"county", "教育", "财政", "民政"})
)
def test_a_way_is_the_address_of_the_search_that_it_leads_to(
    state: SearchState, facet: str, value: str
) -> None:
    ways = Ways(state, facet)
    assert ways.with_value(value) == spelled_out(search_query(including(state, facet, value)))
    assert ways.without_value(value) == spelled_out(search_query(excluding(state, facet, value)))
