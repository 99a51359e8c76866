"""The `Link` header of a report: versions, captures in time, and what machines look for (signposting).

RFC 5829 (versions), RFC 7089 (Memento), RFC 8574 (cite-as), https://signposting.org/.
"""

from collections.abc import Iterator
from datetime import UTC
from email.utils import format_datetime

from flask import Response, url_for

from archive.model import StoredReport
from web.addresses import frozen_path, latest_path, public_address, version_path

LINK_FORMAT = "application/link-format"


def link(path: str, rel: str, **attributes: str) -> str:
    """Return one link of a header; a path becomes a whole address."""
    address = path if "://" in path else public_address(path)
    more = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{address}>; rel="{rel}"{more}'


def add_links(response: Response, report: StoredReport) -> None:
    """Say in the header where the other versions of a report are and how it is cited."""
    response.headers["Link"] = ", ".join((*_versions(report), *_times(report), *_signposts(report)))


def add_moment(response: Response, report: StoredReport) -> None:
    """Say in the header of a frozen version when its page was first captured so (RFC 7089, section 2.1.1)."""
    first = report.captures[0]
    if first.source_url:
        moment = first.captured_at.astimezone(UTC).replace(microsecond=0)
        response.headers["Memento-Datetime"] = format_datetime(moment, usegmt=True)


def add_canonical(response: Response, report_id: str) -> None:
    """Say in the header which address is the one to keep."""
    response.headers["Link"] = link(latest_path(report_id), "canonical")


def _versions(report: StoredReport) -> Iterator[str]:
    number = report.version.version
    yield link(latest_path(report.report_id), "canonical")
    yield link(latest_path(report.report_id), "latest-version")
    if number > 1:
        yield link(version_path(report.report_id, number - 1), "predecessor-version")
    if not report.is_latest:
        yield link(version_path(report.report_id, number + 1), "successor-version")


def _times(report: StoredReport) -> Iterator[str]:
    """Give the ways through time where there is more than one moment to go to."""
    original = next((one.source_url for one in reversed(report.captures) if one.source_url), None)
    if original is None or len(report.versions) + len(report.captures) < 3:
        return
    yield link(original, "original")
    yield link(url_for("versions.timegate", report_id=report.report_id), "timegate")
    yield link(url_for("versions.timemap", report_id=report.report_id), "timemap", type=LINK_FORMAT)


def _signposts(report: StoredReport) -> Iterator[str]:
    report_id, number = report.report_id, report.version.version
    yield link(frozen_path(report), "cite-as")
    yield link("https://schema.org/Report", "type")
    yield link("https://schema.org/AboutPage", "type")
    facts = url_for("api.report", report_id=report_id, version=number)
    yield link(facts, "describedby", type="application/json")
    csl = url_for("versions.cite_file", report_id=report_id, version=number, suffix="json")
    yield link(csl, "describedby", type="application/vnd.citationstyles.csl+json")
    if report.is_latest:
        yield link(url_for("reports.markdown", report_id=report_id), "item", type="text/markdown")
    capture = url_for("captures.raw", report_id=report_id, v=None if report.is_latest else number)
    yield link(capture, "item", type=report.captures[-1].media_type)
    if report.parent_id:
        yield link(latest_path(report.parent_id), "collection")
