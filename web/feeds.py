"""What other programs watch and find the archive by: Atom, OpenSearch, site map and robots."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import NotFound

from archive.arrivals import Arrival
from archive.model import StoredReport
from archive.store import Store
from web.addresses import latest_path, public_address
from web.arguments import read_arguments
from web.filters import opening, search_address
from web.holdings import current_engine, current_store
from web.languages import SITE_NAME, current_language, gettext
from web.params import SearchState
from web.present import html_language
from web.remembered import Remembered
from web.suggest_views import suggested
from web.taking_out import all_ids

feeds = Blueprint("feeds", __name__)

FEED_ENTRIES = 50
ADDRESSES_IN_A_MAP = 50_000
"""The most that the protocol allows (sitemaps.org); a file of them has 6 MB, of 50 allowed."""

_REMEMBERED = "archive-feeds"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOSED_TO_ROBOTS = ("/search", "/api/", "/compare", "/list", "/cite")
"""Pages without end, and what is there for programs that mean it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report of a feed."""

    title: str
    address: str
    identity: str
    author: str
    updated: str
    published: str  # empty where unknown
    summary: str
    language: str


@feeds.get("/search.atom")
def feed() -> Response:
    """Give the reports of a search that came into the archive last, the last first (RFC 4287)."""
    state, _ = read_arguments(request.args)
    store = current_store()
    arrivals = _arrivals(replace(state, page=1, size=SearchState().size, sort=SearchState().sort), store)
    held = store.reports(one.report_id for one in arrivals)
    entries = [_to_entry(held[one.report_id], one) for one in arrivals if one.report_id in held]
    itself = public_address(feed_address(state))
    body = render_template(
        "feed.xml",
        title=_plain(f"{state.text} · {gettext(SITE_NAME)}" if state.text else gettext(SITE_NAME)),
        language=current_language(),
        itself=itself,
        page=public_address(search_address(replace(state, page=1))),
        updated=entries[0].updated if entries else _moment(datetime(1970, 1, 1, tzinfo=UTC)),
        author=gettext(SITE_NAME),
        entries=entries,
    )
    return _xml(body, "application/atom+xml")


def _arrivals(state: SearchState, store: Store) -> tuple[Arrival, ...]:
    """Find the last of all hits, once for each change of the index: who follows a feed asks again and again."""
    remembered: Remembered = current_app.extensions[_REMEMBERED]
    change = current_engine().last_change()
    return remembered.get(change, state, lambda: store.arrivals(all_ids(), FEED_ENTRIES))


def register(app: Flask) -> None:
    """Answer the addresses, and remember what came last for the whole application."""
    app.extensions[_REMEMBERED] = Remembered()
    app.register_blueprint(feeds)


@feeds.app_template_filter("feed_address")
def feed_address(state: SearchState) -> str:
    """Return the path of a search's feed: its order and page are the feed's own."""
    path = search_address(replace(state, page=1, size=SearchState().size, sort=SearchState().sort))
    return path.replace(url_for("pages.search"), url_for("feeds.feed"), 1)


def _to_entry(report: StoredReport, arrival: Arrival) -> Entry:
    address = public_address(latest_path(report.report_id))
    day = report.description.published_on
    return Entry(
        title=_plain(report.title),
        address=address,
        identity=address,
        author=_plain(report.description.issuer or ""),
        updated=_moment(arrival.made_at),
        published=f"{day.isoformat()}T00:00:00Z" if day else "",
        summary=_plain(opening(report)),
        language=html_language(report.description),
    )


_MOST_NAME_CHARS = 16
"""Of a short name, which browsers list among their search engines (OpenSearch 1.1)."""


@feeds.get("/opensearch.xml")
def description() -> Response:
    """Say how to search here, so that a browser can add it (OpenSearch 1.1)."""
    name = gettext(SITE_NAME)
    body = render_template(
        "opensearch.xml",
        short_name=gettext("政府公开报告")[:_MOST_NAME_CHARS],
        name=name,
        language=current_language(),
        search=public_address(url_for("pages.search")),
        suggestions=public_address(url_for("feeds.suggestions")),
        feed=public_address(url_for("feeds.feed")),
        icon=public_address(url_for("static", filename="seal.svg")),
        itself=public_address(url_for("feeds.description")),
    )
    return _xml(body, "application/opensearchdescription+xml")


@feeds.get("/opensearch/suggest")
def suggestions() -> Response:
    """Give titles and names as browsers take suggestions: the text typed, then a list of texts."""
    typed = request.args.get("q", "")
    response = jsonify([typed, [one.text for one in suggested(typed)]])
    response.mimetype = "application/x-suggestions+json"
    return response


@feeds.get("/sitemap.xml")
def site_map() -> Response:
    """List the maps of all reports, each with the day of its last change (sitemaps.org)."""
    sections = current_store().sections(ADDRESSES_IN_A_MAP)
    maps = [
        (public_address(url_for("feeds.site_map_part", number=number)), _moment(section.made_at))
        for number, section in enumerate(sections, start=1)
    ]
    return _xml(render_template("sitemaps.xml", maps=maps), "application/xml")


@feeds.get("/sitemap-<int:number>.xml")
def site_map_part(number: int) -> Response:
    """List the addresses of at most 50,000 reports."""
    store = current_store()
    sections = store.sections(ADDRESSES_IN_A_MAP)
    if not 0 < number <= len(sections):
        raise NotFound
    after = sections[number - 2].report_id if number > 1 else ""
    pages = [
        (public_address(latest_path(one.report_id)), _moment(one.made_at))
        for one in store.addresses(after, ADDRESSES_IN_A_MAP)
    ]
    return _xml(render_template("sitemap.xml", pages=pages), "application/xml")


@feeds.get("/robots.txt")
def robots() -> Response:
    """Say where robots need not go, and where the map is (RFC 9309)."""
    closed = "".join(f"Disallow: {path}\n" for path in _CLOSED_TO_ROBOTS)
    site_map_address = public_address(url_for("feeds.site_map"))
    response = make_response(f"User-agent: *\n{closed}Sitemap: {site_map_address}\n", HTTPStatus.OK)
    response.mimetype = "text/plain"
    return response


def _xml(body: str, media_type: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    return response


def _moment(moment: datetime) -> str:
    """Write a moment as RFC 3339 asks."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(text: str) -> str:
    """Leave out what no XML document may hold."""
    return _NOT_XML.sub("", text)
