"""One value per document: how an index document becomes columns, and columns become the facts of a search."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from index.analysis import Analysis
from index.engine import FACETS, IndexDocument
from index.field_text import field_form
from index.reader import TERM_FIELDS, Facts
from index.titles import by_bare_title
from index.tree import TextField

TEXT_FIELDS: tuple[TextField, ...] = ("title", "place", "bureau", "number")
TEXT_COLUMNS = (
    "report_id",
    "family",
    "standing",
    *(f"facet_{name}" for name in FACETS),
    *(f"text_{name}" for name in TEXT_FIELDS),
)
"""Columns of UTF-8 text; a facet's is a JSON list."""

NUMBER_COLUMNS = ("date", *(f"{field}_length" for field in TERM_FIELDS))
"""Columns of whole numbers below 2 to the power of 32."""

Row = dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one segment, by name; `deleted` are document numbers no longer in use."""

    texts: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Sequence[int]]
    document_count: int
    deleted: frozenset[int]


def _date_number(order_key: str) -> int:
    """Turn YYYY-MM-DD or YYYY into YYYYMMDD, zeros for what is missing."""
    digits = order_key.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and digits.isascii() else 0


def to_row(document: IndexDocument, analysis: Analysis) -> Row:
    """Return a document's values for TEXT_COLUMNS and NUMBER_COLUMNS."""
    texts = {
        "title": document.title,
        "place": document.place,
        "bureau": document.bureau,
        "number": " ".join(document.numbers),
    }
    facets = dict(document.facets)
    return {
        "report_id": document.report_id,
        "family": document.family or document.report_id,
        "standing": document.standing,
        **{f"facet_{name}": json.dumps(facets[name]) for name in FACETS},
        **{f"text_{name}": field_form(name, texts[name]) for name in TEXT_FIELDS},
        "date": _date_number(document.order_key),
        **{f"{field}_length": len(getattr(analysis, field)) for field in TERM_FIELDS},
    }


@lru_cache(maxsize=65536)
def _facet_values(column_value: str) -> tuple[str, ...]:
    """Read a facet's list; equal ones share one tuple, for there are few beside the documents."""
    return tuple(json.loads(column_value))


def _joined(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(parts))


def to_facts(segments: Sequence[Columns]) -> Facts:
    """Join segments into one run of document numbers, in their order."""
    live: set[int] = set()
    base = 0
    for segment in segments:
        live.update(
            base + number for number in range(segment.document_count) if number not in segment.deleted
        )
        base += segment.document_count
    lengths = {
        field: tuple(chain.from_iterable(segment.numbers[f"{field}_length"] for segment in segments))
        for field in TERM_FIELDS
    }
    texts = {name: _joined(segment.texts[f"text_{name}"] for segment in segments) for name in TEXT_FIELDS}
    families = _joined(segment.texts["family"] for segment in segments)
    return Facts(
        live=frozenset(live),
        report_ids=_joined(segment.texts["report_id"] for segment in segments),
        families=families,
        copied=_copied(families[number] for number in live),
        standings=_joined(segment.texts["standing"] for segment in segments),
        facets={
            name: tuple(map(_facet_values, _joined(segment.texts[f"facet_{name}"] for segment in segments)))
            for name in FACETS
        },
        texts=texts,
        titled=by_bare_title(texts["title"], live),
        dates=tuple(chain.from_iterable(segment.numbers["date"] for segment in segments)),
        lengths=lengths,
        mean_lengths={field: _mean(lengths[field], live) for field in TERM_FIELDS},
    )


def _copied(families: Iterable[str]) -> frozenset[str]:
    """Return the families that stand more than once."""
    return frozenset(family for family, count in Counter(families).items() if count > 1)


def _mean(lengths: Sequence[int], live: Collection[int]) -> float:
    return sum(lengths[number] for number in live) / len(live) if live else 0.0
