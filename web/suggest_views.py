"""The address that suggestions come from."""

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from web.addresses import latest_path
from web.filters import search_address
from web.holdings import current_engine, current_store
from web.records import Json
from web.suggesting import NameBook, Suggestion, suggest

suggestions = Blueprint("suggestions", __name__)
BOOK = "archive-name-book"


@suggestions.get("/api/suggest")
def answer() -> Response:
    """Give at most ten suggestions for what was typed so far."""
    typed = request.args.get("q", "")
    return jsonify(query=typed, suggestions=[_to_json(one) for one in suggested(typed)])


def suggested(typed: str) -> tuple[Suggestion, ...]:
    """Return the suggestions from what the request's archive holds."""
    book: NameBook = current_app.extensions[BOOK]
    return suggest(typed, current_store(), current_engine(), book)


def _to_json(one: Suggestion) -> Json:
    address = search_address(one.state) if one.state is not None else latest_path(str(one.report_id))
    return {"kind": one.kind, "label": one.label, "text": one.text, "count": one.count, "address": address}


def register(app: Flask) -> None:
    """Answer the address, with one book of names for the whole application."""
    app.extensions[BOOK] = NameBook()
    app.register_blueprint(suggestions)
