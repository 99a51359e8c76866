"""What a search page says besides its hits: why these, why none, and what may have been meant."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from index.engine import FacetCount, ResultPage
from tests.web.test_api import ask
from web.facet_search import FacetSearch, is_found, read_facet_search
from web.facets import to_facets
from web.other_script import matched_otherwise
from web.params import SearchState


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def explanation(client: FlaskClient, query: str) -> dict[str, object]:
    answer = ask(client, f"/api/search?explain=1&{query}")
    assert isinstance(answer["explanation"], dict)
    return answer["explanation"]


def test_reasons_are_given_on_request_and_sum_up_to_the_score(client: FlaskClient) -> None:
    answer = ask(client, "/api/search?q=政务公开&explain=1")
    explained, hits = answer["explanation"], answer["hits"]
    assert isinstance(explained, dict)
    assert isinstance(hits, list)
    assert hits
    for hit in hits:
        given = explained["reasons"][hit["id"]]
        assert sum(one["score"] for one in given) == pytest.approx(hit["score"], abs=0.01)
    assert "explanation" not in ask(client, "/api/search?q=政务公开")


def test_the_exact_total_is_what_the_quotation_finds(client: FlaskClient) -> None:
    quoted = ask(client, "/api/search?q=" + quote('"政务公开"'))["total"]
    assert explanation(client, "q=政务公开")["literal_total"] == quoted
    assert explanation(client, "q=" + quote('"政务公开"'))["literal_total"] is None


def test_a_slip_is_offered_a_correction_that_finds_something_and_is_not_applied(client: FlaskClient) -> None:
    assert explanation(client, "q=玉杵真")["corrections"][0]["text"] == "玉杵镇"  # type: ignore[index]
    text = page(client, "/search?q=玉杵真")
    assert "是不是要找" in text
    assert "玉杵镇</a>" in text
    assert "是不是要找" not in page(client, "/search?q=玉杵镇")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("桂影县人民政府信西公开工作年度报告", "桂影县人民政府信息公开工作年度报告"),
        ("桂影縣人民政府信西公開工作年度報告", "桂影縣人民政府信息公開工作年度報告"),
    ],
)
def test_a_slip_in_a_sentence_is_offered_put_right_and_not_applied(
    client: FlaskClient, typed: str, meant: str
) -> None:
    offers = explanation(client, "q=" + quote(typed))["corrections"]
    assert [one["text"] for one in offers] == [meant]  # type: ignore[attr-defined]
    text = page(client, "/search?q=" + quote(typed))
    assert "是不是要找" in text
    assert f'value="{typed}"' in text


def test_a_vain_search_names_the_part_that_empties_it_and_leads_to_the_search_without_it(
    client: FlaskClient,
) -> None:
    query = quote('"玉杵镇" "鲛绡满仓"')
    parts = explanation(client, f"q={query}&level=township")["parts"]
    assert isinstance(parts, list)
    assert (parts[0]["text"], parts[0]["alone"] == 0) == ('"鲛绡满仓"', True)
    for part in parts:
        if part["without"]:
            assert ask(client, "/api" + part["address"])["total"] == part["without"]
    assert "单独检索" in page(client, f"/search?q={query}")


def test_a_word_of_which_only_a_part_is_held_is_what_empties_a_search(client: FlaskClient) -> None:
    """And no note speaks of reports below that have some of the words."""
    answer = ask(client, "/api/search?explain=1&level=village&q=" + quote("玉杵镇 鲛绡公开栏"))
    assert (answer["total"], answer["notes"]) == (0, [])
    parts = answer["explanation"]["parts"]  # type: ignore[index]  # JSON
    assert {part["text"]: part["alone"] for part in parts}["鲛绡公开栏"] == 0


def test_a_filter_that_empties_a_search_is_named_too(client: FlaskClient) -> None:
    parts = explanation(client, "q=玉杵镇&level=village")["parts"]
    assert isinstance(parts, list)
    assert {part["text"]: part["alone"] for part in parts}["层级：村级"] == 0


def test_every_hit_says_why_it_is_listed(client: FlaskClient) -> None:
    text = page(client, "/search?q=政务公开")
    assert text.count("为何列出") == text.count('<li class="hit">') > 0
    assert "占 &lt;1%" in text
    assert "占 0%" not in text


def test_words_that_match_in_the_other_script_are_named() -> None:
    assert matched_otherwise("政務公開", ["政务公开", "政務公開"]) == ("政务公开",)
    assert matched_otherwise("ＡＢＣ", ["abc"]) == ()
    assert matched_otherwise("資訊", ["信息"]) == ()


def test_the_page_tells_of_a_hit_in_the_other_script(client: FlaskClient) -> None:
    assert "原文用字不同" in page(client, "/search?q=政務公開")


def test_another_regions_wording_is_searched_at_half_weight_and_said(client: FlaskClient) -> None:
    answer = ask(client, "/api/search?q=資訊公開")
    assert isinstance(answer["notes"], list)
    assert any("信息公开" in note for note in answer["notes"])
    assert "大陆用语" not in str(ask(client, "/api/search?q=资讯公开")["notes"])


TOWNS = tuple(FacetCount(value=name, count=1) for name in (*(f"第{n}镇" for n in range(1000)), "玉杵镇"))


@pytest.mark.parametrize("typed", ["玉杵", "玉", "yc", "yuchu"])
def test_a_value_beyond_those_listed_is_found_by_searching_its_facet(typed: str) -> None:
    result = ResultPage(hits=(), total=9, facets=(("township", TOWNS),))
    (facet,) = to_facets(SearchState(), result, FacetSearch(facet="township", text=typed))
    assert [one.value for one in facet.first] == ["玉杵镇"]
    assert (facet.rest, facet.unlisted, facet.is_open) == ((), 0, True)


def test_only_a_facets_name_and_some_text_search_a_facet(client: FlaskClient) -> None:
    assert read_facet_search(MultiDict({"facet": "county", "contains": " 桂 "})) == FacetSearch(
        facet="county", text="桂"
    )
    for odd in ({"facet": "galaxy", "contains": "桂"}, {"facet": "county"}, {"contains": "桂"}):
        assert read_facet_search(MultiDict(odd)) is None
    assert is_found("銀闕", "银阙区")
    page(client, "/search?facet=county&contains=%00%22%3Cb%3E")


def test_an_unknown_value_can_be_chosen_in_every_facet(client: FlaskClient) -> None:
    facets = ask(client, "/api/search")["facets"]
    assert isinstance(facets, dict)
    for facet, values in facets.items():
        count = next((one["count"] for one in values if one["value"] == "unknown"), 0)
        assert ask(client, f"/api/search?{facet}=unknown")["total"] == count


@pytest.mark.parametrize("address", ["/search?q=公开&size=10", "/search", "/", "/search?q=无此字句甲乙丙"])
def test_a_page_stays_under_a_hundred_kilobytes(client: FlaskClient, address: str) -> None:
    assert len(client.get(address).data) < 100_000
