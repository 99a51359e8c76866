"""The short text fields of a report, and how a condition on one is met: by plain containment."""

from collections.abc import Callable
from typing import get_args

from index.analysis import cut_words
from index.engine import IndexDocument
from index.fold import fold
from index.spelling import initials, spelling
from index.tree import Field, TextField

TEXT_FIELDS: tuple[TextField, ...] = get_args(TextField)

_ANY_BRACKET = str.maketrans("[](){}【】", "〔〕〔〕〔〕〔〕")


def short_text(document: IndexDocument, name: TextField) -> str:
    """Return what a document has in field `name`, as it is written."""
    match name:
        case "title":
            return document.title
        case "place":
            return document.place
        case "bureau":
            return document.bureau
        case "number":
            return " ".join(document.numbers)
        case "initials":
            return initials(document.title)
        case "spelling":
            return spelling(document.title)


def field_form(name: TextField, text: str) -> str:
    """Return `text` as field `name` is compared: folded, one space for any whitespace.

    Place names are run together, so that 望舒市桂影县 is found however the report spaces it; the year of a
    文号 stands in 〔〕 whatever brackets were typed.
    """
    if name == "spelling":
        return text  # its capitals mean something
    pieces = fold(text).split()
    if name == "place":
        return "".join(pieces)
    if name == "number":
        return "".join(pieces).translate(_ANY_BRACKET)
    return " ".join(pieces)


def field_test(condition: Field) -> Callable[[str], bool]:
    """Return the test that a report's field, in its `field_form`, meets `condition`.

    Exact: it holds the text. Otherwise it may also hold all of the text's words, anywhere.
    """
    literal = field_form(condition.name, condition.text)
    words = () if condition.exact else tuple(cut_words(literal))

    def holds(text: str) -> bool:
        return literal in text or (bool(words) and all(word in text for word in words))

    return holds
