"""The laws and notices of `laws.toml`: found by title or number, and the version in force at a day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from archive.describe.tables import load_table
from archive.errors import RuleError
from archive.hanzi import match_form

Checked = Literal["text", "number", "none"]
"""How far an entry was compared with a copy of the document: number and days, the number only, nothing."""

_NOT_TITLE = re.compile(r"[\s《》〈〉<>“”\"'、,·]|\((?:试行|暂行|修订|修订草案|20\d\d年?修订)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document."""

    number: str
    issued: date
    in_force: date
    source: str
    source_zh: str  # the same in Chinese
    checked: Checked
    address: str = ""  # where the text is published, empty where that was not checked
    address_seen: str = ""  # what the link that was read there named of it

    @property
    def is_sure(self) -> bool:
        """Whether a citation may be said to mean it: its number was seen elsewhere than in somebody's memory."""
        return self.checked != "none"


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
    if not all(one.checked in get_args(Checked) for one in versions):
        raise RuleError(
            f"archive/describe/laws.toml: {entry['title']}: checked is one of {get_args(Checked)}"
        )
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
def _by_number() -> dict[str, tuple[tuple[Law, Version], ...]]:
    found: dict[str, tuple[tuple[Law, Version], ...]] = {}
    for law in laws():
        for one in law.versions:
            found[one.number] = (*found.get(one.number, ()), (law, one))
    return found


def law_by_title(title: str) -> tuple[Law, bool] | None:
    """Return the document of that title and whether the title is its own, not an alias."""
    return _by_title().get(title_form(title))


def law_by_number(number: str, title: str | None = None) -> tuple[Law, Version] | None:
    """Return the document and version of that number (国办发〔2018〕23号, 国务院令第711号).

    Orders of the President are counted anew in each term, so that 主席令第16号 is several laws': then the title decides,
    and without one there is none.
    """
    held = _by_number().get(number, ())
    if len(held) > 1 and title:
        named = law_by_title(title)
        held = tuple(each for each in held if named and each[0] == named[0])
    return held[0] if len(held) == 1 else None


def key_points_of(year: int) -> Law | None:
    """Return the State Council's key points of a year, None where none are known."""
    return next((law for law in laws() if re.search(rf"{year}年政.*(?:要点|工作安排)", law.title)), None)


@cache
def names_of_laws() -> tuple[str, ...]:
    """Return every name of a law or regulation (not of a notice), the longest first: reports write them without 《》."""
    names = {name for law in laws() for name in (law.title, *law.aliases)}
    return tuple(sorted((name for name in names if name.endswith(("条例", "法"))), key=len, reverse=True))
