"""How the search cluster is reached, all from the environment; the password is never shown."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import BadSetting

DEFAULT_ALIAS = "disclosure-archive"
_ALIAS = re.compile(r"[a-z][a-z0-9-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """Nodes as (host, port), what proves who we are, and how an index is laid out.

    `alias` is the name under which the index in use is found; `shards` and `replicas` hold for the next one made.
    """

    nodes: tuple[tuple[str, int], ...]
    uses_tls: bool = False
    ca_file: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    certificate: str | None = None
    key: str | None = None
    alias: str = DEFAULT_ALIAS
    shards: int = 1
    replicas: int = 1
    timeout_seconds: float = 30.0


def load_cluster_settings(environment: Mapping[str, str] = os.environ) -> ClusterSettings:
    """Read OPENSEARCH_URL and the variables beside it. Raises BadSetting naming the variable and what to give."""
    nodes, uses_tls = _nodes(environment.get("OPENSEARCH_URL", ""))
    user, password = _pair(environment, "OPENSEARCH_USER", "OPENSEARCH_PASSWORD")
    certificate, key = _pair(
        environment, "OPENSEARCH_CLIENT_CERTIFICATE", "OPENSEARCH_CLIENT_KEY", are_files=True
    )
    ca_file = _file(environment, "OPENSEARCH_CA_FILE")
    if not uses_tls and (password or ca_file or certificate):
        raise BadSetting(
            "OPENSEARCH_URL begins with http://, which would send a password or certificate in the clear; "
            "give https:// addresses, or leave the other OPENSEARCH_ variables out"
        )
    return ClusterSettings(
        nodes=nodes,
        uses_tls=uses_tls,
        ca_file=ca_file,
        user=user,
        password=password,
        certificate=certificate,
        key=key,
        alias=_alias(environment.get("OPENSEARCH_INDEX", DEFAULT_ALIAS)),
        shards=_number(environment, "OPENSEARCH_SHARDS", default=1, least=1, most=1024),
        replicas=_number(environment, "OPENSEARCH_REPLICAS", default=1, least=0, most=10),
        timeout_seconds=_number(environment, "OPENSEARCH_TIMEOUT_SECONDS", default=30, least=1, most=3600),
    )


def _nodes(value: str) -> tuple[tuple[tuple[str, int], ...], bool]:
    """Read addresses with commas between, all of one scheme."""
    found, schemes = [], set()
    for address in filter(None, map(str.strip, value.split(","))):
        try:
            parts = urlsplit(address)
            port = parts.port or 9200
        except ValueError:
            parts, port = urlsplit(""), 0
        if parts.username or parts.password:
            raise BadSetting(
                "OPENSEARCH_URL holds a user or password; give them as OPENSEARCH_USER and OPENSEARCH_PASSWORD"
            )
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            raise BadSetting(f"OPENSEARCH_URL holds {address!r}; give addresses such as https://host:9200")
        found.append((parts.hostname, port))
        schemes.add(parts.scheme)
    if not found:
        raise BadSetting(
            "OPENSEARCH_URL is not set; give the nodes' addresses, such as https://one:9200,https://two:9200"
        )
    if len(schemes) > 1:
        raise BadSetting("OPENSEARCH_URL mixes http:// and https://; give one of them for all nodes")
    return tuple(found), schemes == {"https"}


def _pair(
    environment: Mapping[str, str], first: str, second: str, *, are_files: bool = False
) -> tuple[str | None, str | None]:
    """Read two variables that are of use only together."""
    one, other = environment.get(first) or None, environment.get(second) or None
    if (one is None) != (other is None):
        raise BadSetting(f"{first} and {second} belong together: set both or neither")
    if are_files:
        return _file(environment, first), _file(environment, second)
    return one, other


def _file(environment: Mapping[str, str], name: str) -> str | None:
    path = environment.get(name) or None
    if path is not None and not Path(path).is_file():
        raise BadSetting(f"{name} names {path!r}, which is not a file")
    return path


def _alias(value: str) -> str:
    if not _ALIAS.fullmatch(value):
        raise BadSetting(
            f"OPENSEARCH_INDEX is {value!r}; give a name of small letters, digits and hyphens that begins with a letter"
        )
    return value


def _number(environment: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = environment.get(name, str(default))
    if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
        raise BadSetting(f"{name} is {text!r}; give a whole number from {least} to {most}")
    return int(text)
