"""Descriptions and compilations as JSON, and back: `load(dump(x)) == x`. Pure.

The JSON is derived and replaceable, so a field that a later version of the program adds is absent from older
rows; each loader then takes the dataclass's default.
"""

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from archive.model import (
    Bureau,
    Citation,
    Compilation,
    Damage,
    Decision,
    Description,
    Dropped,
    Edit,
    Evidence,
    Gap,
    Indicator,
    PageFields,
    Paragraph,
    Place,
    Section,
    SumCheck,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """All that is stored of a report beside its id: its section and what was worked out about it."""

    section: Section
    description: Description


def dump_time(moment: datetime) -> str:
    """Write an aware time as ISO 8601 in UTC ending in Z. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def load_time(text: str) -> datetime:
    """Read what `dump_time` wrote."""
    return datetime.fromisoformat(text)


def dump_described(described: Described) -> str:
    """Write everything but title, paragraph texts and part number: these are kept, frozen, beside the JSON."""
    section = described.section
    record = {
        "paragraphs": [_dump_paragraph(paragraph) for paragraph in section.paragraphs],
        "part_count": section.part_count,
        "parent_title": section.parent_title,
        "gaps": section.gaps,
        "damages": section.damages,
        "fields": section.fields,
        "dropped": section.dropped,
        "notes": section.notes,
        "description": described.description,
    }
    if section.decisions:  # most have none, and rows written before there were any stay as they are
        record["decisions"] = [
            {**_fields(one), "decided_at": dump_time(one.decided_at)} for one in section.decisions
        ]
    return _to_json(record)


def load_decisions(record: Json) -> tuple[Decision, ...]:
    """Return the keeper's decisions from a description's JSON, none from one without."""
    return tuple(
        Decision(**{**one, "decided_at": load_time(one["decided_at"])}) for one in record.get("decisions", ())
    )


def load_described(text: str, *, title: str, paragraphs: tuple[str, ...], part: int) -> Described:
    """Read what `dump_described` wrote, given the frozen texts that it belongs to.

    Raises ValueError, KeyError or TypeError when the JSON is not of that form, or speaks of another number
    of paragraphs.
    """
    record = json.loads(text)
    section = Section(
        title=title,
        paragraphs=tuple(
            _load_paragraph(line, about) for line, about in zip(paragraphs, record["paragraphs"], strict=True)
        ),
        part=part,
        part_count=record["part_count"],
        parent_title=record["parent_title"],
        gaps=tuple(Gap(**gap) for gap in record["gaps"]),
        damages=tuple(Damage(**damage) for damage in record["damages"]),
        fields=_load_fields(record["fields"]),
        dropped=tuple(Dropped(**dropped) for dropped in record["dropped"]),
        notes=tuple(record["notes"]),
        decisions=load_decisions(record),
    )
    return Described(section=section, description=_load_description(record["description"]))


def dump_compilation(compilation: Compilation) -> str:
    """Write a compilation."""
    return _to_json(compilation)


def load_compilation(text: str) -> Compilation:
    """Read what `dump_compilation` wrote."""
    record = json.loads(text)
    return Compilation(**{**record, "part_ids": tuple(record["part_ids"])})


def _to_json(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Json | str:
    """Write what JSON has no form for; a part at a time, as `asdict` first copies all of them."""
    return value.isoformat() if isinstance(value, date) else _fields(value)


def _fields(record: Any) -> Json:
    return {name: getattr(record, name) for name in _names(type(record))}  # type: ignore[arg-type]  # every class is hashable


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """Remembered: a report is two hundred records of ten kinds."""
    return tuple(one.name for one in fields(kind))


def _dump_paragraph(paragraph: Paragraph) -> Json:
    record = _fields(paragraph)
    text = record.pop("text")
    if record["captured"] == text:
        record["captured"] = None  # nothing was repaired: don't store the text twice
    return record


def _load_paragraph(text: str, record: Json) -> Paragraph:
    captured = record["captured"]
    return Paragraph(
        text=text,
        block=record["block"],
        role=record["role"],
        captured=text if captured is None else captured,
        edits=tuple(Edit(**edit) for edit in record["edits"]),
    )


def _load_fields(record: Json) -> PageFields:
    return PageFields(
        **{
            **record,
            "published_on": _load_date(record["published_on"]),
            "outline": tuple(record["outline"]),
            "extra": tuple((name, value) for name, value in record["extra"]),
            "origins": tuple((name, origin) for name, origin in record.get("origins", ())),
        }
    )


def _load_description(record: Json) -> Description:
    span = record["year_range"]
    bureau = record["bureau"]
    return Description(
        **{
            **record,
            "place": _load_place(record["place"]),
            "bureau": None if bureau is None else Bureau(**bureau),
            "year_as_written": tuple(record["year_as_written"]),
            "year_range": None if span is None else (span[0], span[1]),
            "published_on": _load_date(record["published_on"]),
            "flags": tuple(record["flags"]),
            "rules": tuple((field, rule) for field, rule in record.get("rules", ())),
            "evidence": tuple(
                (name, tuple(Evidence(**evidence) for evidence in proofs))
                for name, proofs in record["evidence"]
            ),
            "indicators": tuple(
                Indicator(**{**one, "evidence": Evidence(**one["evidence"])})
                for one in record.get("indicators", ())
            ),
            "checks": tuple(
                SumCheck(**{**one, "totals": tuple(one["totals"]), "parts": tuple(one["parts"])})
                for one in record.get("checks", ())
            ),
            "citations": tuple(_load_citation(one) for one in record.get("citations", ())),
        }
    )


def _load_citation(record: Json) -> Citation:
    return Citation(
        **{
            **record,
            "mentions": tuple(Evidence(**evidence) for evidence in record["mentions"]),
            "aliases": tuple(record["aliases"]),
            "candidates": tuple(record["candidates"]),
        }
    )


def _load_place(record: Json) -> Place:
    return Place(**{**record, "candidates": tuple(record.get("candidates", ()))})


def _load_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
