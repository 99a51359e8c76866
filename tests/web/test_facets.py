from index.engine import FacetCount, Filter, ResultPage
from web.facets import BAR_HEIGHT, LISTED_VALUES, SHOWN_VALUES, to_bars, to_chips, to_facets
from web.params import SearchState
from web.values import to_values


def counts(**values: int) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(value=value, count=count) for value, count in values.items())


def years(**values: int) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(value=name.removeprefix("y"), count=count) for name, count in values.items())


def result(*facets: tuple[str, tuple[FacetCount, ...]]) -> ResultPage:
    return ResultPage(hits=(), total=9, facets=facets)


def test_years_run_from_the_newest_and_levels_by_rank_and_others_by_count() -> None:
    state = SearchState()
    assert [one.value for one in to_values(state, "year", years(y2011=5, y2019=1, unknown=9))] == [
        "2019",
        "2011",
        "unknown",
    ]
    assert [one.value for one in to_values(state, "level", counts(township=9, county=1, province=2))] == [
        "province",
        "county",
        "township",
    ]
    assert [one.value for one in to_values(state, "bureau", counts(教育=1, 财政=3, unknown=8))] == [
        "财政",
        "教育",
        "unknown",
    ]


def test_a_chosen_value_stands_first_even_when_it_counts_nothing() -> None:
    state = SearchState(filters=(Filter(facet="bureau", include=("水利",)),))
    values = to_values(state, "bureau", counts(教育=4))
    assert [(one.value, one.count, one.choice) for one in values] == [
        ("水利", 0, "chosen"),
        ("教育", 4, "free"),
    ]
    assert values[0].toggled == SearchState()


def test_a_facet_with_one_value_narrows_nothing_and_is_left_out() -> None:
    assert to_facets(SearchState(), result(("script", counts(hans=9)))) == ()
    chosen = SearchState(filters=(Filter(facet="script", include=("hans",)),))
    assert [facet.name for facet in to_facets(chosen, result(("script", counts(hans=9))))] == ["script"]


def test_a_long_facet_is_folded_and_a_huge_one_says_what_it_leaves_out() -> None:
    towns = tuple(FacetCount(value=f"第{number}镇", count=number) for number in range(1, 1001))
    (facet,) = to_facets(SearchState(), result(("township", towns)))
    assert len(facet.first) == SHOWN_VALUES
    assert len(facet.first) + len(facet.rest) == LISTED_VALUES
    assert facet.unlisted == 1000 - LISTED_VALUES
    assert facet.first[0].count == 1000


def test_a_fold_is_not_made_for_two_values() -> None:
    sites = tuple(FacetCount(value=f"站{number}", count=1) for number in range(SHOWN_VALUES + 2))
    (facet,) = to_facets(SearchState(), result(("site", sites)))
    assert facet.rest == ()


def test_the_histogram_has_a_place_for_every_year_and_a_bar_for_every_report() -> None:
    bars = to_bars(SearchState(), years(y2010=1, y2013=400, unknown=7))
    assert [(bar.year, bar.count) for bar in bars] == [(2010, 1), (2011, 0), (2012, 0), (2013, 400)]
    assert [bar.height for bar in bars] == [1, 0, 0, BAR_HEIGHT]


def test_years_outside_the_limits_are_told_apart() -> None:
    bars = to_bars(SearchState(year_from=2012), years(y2011=1, y2012=1, y2013=1))
    assert [bar.is_outside for bar in bars] == [True, False, False]


def test_a_chip_leads_to_the_search_without_it() -> None:
    state = SearchState(
        text="公开",
        filters=(Filter(facet="level", include=("county",), exclude=("village",)),),
        year_from=2012,
        page=3,
    )
    chips = to_chips(state)
    assert [(chip.label, chip.is_exclusion) for chip in chips] == [
        ("层级：县级", False),
        ("层级：村级", True),
        ("2012年以后", False),
    ]
    assert chips[2].state == SearchState(text="公开", filters=state.filters)
