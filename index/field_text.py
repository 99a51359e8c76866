"""The short text fields of a report, and how a condition on one is met: by plain containment."""

from collections.abc import Callable

from index.analysis import cut_words
from index.fold import fold
from index.tree import Field, TextField

_ANY_BRACKET = str.maketrans("[](){}【】", "〔〕〔〕〔〕〔〕")


def field_form(name: TextField, text: str) -> str:
    """Return `text` as field `name` is compared: folded, one space for any whitespace.

    Place names are run together, so that 望舒市桂影县 is found however the report spaces it; the year of a
    文号 stands in 〔〕 whatever brackets were typed.
    """
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
