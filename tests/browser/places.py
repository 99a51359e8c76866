"""Every kind of page that a reader can come to, by its address in an archive made for it."""

from datetime import UTC, datetime

from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import counties, invented

KEEPER = {"ARCHIVE_OPERATOR_TOKEN": "a token for the keeper in tests"}
"""The environment of a site in which pages can be added."""

LATER = datetime(2025, 6, 7, tzinfo=UTC)
TOWN = invented.township(2018)
WITHDRAWN = invented.township(2019).reports[0].report_id
DAMAGED = invented.damaged().reports[0].report_id
COMPILATION = invented.compilation()
PART = COMPILATION.reports[0].report_id
TWICE = TOWN.reports[0].report_id

PAGES = {
    "front": "/",
    "search": "/search?q=公开",
    "search narrowed": "/search?q=公开&level=county&flag=-masked&from=2010&sort=newest",
    "search with notes": '/search?q=政務公開 "行政&sort=bogus&page=99',
    "search without result": "/search?q=归墟镇 公开&level=county",
    "search inside a facet": "/search?facet=bureau&contains=jy",
    "report": f"/r/{TWICE}?q=公开",
    "report with every doubt": f"/r/{DAMAGED}",
    "report converted": f"/r/{DAMAGED}?read=hans",
    "older version": f"/r/{TWICE}/v/1",
    "part of a compilation": f"/r/{PART}",
    "compilation": f"/r/{COMPILATION.compilation.report_id}" if COMPILATION.compilation else "",
    "original page": f"/r/{DAMAGED}/capture",
    "resolver": "/cite",
    "resolver without result": "/cite?q=no such thing",
    "docs of the API": "/api/docs",
    "kind of problem": "/problems/not-held",
    "reading list": f"/list?id={TWICE}&id={DAMAGED}",
    "empty reading list": "/list",
    "two to compare": f"/compare?a={TWICE}&b=nothing",
    "place": f"/place/{counties.COUNTY}",
    "place without reports": "/place/9903",
    "bureau": "/bureau/教育",
    "site": "/site/桂影县人民政府网",
    "year": "/year/2018",
    "no such report": "/r/000000000000",
    "no such address": "/nowhere",
    "tombstone": f"/r/{WITHDRAWN}",
    "log in of the keeper": "/add",
}
REFUSED = {"no such report": 404, "no such address": 404, "tombstone": 410}
"""Pages that the browser's console rightly calls failed, each with its status."""


def fill(settings: Settings) -> None:
    """Keep the invented archive, one report twice in two wordings, and withdraw another."""
    with Store.open(settings, writable=True) as store:
        invented.fill(store)
        for one in counties.outcomes():
            store.keep(one, now=LATER)
        store.keep(invented.recaptured(TOWN), now=LATER)
        store.withdraw(WITHDRAWN, reason="原单位要求更正", now=LATER)
        reindex(store, settings)
