"""One JSON line on standard error for each request: what was asked for, how it went, how long it took.

Without query text and reader's address unless the keeper says so: what a reader searched for is nobody's business.
"""

import json
import sys
import time
from datetime import UTC, datetime
from typing import TextIO

from flask import Flask, Response, g, request

_STATIC = "static"


def log_access(app: Flask, *, with_queries: bool, out: TextIO | None = None) -> None:
    """Log every request that `app` answers, static files aside, to `out` (default: standard error)."""

    @app.before_request
    def start() -> None:
        g.started_at = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        if request.endpoint != _STATIC:
            print(_line(response, with_queries=with_queries), file=out or sys.stderr, flush=True)
        return response


def _line(response: Response, *, with_queries: bool) -> str:
    """Return the line. A path names a report, which is public; what stands behind `?` may name a reader's interest."""
    took = time.perf_counter() - g.get("started_at", time.perf_counter())
    record: dict[str, object] = {
        "time": datetime.now(tz=UTC).isoformat(timespec="milliseconds"),
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "bytes": response.content_length,
        "took_ms": round(took * 1000, 1),
    }
    if with_queries:
        record |= {"query": request.query_string.decode("utf-8", "replace"), "address": request.remote_addr}
    return json.dumps(record, ensure_ascii=False)
