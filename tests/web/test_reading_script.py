"""Reading in the other script: for the eye only, the stored text stays what is cited."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.hanzi import load_dictionary, to_reading_script
from archive.settings import Settings
from tests.web import invented
from tests.web.test_present import stored

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("，。 0Aa\n<"))


def page_text(page: str) -> str:
    """The report's own text on its page, marks aside."""
    body = re.search(r'<div class="report-text[^>]*>(.*?)</article>', page, re.DOTALL)
    assert body is not None
    return unescape(re.sub("<[^>]*>", "", body[1]))


@pytest.mark.parametrize("name", ["STPhrases", "STCharacters", "TSPhrases", "TSCharacters", "TWVariants"])
def test_every_entry_of_the_dictionaries_is_as_long_as_its_key(name: str) -> None:
    assert [key for key, values in load_dictionary(name).items() if len(values[0]) != len(key)] == []


@given(HAN, st.sampled_from(["hans", "hant"]))
def test_a_converted_text_is_as_long_as_the_stored_one(text: str, script: str) -> None:
    assert len(to_reading_script(text, script)) == len(text)


def test_words_are_converted_by_phrase_and_in_taiwans_forms() -> None:
    assert to_reading_script("关于后面的里程", "hant") == "關於後面的里程"
    assert to_reading_script("为皇后", "hant") == "為皇后"
    assert to_reading_script("關於乾隆", "hans") == "关于乾隆"


def test_the_stored_text_is_what_a_reader_gets_first(client: FlaskClient, archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    page = client.get(f"/r/{report.report_id}").text
    assert "貫徹黨的十七屆五中全會精神" in page_text(page)
    assert 'class="converted-notice"' not in page
    assert re.search(r'<div class="report-text" lang="zh-Hant"[ >]', page)


def test_a_converted_text_says_so_and_leads_back(client: FlaskClient, archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    page = client.get(f"/r/{report.report_id}?read=hans").text
    assert "贯彻党的十七届五中全会精神" in page_text(page)
    assert 'class="converted-notice"' in page
    assert f'<a href="/r/{report.report_id}" rel="nofollow">原文</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert re.search(r'<h1 lang="zh-Hans">', page)


def test_citation_permalink_and_digest_are_the_stored_texts_in_either_script(
    client: FlaskClient, archive: Settings
) -> None:
    report = stored(archive, invented.damaged())
    plain = client.get(f"/r/{report.report_id}").text
    converted = client.get(f"/r/{report.report_id}?read=hans").text
    for block in ("citation-gbt2025", "citation-bib", "permalink"):
        found = [re.search(rf'id="{block}"[^>]*>(.*?)</', page, re.DOTALL) for page in (plain, converted)]
        assert found[0] is not None
        assert found[1] is not None
        assert found[0][1] == found[1][1]
    assert report.title in converted
    assert report.version.digest in converted


def test_marks_and_anchors_stand_where_they_stand_in_the_stored_text(
    client: FlaskClient, archive: Settings
) -> None:
    report = stored(archive, invented.damaged())
    plain = client.get(f"/r/{report.report_id}?q=政务公开").text
    converted = client.get(f"/r/{report.report_id}?q=政务公开&read=hans").text
    assert plain.count("<mark>政務公開</mark>") == converted.count("<mark>政务公开</mark>") > 0
    assert re.findall(r'id="(p\d+)"', plain) == re.findall(r'id="(p\d+)"', converted)
    assert "q=%E6%94%BF" in re.findall(r'href="([^"]*read=hans[^"]*)"', plain)[0]


def test_a_report_is_not_converted_to_its_own_script(client: FlaskClient, archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    assert report.description.script == "hant"
    page = client.get(f"/r/{report.report_id}?read=hant").text
    assert 'class="converted-notice"' not in page
    assert "read=hant" not in page.partition('class="reading-script"')[2].partition("</nav>")[0]


def test_what_is_asked_for_and_is_no_script_shows_the_stored_text(
    client: FlaskClient, archive: Settings
) -> None:
    report = stored(archive, invented.damaged())
    for asked in ("", "hanx", "<b>", "hans hant"):
        assert 'class="converted-notice"' not in client.get(f"/r/{report.report_id}?read={asked}").text
