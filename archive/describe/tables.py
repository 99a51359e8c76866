"""Reads the rule tables beside this module: lists of cues as TOML, each entry with the reason it stands.

This module reads files; everything else in `describe` is pure.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from archive.errors import RuleError
from archive.model import Kind, Level, OrgType

Entry = Mapping[str, Any]


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Read `name`.toml of this package; raises RuleError naming the file when it can't be read."""
    try:
        return tomllib.loads(files("archive.describe").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(
            f"archive/describe/{name}.toml cannot be read: {error}; restore or mend it"
        ) from error


def _field(table: str, entry: Entry, field: str, kind: type) -> Any:
    value = entry.get(field)
    if not isinstance(value, kind) or value in ("", []):
        raise RuleError(
            f"archive/describe/{table}.toml: {dict(entry)!r} needs {field!r} as a non-empty {kind.__name__}"
        )
    return value


def _choice(table: str, entry: Entry, field: str, allowed: tuple[str, ...]) -> Any:
    value = entry.get(field)
    if value is not None and value not in allowed:
        raise RuleError(f"archive/describe/{table}.toml: {field} {value!r} is none of {', '.join(allowed)}")
    return value


def _pattern(table: str, entry: Entry, field: str = "pattern") -> re.Pattern[str]:
    try:
        return re.compile(_field(table, entry, field, str))
    except re.error as error:
        raise RuleError(f"archive/describe/{table}.toml: {entry[field]!r} is no pattern: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfReference:
    """How a reporter speaks of itself: 我镇, 本局, 镇党委. `level` is None where the word has no rank (我市)."""

    pattern: re.Pattern[str]
    org_type: OrgType
    level: Level | None
    suffixes: tuple[str, ...]  # a name that agrees with this self-reference ends in one of these
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCue:
    """Structure that settles the rank of a 市, or of a bureau, whose name does not."""

    pattern: re.Pattern[str]
    org_type: OrgType
    level: Level
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """One field of government work with the names of its bureaus, without 局/委/厅, and its own words."""

    name: str
    stems: tuple[str, ...]
    subject: re.Pattern[str] | None  # words that only this field's bureaus use of their own work


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A party congress (plenum 0) or plenum, with the day its communiqué is dated."""

    congress: int
    plenum: int
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A law, institution or phrase that cannot be written of before `since`, nor as present after `until`."""

    pattern: re.Pattern[str]
    since: date | None
    until: date | None
    firm: bool  # whether it may contradict a year that the report claims
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCue:
    """Words of a title that say what kind of report it is; the first that matches decides."""

    pattern: re.Pattern[str]
    kind: Kind


@cache
def self_references(section: str) -> tuple[SelfReference, ...]:
    """Return the cues of `level.toml` under `section`: "self_reference" or "office"."""
    return tuple(
        SelfReference(
            pattern=_pattern("level", entry),
            org_type=_choice("level", entry, "org_type", get_args(OrgType)),
            level=_choice("level", entry, "level", get_args(Level)),
            suffixes=tuple(_field("level", entry, "suffixes", list)),
            why=_field("level", entry, "why", str),
        )
        for entry in load_table("level")[section]
    )


@cache
def rank_cues() -> tuple[RankCue, ...]:
    """Return the structural cues of `level.toml`."""
    return tuple(
        RankCue(
            pattern=_pattern("level", entry),
            org_type=_choice("level", entry, "org_type", get_args(OrgType)),
            level=_choice("level", entry, "level", get_args(Level)),
            why=_field("level", entry, "why", str),
        )
        for entry in load_table("level")["rank"]
    )


@cache
def domains() -> tuple[Domain, ...]:
    """Return the fields of `bureaus.toml`."""
    return tuple(
        Domain(
            name=_field("bureaus", entry, "domain", str),
            stems=tuple(_field("bureaus", entry, "stems", list)),
            subject=_pattern("bureaus", entry, "subject") if "subject" in entry else None,
        )
        for entry in load_table("bureaus")["bureau"]
    )


@cache
def meetings() -> tuple[Meeting, ...]:
    """Return the meetings of `events.toml`, oldest first."""
    rows = (
        Meeting(
            congress=_field("events", entry, "congress", int),
            plenum=int(entry["plenum"]),
            closed_on=_field("events", entry, "closed_on", date),
        )
        for entry in load_table("events")["meeting"]
    )
    return tuple(sorted(rows, key=lambda meeting: meeting.closed_on))


@cache
def milestones() -> tuple[Milestone, ...]:
    """Return the milestones of `events.toml`."""
    return tuple(
        Milestone(
            pattern=_pattern("events", entry),
            since=entry.get("since"),
            until=entry.get("until"),
            firm=entry.get("firm", False),
            what=_field("events", entry, "what", str),
        )
        for entry in load_table("events")["milestone"]
        if _field("events", entry, "source", str)
    )


@cache
def kind_cues() -> tuple[KindCue, ...]:
    """Return the title cues of `kinds.toml`, in order."""
    return tuple(
        KindCue(
            pattern=_pattern("kinds", entry),
            kind=_choice("kinds", entry, "kind", get_args(Kind)),
        )
        for entry in load_table("kinds")["title"]
        if _field("kinds", entry, "why", str)
    )


@cache
def no_name_stems() -> Mapping[str, frozenset[str]]:
    """Return rank suffix to stems that make an ordinary word of it (城镇, 计划乡, 全县), from `places.toml`."""
    return {
        _field("places", entry, "suffix", str): frozenset(_field("places", entry, "stems", list))
        for entry in load_table("places")["ordinary"]
        if _field("places", entry, "why", str)
    }


@cache
def verbs_before_ranks() -> tuple[str, ...]:
    """Return the verbs of `places.toml` that make 县财政局 look like a name (配合县财政局)."""
    return tuple(
        word for entry in load_table("places")["verb"] for word in _field("places", entry, "words", list)
    )


@cache
def script_variants() -> frozenset[str]:
    """Return characters of `script.toml` that native traditional text writes as simplified text does."""
    return frozenset(
        "".join(_field("script", entry, "characters", str) for entry in load_table("script")["variant"])
    )
