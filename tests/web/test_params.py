from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.engine import FACETS, UNKNOWN, Filter
from web.arguments import MAX_TEXT_CHARS, read_arguments
from web.labels import closed_values
from web.params import (
    SIZES,
    SORTS,
    SearchState,
    excluding,
    including,
    on_page,
    sized,
    sorted_by,
    to_arguments,
    without,
    without_filters,
)


def read(query: str) -> tuple[SearchState, tuple[str, ...]]:
    return read_arguments(MultiDict(parse_qsl(query, keep_blank_values=True)))


PLAIN_TEXTS = st.text(alphabet=st.sampled_from('政务公開"“”()-:&=+%?#/ 2018'), max_size=20).map(str.strip)


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    made = []
    for facet in FACETS:
        closed = closed_values(facet)
        if facet == "year":
            values = st.sampled_from(["2009", "2018", "2024", UNKNOWN])
        elif closed:
            values = st.sampled_from(closed)
        else:
            values = st.text(alphabet="桂影县教育 &=+%-", min_size=1, max_size=6).filter(
                lambda text: text == text.strip() and not text.startswith("-")
            )
        chosen = draw(st.lists(values, max_size=3, unique=True))
        cut = draw(st.integers(0, len(chosen)))
        if chosen:
            made.append(Filter(facet=facet, include=tuple(chosen[:cut]), exclude=tuple(chosen[cut:])))
    return tuple(made)


YEARS = st.none() | st.integers(1949, 2030)
STATES = st.builds(
    SearchState,
    text=PLAIN_TEXTS,
    filters=filters(),
    year_from=YEARS,
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 9999),
    size=st.sampled_from(SIZES),
    all_copies=st.booleans(),
)


@given(STATES)
def test_a_state_read_from_its_own_address_is_the_same_state(state: SearchState) -> None:
    assert read(urlencode(to_arguments(state))) == (state, ())


@given(
    st.dictionaries(st.sampled_from(["q", "from", "to", "page", "size", "sort", "year", "level"]), st.text())
)
def test_no_value_of_any_parameter_raises(arguments: dict[str, str]) -> None:
    state, _ = read_arguments(MultiDict(arguments))
    assert read(urlencode(to_arguments(state)))[0] == state


@given(STATES, st.sampled_from(FACETS))
def test_taking_back_a_choice_leads_where_one_came_from(state: SearchState, facet: str) -> None:
    start = without(on_page(state, 1), facet, "2011")
    assert without(including(start, facet, "2011"), facet, "2011") == start
    assert without(excluding(start, facet, "2011"), facet, "2011") == start


def test_several_values_of_a_facet_and_exclusions_are_read() -> None:
    state, notes = read("q=公开&level=county&level=township&level=-village&bureau=-教育")
    assert state.filters == (
        Filter(facet="level", include=("county", "township"), exclude=("village",)),
        Filter(facet="bureau", exclude=("教育",)),
    )
    assert notes == ()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("level=galaxy", "galaxy"),
        ("year=20188", "20188"),
        ("from=去年", "去年"),
        ("page=0", "0"),
        ("page=-3", "-3"),
        ("page=9999999999999999", "999"),
        ("size=7", "10、20、50"),
        ("sort=random", "random"),
        ("flag=-wonderful", "wonderful"),
        ("script=latin", "latin"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_a_note(query: str, word: str) -> None:
    state, notes = read(query)
    assert state == SearchState()
    assert len(notes) == 1
    assert word in notes[0]


def test_years_in_the_wrong_order_are_swapped_and_said() -> None:
    state, notes = read("from=2020&to=2015")
    assert (state.year_from, state.year_to) == (2015, 2020)
    assert "对调" in notes[0]


def test_a_long_query_is_cut_and_said() -> None:
    state, notes = read("q=" + "公" * 10_000)
    assert state.text == "公" * MAX_TEXT_CHARS
    assert "10000" in notes[0]


def test_control_characters_become_spaces() -> None:
    assert read("q=政务%00%1b公开%0a")[0].text == "政务 公开"


def test_every_change_of_the_list_begins_on_its_first_page() -> None:
    state = SearchState(text="公开", page=7)
    changed = (
        including(state, "level", "county"),
        excluding(state, "level", "county"),
        sorted_by(state, "newest"),
        sized(state, 50),
        without_filters(state),
    )
    assert {one.page for one in changed} == {1}


def test_excluding_a_chosen_value_replaces_the_choice() -> None:
    state = excluding(including(SearchState(), "level", "county"), "level", "county")
    assert state.filters == (Filter(facet="level", exclude=("county",)),)
