"""The page that finds what a citation names, one or a list of them. Accepts a posted list; keeps nothing."""

import csv
import io
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.resolve import Resolution
from archive.resolve.listing import COLUMNS, MOST_LINES, read_lines, to_row
from index.engine import Engine
from web.addresses import public_address
from web.holdings import current_engine, current_store
from web.resolving import (
    CERTAINTY_LABELS,
    KIND_LABELS,
    answer,
    answers,
    path_of_match,
    resolution_json,
    to_view,
)

citing = Blueprint("citing", __name__)

MOST_TEXT_CHARS = 4_000
"""Some three pages; longer texts are cut, and the passage is found by its beginning."""


@citing.get("/cite")
def page() -> str | AnyResponse:
    """Lead an id, an address or a whole title to the stored copy, show where a passage stands, or say what was not found."""
    text = _asked()
    if not text:
        return render_template("cite.html", text="", found=None, most_lines=MOST_LINES)
    found = answer(text)
    if _leads_on(found) and found.best:
        return redirect(path_of_match(found.best))
    return render_template(
        "cite.html",
        text=text,
        found=found,
        best=to_view(found.best) if found.best else None,
        copies=[to_view(one) for one in found.copies],
        candidates=[to_view(one) for one in found.candidates],
        kind=KIND_LABELS[found.kind],
        certainty=CERTAINTY_LABELS[found.certainty],
        most_lines=MOST_LINES,
    )


def _leads_on(found: Resolution) -> bool:
    """Whether there is nothing to choose and nothing to tell: the reader goes straight to the copy."""
    is_named = found.kind in {"id", "address"} or (found.kind == "title" and not found.copies)
    return is_named and found.certainty in {"exact", "folded"}


@citing.get("/api/resolve")
def resolve_one() -> Response:
    """Answer one text as JSON."""
    return jsonify(resolution_json(answer(_asked())))


def _asked() -> str:
    return request.args.get("q", "").replace("\x00", "").strip()[:MOST_TEXT_CHARS]


def _address_of(found: Resolution) -> str:
    """Return the full address of what was found: the stored copy, or the law's page; empty for nothing."""
    if found.best:
        return public_address(path_of_match(found.best))
    return public_address(url_for("laws.page", title=found.law.title)) if found.law else ""


@citing.post("/cite")
def resolve_many() -> Response:
    """Answer a posted list, lines or a table, with a table (CSV, UTF-8 with a mark that spreadsheets know)."""
    upload = request.files.get("file")
    content = upload.read() if upload else b""
    lines = read_lines(content or request.form.get("list", "").encode("utf-8", "surrogatepass"))
    if not lines:
        return make_response(redirect(url_for("citing.page"), HTTPStatus.SEE_OTHER))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    engine: Engine = current_engine()
    for found in answers(lines, current_store(), engine):
        writer.writerow(to_row(found, _address_of(found)))
    response = make_response(out.getvalue().encode("utf-8-sig"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="resolved.csv"'
    return response
