"""What the cluster holds of a report, and how terms, phrases and short texts are written for it. Pure.

Terms are made here and sent ready-made, a space between two: the cluster only splits at spaces, needs no plugin,
and holds exactly the terms of the other engine. `FILLER` stands where a position is taken by no term: once for
whitespace, several times between paragraphs, so that positions count characters and no phrase crosses.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, TypeAlias

from index.analysis import analyse, run_grams
from index.engine import FACETS, IndexDocument
from index.field_text import TEXT_FIELDS, field_form, short_text
from index.schema import manifest
from index.term_fields import TERM_FIELDS
from index.titles import LONGEST, bare_text, bare_title

Json: TypeAlias = dict[str, Any]

MAPPING_VERSION = 2
"""Raised with every change to what is sent for a report; an index of another version is made anew."""

FILLER = "___"
"""Longer than any gram or character, so that it is none of them."""

LONGEST_TERM = 200
"""Characters; longer words are held by their digest, for Lucene refuses terms of more than 32,766 bytes."""

_READY = {"type": "text", "analyzer": "ready", "similarity": "frequency", "norms": False}
_COLUMN = {"type": "integer", "index": False}


def index_body(*, shards: int, replicas: int) -> Json:
    """Return the settings and mapping of a new index.

    A term's score is how often a report holds it, no more: all else that ranks is computed at search time from
    exact numbers, so that it matters neither how shards were cut nor what was replaced since the last merge.
    """
    ready = {"type": "custom", "tokenizer": "spaces"}
    spaces = {"type": "whitespace", "max_token_length": LONGEST_TERM + 100}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": -1,  # readers see commits, not batches
            "similarity": {"frequency": {"type": "scripted", "script": {"source": "return doc.freq;"}}},
            "analysis": {"analyzer": {"ready": ready}, "tokenizer": {"spaces": spaces}},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False},  # made again from the store, never from here
            "_meta": {"manifest": expected_manifest(), "change": 0, "documents": 0, "lengths": {}},
            "properties": _properties(),
        },
    }


def expected_manifest() -> Json:
    """Return what an index must have been made with to be used."""
    return {**manifest("opensearch"), "mapping": MAPPING_VERSION}


def _properties() -> Json:
    return {
        "report_id": {"type": "keyword"},
        "family": {"type": "keyword"},
        "has_copies": {"type": "boolean"},
        "standing": {"type": "keyword", "index": False},
        "date": {"type": "integer"},
        "years": {"type": "integer"},
        "whole_title": {"type": "keyword", "doc_values": False},
        "named_title": {"type": "keyword"},
        "title_length": {"type": "integer"},
        **{f"facet_{name}": {"type": "keyword"} for name in FACETS},
        **{f"text_{name}": _READY for name in TEXT_FIELDS},
        **dict.fromkeys(TERM_FIELDS, _READY),
        **{f"{field}_length": _COLUMN for field in TERM_FIELDS},
    }


def to_term(word: str) -> str:
    """Return a word as it is held."""
    if len(word) <= LONGEST_TERM:
        return word
    return f"sha256:{hashlib.sha256(word.encode()).hexdigest()}"


def family_of(document: IndexDocument) -> str:
    """Return what copies of one text share, and no other text has: all that have it are held by one shard."""
    return document.family or document.report_id


def to_source(document: IndexDocument) -> Json:
    """Return what is sent for one report."""
    analysis = analyse((document.title, *document.paragraphs))
    facets = dict(document.facets)
    forms = {name: field_form(name, short_text(document, name)) for name in TEXT_FIELDS}
    date = _date_number(document.order_key)
    return {
        "report_id": document.report_id,
        "family": family_of(document),
        "years": [int(year) for year in facets["year"] if year.isdecimal()],
        "whole_title": to_term(bare_text(forms["title"])),
        "named_title": _named_title(forms["title"]),
        "title_length": len(forms["title"]),
        **{f"facet_{name}": facets[name] for name in FACETS},
        **{f"text_{name}": " ".join(character_terms(form)) for name, form in forms.items()},
        "words": " ".join(map(to_term, analysis.words)),
        "grams": " ".join(_placed(analysis.grams)),
        "characters": " ".join(_placed((gram[0], position) for gram, position in analysis.grams)),
        **{f"{field}_length": len(getattr(analysis, field)) for field in TERM_FIELDS},
        **({"date": date} if date else {}),
        "has_copies": bool(document.family),
        **({"standing": document.standing} if document.family else {}),
    }


def _named_title(form: str) -> list[str]:
    """Return the title as a query may name it, none where it is empty or too long to be named."""
    named = bare_title(form)
    return [named] if 0 < len(named) <= LONGEST else []


def _date_number(order_key: str) -> int:
    digits = order_key.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and digits.isascii() else 0


def _placed(terms: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield terms at their positions, fillers where none stands."""
    next_position: int | None = None
    for term, position in terms:
        if next_position is not None:
            yield from (FILLER for _ in range(position - next_position))
        yield term
        next_position = position + 1


def character_terms(text: str) -> Iterator[str]:
    """Yield the characters of a folded text, a filler for each space."""
    return (FILLER if character == " " else character for character in text)


def gram_terms(folded: str) -> Iterator[str]:
    """Yield the grams that prove a phrase which does not end in a run of one character.

    Where the phrase has whitespace the run before it must end there, which its last character alone says.
    """
    runs = folded.split()
    for run in runs[:-1]:
        yield from run_grams(run)
        yield FILLER
    yield from (first + second for first, second in pairwise(runs[-1]))
