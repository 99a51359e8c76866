"""Addresses as people paste them: through an archive, with tracking parameters, without www. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from archive.ids import normalise_address

_ARCHIVED = re.compile(
    r"^(?:https?://)?(?:"
    r"(?:web\.)?archive\.org/web/(?:[0-9]{4,14}[a-z_]*|\*)/"  # the Wayback Machine, with id_, if_ and the like
    r"|(?:web\.)?archive\.org/save/(?:_embed/)?"
    r"|archive\.(?:is|today|ph|li|md|vn)/(?:[0-9.-]{4,19}|newest|oldest|timegate)/"
    r"|(?:www\.)?webarchive\.(?:org\.uk|loc\.gov|nla\.gov\.au)/(?:[a-z]+/)*[0-9]{4,14}/"
    r"|arquivo\.pt/wayback/[0-9]{4,14}/"
    r"|webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{6,}:)?"
    r"|timetravel\.mementoweb\.org/[a-z]+/[0-9]{4,14}/"
    r")(?P<inner>.+)$",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"^(?:utm_.*|spm|from|isappinstalled|scene|share_.*|fbclid|gclid|msclkid|yclid|igshid|mc_[ce]id|_hs.*|ref|referer"
    r"|tdsourcetag|bd_vid|hmsr|hmpl|hmcu|hmkw|hmci)$",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://[^\s<>\"“”《》（）【】，。；、]+", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE
)
_TRAILING = ".,;:!?。，；：、！？)）]】》>”’\"'"
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|aspx?|jsp|php)$", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[str]:
    """Yield the addresses in a text; a text that is one without its scheme is one too."""
    bare = text.strip().rstrip(_TRAILING)
    if _BARE_HOST.match(bare):
        yield f"http://{bare}"
    for match in _WEB.finditer(text):
        yield match[0].rstrip(_TRAILING)


def unwrapped(address: str) -> str:
    """Return the address that a web archive's address speaks of; any other as it is."""
    match = _ARCHIVED.match(address)
    if match is None:
        return address
    inner = unquote(match["inner"]) if "%3a" in match["inner"].lower()[:12] else match["inner"]
    return unwrapped(inner if "://" in inner[:9] else f"http://{inner}")


def without_tracking(address: str) -> str:
    """Leave out parameters that only say how a reader came."""
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[": no address at all
        return address
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.match(pair[0])]
    if len(kept) == len(pairs):
        return address
    return urlunsplit(parts._replace(query=urlencode(kept)))


def loose_form(address: str) -> str | None:
    """Return what addresses that are most likely one page have in common; None for what is no address.

    Beyond `normalise_address`: www., a slash at the end, index.html, tracking parameters, the order of the others.
    """
    try:
        parts = urlsplit(normalise_address(without_tracking(address)))
    except ValueError:
        return None
    host = parts.netloc.removeprefix("www.")
    path = _INDEX_PAGE.sub("", parts.path).rstrip("/")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{path}?{query}"


def stems(address: str) -> tuple[str, ...]:
    """Return how the identities of pages that are loosely this address begin, with www. and without."""
    loose = loose_form(address)
    if loose is None:
        return ()
    beginning = loose.partition("?")[0]
    return f"http://{beginning}", f"http://www.{beginning}"
