"""The JSON under /api/, and the health check."""

import json
from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from flask import Blueprint, Response, jsonify, request

from index.facet_counts import MOST_LISTED
from web.addresses import asked_number, latest_path, public_address, settle_id
from web.arguments import read_arguments
from web.explaining import explained
from web.finding import Found, FoundReport, find
from web.holdings import current_engine, current_store
from web.labels import FACET_NAMES, facet_value_label
from web.languages import gettext, listed
from web.quotes import anchor_of
from web.records import Json, to_json, to_summary

api = Blueprint("api", __name__)
api.before_request(settle_id)


@api.get("/api/search")
def search() -> Response:
    """Answer the search page's parameters with its result as JSON."""
    state, notes = read_arguments(request.args)
    found = find(state, current_store(), current_engine(), notes)
    most = None if request.args.get("values") == "all" else MOST_LISTED
    result = _to_result(found, most) | (explained(found) if request.args.get("explain") == "1" else {})
    response = jsonify(result)
    # How long it took is news each time and no change: without it, the same answer has the same tag.
    told = {name: value for name, value in result.items() if name != "took_ms"}
    response.set_etag(sha256(json.dumps(told).encode()).hexdigest(), weak=True)
    return response


@api.get("/api/reports/<report_id>")
def report(report_id: str) -> Response:
    """Give the latest version of one report, or the one that `version` names."""
    return jsonify(to_json(current_store().report(report_id, asked_number("version"))))


@api.get("/healthz")
def health() -> Response:
    """Say that store and index can be read, and whether the index has caught up with the store."""
    store, engine = current_store(), current_engine()
    behind = store.last_change() - engine.last_change()
    return jsonify(status="ok", version=_version(), reports=store.report_count(), index_behind_changes=behind)


def _version() -> str:
    try:
        return installed_version("disclosure-archive")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "not installed"


def _to_result(found: Found, most: int | None) -> Json:
    """Return a page of a search with at most so many values of each facet, the most frequent ones."""
    cut = [FACET_NAMES[facet] for facet, counts in found.result.facets if len(counts) > (most or len(counts))]
    return {
        "query": found.state.text,
        "total": found.result.total,
        "total_reports": found.result.total_reports,
        "page": found.state.page,
        "size": found.state.size,
        "took_ms": round(found.took_ms, 1),
        "hits": [_to_hit(hit) for hit in found.hits],
        "facets": {
            facet: [
                {"value": one.value, "label": facet_value_label(facet, one.value), "count": one.count}
                for one in counts[:most]
            ]
            for facet, counts in found.result.facets
        },
        "notes": [*found.notes, *([_cut_note(cut)] if cut else [])],
    }


def _cut_note(facets: list[str]) -> str:
    return gettext(
        "%(facets)s的值太多，各列出最多的 %(most)s 个（values=all 列出全部）",
        facets=listed(facets),
        most=MOST_LISTED,
    )


def _to_hit(hit: FoundReport) -> Json:
    """Return a report's fields without text, indicators and citations (/api/reports/ID has them), and what matches.

    Offsets count code points: a snippet's `start` and `end` in its paragraph, its `marks` in its own `text`.
    """
    return {
        **to_summary(hit.report),
        "score": round(hit.score, 4),
        "copies": hit.copies,
        "address": public_address(latest_path(hit.report.report_id)),
        "title_marks": [list(span) for span in hit.title_marks],
        "snippets": [
            {
                "paragraph": snippet.paragraph,
                "anchor": anchor_of(snippet.paragraph),
                "start": snippet.start,
                "end": snippet.end,
                "text": snippet.text,
                "marks": [list(span) for span in snippet.marks],
            }
            for snippet in hit.snippets
        ],
    }
