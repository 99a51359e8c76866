"""The second parser, for markup that the first one gives up on. The one door to BeautifulSoup."""

import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString, Tag
from bs4.exceptions import ParserRejectedMarkup

from archive.errors import UnreadableSource
from archive.markup import BlockReader

# Python's own parser needs about 3 s for a million characters of tags; it is for pages, not for attacks.
_LONGEST_MARKUP_CHARS = 2_000_000


def read_soup(markup: str, origin: str) -> BlockReader:
    """Read markup with BeautifulSoup on Python's own parser, slower by ten times and deaf to libxml2's limits.

    Raises UnreadableSource when it gives up as well, or the markup is too long for it.
    """
    if len(markup) > _LONGEST_MARKUP_CHARS:
        raise UnreadableSource(
            f"{origin}: the HTML parser gave up part-way and {len(markup)} characters are too many for the second "
            "one; save its text as .txt and add that"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            soup = BeautifulSoup(markup, "html.parser")
        except (ParserRejectedMarkup, RecursionError, AssertionError) as error:
            raise UnreadableSource(
                f"{origin}: no HTML parser reads this markup ({error}); save its text as .txt and add that"
            ) from error
    return _replayed(soup)


def _replayed(soup: BeautifulSoup) -> BlockReader:
    """Walk the tree without recursion and tell the reader what a parser would."""
    reader = BlockReader()
    # Each entry is a node to open, or the name of a tag to close.
    stack: list[object] = list(reversed(soup.contents))
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            reader.start(node.name, {name: _as_text(value) for name, value in node.attrs.items()})
            stack.append(_Close(node.name))
            stack.extend(reversed(node.contents))
        elif isinstance(node, _Close):
            reader.end(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            reader.data(str(node))
    return reader.close()


class _Close(str):
    __slots__ = ()


def _as_text(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value or "")
