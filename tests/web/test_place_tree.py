from index.engine import FacetCount, Filter, ResultPage
from web.facets import to_facets
from web.labels import facet_value_label
from web.params import SearchState
from web.place_tree import PlaceNode, to_place_tree

COUNTS = {
    "province": (FacetCount(value="99", count=5), FacetCount(value="unknown", count=2)),
    "prefecture": (FacetCount(value="9901", count=4), FacetCount(value="9902", count=1)),
    "county": (
        FacetCount(value="990121", count=3),
        FacetCount(value="990181", count=1),
        FacetCount(value="990221", count=1),
    ),
    "township": (FacetCount(value="990121100", count=3), FacetCount(value="玉阙镇", count=1)),
}


def outline(nodes: tuple[PlaceNode, ...]) -> list[object]:
    return [(node.label, node.view.count, outline(node.below)) for node in nodes]


def test_places_stand_in_the_places_they_lie_in() -> None:
    assert outline(to_place_tree(SearchState(), COUNTS)) == [
        (
            "沧溟省",
            5,
            [
                ("望舒市", 4, [("桂影县", 3, [("玉杵镇", 3, [])]), ("霜华市", 1, [])]),
                ("羲和市", 1, [("金乌县", 1, [])]),
            ],
        ),
        ("不详", 2, []),
    ]


def test_a_chosen_place_is_open_down_to_itself() -> None:
    state = SearchState(filters=(Filter(facet="county", include=("990181",)),))
    province, _ = to_place_tree(state, COUNTS)
    assert province.is_open
    assert [node.is_open for node in province.below] == [True, False]
    assert [node.view.choice for node in province.below[0].below] == ["free", "chosen"]


def test_a_place_whose_upper_ones_count_nothing_stands_under_them_still() -> None:
    counts = {"county": (FacetCount(value="990221", count=2),)}
    assert outline(to_place_tree(SearchState(), counts)) == [
        ("沧溟省", 0, [("羲和市", 0, [("金乌县", 2, [])])])
    ]


def test_the_tree_stands_for_its_facets_and_written_names_stay_beside_it() -> None:
    written = FacetCount(value="九重镇", count=1)
    counts = {**COUNTS, "township": (*COUNTS["township"], written)}
    facets = to_facets(SearchState(), ResultPage(hits=(), total=7, facets=tuple(counts.items())))
    assert [facet.name for facet in facets] == ["place", "township"]
    assert facets[0].tree
    assert sorted(view.value for view in facets[1].first) == ["九重镇", "玉阙镇"]


def test_a_place_that_is_chosen_in_the_tree_stands_nowhere_else() -> None:
    state = SearchState(filters=(Filter(facet="county", include=("990181",)),))
    facets = to_facets(state, ResultPage(hits=(), total=7, facets=tuple(COUNTS.items())))
    assert [facet.name for facet in facets] == ["place"]


def test_a_place_is_named_with_the_one_it_lies_in() -> None:
    assert facet_value_label("township", "990121100") == "玉杵镇（桂影县）"
    assert facet_value_label("prefecture", "9901") == "望舒市（沧溟省）"
    assert facet_value_label("province", "99") == "沧溟省"
    assert facet_value_label("county", "玉阙县") == "玉阙县"
    assert facet_value_label("county", "999999") == "999999"
