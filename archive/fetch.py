"""One page from the web, for `new-site`. Reads the network; nothing else in the archive does."""

from datetime import UTC, datetime
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from archive.errors import UnreadableSource
from archive.model import Capture

_TIMEOUT_SECONDS = 30
_NAME = "disclosure-archive new-site (one page, asked for by a person)"


def fetch(address: str, *, limit_bytes: int) -> Capture:
    """Fetch one page over HTTP. Raises UnreadableSource naming the address when there is none to be had."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise UnreadableSource(
            f"{address}: only http and https addresses are fetched; save the page and give its file"
        )
    try:
        with urlopen(Request(address, headers={"User-Agent": _NAME}), timeout=_TIMEOUT_SECONDS) as answer:
            body = answer.read(limit_bytes + 1)
            charset, media_type = answer.headers.get_content_charset(), answer.headers.get_content_type()
    except (URLError, OSError, ValueError) as error:
        raise UnreadableSource(f"{address}: {error}; save the page in a browser and give its file") from error
    if len(body) > limit_bytes:
        raise UnreadableSource(
            f"{address}: more than {limit_bytes} bytes; save a smaller page and give its file"
        )
    return Capture(
        body=body,
        captured_at=datetime.now(tz=UTC),
        media_type="text/plain" if media_type == "text/plain" else "text/html",
        origin=address,
        source_url=address,
        charset=charset,
    )
