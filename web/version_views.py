"""A report's versions: what changed between two, citations as files, and the ways through time of RFC 7089."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from archive.errors import NotHeld
from archive.ids import normalise_address
from archive.ids import report_id as id_of
from archive.model import CaptureInfo
from web.addresses import LAST_VERSION, frozen_path, public_address, settle_id, version_path
from web.beside import to_rows
from web.cite_files import FILE_FORMATS
from web.cite_panel import read_choice, work_of
from web.holdings import current_store
from web.links import LINK_FORMAT, link

versions = Blueprint("versions", __name__)
versions.before_request(settle_id)

_NUMBER = f"int(min=1, max={LAST_VERSION})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """One version with the moment of its first capture."""

    version: int
    captured_at: datetime


@versions.get(f"/r/<report_id>/v/<{_NUMBER}:version>/diff/<{_NUMBER}:other>")
def difference(report_id: str, version: int, other: int) -> str:
    """Show two versions of a report beside each other."""
    store = current_store()
    here, there = store.report(report_id, version), store.report(report_id, other)
    return render_template("versions.html", here=here, there=there, rows=to_rows(here, there))


@versions.get(f"/r/<report_id>/v/<{_NUMBER}:version>/cite.<suffix>")
def cite_file(report_id: str, version: int, suffix: str) -> Response:
    """Give the citation of a version in a format that reference managers read."""
    form = next((one for one in FILE_FORMATS if one.suffix == suffix), None)
    if form is None:
        abort(HTTPStatus.NOT_FOUND)
    report = current_store().report(report_id, version)
    response = make_response(form.write(work_of(report, read_choice(request.args))))
    response.headers["Content-Type"] = f"{form.media_type}; charset=utf-8"
    name = f"{report.report_id}v{version}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Link"] = link(frozen_path(report), "describes")
    return response


@versions.get("/r/<report_id>/timemap")
def timemap(report_id: str) -> Response:
    """List the versions of a report with the moment of their capture (RFC 7089, section 5; RFC 6690)."""
    mementos, original = _mementos(report_id)
    lines = [
        link(original, "original") if original else "",
        link(url_for("versions.timegate", report_id=report_id), "timegate"),
        link(
            url_for("versions.timemap", report_id=report_id),
            "self",
            type=LINK_FORMAT,
            **{"from": _http_date(mementos[0].captured_at), "until": _http_date(mementos[-1].captured_at)},
        ),
        *(_memento_link(report_id, at, mementos) for at in range(len(mementos))),
    ]
    response = make_response(",\n".join(line for line in lines if line) + "\n")
    response.headers["Content-Type"] = LINK_FORMAT
    return response


@versions.get("/r/<report_id>/timegate")
def timegate(report_id: str) -> Response:
    """Lead to the version that was captured last before the day of `Accept-Datetime` (RFC 7089, section 4.5)."""
    mementos, original = _mementos(report_id)
    asked = _accepted(mementos[-1].captured_at)
    before = [one for one in mementos if one.captured_at <= asked]
    chosen = before[-1] if before else mementos[0]
    response = make_response(redirect(version_path(report_id, chosen.version), HTTPStatus.FOUND))
    response.headers["Vary"] = "accept-datetime"
    links = [link(url_for("versions.timemap", report_id=report_id), "timemap", type=LINK_FORMAT)]
    response.headers["Link"] = ", ".join([*links, *([link(original, "original")] if original else [])])
    return response


@versions.get("/timegate/<path:address>")
def timegate_of_address(**_: str) -> Response:
    """Lead a page's own address to the timegate of its report."""
    return _of_address("versions.timegate", "/timegate/")


@versions.get("/timemap/link/<path:address>")
def timemap_of_address(**_: str) -> Response:
    """Lead a page's own address to the timemap of its report."""
    return _of_address("versions.timemap", "/timemap/link/")


def _of_address(endpoint: str, prefix: str) -> Response:
    asked = request.full_path.removeprefix(prefix).removesuffix(
        "?"
    )  # a page's address has a query of its own
    try:
        wanted = id_of(normalise_address(asked), 0)
    except ValueError as error:
        raise NotHeld(str(error)) from error
    current_store().report(wanted)
    return make_response(redirect(url_for(endpoint, report_id=wanted), HTTPStatus.FOUND))


def _mementos(report_id: str) -> tuple[tuple[Memento, ...], str | None]:
    """Return the versions in order of their first capture, and the address that they were captured from."""
    store = current_store()
    report = store.report(report_id)  # a withdrawn report has no mementos: 410
    history = store.history(report.report_id)
    first: dict[int, CaptureInfo] = {}
    for version, info in history:
        first.setdefault(version, info)
    mementos = [
        Memento(version=version, captured_at=info.captured_at.replace(microsecond=0))
        for version, info in first.items()
    ]
    original = next((info.source_url for _, info in reversed(history) if info.source_url), None)
    return tuple(sorted(mementos, key=lambda one: (one.captured_at, one.version))), original


def _accepted(default: datetime) -> datetime:
    """Read `Accept-Datetime`; the last capture where there is none. Ends with 400 where it can't be read."""
    header = request.headers.get("Accept-Datetime")
    if not header:
        return default
    try:
        asked = parsedate_to_datetime(header)
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST, "Accept-Datetime is not a date as RFC 7231 writes it")
    return asked if asked.tzinfo else asked.replace(tzinfo=UTC)


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _memento_link(report_id: str, at: int, mementos: Sequence[Memento]) -> str:
    names = [name for name, is_it in (("first", at == 0), ("last", at == len(mementos) - 1)) if is_it]
    one = mementos[at]
    return link(
        public_address(version_path(report_id, one.version)),
        " ".join([*names, "memento"]),
        datetime=_http_date(one.captured_at),
    )
