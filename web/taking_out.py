"""All hits of a search as a file: a table, JSON lines or a bibliography, in the order of the list.

One search gives the ids; texts are read from the store a batch at a time while the file is being sent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, request, stream_with_context, url_for

from archive.export import csv_lines, jsonl_line
from archive.model import StoredReport
from index.query import parse
from web.arguments import read_arguments
from web.cite_files import bibtex
from web.cite_panel import Choice, work_of
from web.holdings import current_engine, current_store
from web.params import SearchState, to_arguments, to_request
from web.records import to_json, to_summary

taking_out = Blueprint("taking_out", __name__)

BATCH = 100
"""Reports read from the store at once: some 2 MB of texts."""

FILES = (
    ("CSV", "taking_out.table"),
    ("JSON Lines", "taking_out.lines"),
    ("BibTeX", "taking_out.bibliography"),
    ("Atom", "feeds.feed"),
)
"""What a search can be taken out as: names that are the same in every language, and endpoints."""

Lines = Callable[[Iterator[StoredReport]], Iterator[bytes]]
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """Where a search can be had as a file; `form_path` for a form that brings the search itself."""

    name: str
    path: str
    form_path: str


@taking_out.app_template_filter("files")
def files(state: SearchState) -> tuple[FileLink, ...]:
    """Return every form that a search can be taken out in."""
    asked = urlencode(to_arguments(replace(state, page=1, size=SearchState().size)))
    return tuple(
        FileLink(name=name, path=f"{url_for(endpoint)}?{asked}", form_path=url_for(endpoint))
        for name, endpoint in FILES
    )


@taking_out.get("/search.csv")
def table() -> Response:
    """Give all hits as a table, without their texts."""
    return to_file("csv", all_ids())


@taking_out.get("/search.jsonl")
def lines() -> Response:
    """Give all hits whole, as /api/reports/ID gives them, one on each line."""
    return to_file("jsonl", all_ids())


@taking_out.get("/search.bib")
def bibliography() -> Response:
    """Give all hits as a bibliography."""
    return to_file("bib", all_ids())


def bibliography_lines(reports: Iterable[StoredReport]) -> Iterator[bytes]:
    """Yield one BibTeX entry for each report, citing the version that is shown."""
    for report in reports:
        yield f"{bibtex(work_of(report, Choice()))}\n".encode()


def all_ids() -> tuple[str, ...]:
    """Return every hit of the search that the request asks for, in its order."""
    state, _ = read_arguments(request.args)
    asked = replace(
        to_request(state, parse(state.text)),
        offset=0,
        limit=max(1, current_store().report_count()),
        explained=False,
    )
    return tuple(hit.report_id for hit in current_engine().search(asked).hits)


def reports_of(ids: Iterable[str]) -> Iterator[StoredReport]:
    """Yield the latest versions in the order of their ids, a batch at a time; those withdrawn since are left out."""
    for batch in _batches(ids):
        held = current_store().reports(batch)
        yield from (held[one] for one in batch if one in held)


def _batches(items: Iterable[_Item]) -> Iterator[tuple[_Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


FORM_NAMES: Mapping[str, str] = {"csv": "CSV", "jsonl": "JSON Lines", "bib": "BibTeX"}
"""What reports can be taken out as, by the end of the address."""

_FORMS: Mapping[str, tuple[str, Lines]] = {
    "csv": ("text/csv", lambda reports: csv_lines(map(to_summary, reports))),
    "jsonl": ("application/jsonl", lambda reports: (jsonl_line(to_json(one)) for one in reports)),
    "bib": ("application/x-bibtex", bibliography_lines),
}


def to_file(suffix: str, ids: Iterable[str]) -> Response:
    """Send these reports as a file of one of the forms, while they are read."""
    media_type, to_lines = _FORMS[suffix]
    content = stream_with_context(to_lines(reports_of(ids)))
    response = Response(content, mimetype=media_type)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="reports.{suffix}"'
    response.headers["Cache-Control"] = "no-cache"
    return response
