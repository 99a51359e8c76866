"""The addresses that pages link to, and what a request's own address must say."""

from http import HTTPStatus

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from archive.errors import NotHeld
from archive.ids import read_id
from archive.model import CaptureInfo, StoredReport

LAST_VERSION = 999_999
"""Far beyond any report's versions, and within what a store can be asked for."""


def latest_path(report_id: str) -> str:
    """Return the path of a report's latest version."""
    return url_for("reports.latest", report_id=report_id)


def frozen_path(report: StoredReport) -> str:
    """Return the path of exactly this version."""
    return url_for("reports.frozen", report_id=report.report_id, version=report.version.version)


def version_path(report_id: str, version: int) -> str:
    """Return the path of one version, known by its number."""
    return url_for("reports.frozen", report_id=report_id, version=version)


def capture_path(report: StoredReport, info: CaptureInfo | None = None, *, raw: bool = False) -> str:
    """Return the path of a version's page as received: the latest capture, or the one that `info` names."""
    return url_for(
        "captures.raw" if raw else "captures.page",
        report_id=report.report_id,
        v=None if report.is_latest else report.version.version,
        n=info.capture_id if info else None,
    )


def found_path(report: StoredReport, text: str, anchor: str | None = None) -> str:
    """Return a hit's path; the searched words go along, to be marked in its text."""
    return url_for("reports.latest", report_id=report.report_id, q=text or None, _anchor=anchor)


def public_address(path: str) -> str:
    """Return the whole address of a path: under PUBLIC_ADDRESS where that is set, else as it was asked for."""
    base = str(current_app.config["PUBLIC_ADDRESS"]) or request.host_url
    return base.rstrip("/") + path


def settle_id() -> Response | None:
    """Before a request: lead a misread id to its one spelling. Raises NotHeld when it can't be an id."""
    arguments = request.view_args or {}
    written = arguments.get("report_id")
    if written is None or request.endpoint is None:
        return None
    settled = read_id(written)
    if settled is None:
        raise NotHeld(
            f"{written[:60]!r} is not a report id: those have 12 letters and digits, no i, l, o or u"
        )
    if settled == written:
        return None
    values = {**request.args.to_dict(flat=False), **arguments, "report_id": settled}
    return redirect(url_for(request.endpoint, **values), HTTPStatus.MOVED_PERMANENTLY)


def asked_number(name: str) -> int | None:
    """Return the number that a parameter holds, None where it is absent or not a number.

    Raises NotHeld for one that no version or capture can have.
    """
    number = request.args.get(name, type=int)
    if number is not None and not 0 < number <= LAST_VERSION:
        raise NotHeld(f"versions and captures count from 1; there is none of number {number}")
    return number
