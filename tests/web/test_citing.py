"""Cited laws and reports inside the text, the pages of laws, and families of copies."""

import re

import pytest
from flask.testing import FlaskClient

from archive.describe.laws import laws
from archive.ids import report_id
from archive.model import Capture
from archive.pipeline import reports_of
from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented
from tests.web.test_copies import sold
from tests.web.test_pages import TOWN, get, text_of
from web import create_app
from web.family_views import shared_spans

REGULATION = "中华人民共和国政府信息公开条例"
PAGE = """桂影县丹桂乡2018年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和国办发〔2016〕80号文件，丹桂乡人民政府编制本报告。
一、主动公开情况
2018年，我乡按照《政府信息公开条例》主动公开政府信息五十二条，做法参照《桂影县玉杵镇2018年政府信息公开工作年度报告》。
二、存在的问题
对《沧溟省无名办法》、《关于全面推进政务公开工作的意见》的落实还不到位，我乡将继续改进。
桂影县丹桂乡人民政府
2019年2月1日
"""
ADDRESS = "http://www.guiying.gov.example/dangui/2018.html"
DANGUI = report_id(ADDRESS, 0)


@pytest.fixture
def citing(fresh: Settings) -> FlaskClient:
    """The invented archive with a township's report that cites laws and another report, and two copies of the latter."""
    page = Capture(
        body=PAGE.encode(),
        captured_at=invented.KEPT_AT,
        media_type="text/plain",
        origin="dangui.txt",
        source_url=ADDRESS,
    )
    with Store.open(fresh, writable=True) as store:
        store.keep(reports_of(page), now=invented.KEPT_AT)
        for number in (1, 2):
            store.keep(sold(invented.township(2018), number), now=invented.KEPT_AT)
        reindex(store, fresh)
    return create_app(fresh).test_client()


def law_links(page: str) -> dict[str, str]:
    """The linked words of the text with the page that each leads to."""
    text = page.partition('class="report-text"')[2].partition("</article>")[0]
    return {
        words: path for path, words in re.findall(r'<a class="law" href="([^"]*)"[^>]*>([^<]*)</a>', text)
    }


def test_a_sure_citation_links_to_the_law_at_the_edition_of_its_time(citing: FlaskClient) -> None:
    links = law_links(get(citing, f"/r/{DANGUI}"))
    for written in (f"《{REGULATION}》", "《条例》", "《政府信息公开条例》"):
        assert links[written].startswith("/law/")
        law = get(citing, links[written].partition("#")[0])
        assert REGULATION in law
        assert "#%E5%9B%BD%E5%8A%A1%E9%99%A2%E4%BB%A4%E7%AC%AC492%E5%8F%B7" in links[written]


def test_a_cited_report_links_to_its_stored_copy(citing: FlaskClient) -> None:
    links = law_links(get(citing, f"/r/{DANGUI}"))
    assert links["《桂影县玉杵镇2018年政府信息公开工作年度报告》"] == f"/r/{TOWN}"


def test_the_list_of_cited_documents_leads_to_the_same_places(citing: FlaskClient) -> None:
    page = get(citing, f"/r/{DANGUI}")
    listed = page.partition('id="citations"')[2].partition("</section>")[0]
    assert f'<a href="/r/{TOWN}">《桂影县玉杵镇2018年政府信息公开工作年度报告》</a>' in listed
    assert "馆藏报告" in listed
    assert listed.count('href="/law/') == 2


def test_what_is_not_sure_is_no_link_and_explains_itself(citing: FlaskClient) -> None:
    page = get(citing, f"/r/{DANGUI}")
    assert "《沧溟省无名办法》" not in law_links(page)
    assert '<span class="law-doubt" tabindex="0" title="未收录">《沧溟省无名办法》</span>' in page


def test_a_report_says_who_cites_it(citing: FlaskClient) -> None:
    page = get(citing, f"/r/{TOWN}")
    section = page.partition('id="citing-title"')[2].partition("</section>")[0]
    assert f"/r/{DANGUI}#p3" in section
    assert "丹桂乡" in section
    assert 'id="citing-title"' not in get(citing, f"/r/{DANGUI}")


def test_a_law_s_page_lists_the_reports_that_cite_it_by_year(citing: FlaskClient) -> None:
    page = get(citing, f"/law/{REGULATION}")
    assert "引用它的报告（1 份）" in text_of(page)
    assert 'id="year-2018"' in page
    assert f"/r/{DANGUI}#citations" in page
    assert 'id="国务院令第711号"' in page
    assert "2019-05-15" in page


def test_a_law_s_page_links_the_official_text_where_its_address_is_known(citing: FlaskClient) -> None:
    for law in laws():
        known = [version.address for version in law.versions if version.address]
        if known:
            page = get(citing, f"/law/{law.title}")
            assert re.findall(r'<a href="(https?://[^"]+)" rel="noreferrer external"', page) == known


