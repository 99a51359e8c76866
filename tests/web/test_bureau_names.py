"""The fields of bureaus have names in every language, and are found by those of the archive in each."""

from flask.testing import FlaskClient

from archive.describe.tables import load_table
from web.bureau_names import BUREAU_FIELDS


def test_every_field_of_the_rules_has_a_name() -> None:
    assert list(BUREAU_FIELDS) == [one["domain"] for one in load_table("bureaus")["bureau"]]


def test_a_field_is_named_in_the_readers_language_and_searched_by_its_value(client: FlaskClient) -> None:
    page = client.get("/search?bureau=教育&lang=en").text
    assert "Bureau: Education" in page
    assert "<h1>Education</h1>" in client.get("/bureau/教育?lang=en").text
    assert "民政" in client.get("/?lang=zh-Hant").text
    assert "生態環境" in client.get("/?lang=zh-Hant").text


def test_a_field_is_found_in_its_facet_by_its_own_name_and_by_the_readers(client: FlaskClient) -> None:
    for typed in ("educ", "教育", "jy"):
        assert "Education" in client.get(f"/search?facet=bureau&contains={typed}&lang=en").text, typed


def test_suggestions_speak_of_a_field_by_its_value_whoever_asked_first(client: FlaskClient) -> None:
    for language in ("en", "zh-Hans"):
        offered = client.get(f"/api/suggest?q=jy&lang={language}").get_json()["suggestions"]
        assert offered[0]["text"] == "教育"
