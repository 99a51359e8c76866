"""Turns a stored report into what an engine indexes. Pure."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from archive.model import Description, StoredReport
from index.engine import UNKNOWN, IndexDocument

NO_BUREAU = "none"
"""The bureau facet's value for a government's own report (政府本级); `unknown` is a bureau whose field is not known."""

SURE_STATES = frozenset({"exact", "alias", "version_by_date"})
"""States of a citation whose law is known; one of a year that can't be is found as it was written."""


def _bureau(description: Description) -> str:
    if description.bureau is not None:
        return description.bureau.domain or UNKNOWN
    return NO_BUREAU if description.org_type == "government" else UNKNOWN


def _division(name: str | None, code: str | None, length: int) -> str:
    """Return a place's division code of one rank, which tells namesakes apart; its written name where none is settled."""
    if name is None:
        return UNKNOWN
    return code[:length] if code is not None and len(code) >= length else name


def _site(report: StoredReport) -> str:
    """Return the name of the site, or the host of the newest capture's address."""
    if report.fields.site:
        return report.fields.site
    addresses = (capture.source_url for capture in reversed(report.captures) if capture.source_url)
    return urlsplit(next(addresses, "")).hostname or UNKNOWN


def _order_key(description: Description) -> str:
    """Return the day of publication, else the year that the report is about: what newest and oldest mean."""
    if description.published_on is not None:
        return description.published_on.isoformat()
    return f"{description.year:04}" if description.year is not None else ""


def _facets(report: StoredReport) -> Iterator[tuple[str, tuple[str, ...]]]:
    description, place = report.description, report.description.place
    yield "level", (description.level or UNKNOWN,)
    yield "year", (str(description.year) if description.year is not None else UNKNOWN,)
    yield "script", (description.script or UNKNOWN,)
    yield "province", (_division(place.province, place.code, 2),)
    yield "prefecture", (_division(place.prefecture, place.code, 4),)
    yield "county", (_division(place.county, place.code, 6),)
    yield "township", (_division(place.township, place.code, 9),)
    yield "bureau", (_bureau(description),)
    yield "kind", (description.kind,)
    yield "flag", description.flags or (UNKNOWN,)
    yield "site", (_site(report),)


def _numbers(report: StoredReport) -> Iterator[str]:
    """Yield the report's own 文号, then those that it cites and those of the known documents behind them."""
    own = [value for name, value in report.fields.extra if "文号" in name and value.strip()]
    cited = report.description.citations
    known = [one.law_number for one in cited if one.state in SURE_STATES]
    yield from dict.fromkeys(number for number in (*own, *(one.number for one in cited), *known) if number)


def to_document(report: StoredReport) -> IndexDocument:
    """Return the index's view of one version of a report; the caller sees to it that it is the latest."""
    description, place = report.description, report.description.place
    places = (place.province, place.prefecture, place.county, place.township)
    bureau = description.bureau
    return IndexDocument(
        report_id=report.report_id,
        title=report.title,
        paragraphs=tuple(paragraph.text for paragraph in report.paragraphs),
        facets=tuple(_facets(report)),
        issuer=description.issuer or "",
        place=" ".join(name for name in places if name),
        bureau=" ".join(name for name in (bureau.name, bureau.domain) if name) if bureau else "",
        numbers=tuple(_numbers(report)),
        order_key=_order_key(description),
        family=report.family.representative if report.family else "",
        standing=report.family.standing if report.family else "",
    )
