"""A sample's text and how it is to be dressed, as read from `texts/NAME.toml`."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FACTS = frozenset(
    [
        "level",
        "org_type",
        "issuer",
        "year",
        "year_status",
        "kind",
        "script",
        "script_origin",
        "masked",
        "bureau",
        "province",
        "prefecture",
        "county",
        "township",
        "published_on",
        "flags",
    ]
)


class SampleError(Exception):
    """A sample that can't be made; the message names its file and what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; each of its rows comes out as one paragraph."""

    rows: tuple[tuple[Cell, ...], ...]

    def lines(self) -> tuple[str, ...]:
        """Return each row as the paragraph that is expected of it."""
        return tuple(" | ".join(cell.text for cell in row) for row in self.rows)


Item = str | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One report's text with the facts that must come out of it."""

    title: str
    items: tuple[Item, ...]
    facts: dict[str, Any]

    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs that are expected, tables row by row."""
        return tuple(
            line for item in self.items for line in (item.lines() if isinstance(item, Table) else (item,))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page: its title, one part (or the parts of a compilation) and its `[page]` options."""

    name: str
    title: str
    parts: tuple[Part, ...]
    is_compilation: bool
    options: dict[str, Any] = field(default_factory=dict)


def _cell(value: str | dict[str, Any]) -> Cell:
    cell = Cell(text=value) if isinstance(value, str) else Cell(**value)
    if not cell.text.strip():
        raise ValueError("a table cell is empty: write 0 or /")
    return cell


def _item(value: str | dict[str, Any]) -> Item:
    if isinstance(value, dict):
        return Table(rows=tuple(tuple(_cell(cell) for cell in row) for row in value["table"]))
    if value != value.strip() or not value or "\n" in value:
        raise ValueError(
            f"a paragraph is empty, has a line break, or begins or ends with white space: {value[:20]!r}"
        )
    return value


def _facts(values: dict[str, Any]) -> dict[str, Any]:
    absent = values.pop("absent", [])
    unknown = (set(values) | set(absent)) - FACTS
    if unknown:
        raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}")
    return {**values, **dict.fromkeys(absent)}


def _part(values: dict[str, Any], title: str) -> Part:
    return Part(
        title=title,
        items=tuple(_item(value) for value in values["paragraphs"]),
        facts=_facts(values.get("facts", {})),
    )


def load_sample(path: Path) -> Sample:
    """Read one text. Raises SampleError, naming the file, when it isn't as samples/README.md says."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        title = values["title"]
        is_compilation = "parts" in values
        if is_compilation:
            parts = tuple(_part(part, part.get("title", "")) for part in values["parts"])
        else:
            parts = (_part(values, title),)
        return Sample(
            name=path.stem, title=title, parts=parts, is_compilation=is_compilation, options=values["page"]
        )
    except KeyError as error:
        raise SampleError(f"{path.name}: {error} is missing; see samples/README.md") from error
    except (ValueError, TypeError) as error:
        raise SampleError(f"{path.name}: {error}; see samples/README.md") from error
