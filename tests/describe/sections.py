"""Sections made by hand about 沧溟省, as the splitter would hand them over."""

from collections.abc import Mapping
from typing import Any

from archive.model import Description, Evidence, Paragraph, Section

PARENT = "教育局政府信息公开工作总结(精选8篇)"


def make_section(
    title: str,
    *texts: str,
    front: tuple[str, ...] = (),
    edits: Mapping[int, Any] | None = None,
    **values: Any,
) -> Section:
    """A whole page's section; `front` are the lines of a covering letter."""
    letter = [(text, "front_matter") for text in front]
    rows = [*letter, *((text, "text") for text in texts)]
    paragraphs = tuple(
        Paragraph(text=text, block=number, role=role, edits=(edits or {}).get(number, ()))  # type: ignore[arg-type]
        for number, (text, role) in enumerate(rows)
    )
    return Section(title=title, paragraphs=paragraphs, **values)


def make_part(*texts: str, heading: str = "教育局政府信息公开工作总结篇三", parent: str = PARENT) -> Section:
    """The third part of a resale compilation whose heading is the compilation's."""
    return make_section(heading, *texts, part=3, part_count=8, parent_title=parent)


def quotes(description: Description, field: str) -> tuple[str, ...]:
    """The words that prove a field."""
    return tuple(span.quote for span in evidence_of(description, field))


def evidence_of(description: Description, field: str) -> tuple[Evidence, ...]:
    return dict(description.evidence).get(field, ())
