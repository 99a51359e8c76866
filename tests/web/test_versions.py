"""Versions, quotations that outlive them, ways through time, and the links that machines follow."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from index.catalogue import keep_in_step
from tests.web import invented
from tests.web.test_pages import DAMAGED, PARENT, TOWN, get, text_of
from web import create_app

GONE = "根据上级部署，我镇对2018年政府信息公开工作作了梳理"
STAYED = "公开栏更新不够及时，便民服务大厅的查询点"


@pytest.fixture
def two_versions(fresh: Settings) -> FlaskClient:
    """The town's report captured again a year later, with another first paragraph."""
    first = invented.township(2018)
    second = invented.recaptured(first)
    later = replace(second.capture, captured_at=first.capture.captured_at + timedelta(days=400))
    with Store.open(fresh, writable=True) as store:
        store.keep(replace(second, capture=later), now=invented.KEPT_AT)
        keep_in_step(store, fresh)
    return create_app(fresh, PUBLIC_ADDRESS="https://archive.example").test_client()


def links(client: FlaskClient, address: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target, rels in re.findall(r'<([^>]*)>; rel="([^"]*)"', client.get(address).headers["Link"]):
        for rel in rels.split():
            found.setdefault(rel, []).append(target.removeprefix("https://archive.example"))
    return found


def test_each_version_says_its_digest_day_and_cause(two_versions: FlaskClient) -> None:
    page = get(two_versions, f"/r/{TOWN}")
    assert len(re.findall(r'<code class="digest"[^>]*>[0-9a-f]{64}</code>', page)) == 2
    assert "首次收存" in page
    assert "原网页文字有变" in page
    assert f'href="/r/{TOWN}/v/1/diff/2"' in page


def test_the_versions_stand_beside_each_other(two_versions: FlaskClient) -> None:
    page = get(two_versions, f"/r/{TOWN}/v/1/diff/2")
    assert page.count("beside-same") == 8
    words = text_of(page)
    assert GONE in words
    assert "本页文字已由我镇更正" in words
    back = get(two_versions, f"/r/{TOWN}/v/2/diff/1")
    assert back.index("本页文字已由我镇更正") < back.index("根据上级部署")


def test_a_version_that_is_not_held_is_explained(two_versions: FlaskClient) -> None:
    get(two_versions, f"/r/{TOWN}/v/1/diff/3", status=404)
    get(two_versions, f"/r/{TOWN}/v/9/cite.bib", status=404)
    get(two_versions, f"/r/{TOWN}/v/1/cite.doc", status=404)


def test_the_header_leads_to_the_other_versions(two_versions: FlaskClient) -> None:
    newest, first = links(two_versions, f"/r/{TOWN}"), links(two_versions, f"/r/{TOWN}/v/1")
    assert newest["canonical"] == newest["latest-version"] == first["latest-version"] == [f"/r/{TOWN}"]
    assert newest["predecessor-version"] == [f"/r/{TOWN}/v/1"]
    assert first["successor-version"] == [f"/r/{TOWN}/v/2"]
    assert "successor-version" not in newest
    assert "predecessor-version" not in first
    assert newest["cite-as"] == [f"/r/{TOWN}/v/2"]
    assert first["cite-as"] == [f"/r/{TOWN}/v/1"]


def test_signposts_lead_to_what_describes_it_and_what_it_holds(client: FlaskClient) -> None:
    found = links(client, f"/r/{TOWN}")
    assert "https://schema.org/Report" in found["type"]
    for rel in ("describedby", "item"):
        for address in found[rel]:
            assert client.get(address.replace("http://localhost", "")).status_code == 200
    part = links(client, f"/r/{report_id('http://www.fanwenku.example/heji/5.html', 2)}")
    assert part["collection"] == [f"http://localhost/r/{PARENT}"]
    assert "timegate" not in found  # one version of one capture: there is nowhere to go


def test_a_timemap_lists_the_versions_with_the_day_of_their_capture(two_versions: FlaskClient) -> None:
    assert links(two_versions, f"/r/{TOWN}")["timemap"] == [f"/r/{TOWN}/timemap"]
    response = two_versions.get(f"/r/{TOWN}/timemap")
    assert response.headers["Content-Type"] == "application/link-format"
    assert '<http://www.guiying.gov.example/yuchu/2018.html>; rel="original"' in response.text
    mementos = re.findall(r'/v/(\d)>; rel="([a-z ]*memento)"; datetime="([^"]+ GMT)"', response.text)
    assert [(version, rel) for version, rel, _ in mementos] == [("1", "first memento"), ("2", "last memento")]
    assert two_versions.get(f"/r/{TOWN}/v/1").headers["Memento-Datetime"] == mementos[0][2]


@pytest.mark.parametrize(
    ("asked", "version"),
    [
        (None, 2),
        ("Thu, 31 Dec 2099 00:00:00 GMT", 2),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 1),
    ],
)
def test_a_timegate_leads_to_the_version_of_that_day(
    two_versions: FlaskClient, asked: str | None, version: int
) -> None:
    headers = {"Accept-Datetime": asked} if asked else {}
    for address in (f"/r/{TOWN}/timegate",):
        response = two_versions.get(address, headers=headers)
        assert response.status_code == 302
        assert "accept-datetime" in response.headers["Vary"].lower()
        assert response.headers["Location"] == f"/r/{TOWN}/v/{version}"