@pytest.mark.parametrize("name", ["政府信息公开条例", "《中华人民共和国信息公开条例》", "国务院令第711号"])
def test_another_name_of_a_law_leads_to_its_page(citing: FlaskClient, name: str) -> None:
    response = citing.get(f"/law/{name}")
    assert response.status_code == 302
    assert REGULATION in get(citing, response.headers["Location"].partition("#")[0])


def test_a_law_that_is_not_known_is_explained(citing: FlaskClient) -> None:
    get(citing, "/law/沧溟省无名办法", status=404)
    get(citing, "/law/../../etc/passwd", status=404)


def test_the_index_of_laws_counts_who_cites_them(citing: FlaskClient) -> None:
    page = text_of(get(citing, "/law/"))
    assert re.search(rf"《{REGULATION}》 国务院令第492号 国务院令第711号 1 份", page)
    assert page.index(REGULATION) < page.index("保守国家秘密法")


def test_a_report_says_who_cites_it_among_however_many_of_its_title(
    citing: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.citation_links.MOST_CITING", 1)  # two copies have that title as their own
    section = get(citing, f"/r/{TOWN}").partition('id="citing-title"')[2].partition("</section>")[0]
    assert f"/r/{DANGUI}#p3" in section


# Families


def test_a_family_s_page_names_every_copy_with_its_site_date_and_completeness(citing: FlaskClient) -> None:
    page = get(citing, f"/r/{TOWN}/family")
    rows = re.findall(r"<tr>.*?</tr>", page.partition("<tbody>")[2], re.DOTALL)
    copies = [text_of(row) for row in rows if "副本" in text_of(row) or "本篇" in text_of(row)]
    assert len(copies) == 3
    assert "（代表本）" in copies[0]
    assert "桂影县人民政府网" in copies[0]
    assert "完整" in copies[0]
    assert "范文库" in copies[1]
    assert "完整" not in copies[1]  # its names are masked
    assert page.count(f"/r/{TOWN}/compare/") >= 2


def test_two_copies_stand_side_by_side_with_their_differences(citing: FlaskClient) -> None:
    other = re.findall(rf"/r/{TOWN}/compare/([0-9a-z]{{12}})", get(citing, f"/r/{TOWN}/family"))[0]
    page = get(citing, f"/r/{TOWN}/compare/{other}")
    assert "<del>我镇</del>" in page
    assert "<ins>扶光乡</ins>" in page
    assert page.count("beside-same") >= 4


def test_shared_words_are_grey_where_that_is_asked_for(citing: FlaskClient) -> None:
    plain, shared = get(citing, f"/r/{TOWN}"), get(citing, f"/r/{TOWN}?shared=1")
    assert f"/r/{TOWN}?shared=1" in plain
    assert 'class="shared"' not in plain
    assert '<span class="shared">公开栏更新不够及时，便民服务大厅的查询点还没有专人值守。</span>' in shared
    assert "共有的文字已变灰" in text_of(shared)
    assert re.search(r'class="shared-by"[^>]*>\d</span>公?', shared)


def test_a_report_without_copies_says_so(citing: FlaskClient) -> None:
    page = text_of(get(citing, f"/r/{DANGUI}/family"))
    assert "没有与它文字相同的报告" in page


def test_the_page_says_what_was_compared_and_of_how_many_reports_paragraphs_were_counted(
    fresh: Settings, citing: FlaskClient
) -> None:
    with Store.open(fresh) as store:
        others = store.report_count() - 1
    page = text_of(get(citing, f"/r/{TOWN}?shared=1"))
    assert re.search(r"与最相近的 \d+ 份报告共有的文字已变灰", page)
    assert f"馆藏其他 {others} 份报告里，有几份一字不差地含有该段" in page


def test_what_any_other_holds_is_marked() -> None:
    here = ("玉杵镇设立了公开栏和查询点各一处。", "全年举办培训三期,我镇自己的做法是每月进村宣讲。")
    others = [(here[0],), (here[0].replace("玉杵镇", "蟾桥镇"), "别的话完全不一样的一个段落。")]
    found = shared_spans(here, others)
    assert [(one.start, one.end) for one in found[0]] == [(0, len(here[0]))]
    assert 1 not in found


def test_a_text_is_read_without_an_index(archive: Settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Store.open(archive) as held:
        outcome = held.capture(1)
    bare = Settings(home=tmp_path / "bare")
    with Store.open(bare, writable=True) as store:
        page = Capture(
            body=PAGE.encode(),
            captured_at=outcome.captured_at,
            media_type="text/plain",
            origin="dangui.txt",
            source_url=ADDRESS,
        )
        store.keep(reports_of(page), now=invented.KEPT_AT)
    response = create_app(bare).test_client().get(f"/r/{DANGUI}")
    assert response.status_code == 200
    assert f"《{REGULATION}》" in response.text
