"""What a reader chose for all pages, the language and the colours: a parameter sets it, a cookie keeps it."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask, Response, has_request_context, request

KEPT_CHARS = 500
"""How much of a parameter the switches repeat: as much as a search reads."""

_COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link that shows the present page with another value of a preference."""

    value: str
    name: str  # in full
    short: str
    path: str
    is_current: bool


def chosen(name: str, allowed: Collection[str]) -> str | None:
    """Return what the request's parameter asks for, else what its cookie kept; None where neither is allowed."""
    if not has_request_context():
        return None
    asked = (request.args.get(name), request.cookies.get(name))
    return next((value for value in asked if value in allowed), None)


def path_with(name: str, value: str | None) -> str:
    """Return the present address with this one parameter changed, or left out where `value` is None."""
    pairs = [(key, one[:KEPT_CHARS]) for key, one in request.args.items(multi=True) if key != name]
    pairs += [(name, value)] if value is not None else []
    # One slash only: an address that begins with two would name another host.
    path = f"{request.script_root}/{quote(request.path.lstrip('/'))}"
    return f"{path}?{urlencode(pairs)}" if pairs else path


def declare(app: Flask, name: str, allowed: Collection[str]) -> None:
    """Keep this preference in a cookie of its name whenever a request's parameter sets it."""

    @app.after_request
    def keep(response: Response) -> Response:
        value = request.args.get(name)
        if value is not None and value in allowed:
            response.set_cookie(name, value, max_age=_COOKIE_SECONDS, httponly=True, samesite="Lax")
        return response
