"""Answers of text packed with gzip for readers who take it."""

import gzip
from http import HTTPStatus

from flask import Flask, Response, request

LEAST_BYTES = 1024
"""A shorter answer fits into one packet as it is."""

_LEVEL = 5
_PACKED = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")


def compress(app: Flask) -> None:
    """Pack what `app` answers. Call it before the hook that sets ETags is registered: hooks run last first."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    """Pack a whole answer in memory; streams, downloads and what is packed already stay as they are.

    The ETag then is a weak one: packed and bare are the same page in other bytes (RFC 9110, 8.8.1).
    """
    is_asset = request.endpoint == "static" and response.status_code == HTTPStatus.OK  # a whole file of ours
    is_stream = not is_asset and (response.is_streamed or response.direct_passthrough)
    if is_stream or not (response.mimetype or "").startswith(_PACKED):
        return response
    response.vary.add("Accept-Encoding")
    is_wanted = request.accept_encodings["gzip"] > 0 and response.status_code != 304
    if not is_wanted or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST_BYTES:
        return response
    response.set_data(gzip.compress(body, _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response
