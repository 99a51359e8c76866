"""Titles as they are compared: without marks and spaces. Pure."""

import re

_NO_WORD = re.compile(r"[\W_]+")


def bare_text(folded: str) -> str:
    """Return folded text without marks and spaces."""
    return _NO_WORD.sub("", folded)
