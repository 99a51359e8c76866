"""How the site is run: what the environment says of it, checked before the first request."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.environment import choice_of, number_of, value_of
from archive.errors import BadSetting
from web.limiting import is_limit

NO_LIMIT = "none"
MOST_THREADS = 64
MOST_PROXIES = 9
LEAST_TOKEN_CHARS = 16
MOST_HSTS_SECONDS = 10 * 366 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """What ARCHIVE_WEB_… and ARCHIVE_OPERATOR_… say; `archive/environment.py` tells what each means. `rate_limit` empty: no limit."""

    public_address: str = ""
    threads: int = 8
    trusted_proxies: int = 0
    rate_limit: str = ""
    logs_access: bool = False
    logs_queries: bool = False
    hsts_seconds: int = 0
    operator_token: str = ""  # empty: nobody adds pages in the browser
    fetches_private: bool = False


def load_site_settings() -> SiteSettings:
    """Read the site's settings from the environment. Raises BadSetting naming the variable."""
    return SiteSettings(
        public_address=_address("ARCHIVE_WEB_PUBLIC_ADDRESS"),
        threads=number_of("ARCHIVE_WEB_THREADS", 1, MOST_THREADS),
        trusted_proxies=number_of("ARCHIVE_WEB_TRUSTED_PROXIES", 0, MOST_PROXIES),
        rate_limit=_limit("ARCHIVE_WEB_RATE_LIMIT"),
        logs_access=choice_of("ARCHIVE_WEB_ACCESS_LOG"),
        logs_queries=choice_of("ARCHIVE_WEB_ACCESS_LOG_QUERIES"),
        hsts_seconds=number_of("ARCHIVE_WEB_HSTS_SECONDS", 0, MOST_HSTS_SECONDS),
        operator_token=_token("ARCHIVE_OPERATOR_TOKEN"),
        fetches_private=choice_of("ARCHIVE_OPERATOR_PRIVATE_ADDRESSES"),
    )


def _address(name: str) -> str:
    text = value_of(name).rstrip("/")
    try:
        parts = urlsplit(text)
        is_address = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.path or parts.query)
        )
    except ValueError:
        is_address = False
    if text and not is_address:
        raise BadSetting(f"{name} is {text!r}; give a scheme and a host, such as https://archive.example.org")
    return text


def _token(name: str) -> str:
    token = value_of(name).strip()
    if token and len(token) < LEAST_TOKEN_CHARS:  # the message must not repeat a secret
        raise BadSetting(f"{name} is shorter than {LEAST_TOKEN_CHARS} characters; give a long random text")
    return token


def _limit(name: str) -> str:
    text = value_of(name)
    if text == NO_LIMIT:
        return ""
    if not is_limit(text):
        raise BadSetting(
            f"{name} is {text!r}; give a limit such as 120/minute, several with ; between, or none"
        )
    return text
