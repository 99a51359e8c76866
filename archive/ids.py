"""Ids and addresses: what makes two captures the same page, and what a report is called for ever.

Pure. The rules here are frozen: another result for the same input would break every address ever printed.
"""

import hashlib
import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from archive.model import Capture

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Douglas Crockford's base 32: no i, l, o or u, so that a printed id can be typed again."""

ID_CHARS = 12
_ID_BITS = 5 * ID_CHARS  # 60: one million reports collide with a chance of 4 in 10 million, and then loudly
_MISREAD = str.maketrans("ilo", "110")
_WEB_SCHEMES = ("http", "https")
_WEB_PORTS = (80, 443)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PATH_SAFE = "/%:@!$&'()*+,;=~"  # RFC 3986 pchar and "/"; "%" because escapes were settled before
_QUERY_SAFE = _PATH_SAFE + "?"
_LOGIN_SAFE = "%:!$&'()*+,;=~"
_NOT_IN_HOST = re.compile(r"[\x00-\x20\x7f/?#@\\<>^|%\[\]]")


def report_id(identity: str, part: int) -> str:
    """Return the id of part number `part` (0 for a whole page or its compilation) of what `identity` names.

    It is the first 60 bits of SHA-256 over the UTF-8 of `identity`, one LF and the part number in decimal,
    written most significant first in lower-case Crockford base 32.
    """
    digest = hashlib.sha256(f"{identity}\n{part}".encode()).digest()
    number = int.from_bytes(digest, "big") >> (256 - _ID_BITS)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(_ID_BITS - 5, -1, -5))


def read_id(text: str) -> str | None:
    """Return the id that a person meant by `text`, or None when it can't be one.

    Case is forgiven, i and l are read as 1, o as 0, as Crockford's base 32 asks.
    """
    candidate = text.strip().lower().translate(_MISREAD)
    if len(candidate) != ID_CHARS or not set(candidate) <= set(CROCKFORD):
        return None
    return candidate


def identity_of(capture: Capture) -> str:
    """Return what ids of this capture's reports are made from: its normalised address, else its digest.

    Raises ValueError when `source_url` is no address.
    """
    if capture.source_url is None:
        return f"sha256:{digest_of(capture.body)}"
    return normalise_address(capture.source_url)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of `content` in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def normalise_address(url: str) -> str:
    """Return the form under which all spellings of one address are one page; applying it twice changes nothing.

    RFC 3986 section 6.2.2 (case, percent-encoding, dot segments), 6.2.3 (default ports, empty path) and the
    fragment dropped, IDNA hosts as punycode. Beyond the RFC, http and https are one (sites moved from one to
    the other and kept their pages), written http. What is kept apart: "www." (on government hosts the bare
    name often serves another site) and the order of a query (nobody promises that it means nothing; two ids
    for one page are a near-copy that can be linked, one id for two pages would lose one).
    Raises ValueError, naming the address, when it has no scheme or no host.
    """
    try:
        return _normalise(url.strip())
    except ValueError as error:  # UnicodeError is one: hosts that IDNA refuses, lone surrogates
        raise ValueError(f"{url!r} is not an address: {error}") from error


def _normalise(url: str) -> str:
    parts = urlsplit(url)
    if not parts.scheme:
        raise ValueError("it has no scheme such as http://")
    is_web = parts.scheme in _WEB_SCHEMES
    host = _host(parts.hostname or "")
    if is_web and not host:
        raise ValueError("it has no host")
    login = parts.netloc.rpartition("@")[0]
    port = "" if parts.port is None or (is_web and parts.port in _WEB_PORTS) else f":{parts.port}"
    place = (f"{_escaped(login, _LOGIN_SAFE)}@" if login else "") + host + port
    path = _escaped(parts.path, _PATH_SAFE)
    if host:
        path = _without_dots(path) or "/"
    return urlunsplit(
        ("http" if is_web else parts.scheme, place, path, _escaped(parts.query, _QUERY_SAFE), "")
    )


def _host(name: str) -> str:
    plain = unquote(name)
    host = (plain if plain.isascii() else plain.encode("idna").decode("ascii")).lower().rstrip(".")
    if _NOT_IN_HOST.search(host):
        raise ValueError(f"host {host!r} has a character that no host has")
    return f"[{host}]" if ":" in host else host


def _escaped(text: str, safe: str) -> str:
    """Settle the escapes: unreserved characters bare, all others as upper-case %XX, a stray % as %25."""
    settled = _ESCAPE.sub(_settle, _STRAY_PERCENT.sub("%25", text))
    return quote(settled, safe=safe)


def _settle(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.match(character) else match[0].upper()


def _without_dots(path: str) -> str:
    """Resolve "." and ".." as RFC 3986 section 5.2.4 does."""
    kept: list[str] = []
    steps = path.split("/")
    for step in steps:
        if step == "..":
            if len(kept) > 1:
                kept.pop()
        elif step != ".":
            kept.append(step)
    if steps[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)
