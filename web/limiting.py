"""How many requests one reader may make: the one door to Flask-Limiter.

Counted in this process's memory: with several processes each counts for itself, and a proxy in front is the
better place (docs/running.md).
"""

from http import HTTPStatus
from typing import cast

from flask import Flask, Response
from flask.typing import RouteCallable
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import parse_many
from werkzeug.exceptions import HTTPException

UNCOUNTED = ("static", "api.health")
"""A page's own pictures and styles, and the monitor, which must not be locked out behind a busy address."""

LOG_IN = "adding.log_in"
LOG_IN_LIMIT = "10/minute"
"""Guesses at the keeper's token, whatever else is allowed."""

_REFUSED = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def is_limit(text: str) -> bool:
    """Whether `text` is a limit that can be kept, such as 120/minute."""
    try:
        return bool(parse_many(text))
    except ValueError:
        return False


def limit_reached(error: HTTPException) -> tuple[int, int] | None:
    """Return how many requests in how many seconds were allowed; None for an error of another kind."""
    if not isinstance(error, RateLimitExceeded):
        return None
    return error.limit.limit.amount, error.limit.limit.get_expiry()


def _wait_only_when_refused(response: Response) -> Response:
    """Take back the Retry-After that the limiter gives with every answer: nobody has to wait who was answered."""
    if response.status_code not in _REFUSED:
        response.headers.pop("Retry-After", None)
    return response


def limit_requests(app: Flask, limit: str) -> None:
    """Let each address make so many requests, empty for no limit. Call it when all addresses are registered.

    One more is answered 429 like any other error; the limiter adds Retry-After and what is left (X-RateLimit-…).
    """
    if not limit and LOG_IN not in app.view_functions:
        return
    app.after_request(
        _wait_only_when_refused
    )  # before the limiter's own hook is there, so that it runs after it
    limiter = Limiter(
        get_remote_address,
        app=app,
        application_limits=[limit] if limit else [],
        storage_uri="memory://",
        headers_enabled=True,
    )
    for endpoint in UNCOUNTED:
        limiter.exempt(app.view_functions[endpoint])
    if LOG_IN in app.view_functions:
        limited = limiter.limit(LOG_IN_LIMIT)(app.view_functions[LOG_IN])
        app.view_functions[LOG_IN] = cast("RouteCallable", limited)
