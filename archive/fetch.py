"""One page from the web, for `new-site` and the page that adds. Reads the network; nothing else in the archive does."""

import http.client
from datetime import UTC, datetime
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from archive.errors import UnreadableSource
from archive.model import Capture
from archive.public_hosts import MayReach, guarded_handlers

TIMEOUT_SECONDS = 30.0
_NAME = "disclosure-archive (one page, asked for by a person)"
_PAGES = frozenset({"text/html", "text/plain", "application/xhtml+xml", "text/xml", "application/xml"})
_CHUNK_BYTES = 65536
_INSTEAD = "save the page in a browser and give its file"


def fetch(
    address: str,
    *,
    limit_bytes: int,
    timeout_seconds: float = TIMEOUT_SECONDS,
    may_reach: MayReach | None = None,
) -> Capture:
    """Fetch one page over HTTP; `source_url` is the address that redirects led to.

    `timeout_seconds` is for the whole page. With `may_reach` only hosts are spoken to all of whose IP addresses it
    allows, at each redirect too, and never through a proxy. Raises UnreadableSource naming the address when there is none to be had.
    """
    if not address.lower().startswith(("http://", "https://")):
        raise UnreadableSource(
            f"{address}: only http and https addresses are fetched; save the page and give its file"
        )
    try:
        with _opener(may_reach).open(_request(address), timeout=timeout_seconds) as answer:
            return _capture(address, answer, limit_bytes, monotonic() + timeout_seconds)
    except HTTPError as error:
        error.close()  # it is the answer too, and holds the connection
        raise UnreadableSource(f"{address}: {_said(error)}; check the address, or {_INSTEAD}") from error
    except (URLError, OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreadableSource(
            f"{address}: {' '.join(str(reason).split()) or type(error).__name__}; {_INSTEAD}"
        ) from error


def _opener(may_reach: MayReach | None) -> OpenerDirector:
    """Return what speaks HTTP only: urllib's own would follow a redirect to ftp, or read a file."""
    speakers = (
        (ProxyHandler(), HTTPHandler(), HTTPSHandler()) if may_reach is None else guarded_handlers(may_reach)
    )
    others = (UnknownHandler(), HTTPRedirectHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor())
    opener = OpenerDirector()
    for handler in (*speakers, *others):
        opener.add_handler(handler)
    return opener


def _request(address: str) -> Request:
    """Ask for an address as a browser would: what is not ASCII is quoted, the host in its own alphabet."""
    parts = urlsplit(address)
    name = (parts.hostname or "").encode("idna").decode("ascii")
    host = (f"[{name}]" if ":" in name else name) + (f":{parts.port}" if parts.port else "")
    path, query = (quote(part, safe="%/:;=&?~+!$,'@()*[]") for part in (parts.path, parts.query))
    return Request(urlunsplit((parts.scheme, host, path, query, "")), headers={"User-Agent": _NAME})


def _said(error: HTTPError) -> str:
    first_line, _, _ = str(error.reason).strip().partition("\n")
    return f"the server says {error.code} {first_line}".rstrip(". ")


def _capture(address: str, answer: http.client.HTTPResponse, limit_bytes: int, deadline: float) -> Capture:
    headers = answer.headers
    media_type = headers.get_content_type() if "Content-Type" in headers else "text/html"
    if media_type not in _PAGES:
        raise UnreadableSource(
            f"{address}: the server sends {media_type}, which is no page; give the page's address"
        )
    body = _read(address, answer, limit_bytes, deadline)
    length = headers.get("Content-Length", "")
    if length.isdecimal() and len(body) < int(length):
        raise UnreadableSource(f"{address}: only {len(body)} of {length} bytes came; try again")
    return Capture(
        body=body,
        captured_at=datetime.now(tz=UTC),
        media_type="text/plain" if media_type == "text/plain" else "text/html",
        origin=address,
        source_url=answer.url,
        charset=headers.get_content_charset(),
    )


def _read(address: str, answer: http.client.HTTPResponse, limit_bytes: int, deadline: float) -> bytes:
    body = bytearray()
    while chunk := answer.read1(_CHUNK_BYTES):
        body += chunk
        if len(body) > limit_bytes:
            raise UnreadableSource(
                f"{address}: more than {limit_bytes} bytes; save a smaller page and give its file"
            )
        if monotonic() > deadline:
            raise TimeoutError("the page does not come to its end in time")
    if not body:
        raise UnreadableSource(f"{address}: the page is empty; check the address")
    return bytes(body)
