"""The resolver: what a reader pastes, and what is found. Every text is of the invented archive."""

import csv
import io
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from archive.hanzi import to_traditional
from archive.resolve import Resolution, resolve
from archive.settings import Settings
from archive.store import Store
from index.catalogue import open_current, reindex
from index.finder import EngineFinder
from tests.web import invented
from tests.web.test_copies import sold
from tests.web.test_pages import DAMAGED, HOSTILE_ID, PARENT, TOWN, get, id_of, text_of
from web import create_app

PASSAGE = "公开栏更新不够及时，便民服务大厅的查询点还没有专人值守。"
ONLY_2018 = "2018年，我镇主动公开政府信息九十八条"


@pytest.fixture
def find(archive: Settings):  # type: ignore[no-untyped-def]
    def ask(text: str) -> Resolution:
        with Store.open(archive) as store:
            return resolve(text, store, lambda: EngineFinder(open_current(archive)))

    return ask


def one_slip(report: str) -> list[str]:
    """An id with a wrong, a missing, a doubled and two swapped characters."""
    wrong = "0" if report[5] != "0" else "2"
    swapped = report[:3] + report[4] + report[3] + report[5:]
    return [report[:5] + wrong + report[6:], report[:-1], report[:4] + report[4] + report[4:], swapped]


@pytest.mark.parametrize(
    "typed", [TOWN, TOWN.upper(), f"  {TOWN}。", f"https://archive.example/r/{TOWN}/v/1#p3"]
)
def test_an_id_is_found_however_it_is_typed(find, typed: str) -> None:  # type: ignore[no-untyped-def]
    found = find(typed)
    assert (found.kind, found.certainty, found.best.report_id) == ("id", "exact", TOWN)


@pytest.mark.parametrize("typed", one_slip(TOWN))
def test_an_id_with_one_slip_of_the_pen_is_found_and_said_to_be_a_guess(find, typed: str) -> None:  # type: ignore[no-untyped-def]
    found = find(typed)
    assert (found.kind, found.certainty, found.best.report_id) == ("id", "fuzzy", TOWN)
    assert found.score < 1


def test_two_slips_are_too_many(find) -> None:  # type: ignore[no-untyped-def]
    typed = "".join("z" if at in {2, 7} and one != "z" else one for at, one in enumerate(TOWN))
    assert find(typed).best is None or typed == TOWN


HOST = "www.guiying.gov.example/yuchu/2018.html"


@pytest.mark.parametrize(
    ("typed", "certainty"),
    [
        (f"http://{HOST}", "exact"),
        (f"https://{HOST}", "exact"),
        (HOST, "exact"),
        (f"http://{HOST}#p2", "exact"),
        (f"https://{HOST}。", "exact"),
        (f"http://{HOST}?utm_source=a&spm=1.2", "folded"),
        ("http://guiying.gov.example/yuchu/2018.html", "folded"),
        (f"http://{HOST}/", "folded"),
        (f"https://web.archive.org/web/20200101000000/http://{HOST}", "exact"),
        (f"https://web.archive.org/web/20200101000000id_/https://{HOST}", "exact"),
        (f"http://archive.today/2020.01.01-000000/http://{HOST}", "exact"),
        (f"见 http://{HOST} 所载", "exact"),
    ],
)
def test_an_address_is_found_however_it_was_copied(find, typed: str, certainty: str) -> None:  # type: ignore[no-untyped-def]
    found = find(typed)
    assert (found.kind, found.certainty, found.best.report_id) == ("address", certainty, TOWN)


def test_the_address_of_a_compilation_leads_to_its_contents(find) -> None:  # type: ignore[no-untyped-def]
    found = find("https://www.fanwenku.example/heji/5.html")
    assert (found.best.report_id, found.best.report) == (PARENT, None)


