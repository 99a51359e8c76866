"""The rules of `indicators.toml` and `standard_form.toml`, read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from archive.describe.tables import load_table
from archive.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What a number counts, by the words around it."""

    name: str
    category: str
    units: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str] | None
    near: re.Pattern[str] | None
    may_be_spelled_out: bool  # whether a number in Chinese numerals counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """Words that say that there was none."""

    name: str
    category: str
    unit: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the standard form; `outcome` rows add up to the total of requests settled."""

    name: str
    category: str
    pattern: re.Pattern[str]
    outcome: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The rows and columns of the standard form."""

    applicants: tuple[str, ...]
    challenges: tuple[str, ...]
    results: tuple[str, ...]
    requests: tuple[Row, ...]
    disclosures: tuple[Row, ...]
    columns: tuple[tuple[re.Pattern[str], str], ...]


def _entry(table: str, entry: Mapping[str, Any], field: str) -> Any:
    value = entry.get(field)
    if not value:
        raise RuleError(f"archive/describe/{table}.toml: {dict(entry)!r} needs {field!r}")
    return value


def _pattern(table: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise RuleError(f"archive/describe/{table}.toml: {text!r} is no pattern: {error}") from error


@cache
def cues() -> tuple[Cue, ...]:
    """Return the cues in order: the first that fits names a number."""
    return tuple(
        Cue(
            name=_entry("indicators", entry, "name"),
            category=_entry("indicators", entry, "category"),
            units=frozenset(_entry("indicators", entry, "units")),
            before=_pattern("indicators", f"(?:{_entry('indicators', entry, 'before')})$"),
            after=_pattern("indicators", entry["after"]) if "after" in entry else None,
            near=_pattern("indicators", entry["near"]) if "near" in entry else None,
            may_be_spelled_out=entry.get("spelled_out", True),
        )
        for entry in load_table("indicators")["cue"]
        if _entry("indicators", entry, "why")
    )


@cache
def zeros() -> tuple[Zero, ...]:
    """Return the words that mean none, one entry per name."""
    categories = {cue.name: cue.category for cue in cues()}
    return tuple(
        Zero(
            name=name,
            category=entry.get("category") or categories[name],
            unit=_entry("indicators", entry, "unit"),
            pattern=_pattern("indicators", _entry("indicators", entry, "pattern")),
        )
        for entry in load_table("indicators")["zero"]
        for name in _entry("indicators", entry, "names")
        if _entry("indicators", entry, "why")
    )


@cache
def form() -> Form:
    """Return the standard form."""
    table = load_table("standard_form")
    layout = table["layout"][0]
    return Form(
        applicants=tuple(layout["applicants"]),
        challenges=tuple(_entry("standard_form", entry, "name") for entry in table["challenge"]),
        results=tuple(layout["results"]),
        requests=_rows(table["request"]),
        disclosures=_rows(table["disclosure"]),
        columns=tuple(
            (_pattern("standard_form", entry["pattern"]), entry["unit"]) for entry in table["column"]
        ),
    )


def _rows(entries: list[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=_entry("standard_form", entry, "name"),
            category=_entry("standard_form", entry, "category"),
            pattern=_pattern("standard_form", _entry("standard_form", entry, "pattern")),
            outcome=entry.get("outcome", False),
        )
        for entry in entries
    )


@cache
def indicator_titles() -> Mapping[str, str]:
    """Return what readers call each indicator, by name."""
    form_table, prose = load_table("standard_form"), load_table("indicators")
    rows = [*form_table["request"], *form_table["disclosure"], *form_table["challenge"], *prose["cue"]]
    zero_titles = {
        name: entry["title"] for entry in prose["zero"] if "title" in entry for name in entry["names"]
    }
    return {**zero_titles, **{row["name"]: row["title"] for row in rows}}
