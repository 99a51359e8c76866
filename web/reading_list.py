"""A reading list, which the reader's browser keeps and an address carries; and two of its reports beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from archive.model import StoredReport
from archive.resolve.references import read_reference
from web.addresses import frozen_path, public_address
from web.holdings import current_store
from web.taking_out import FORM_NAMES, to_file

reading_list = Blueprint("reading_list", __name__)

MOST_LISTED = 200
"""An address of so many ids has 3,200 characters; servers and browsers take 8,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One report of a list, with the address to cite and the list without it."""

    report: StoredReport
    address: str
    path_without: str


@reading_list.get("/list")
def page() -> str:
    """Show the reports that the address names, in its order; without any, what a reading list is."""
    ids, left_out = asked_ids()
    held = current_store().reports(ids)
    listed = [
        Listed(
            report=held[one],
            address=public_address(frozen_path(held[one])),
            path_without=_path(url_for("reading_list.page"), [other for other in ids if other != one]),
        )
        for one in ids
        if one in held
    ]
    return render_template(
        "list.html",
        listed=listed,
        missing=[one for one in ids if one not in held],
        left_out=left_out,
        most=MOST_LISTED,
        files=[
            (
                name,
                _path(url_for("reading_list.file", suffix=suffix), [one.report.report_id for one in listed]),
            )
            for suffix, name in FORM_NAMES.items()
        ],
    )


@reading_list.get("/list.<suffix>")
def file(suffix: str) -> Response:
    """Give the reports that the address names as a table, JSON lines or a bibliography."""
    if suffix not in FORM_NAMES:
        raise NotFound
    return to_file(suffix, asked_ids()[0])


@reading_list.get("/compare")
def compare() -> str | AnyResponse:
    """Lead to two reports beside each other, named by `a` and `b` or chosen from a list; or ask for them."""
    written = [*(request.args.get(name, "") for name in ("a", "b")), *request.args.getlist("id")]
    given = [one for one in written if one.strip()]
    ids = _read(given)
    held = current_store().reports(ids)
    if len(ids) == len(given) == len(held) == 2:
        return redirect(url_for("families.compare", report_id=ids[0], other_id=ids[1]))
    unread = [one[:80] for one in given if not held.keys() & set(_read([one]))]
    return render_template("choose_two.html", given=given[:2], unread=unread[:2])


def asked_ids() -> tuple[tuple[str, ...], int]:
    """Return the ids that the address names, each once, and how many were too many."""
    ids = _read(request.args.getlist("id"))
    return ids[:MOST_LISTED], max(0, len(ids) - MOST_LISTED)


def _read(texts: Iterable[str]) -> tuple[str, ...]:
    """Read ids and our own addresses; anything else is left out."""
    references = map(read_reference, texts)
    return tuple(dict.fromkeys(one.report_id for one in references if one is not None))


def _path(path: str, ids: Iterable[str]) -> str:
    asked = urlencode([("id", one) for one in ids])
    return f"{path}?{asked}" if asked else path