@pytest.mark.parametrize(
    "typed",
    [
        PASSAGE[:12],
        PASSAGE,
        f"“{PASSAGE}”",
        to_traditional(PASSAGE),
        PASSAGE.replace("，", ",").replace("。", "."),
        PASSAGE.replace("，", ""),
        f"{PASSAGE[:9]}\n　　{PASSAGE[9:]}",
        "公開(kāi)欄更新不夠及時，便民服務(wù)大廳的查詢點還(hái)沒有專人值守",
        "公开栏更新不够及时，便民服务大厅……（省略12字）的查询点还没有专人值守",
    ],
)
def test_a_passage_is_found_in_either_script_with_or_without_its_marks(find, typed: str) -> None:  # type: ignore[no-untyped-def]
    found = find(typed)
    assert found.kind == "passage"
    assert found.certainty == "ambiguous"  # the town says it every year
    assert {one.report_id for one in found.candidates} == {
        id_of(invented.township(year)) for year in (2018, 2019, 2021)
    }
    assert {one.places[0].first for one in found.candidates} == {6}


def test_a_passage_of_one_report_is_told_with_its_paragraph(find) -> None:  # type: ignore[no-untyped-def]
    found = find(ONLY_2018)
    assert (found.certainty, found.best.report_id) == ("exact", TOWN)
    place = found.best.places[0]
    assert (place.first, place.start, place.end) == (2, 0, len(ONLY_2018))
    assert find(to_traditional(ONLY_2018)).certainty == "folded"


def test_a_passage_that_another_copy_masked_is_found_by_likeness(find) -> None:  # type: ignore[no-untyped-def]
    found = find("方壶县××政务公开工作。“引号”与'撇号'和双引号，反斜杠，星号")
    assert (found.kind, found.certainty, found.best.report_id) == ("passage", "fuzzy", HOSTILE_ID)
    assert 0.75 <= found.score < 1


def test_a_long_passage_that_nobody_holds_is_found_by_its_beginning_and_soon(find) -> None:  # type: ignore[no-untyped-def]
    before = time.process_time()
    found = find("方壶县××政务公开工作。“引号”与'撇号'和双引号，反斜杠，星号" + "以下是别的文字，" * 480)
    assert time.process_time() - before < 5
    assert found.best is None or found.certainty == "fuzzy"


def test_a_passage_of_nine_characters_is_no_passage(find) -> None:  # type: ignore[no-untyped-def]
    assert find("便民服务大厅的查询").best is None


@pytest.mark.parametrize(
    "typed",
    [
        "桂影县玉杵镇2018年政府信息公开工作年度报告",
        "《桂影縣玉杵鎮2018年政府信息公開工作年度報告》",
        "桂影县玉杵镇人民政府. 桂影县玉杵镇2018年政府信息公开工作年度报告[R/OL]. (2019-01-21)[2026-11-21]. http://elsewhere.example/.",
        "[3] 桂影县玉杵镇人民政府. 桂影县玉杵镇2018年政府信息公开工作年度报告[R]. 2019.",
        "@techreport{a,\n title = {{桂影县玉杵镇2018年政府信息公开工作年度报告}},\n year = {2019}}",
        "TY  - RPRT\nTI  - 桂影县玉杵镇2018年政府信息公开工作年度报告\nER  - ",
        '[{"title": "桂影县玉杵镇2018年政府信息公开工作年度报告", "type": "report"}]',
        "桂影县玉杵镇人民政府. (2019, January 21). 桂影县玉杵镇2018年政府信息公开工作年度报告. http://x.example/",
        "参见桂影县玉杵镇人民政府：《桂影县玉杵镇2018年政府信息公开工作年度报告》，2019年。",
    ],
)
def test_a_title_and_a_citation_in_any_style_are_found(find, typed: str) -> None:  # type: ignore[no-untyped-def]
    found = find(typed)
    assert found.best is not None
    assert found.best.report_id == TOWN
    assert found.certainty in {"exact", "folded"}


