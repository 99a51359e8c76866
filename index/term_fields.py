"""The three fields of terms that every text has."""

from typing import Literal

TermField = Literal["words", "grams", "characters"]
TERM_FIELDS: tuple[TermField, ...] = ("words", "grams", "characters")
