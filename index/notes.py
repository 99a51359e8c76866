"""What a reader must be told about a search: codes and values, which the web puts into the reader's words."""

from dataclasses import dataclass
from typing import Literal

NoteCode = Literal[
    "query_too_long",  # only the first `limit` characters were read
    "too_many_words",  # only the first `limit` words and quotations were read
    "too_many_parts",  # only the first `limit` words, operators and parentheses were read
    "too_many_fields",  # only the first `limit` fields with a value were read
    "unpaired_parentheses",  # without a partner, or too deep: left out
    "empty_or",  # nothing on one side of OR
    "empty_not",  # nothing behind NOT
    "empty_field",  # nothing behind the field `text`
    "unknown_field",  # `text` is no field: searched for as text
    "unknown_level",  # `text` names no level: left out
    "unknown_script",  # `text` names no script: left out
    "not_a_year",  # `text` is no year: left out
    "open_quote",  # a quotation without an end goes to the end of the query
    "empty_quote",  # a quotation without text: left out
    "lone_punctuation",  # the mark `text` alone: left out
    "lone_minus",  # a minus with nothing behind it: left out
    "partial",  # no report holds all the words: those found hold some
    "other_wording",  # the mainland's wording `text` was searched for too, at half the weight
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to tell; `text` and `limit` as the code says."""

    code: NoteCode
    text: str = ""
    limit: int = 0
