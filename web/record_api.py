"""The JSON of what surrounds one report: its versions and their very texts, the page it stands on, another beside it."""

from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request, url_for
from werkzeug.exceptions import BadRequest

from archive.differences import SharedParagraph, shared_paragraphs
from archive.errors import NotHeld
from archive.ids import read_id
from archive.model import CaptureInfo, StoredReport, VersionInfo, canonical_text
from web.addresses import LAST_VERSION, public_address, settle_id
from web.holdings import current_store
from web.records import Json, to_summary

record_api = Blueprint("record_api", __name__, url_prefix="/api")
record_api.before_request(settle_id)

_TEXT_SECONDS = 24 * 3600
"""A version's text never changes, but it may be withdrawn: then it is gone from every cache within a day."""


@record_api.get("/reports/<report_id>/versions")
def versions(report_id: str) -> Response:
    """List a report's versions, and the captures that gave the latest."""
    report = current_store().report(report_id)
    return jsonify(
        id=report.report_id,
        versions=[_version_json(report, one) for one in report.versions],
        captures=[_capture_json(one) for one in report.captures],
    )


@record_api.get(f"/reports/<report_id>/versions/<int(min=1, max={LAST_VERSION}):version>/text")
def text(report_id: str, version: int) -> Response:
    """Give one version's text: the bytes that its digest is of, which never change."""
    report = current_store().report(report_id, version)
    response = make_response(canonical_text(report.title, report.paragraphs))
    response.mimetype = "text/plain"
    response.set_etag(report.version.digest)
    digest = b64encode(bytes.fromhex(report.version.digest)).decode("ascii")
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    response.headers["Cache-Control"] = f"public, max-age={_TEXT_SECONDS}, immutable"
    return response


@record_api.get("/compilations/<report_id>")
def compilation(report_id: str) -> Response:
    """Give a page that holds several reports, with each of them."""
    store = current_store()
    held = store.compilation(report_id)
    if held is None:
        raise NotHeld(f"no compilation {report_id} is held")
    parts = store.reports(held.part_ids)
    return jsonify(
        id=held.report_id,
        title=held.title,
        declared_count=held.declared_count,
        parts=[to_summary(parts[one]) for one in held.part_ids if one in parts],
    )


@record_api.get("/compare")
def compare() -> Response:
    """Give what the latest versions of two reports share, paragraph beside paragraph."""
    here, there = (current_store().report(_asked_id(name)) for name in ("a", "b"))
    texts = [[one.text for one in report.paragraphs] for report in (here, there)]
    return jsonify(
        here=to_summary(here),
        there=to_summary(there),
        shared=[_pair_json(pair) for pair in shared_paragraphs(*texts)],
    )


def _asked_id(name: str) -> str:
    written = request.args.get(name, "")
    wanted = read_id(written)
    if wanted is None:
        raise BadRequest(f"parameter {name} is {written[:60]!r}; give a report's id of 12 letters and digits")
    return wanted


def _version_json(report: StoredReport, info: VersionInfo) -> Json:
    named: dict[str, Any] = {"report_id": report.report_id, "version": info.version}
    return {
        "version": info.version,
        "digest": info.digest,
        "made_at": info.made_at.isoformat(),
        "cause": info.cause,
        "address": public_address(url_for("reports.frozen", **named)),
        "text_address": public_address(url_for("record_api.text", **named)),
    }


def _capture_json(info: CaptureInfo) -> Json:
    return {
        "number": info.capture_id,
        "captured_at": info.captured_at.isoformat(),
        "source_url": info.source_url,
        "media_type": info.media_type,
        "digest": info.digest,
        "length_bytes": info.length_bytes,
    }


def _pair_json(pair: SharedParagraph) -> Json:
    pieces = [{"here": one.here, "there": one.there, "same": not one.is_slot} for one in pair.pieces]
    return {"here": pair.here, "there": pair.there, "pieces": pieces}
