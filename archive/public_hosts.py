"""Connections to public hosts only, so that an address given in a browser can't reach into our own network.

A name is resolved once, every address it has is checked, and the connection goes to one that was checked: a name
that answers otherwise a moment later (DNS rebinding) leads nowhere else. Reads the network.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.request import BaseHandler, HTTPHandler, HTTPSHandler, Request

from archive.errors import UnreadableSource

IpAddress = IPv4Address | IPv6Address
MayReach = Callable[[IpAddress], bool]
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address behind a translator, in the last 32 bits
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")  # RFC 8215


def is_public(address: IpAddress) -> bool:
    """Whether an address is one of the public internet; an IPv4 address inside an IPv6 one is judged as itself."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address in _NAT64_LOCAL or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, without duplicates. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def connect(
    place: tuple[str, int],
    timeout: float | None = None,
    source: tuple[str, int] | None = None,
    *,
    may_reach: MayReach,
    resolver: Resolve = resolve,
) -> socket.socket:
    """Connect as `socket.create_connection` does, to an address that was checked.

    Raises UnreadableSource when the host has any address that may not be reached, OSError when none answers.
    """
    host, port = place
    addresses = resolver(host, port)
    if not all(may_reach(ip_address(one)) for one in addresses):
        raise UnreadableSource(
            f"{host}: not a public host, so it is not fetched from here; save the page and upload its file"
        )
    trouble: OSError | None = None
    for one in addresses:
        try:
            return socket.create_connection((one, port), timeout, source)
        except OSError as error:
            trouble = error
    raise trouble or OSError(f"{host} has no address")


def guarded_handlers(may_reach: MayReach) -> tuple[BaseHandler, ...]:
    """Return what speaks http and https with `connect` under it; there is no proxy, which would resolve by itself."""

    class Plain(http.client.HTTPConnection):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._create_connection = partial(connect, may_reach=may_reach)

    class Secure(http.client.HTTPSConnection):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._create_connection = partial(connect, may_reach=may_reach)

    class PlainHandler(HTTPHandler):
        def http_open(self, req: Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class SecureHandler(HTTPSHandler):
        def https_open(self, req: Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req, context=ssl.create_default_context())

    return PlainHandler(), SecureHandler()
