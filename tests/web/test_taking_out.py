"""A search taken out of the site: as files, as a feed, into a browser and by robots."""

import csv
import io
import json
import re
import tracemalloc
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented
from tests.web.test_pages import TOWN
from web import create_app, feeds, taking_out

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCHES = [
    "q=政务公开",
    "q=公开&level=county&sort=oldest",
    "bureau=-教育&from=2012&copies=all",
    "q=归墟无此词",
]


def listed(client: FlaskClient, asked: str) -> list[str]:
    """All ids of a search, read page by page."""
    ids: list[str] = []
    while True:
        answer = client.get(f"/api/search?{asked}&size=10&page={len(ids) // 10 + 1}").json
        assert answer is not None
        ids += [hit["id"] for hit in answer["hits"]]
        if len(ids) >= answer["total"]:
            return ids


@pytest.mark.parametrize("asked", SEARCHES)
def test_each_file_has_all_hits_in_the_order_of_the_list(
    client: FlaskClient, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_out, "BATCH", 3)
    expected = listed(client, asked)
    table = list(csv.DictReader(io.StringIO(client.get(f"/search.csv?{asked}").text.removeprefix("\ufeff"))))
    lines = [json.loads(line) for line in client.get(f"/search.jsonl?{asked}").text.splitlines()]
    entries = re.findall(r"^@\w+\{(\w{12})v\d+,$", client.get(f"/search.bib?{asked}").text, re.MULTILINE)
    assert [row["id"] for row in table] == expected
    assert [line["id"] for line in lines] == expected
    assert entries == expected


def test_a_line_is_the_report_as_the_api_gives_it(client: FlaskClient) -> None:
    (line,) = [
        one for one in map(json.loads, client.get("/search.jsonl").text.splitlines()) if one["id"] == TOWN
    ]
    assert line == client.get(f"/api/reports/{TOWN}").json


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("csv", "text/csv"), ("jsonl", "application/jsonl"), ("bib", "application/x-bibtex")],
)
def test_a_file_is_saved_under_a_name(client: FlaskClient, suffix: str, media_type: str) -> None:
    headers = client.get(f"/search.{suffix}").headers
    assert headers["Content-Disposition"] == f'attachment; filename="reports.{suffix}"'
    assert headers["Content-Type"] == f"{media_type}; charset=utf-8"


def test_a_file_is_sent_while_it_is_read(archive: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    held = Store.reports

    def counted(store: Store, ids: tuple[str, ...]) -> object:
        read.append(len(ids))
        return held(store, ids)

    monkeypatch.setattr(taking_out, "BATCH", 2)
    monkeypatch.setattr(Store, "reports", counted)
    response = create_app(archive).test_client().get("/search.jsonl", buffered=False)
    first = next(iter(response.response))
    assert first
    assert read == [2]
    response.close()


def test_every_search_leads_to_its_files_with_its_filters(client: FlaskClient) -> None:
    page = client.get("/search?q=公开&level=county&sort=oldest&page=2").text
    for suffix in ("csv", "jsonl", "bib", "atom"):
        (path,) = re.findall(rf'href="(/search\.{suffix}[^"]*)" rel="nofollow"', page)
        assert client.get(path.replace("&amp;", "&")).status_code == 200
        assert "level=county" in path
        assert "page=" not in path


def test_a_long_query_has_buttons_in_place_of_links(client: FlaskClient) -> None:
    page = client.get("/search?q=政务公开 政务公开 政务公开 政务公开&level=county").text
    assert 'href="/search.csv' not in page
    assert page.count('form="narrowing" formaction="/search.') == 4
    (form,) = re.findall(r'<form id="narrowing".*?</form>', page, re.DOTALL)
    assert 'name="level" value="county"' in form


def entries_of(client: FlaskClient, address: str) -> list[ET.Element]:
    feed = ET.fromstring(client.get(address).data)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(ATOM + name)
    return feed.findall(f"{ATOM}entry")


def test_a_feed_has_what_the_search_finds(client: FlaskClient) -> None:
    entries = entries_of(client, "/search.atom?q=公开&level=county")
    found = {one.findtext(f"{ATOM}id", "").rpartition("/")[2] for one in entries}
    assert found == set(listed(client, "q=公开&level=county"))
    for entry in entries:
        assert entry.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated", "")).tzinfo is not None


def test_a_feed_begins_with_what_came_in_last(fresh: Settings) -> None:
    with Store.open(fresh, writable=True) as store:
        store.keep(invented.recaptured(invented.township(2018)), now=datetime(2026, 1, 2, tzinfo=UTC))
        reindex(store, fresh)
    client = create_app(fresh).test_client()
    entries = entries_of(client, "/search.atom")
    updated = [one.findtext(f"{ATOM}updated", "") for one in entries]
    assert entries[0].findtext(f"{ATOM}id", "").endswith(TOWN)
    assert updated == sorted(updated, reverse=True)
    assert updated[0] == "2026-01-02T00:00:00Z"


def test_a_feed_ends_where_it_says(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "FEED_ENTRIES", 3)
    assert (
        len(entries_of(client, "/search.atom?from=1990")) == 3
    )  # asked nowhere else: an answer is remembered


def test_the_search_page_names_its_feed(client: FlaskClient) -> None:
    page = client.get("/search?q=公开&level=county&page=2&sort=oldest").text
    (link,) = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]*)"', page)
    assert link.startswith("/search.atom?")
    assert "sort" not in link
    assert entries_of(client, link.replace("&amp;", "&"))