def test_a_misquoted_title_is_found_by_likeness_and_of_the_year_that_is_named(find) -> None:  # type: ignore[no-untyped-def]
    found = find("桂影县玉杵镇人民政府. 桂影县玉杵镇2019年政府信息公开年度报告[R/OL]. (2020-01-21).")
    assert (found.kind, found.certainty) == ("citation", "fuzzy")
    assert found.best.report_id == id_of(invented.township(2019))


@pytest.mark.parametrize(
    "typed", ["国办发〔2016〕80号", "国办发[2016]80号", "國辦發（2016）80號", "国务院令第711号"]
)
def test_a_number_in_any_brackets_names_its_law(find, typed: str) -> None:  # type: ignore[no-untyped-def]
    found = find(typed)
    assert found.kind == "number"
    assert found.law is not None
    assert found.law_version is not None
    assert found.law_version.number in {"国办发〔2016〕80号", "国务院令第711号"}


def test_a_number_leads_to_the_report_that_bears_it(fresh: Settings) -> None:
    bearer = invented.township(2018)
    (report,) = bearer.reports
    fields = replace(report.section.fields, extra=(("文号", "桂政发[2019]3号"),))
    section = replace(report.section, fields=fields)
    with Store.open(fresh, writable=True) as store:
        store.keep(replace(bearer, reports=(replace(report, section=section),)), now=invented.KEPT_AT)
        reindex(store, fresh)
        found = resolve("桂政发（2019）3号", store, lambda: EngineFinder(open_current(fresh)))
    assert found.best is not None
    assert (found.kind, found.certainty, found.best.report_id) == ("number", "exact", TOWN)


def test_the_title_of_a_law_names_it(find) -> None:  # type: ignore[no-untyped-def]
    assert find("《政府信息公开条例》").law.title == "中华人民共和国政府信息公开条例"


@pytest.mark.parametrize(
    "typed", ["", "  ", "\x00", "http://[", "《》", "号", "x" * 5000, "🈺" * 30, "10.1000/xyz"]
)
def test_whatever_is_typed_is_answered(find, typed: str) -> None:  # type: ignore[no-untyped-def]
    assert find(typed).certainty in {"none", "fuzzy"}


# Copies


@pytest.fixture
def with_copies(fresh: Settings) -> Settings:
    with Store.open(fresh, writable=True) as store:
        for number in (1, 2):
            store.keep(sold(invented.township(2018), number), now=invented.KEPT_AT)
        reindex(store, fresh)
    return fresh


def test_all_copies_are_named_beside_the_canonical_one(with_copies: Settings) -> None:
    with Store.open(with_copies) as store:
        found = resolve(TOWN, store, lambda: EngineFinder(open_current(with_copies)))
        assert len(found.copies) == 2
        words = resolve(ONLY_2018, store, lambda: EngineFinder(open_current(with_copies)))
        assert words.best is not None
        assert words.best.report_id == TOWN
        assert {one.report_id for one in words.copies} == {one.report_id for one in found.copies}


# Pages


def test_the_page_shows_where_a_passage_stands_and_how_sure_that_is(client: FlaskClient) -> None:
    page = get(client, f"/cite?q={to_traditional(ONLY_2018)}")
    assert "相符，但字体、标点或写法不同" in text_of(page)
    assert "第 3 段" in text_of(page)
    assert f"<mark>{ONLY_2018}</mark>" in page
    assert f"/r/{TOWN}?quote=" in page
    assert "#cited" in page


def test_a_passage_of_several_reports_is_a_choice(client: FlaskClient) -> None:
    page = text_of(get(client, f"/cite?q={PASSAGE}"))
    assert "有 3 份同样相符" in page


def test_a_tombstone_is_still_found_by_its_id(fresh: Settings) -> None:
    with Store.open(fresh, writable=True) as store:
        store.withdraw(TOWN, reason="含有个人信息", now=invented.KEPT_AT)
        reindex(store, fresh)
    client = create_app(fresh).test_client()
    assert client.get(f"/cite?q={TOWN}").headers["Location"] == f"/r/{TOWN}"
    assert client.get(f"/r/{TOWN}").status_code == 410


