"""Every environment variable that the archive reads, in one table; a name that is not in it is refused.

A misspelt name would otherwise change nothing and say nothing: ARCHIVE_HMOE=… would fill the wrong folder.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from archive.errors import BadSetting

PREFIX = "ARCHIVE_"

YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable: `default` is what holds where it is not set, `meaning` one sentence for docs/configuration.md."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(name="ARCHIVE_HOME", default="data", meaning="The data folder: the store and the search index."),
    Variable(
        name="ARCHIVE_MAX_PAGE_MIB",
        default="32",
        meaning="The largest page that is read, in mebibytes; a larger one is refused by name.",
    ),
    Variable(
        name="ARCHIVE_ENGINE",
        default="whoosh",
        meaning="The search engine: `whoosh`, in the data folder, or `opensearch`, on a cluster that `OPENSEARCH_URL` "
        "and the variables beside it name ([scaling.md](scaling.md)).",
    ),
    Variable(
        name="ARCHIVE_WORDS",
        default="jieba",
        meaning="What cuts text into words: `jieba`, or `rjieba`, which is faster and an extra (`pip install '.[fast]'`). "
        "The index remembers which; after a change run `python ingest.py reindex`.",
    ),
    Variable(
        name="ARCHIVE_WEB_PUBLIC_ADDRESS",
        default="",
        meaning="Scheme and host that citations, feeds and the sitemap name, such as `https://archive.example.org`; "
        "empty: those of the request.",
    ),
    Variable(
        name="ARCHIVE_WEB_THREADS",
        default="8",
        meaning="Threads that answer requests, 1 to 64, when served by `python -m web`.",
    ),
    Variable(
        name="ARCHIVE_WEB_TRUSTED_PROXIES",
        default="0",
        meaning="How many proxies stand in front and set X-Forwarded-For, -Proto and -Host; with 0 these are ignored.",
    ),
    Variable(
        name="ARCHIVE_WEB_RATE_LIMIT",
        default="600/minute",
        meaning="Requests that one address may make, such as `120/minute` or `5/second;2000/hour`; `none` for no limit. "
        "Pictures, styles and scripts are not counted.",
    ),
    Variable(
        name="ARCHIVE_WEB_ACCESS_LOG",
        default="yes",
        meaning="`yes`: one JSON line for each request on standard error; `no`: none.",
    ),
    Variable(
        name="ARCHIVE_WEB_ACCESS_LOG_QUERIES",
        default="no",
        meaning="`yes`: the line holds what was searched for and the reader's address as well. "
        "What a reader searched for is nobody else's business, so it is not logged unless you say so.",
    ),
    Variable(
        name="ARCHIVE_WEB_HSTS_SECONDS",
        default="0",
        meaning="For how long browsers are told to use https only (Strict-Transport-Security); 0: not told.",
    ),
    Variable(
        name="ARCHIVE_OPERATOR_TOKEN",
        default="",
        meaning="The secret, 16 characters and more, with which the keeper logs in at `/add` to add pages in the browser; "
        "empty: there is no such page.",
    ),
    Variable(
        name="ARCHIVE_OPERATOR_PRIVATE_ADDRESSES",
        default="no",
        meaning="`yes`: pages may be fetched at `/add` from this machine and the private network too.",
    ),
)


def value_of(name: str, environ: Mapping[str, str] | None = None) -> str:
    """Return what a variable of the table is set to, or its default. Raises KeyError for a name not in the table."""
    default = next((one.default for one in VARIABLES if one.name == name), None)
    if default is None:
        raise KeyError(name)
    return (os.environ if environ is None else environ).get(name, default)


def number_of(name: str, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`. Raises BadSetting naming the variable."""
    text = value_of(name)
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise BadSetting(f"{name} is {text!r}; give a whole number from {least} to {most}")
    return int(text)


def choice_of(name: str) -> bool:
    """Return whether a variable says yes. Raises BadSetting naming the variable."""
    text = value_of(name)
    if text not in YES_OR_NO:
        raise BadSetting(f"{name} is {text!r}; give yes or no")
    return YES_OR_NO[text]


def refuse_unknown(environ: Mapping[str, str] | None = None) -> None:
    """Raise BadSetting for a variable that begins like ours and is none, with the name that was perhaps meant."""
    known = [one.name for one in VARIABLES]
    for name in os.environ if environ is None else environ:
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            meant = f"did you mean {near[0]}?" if near else "unset it."
            raise BadSetting(
                f"{name} is not a setting of the archive: {meant} docs/configuration.md lists them all"
            )
