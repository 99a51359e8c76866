"""Lets scripts of other sites read what the API gives (CORS): without cookies, and reading only."""

from flask import Flask, Response, request

OPEN_PATHS = ("/api/", "/healthz", "/search.", "/csv/", "/opensearch.xml", "/sitemap", "/robots.txt")
"""Addresses that begin so give data, the same to everybody who asks in the same language."""

_PREFLIGHT_SECONDS = 24 * 3600
_HEADERS = {
    "Access-Control-Allow-Origin": "*",  # any site; browsers then send no cookie and no login
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition, Retry-After, Repr-Digest,"
    " X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
}
_PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept-Language, If-None-Match",
    "Access-Control-Max-Age": str(_PREFLIGHT_SECONDS),
}


def register(app: Flask) -> None:
    """Say so in every answer of the API, errors too."""

    @app.after_request
    def share(response: Response) -> Response:
        if request.path.startswith(OPEN_PATHS):
            response.headers.update(_HEADERS)
            if request.method == "OPTIONS":
                response.headers.update(_PREFLIGHT_HEADERS)
        return response