@pytest.mark.parametrize("text", ["\x00\x0b\x1f", "<feed>&amp;]]>", '"'])
def test_a_query_never_breaks_the_feed(client: FlaskClient, text: str) -> None:
    entries_of(client, f"/search.atom?q={text}")


def test_a_browser_can_add_the_search(client: FlaskClient) -> None:
    page = client.get("/").text
    (path,) = re.findall(r'<link rel="search"[^>]*href="([^"]*)"', page)
    root = ET.fromstring(client.get(path).data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert 0 < len(root.findtext(f"{space}ShortName", "")) <= 16
    assert "<ShortName>Gov. disclosures</ShortName>" in client.get("/opensearch.xml?lang=en").text
    templates = {one.get("type"): one.get("template", "") for one in root.findall(f"{space}Url")}
    found = client.get(templates["text/html"].replace("{searchTerms}", "公开"))
    assert "<mark>公开</mark>" in found.text
    typed = client.get(templates["application/x-suggestions+json"].replace("{searchTerms}", "jy"))
    assert typed.mimetype == "application/x-suggestions+json"
    assert typed.json == ["jy", ["教育"]]


@pytest.mark.parametrize("size", [1, 4, 14, 50_000])
def test_the_site_map_names_every_report_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(feeds, "ADDRESSES_IN_A_MAP", size)
    maps = ET.fromstring(client.get("/sitemap.xml").data).findall(f"{MAP}sitemap")
    addresses: list[str] = []
    for one in maps:
        part = ET.fromstring(client.get(one.findtext(f"{MAP}loc", "")).data).findall(f"{MAP}url")
        assert 0 < len(part) <= size
        assert max(url.findtext(f"{MAP}lastmod", "") for url in part) == one.findtext(f"{MAP}lastmod")
        addresses += [url.findtext(f"{MAP}loc", "") for url in part]
    assert {one.rpartition("/")[2] for one in addresses} == set(listed(client, "copies=all"))
    assert len(addresses) == len(set(addresses)) == invented.REPORT_COUNT
    assert client.get(f"/sitemap-{len(maps) + 1}.xml").status_code == 404


def test_a_withdrawn_report_leaves_the_site_map(fresh: Settings) -> None:
    with Store.open(fresh, writable=True) as store:
        store.withdraw(TOWN, reason="更正", now=datetime(2026, 1, 2, tzinfo=UTC))
    assert TOWN not in create_app(fresh).test_client().get("/sitemap-1.xml").text


def test_robots_are_told_the_map_and_kept_from_endless_pages(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /search" in lines
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_taking_out_does_not_hold_the_texts(archive: Settings) -> None:
    ids = tuple(invented.township(2018).reports[0].report_id for _ in range(4000))
    with create_app(archive).test_request_context():
        tracemalloc.start()
        size = sum(len(one.title) for one in taking_out.reports_of(ids))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert size > 80_000
    assert peak < 4 * 1024 * 1024
