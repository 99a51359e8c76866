from importlib.metadata import version

import pytest
from flask.testing import FlaskClient

from archive.settings import Settings
from tests.web import invented
from tests.web.test_pages import DAMAGED, TOWN, id_of
from tests.web.test_present import stored
from web import api

REPORT_FIELDS = set(
    "id version digest title issuer org_type level place bureau year year_status year_range published_on script"
    " script_origin kind masked gaps flags indicators citations source corrections parent part family".split()
)
LISTS = {"indicators", "citations"}  # of a report, not of a hit: 25 hits would repeat hundreds


def ask(client: FlaskClient, address: str) -> dict[str, object]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert isinstance(response.json, dict)
    return response.json


def test_a_search_answers_with_the_promised_names(client: FlaskClient) -> None:
    answer = ask(client, "/api/search?q=政務公開&size=20")
    assert set(answer) == set("query total total_reports page size took_ms hits facets notes".split())
    assert answer["query"] == "政務公開"
    assert isinstance(answer["hits"], list)
    assert answer["total"] == len(answer["hits"])
    assert set(answer["hits"][0]) >= REPORT_FIELDS - LISTS


def test_a_hit_leaves_the_lists_of_dozens_to_the_report_itself(client: FlaskClient) -> None:
    hits = ask(client, "/api/search?q=政务公开&size=5")["hits"]
    assert isinstance(hits, list)
    assert not any(LISTS & set(hit) for hit in hits)
    assert set(ask(client, f"/api/reports/{hits[0]['id']}")) >= LISTS


def test_a_part_says_that_its_page_promised_more_parts_than_it_holds(client: FlaskClient) -> None:
    address = f"/api/reports/{id_of(invented.compilation(), 2)}"
    assert ask(client, address)["notes"] == ["the heading promises 5 parts, the page holds 3"]
    assert ask(client, f"/api/reports/{TOWN}")["notes"] == []


def test_every_mark_of_a_snippet_is_a_span_of_its_own_text(client: FlaskClient, archive: Settings) -> None:
    hits = ask(client, "/api/search?q=政务公开&flag=truncated")["hits"]
    report = stored(archive, invented.damaged())
    assert isinstance(hits, list)
    (hit,) = hits
    assert hit["id"] == DAMAGED
    marked = set()
    for snippet in hit["snippets"]:
        text = report.paragraphs[snippet["paragraph"]].text
        assert text[snippet["start"] : snippet["end"]] == snippet["text"]
        marked |= {snippet["text"][start:end] for start, end in snippet["marks"]}
    assert "政務公開" in marked


def test_facets_name_value_label_and_count(client: FlaskClient) -> None:
    facets = ask(client, "/api/search")["facets"]
    assert isinstance(facets, dict)
    counts = {one["value"]: (one["label"], one["count"]) for one in facets["level"]}
    assert counts["county"] == ("县级", 8)
    assert sum(count for _, count in counts.values()) == invented.REPORT_COUNT


def test_notes_are_given_beside_the_hits(client: FlaskClient) -> None:
    answer = ask(client, "/api/search?level=galaxy&page=0")
    assert isinstance(answer["notes"], list)
    assert len(answer["notes"]) == 2


def test_a_report_is_given_with_every_field_and_its_text(client: FlaskClient) -> None:
    report = ask(client, f"/api/reports/{TOWN}")
    assert set(report) == REPORT_FIELDS | {"paragraphs", "notes"}
    assert report["place"] == {
        "province": "沧溟省",
        "prefecture": "望舒市",
        "county": "桂影县",
        "township": "玉杵镇",
        "code": None,
        "status": "as_written",
        "candidates": [],
    }
    assert report["published_on"] == "2019-01-21"
    assert report["source"] == {
        "site": "桂影县人民政府网",
        "url": "http://www.guiying.gov.example/yuchu/2018.html",
    }
    assert report["family"] == {"size": 1, "representative": TOWN}


def test_a_doubtful_year_is_null_with_its_range(client: FlaskClient) -> None:
    report = ask(client, f"/api/reports/{DAMAGED}")
    assert (report["year"], report["year_status"], report["year_range"]) == (None, "conflict", [2010, 2011])
    assert isinstance(report["gaps"], list)
    assert report["gaps"][0]["omitted_chars"] == 412


@pytest.mark.parametrize(
    "address", ["/api/reports/zzzzzzzzzzzz", "/api/reports/x", "/api/nope", f"/api/reports/{TOWN}?version=9"]
)
def test_what_is_not_held_is_a_problem_document(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    assert response.json["status"] == 404
    assert response.json["detail"]


def test_health_tells_that_the_index_is_in_step(client: FlaskClient) -> None:
    assert ask(client, "/healthz") == {
        "status": "ok",
        "version": version("disclosure-archive"),
        "reports": invented.REPORT_COUNT,
        "index_behind_changes": 0,
    }


def test_a_facet_of_very_many_values_is_cut_unless_all_are_asked_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(client, "/api/search")
    monkeypatch.setattr(api, "MOST_LISTED", 1)
    cut = ask(client, "/api/search")
    assert {name: values[:1] for name, values in whole["facets"].items()} == cut["facets"]
    assert len(cut["notes"]) == len(whole["notes"]) + 1
    assert "values=all" in cut["notes"][-1]
    everything = ask(client, "/api/search?values=all")
    assert (everything["facets"], everything["notes"]) == (whole["facets"], whole["notes"])