def test_the_answer_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/resolve", query_string={"q": ONLY_2018}).json
    assert answer is not None
    assert (answer["kind"], answer["certainty"], answer["best"]["id"]) == ("passage", "exact", TOWN)
    assert answer["best"]["places"] == [{"paragraph": 2, "anchor": "p3", "start": 0, "end": len(ONLY_2018)}]
    law = client.get("/api/resolve?q=国务院令第711号").json
    assert law is not None
    assert law["law"]["number"] == "国务院令第711号"
    nothing = client.get("/api/resolve?q=这里什么也没有写过的一句话").json
    assert nothing is not None
    assert (nothing["best"], nothing["certainty"]) == (None, "none")


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"{ONLY_2018}\n\n{DAMAGED}\n没有这样一句话在里面存着\n".encode(), "list.txt"),
        (f"no,引文\n1,{ONLY_2018}\n2,{DAMAGED}\n3,没有这样一句话在里面存着\n".encode("gb18030"), "list.csv"),
        (f'"{ONLY_2018}",a\n"{DAMAGED}",b\n"没有这样一句话在里面存着",c\n'.encode(), "list.csv"),
    ],
)
def test_a_list_gives_a_table_back(client: FlaskClient, content: bytes, name: str) -> None:
    response = client.post("/cite", data={"file": (io.BytesIO(content), name), "list": ""})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["kind"], row["id"], row["paragraph"]) for row in rows_of(response.data)] == [
        ("passage", TOWN, "3"),
        ("id", DAMAGED, ""),
        ("nothing", "", ""),
    ]


def test_a_list_can_be_typed_too(client: FlaskClient) -> None:
    (row,) = rows_of(client.post("/cite", data={"list": f"\n {TOWN} \n"}).data)
    assert (row["id"], row["certainty"], row["version"]) == (TOWN, "exact", "1")


def test_a_law_in_a_list_gets_the_address_of_its_page(client: FlaskClient) -> None:
    (row,) = rows_of(client.post("/cite", data={"list": "国务院令第711号"}).data)
    assert (row["id"], row["title"]) == ("", "中华人民共和国政府信息公开条例")
    page = client.get(urlsplit(row["address"]).path)
    assert page.status_code == 200
    assert "国务院令第711号" in page.text


def test_an_empty_list_leads_back_to_the_page(client: FlaskClient) -> None:
    response = client.post("/cite", data={"list": " \n"})
    assert (response.status_code, response.headers["Location"]) == (303, "/cite")


def test_an_index_is_not_needed_for_ids_and_addresses(archive: Settings) -> None:
    def no_index() -> EngineFinder:
        raise AssertionError("the index was opened")

    with Store.open(archive) as store:
        for text in (TOWN, f"https://{HOST}", one_slip(TOWN)[0]):
            assert resolve(text, store, no_index).best is not None


def test_a_citation_of_ours_resolves_to_what_it_cites(archive: Settings, find) -> None:  # type: ignore[no-untyped-def]
    from datetime import date

    from tests.web.test_present import stored
    from web.cite import STYLES
    from web.cite_files import FILE_FORMATS
    from web.cited_work import to_work

    for outcome in invented.outcomes():
        for one in outcome.reports:
            report = stored(archive, outcome, one.section.part)
            work = to_work(report, f"https://a.example/r/{report.report_id}/v/1", date(2026, 1, 2))
            for write in (*(style.write for style in STYLES), *(form.write for form in FILE_FORMATS)):
                assert find(write(work)).best.report_id == report.report_id
                lost = replace(work, address="http://gone.example/", whole=None)
                answer = find(write(lost))
                shown = {
                    answer.best.report_id,
                    *(m.report_id for m in answer.candidates),
                    *(m.report_id for m in answer.copies),
                }
                assert report.report_id in shown