def test_a_day_that_can_t_be_read_is_refused_as_the_standard_asks(two_versions: FlaskClient) -> None:
    assert (
        two_versions.get(f"/r/{TOWN}/timegate", headers={"Accept-Datetime": "yesterday"}).status_code == 400
    )


def test_a_page_s_own_address_leads_to_its_timegate_and_timemap(client: FlaskClient) -> None:
    page = "http://www.guiying.gov.example/yuchu/2018.html"
    assert client.get(f"/timegate/{page}").headers["Location"] == f"/r/{TOWN}/timegate"
    assert client.get(f"/timemap/link/{page}").headers["Location"] == f"/r/{TOWN}/timemap"
    assert client.get("/timegate/http://www.guiying.gov.example/none.html").status_code == 404
    hostile = "http://www.fanghu.gov.example/x?a=1&b=<2>"
    assert client.get(f"/timegate/{hostile.replace('<', '%3C')}").status_code == 302


@pytest.mark.parametrize(
    ("suffix", "media_type", "opening"),
    [
        ("bib", "application/x-bibtex", "@techreport{"),
        ("ris", "application/x-research-info-systems", "TY  - RPRT"),
        ("json", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_a_citation_is_downloaded(client: FlaskClient, suffix: str, media_type: str, opening: str) -> None:
    response = client.get(f"/r/{TOWN}/v/1/cite.{suffix}")
    assert response.mimetype == media_type
    assert response.text.startswith(opening)
    assert f'filename="{TOWN}v1.{suffix}"' in response.headers["Content-Disposition"]
    assert "urldate" not in client.get(f"/r/{TOWN}/v/1/cite.bib?accessed=no").text


def test_the_panel_offers_every_style_and_the_choices_work_without_a_script(client: FlaskClient) -> None:
    page = text_of(get(client, f"/r/{TOWN}"))
    for label in ("GB/T 7714-2025", "GB/T 7714-2015", "APA", "BibTeX", "RIS", "CSL-JSON"):
        assert label in page
    assert "[R/OL]. 2019-01-21. http://localhost" in page
    chosen = text_of(get(client, f"/r/{TOWN}?cite_script=hant&accessed=no"))
    assert "桂影縣玉杵鎮2018年政府信息公開工作年度報告[R/OL]. (2019-01-21). http" in chosen
    damaged = text_of(get(client, f"/r/{DAMAGED}"))
    assert re.search(r"政務公開工作小結\[EB/OL\]\. \[[-0-9]+\]\. http\S+/v/1\. 附注：缺412字；", damaged)


# Quotations


def link_to(quoted: str, *, at: str = "", version: int | None = None) -> str:
    return f"/r/{TOWN}?quote={quote(quoted)}&at={at}" + (f"&version={version}" if version else "")


def test_a_quotation_is_marked_on_the_page(client: FlaskClient) -> None:
    page = get(client, link_to(STAYED, at="7.0", version=1))
    assert f'<span class="cited-start" id="cited"></span><mark class="cited">{STAYED}</mark>' in page
    assert "所引文字已标出" in page


def test_a_quotation_that_moved_is_found_in_the_new_version(two_versions: FlaskClient) -> None:
    page = get(two_versions, link_to(STAYED, at="3.2", version=1))
    assert f'<mark class="cited">{STAYED}</mark>' in page
    assert f"/r/{TOWN}/v/2" in page


def test_a_quotation_that_is_gone_is_shown_in_the_version_that_has_it(two_versions: FlaskClient) -> None:
    page = get(two_versions, link_to(GONE, at="1.0", version=1))
    assert f'<mark class="cited">{GONE}</mark>' in page
    words = text_of(page)
    assert "最新的第 2 版里已没有这段文字" in words
    assert "第 1 版" in words
    unversioned = get(two_versions, link_to(GONE))
    assert f'<mark class="cited">{GONE}</mark>' in unversioned


def test_a_quotation_that_never_stood_there_is_said_to_be_nowhere(client: FlaskClient) -> None:
    page = get(client, link_to("这一句话从来没有在哪一版里写过"))
    assert "各版里都没有这段文字" in text_of(page)
    assert "/cite?q=" in page
    assert 'id="cited"' not in page


@pytest.mark.parametrize(
    "arguments",
    [
        "quote=", "quote=%00", "quote=x&at=9999999999999.1", "quote=公开&at=a.b", "quote=公开&version=999999",
        "quote=公开&at=0.0", f"quote={'公' * 3000}", "quote=%3Cscript%3E&prefix=%3C&suffix=%3E", "at=1.1",
    ],
)  # fmt: skip
def test_nothing_in_a_quotation_s_address_is_an_error(client: FlaskClient, arguments: str) -> None:
    page = get(client, f"/r/{TOWN}?{arguments}")
    assert "<script>alert" not in page
    assert "<q><script>" not in page
