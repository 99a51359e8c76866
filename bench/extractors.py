"""The extractors that ours is measured beside. Only bench/ imports them (extra `bench`), each only when it runs."""

import logging
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from lxml import html

Extract = Callable[[str], str]

PACKAGES = {
    "trafilatura": "trafilatura",
    "trafilatura precision": "trafilatura",
    "readability-lxml": "readability-lxml",
    "resiliparse": "resiliparse",
    "jusText": "jusText",
}


def peers() -> dict[str, Extract]:
    """Return those that are installed, by name, in the order they are reported in."""
    logging.disable(logging.CRITICAL)  # they report pages that they can't read as errors
    makers: dict[str, Callable[[], Extract]] = {
        "trafilatura": partial(_trafilatura, favor_precision=False),
        "trafilatura precision": partial(_trafilatura, favor_precision=True),
        "readability-lxml": _readability,
        "resiliparse": _resiliparse,
        "jusText": _justext,
    }
    return {name: make() for name, make in makers.items() if installed(name)}


def installed(name: str) -> str | None:
    """Return the installed version of a peer, None when it is absent."""
    try:
        return version(PACKAGES[name])
    except PackageNotFoundError:
        return None


def _trafilatura(*, favor_precision: bool) -> Extract:
    extract = import_module("trafilatura").extract

    def run(markup: str) -> str:
        return extract(markup, favor_precision=favor_precision, include_comments=False) or ""

    return run


def _readability() -> Extract:
    document = import_module("readability").Document

    def run(markup: str) -> str:
        try:
            summary = document(markup).summary()
        except Exception:
            return ""
        return str(html.fromstring(summary).text_content()) if summary.strip() else ""

    return run


def _resiliparse() -> Extract:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text

    def run(markup: str) -> str:
        return str(extract(markup, main_content=True))

    return run


def _justext() -> Extract:
    justext = import_module("justext").justext

    def run(markup: str) -> str:
        try:
            # No stop list for Chinese; lengths as swept for ../shared/notes/cleaning.md.
            found = justext(
                markup.encode("utf-8", errors="replace"),
                frozenset(),
                length_low=30,
                length_high=80,
                stopwords_low=0,
                stopwords_high=0,
                encoding="utf-8",
            )
        except Exception:
            return ""
        return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

    return run
