from dataclasses import replace
from datetime import date

import pytest

from archive.model import Bureau, Citation, Evidence, PageFields, Place, StoredReport
from archive.settings import Settings
from archive.store import Store
from index.document import NO_BUREAU, to_document
from index.engine import FACETS, UNKNOWN
from tests.store.made import NOW, TEXT, TITLE, a_capture, a_description, a_single


@pytest.fixture
def report(tmp_path_factory: pytest.TempPathFactory) -> StoredReport:
    with Store.open(Settings(home=tmp_path_factory.mktemp("data")), writable=True) as store:
        (receipt,) = store.keep(a_single(), now=NOW)
        return store.report(receipt.report_id)


def described(report: StoredReport, **values: object) -> dict[str, tuple[str, ...]]:
    return dict(to_document(replace(report, description=a_description(**values))).facets)


def test_the_text_is_title_and_paragraphs_as_stored(report: StoredReport) -> None:
    document = to_document(report)
    assert (document.report_id, document.title, document.paragraphs) == (report.report_id, TITLE, TEXT)


def test_every_facet_has_a_value(report: StoredReport) -> None:
    facets = described(report, level=None, year=None, script=None, place=Place(), org_type=None)
    assert tuple(facets) == FACETS
    assert all(facets.values())
    for name in ("level", "year", "script", "province", "prefecture", "county", "township", "bureau", "flag"):
        assert facets[name] == (UNKNOWN,)


def test_known_facts_become_values(report: StoredReport) -> None:
    facets = described(report, flags=("masked", "pinyin"))
    assert facets["level"] == ("township",)
    assert facets["year"] == ("2018",)
    assert (facets["county"], facets["township"]) == (("桂影县",), ("玉杵镇",))
    assert facets["flag"] == ("masked", "pinyin")
    assert facets["kind"] == ("annual_report",)


def test_a_governments_own_report_has_no_bureau_and_a_bureau_without_field_is_unknown(
    report: StoredReport,
) -> None:
    assert described(report, org_type="government")["bureau"] == (NO_BUREAU,)
    assert described(report, org_type="bureau")["bureau"] == (UNKNOWN,)
    assert described(report, org_type="bureau", bureau=Bureau(name="教育局", domain="教育"))["bureau"] == (
        "教育",
    )


def test_the_site_is_its_name_or_else_the_host_of_the_address(report: StoredReport) -> None:
    assert dict(to_document(report).facets)["site"] == ("桂影县政府网",)
    nameless = replace(report, fields=PageFields())
    assert dict(to_document(nameless).facets)["site"] == ("www.guiying.gov.example",)
    assert a_capture().source_url
    homeless = replace(nameless, captures=tuple(replace(one, source_url=None) for one in report.captures))
    assert dict(to_document(homeless).facets)["site"] == (UNKNOWN,)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"published_on": date(2019, 1, 2), "year": 2018}, "2019-01-02"),
        ({"published_on": None, "year": 2018}, "2018"),
        ({"published_on": None, "year": None}, ""),
    ],
)
def test_a_report_is_ordered_by_day_of_publication_or_else_by_year(
    report: StoredReport, values: dict[str, object], key: str
) -> None:
    assert to_document(replace(report, description=a_description(**values))).order_key == key


def test_place_bureau_and_document_number_can_be_asked_for(report: StoredReport) -> None:
    described_report = replace(
        report,
        description=a_description(bureau=Bureau(name="桂影县教育局", domain="教育")),
        fields=PageFields(extra=(("文号", "桂政发〔2018〕3号"), ("索引号", "GY-1"))),
    )
    document = to_document(described_report)
    assert document.place == "桂影县 玉杵镇"
    assert document.bureau == "桂影县教育局 教育"
    assert document.numbers == ("桂政发〔2018〕3号",)


def test_the_numbers_of_cited_documents_can_be_asked_for(report: StoredReport) -> None:
    mention = Evidence(where="paragraph", quote="《条例》", paragraph=0, start=0, end=4)
    cited = (
        Citation(title="桂影县办法", state="not_held", mentions=(mention,), number="桂政办发〔2018〕23号"),
        Citation(title="条例", state="version_by_date", mentions=(mention,), law_number="国务院令第492号"),
        Citation(title="意见", state="year_conflict", mentions=(mention,), law_number="中办发〔2016〕8号"),
    )
    document = to_document(replace(report, description=a_description(citations=cited), fields=PageFields()))
    assert document.numbers == ("桂政办发〔2018〕23号", "国务院令第492号")
