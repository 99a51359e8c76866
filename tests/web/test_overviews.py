"""The pages of a place, a bureau, a site and a year: what is held and what is missing."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import counties, invented
from tests.web.test_openapi import document, faults
from tests.web.test_pages import text_of
from web import create_app
from web.remembered import Remembered


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("county"))
    counties.fill(settings)
    return settings


@pytest.fixture
def reader(county: Settings) -> Iterator[FlaskClient]:
    with create_app(county, TESTING=True).test_client() as client:
        yield client


def records(client: FlaskClient, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))


def cell(page: str, label: str) -> str:
    found = re.search(rf'href="([^"]+)" title="{label}"', page)
    assert found is not None, label
    return found[1].replace("&amp;", "&")


def test_a_countys_page_leads_to_each_report_and_says_which_is_missing(reader: FlaskClient) -> None:
    page = reader.get(f"/place/{counties.COUNTY}").text
    assert cell(page, "玉杵镇 2017年：收有") == f"/r/{counties.TOWN_2017.reports[0].report_id}"
    assert cell(page, "蟾桥镇 2019年：年份存疑") == f"/r/{counties.SUSPECT.reports[0].report_id}"
    assert cell(page, "丹桂乡 2018年：年份存疑") == f"/r/{counties.CONFLICT.reports[0].report_id}"
    assert cell(page, "丹桂乡 年份不详：年份存疑") == f"/r/{counties.UNDATED.reports[0].report_id}"
    assert "所辖各地缺 7 份" in text_of(page)


def test_a_cell_with_several_reports_leads_to_the_search_that_lists_them(reader: FlaskClient) -> None:
    path = cell(reader.get(f"/place/{counties.COUNTY}").text, "玉杵镇 2018年：收有")
    assert reader.get(path.replace("/search", "/api/search")).json["total_reports"] == 2  # type: ignore[index]


def test_a_missing_cell_leads_to_what_mentions_the_place(reader: FlaskClient) -> None:
    path = cell(reader.get(f"/place/{counties.COUNTY}").text, "蟾桥镇 2016年：缺")
    assert f"q={quote('蟾桥镇')}" in path
    assert f"county={counties.COUNTY}" in path
    assert reader.get(path).status_code == 200


def test_a_bureaus_report_does_not_stand_for_its_government(reader: FlaskClient) -> None:
    cell(reader.get(f"/place/{counties.COUNTY}").text, "丹桂乡 2019年：缺")


def test_the_counts_of_a_place_are_those_of_the_search(reader: FlaskClient) -> None:
    answer = reader.get(f"/api/places/{counties.COUNTY}").json
    found = reader.get(f"/api/search?county={counties.COUNTY}&copies=all").json
    assert answer is not None
    assert found is not None
    assert answer["total"] == found["total"] == len(counties.outcomes())
    assert {one["year"]: one["count"] for one in answer["years"]} == {2016: 1, 2017: 2, 2018: 3, 2019: 3}
    by_level = {level: sum(one["count"] for one in ones) for level, ones in answer["levels"].items()}
    assert by_level == {"county": 4, "township": 5}


def test_the_json_of_a_place_has_the_matrix_and_the_numbers_with_their_doubts(reader: FlaskClient) -> None:
    answer = reader.get(f"/api/places/{counties.COUNTY}").json
    assert answer is not None
    assert answer["matrix"]["years"] == [2016, 2017, 2018, 2019]
    assert answer["matrix"]["missing"] == 7
    assert answer["matrix"]["unread"] == 0
    disclosed = answer["indicators"][0]
    assert [(one["year"], one["value"], one["state"]) for one in disclosed["points"]] == [
        (2016, 120, "sure"),
        (2017, None, "masked"),
        (2018, 90, "doubtful"),
        (2018, 300, "doubtful"),
        (2019, 58, "doubtful"),
    ]


def test_the_charts_of_numbers_tell_sure_from_doubtful_and_masked(reader: FlaskClient) -> None:
    page = reader.get(f"/place/{counties.COUNTY}").text
    assert "2017年主动公开信息：打码（数字被遮盖）" in page
    assert "2018年主动公开信息：300 条（原文只说大概、同一年有不同的数字）" in page
    assert page.count('class="block block-masked"') == 1
    assert 'id="hatch"' in page


def test_every_chart_has_its_table_and_its_csv(reader: FlaskClient) -> None:
    page = reader.get(f"/place/{counties.COUNTY}").text
    for name in ("matrix", "years", "levels", "indicators"):
        assert f'href="/csv/{name}/place/{counties.COUNTY}"' in page
    matrix = records(reader, f"/csv/matrix/place/{counties.COUNTY}")
    assert [row["2018年"] for row in matrix] == ["收有", "缺", "年份存疑"]
    numbers = records(reader, f"/csv/indicators/place/{counties.COUNTY}")
    masked = next(row for row in numbers if row["年份"] == "2017")
    assert (masked["数值"], masked["状况"]) == ("", "打码")
    years = records(reader, f"/csv/years/place/{counties.COUNTY}")
    assert {row["年份"]: row["报告数"] for row in years} == {
        "2016": "1",
        "2017": "2",
        "2018": "3",
        "2019": "3",
    }


def test_a_place_that_is_known_and_of_which_nothing_is_held_says_so(reader: FlaskClient) -> None:
    page = reader.get("/place/990322")
    assert page.status_code == 200
    assert "还没有收到这里的报告" in page.text
    assert "归墟镇 2016年：缺" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/place/000000",
        "/place/",
        "/place/999",
        "/place/桂影县",
        "/bureau/天文",
        "/bureau/unknown",
        "/site/nowhere.example",
        "/year/18",
        "/year/２０１８",
        "/year/never",
        "/csv/matrix/year/2018",
        "/csv/nothing",
        "/api/places/000000",
        "/api/years/x",
    ],
)
def test_what_is_neither_held_nor_known_is_not_found_and_no_error(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_a_years_page_says_how_many_counties_of_each_province_it_covers(reader: FlaskClient) -> None:
    rows = records(reader, "/csv/coverage/year/2018")
    assert rows == [{"代码": "99", "省份": "沧溟省", "有报告的县区": "1", "当年的县区": "11", "尚缺": "10"}]
    answer = reader.get("/api/years/2018").json
    assert answer is not None
    assert answer["total"] == 3
    assert answer["years"] == [{"year": 2018, "count": 3}]
    assert answer["coverage"] == [{"province": "99", "label": "沧溟省", "counties_held": 1, "counties": 11}]


def test_a_bureaus_page_counts_its_reports_by_year_and_province(client: FlaskClient) -> None:
    page = client.get("/bureau/教育").text
    assert "收有 3 份报告" in text_of(page)
    assert "2016年：1 份" in page
    total = sum(int(row["报告数"]) for row in records(client, "/csv/provinces/bureau/教育"))
    assert total == 3


def test_a_sites_page_may_have_any_name_and_runs_nothing_of_it(client: FlaskClient) -> None:
    site = f"网站{invented.HOSTILE}"
    page = client.get(f"/site/{quote(site)}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert client.get(f"/api/sites/{quote(site)}").json["total"] == 1  # type: ignore[index]
    assert records(client, f"/csv/years/site/{quote(site)}") == [{"年份": "2015", "报告数": "1"}]


def test_a_report_leads_to_the_pages_of_its_places_its_year_and_its_site(reader: FlaskClient) -> None:
    page = reader.get(f"/r/{counties.TOWN_2017.reports[0].report_id}").text
    for path in ("/place/99", "/place/9901", "/place/990121", "/place/990121100", "/year/2017"):
        assert f'href="{path}"' in page
    assert f'href="/site/{quote("桂影县人民政府网")}"' in page


def test_a_search_narrowed_to_one_place_leads_to_the_places_page_and_back(reader: FlaskClient) -> None:
    assert f'href="/place/{counties.COUNTY}"' in reader.get(f"/search?county={counties.COUNTY}").text
    assert f'href="/place/{counties.COUNTY}"' not in reader.get(f"/search?county=-{counties.COUNTY}").text
    page = reader.get(f"/place/{counties.COUNTY}").text
    feed = re.search(r'type="application/atom\+xml"[^>]+href="([^"]+)"', page)
    assert feed is not None
    assert reader.get(feed[1].replace("&amp;", "&")).mimetype == "application/atom+xml"


def test_the_front_page_has_a_tile_for_every_province(reader: FlaskClient) -> None:
    page = reader.get("/").text
    assert page.count('class="tile tile-') == 35
    assert 'aria-label="沧溟省：11 份"' in page
    assert 'href="/csv/provinces"' in page
    assert records(reader, "/csv/provinces")[-1]["报告数"] == "11"


@pytest.mark.parametrize("path", [f"places/{counties.COUNTY}", "years/2018", "places/9903"])
def test_the_json_is_what_the_description_of_the_api_says(reader: FlaskClient, path: str) -> None:
    schemas = document(reader)["components"]["schemas"]
    assert list(faults(reader.get(f"/api/{path}").json, schemas["OverviewJson"], schemas)) == []


def test_pages_speak_the_readers_language(reader: FlaskClient) -> None:
    page = reader.get(f"/place/{counties.COUNTY}?lang=en").text
    assert "玉杵镇, 2017: held" in page
    assert "7 reports of the divisions below are missing" in text_of(page)


def test_what_is_remembered_for_all_readers_is_said_in_the_language_of_each(reader: FlaskClient) -> None:
    said = {"zh-Hans": "主动公开信息", "zh-Hant": "主動公開資訊", "en": "Items disclosed"}
    for language in (*said, *reversed(said)):
        page = reader.get(f"/place/{counties.COUNTY}?lang={language}").text
        figures = re.findall(r"<figcaption>(.*?)</figcaption>", page)
        assert said[language] in figures[0], language


def test_a_new_report_is_on_the_page_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(home=tmp_path_factory.mktemp("growing"))
    counties.fill(settings)
    with create_app(settings, TESTING=True).test_client() as client:
        assert "丹桂乡 2016年：缺" in client.get(f"/place/{counties.COUNTY}").text
        with Store.open(settings, writable=True) as store:
            store.keep(counties.report("丹桂乡", 2016), now=counties.KEPT_AT)
            reindex(store, settings)
        assert "丹桂乡 2016年：收有" in client.get(f"/place/{counties.COUNTY}").text


def test_what_is_remembered_is_forgotten_when_the_index_changes_and_never_grows_without_end() -> None:
    remembered = Remembered()
    asked: list[int] = []

    def make(number: int) -> int:
        asked.append(number)
        return number

    for number in (*range(300), 299, 0):
        assert remembered.get(1, number, lambda number=number: make(number)) == number  # type: ignore[misc]
    assert asked == [*range(300), 0]
    assert remembered.get(2, 299, lambda: make(7)) == 7
