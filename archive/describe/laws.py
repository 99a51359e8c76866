"""The laws and notices of `laws.toml`: found by title or number, and the version in force at a day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from archive.describe.tables import load_table
from archive.errors import RuleError
from archive.hanzi import match_form

_NOT_TITLE = re.compile(r"[\s《》〈〉<>“”\"'、,·]|\((?:试行|暂行|修订|修订草案|20\d\d年?修订)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document."""

    number: str
    issued: date
    in_force: date
    source: str
    address: str = ""  # where the text is published, empty where that was not checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law or notice with its versions, oldest first."""

    title: str
    aliases: tuple[str, ...]
    issuers: tuple[str, ...]
    versions: tuple[Version, ...]

    def in_force(self, day: date) -> Version | None:
        """Return the version in force on a day, None before the first."""
        return next((one for one in reversed(self.versions) if one.in_force <= day), None)


def title_form(title: str) -> str:
    """Return a title as titles are compared: match form without punctuation and 试行."""
    return _NOT_TITLE.sub("", match_form(title))


@cache
def laws() -> tuple[Law, ...]:
    """Read the table; raises RuleError for an entry without versions or a version without its days."""
    return tuple(_to_law(entry) for entry in load_table("laws")["document"])


def _to_law(entry: dict[str, object]) -> Law:
    rows = entry.get("version")
    if not isinstance(entry.get("title"), str) or not isinstance(rows, list) or not rows:
        raise RuleError(f"archive/describe/laws.toml: {entry.get('title')!r} needs a title and a version")
    try:
        versions = tuple(sorted((Version(**row) for row in rows), key=lambda one: one.in_force))
    except TypeError as error:
        raise RuleError(f"archive/describe/laws.toml: {entry['title']}: {error}") from error
    return Law(
        title=str(entry["title"]),
        aliases=tuple(entry.get("aliases", ())),  # type: ignore[arg-type]  # a TOML array of strings
        issuers=tuple(entry.get("issuers", ())),  # type: ignore[arg-type]  # a TOML array of strings
        versions=versions,
    )


@cache
def _by_title() -> dict[str, tuple[Law, bool]]:
    aliases = {title_form(alias): (law, False) for law in laws() for alias in law.aliases}
    return {**aliases, **{title_form(law.title): (law, True) for law in laws()}}


@cache
def _by_number() -> dict[str, tuple[Law, Version]]:
    return {one.number: (law, one) for law in laws() for one in law.versions}


def law_by_title(title: str) -> tuple[Law, bool] | None:
    """Return the document of that title and whether the title is its own, not an alias."""
    return _by_title().get(title_form(title))


def law_by_number(number: str) -> tuple[Law, Version] | None:
    """Return the document and version of that number (国办发〔2018〕23号, 国务院令第711号)."""
    return _by_number().get(number)
