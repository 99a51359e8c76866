"""Markup to blocks by BeautifulSoup's tree: how pages are read. The one door to BeautifulSoup."""

import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Comment, NavigableString, PreformattedString, Tag
from bs4.exceptions import ParserRejectedMarkup

from archive.markup import BlockReader

MOST_TAG_MARKS = 60_000
"""How many `<` a tree is built for. The 57 shared pages have 18,000 at most, and a tree of 60,000 takes seconds."""


def read_soup(markup: str) -> BlockReader | None:
    """Read markup with BeautifulSoup on lxml; None when it is too large for a tree or no parser accepts it."""
    if markup.count("<") > MOST_TAG_MARKS:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            soup = BeautifulSoup(markup, "lxml")
        except (ParserRejectedMarkup, RecursionError, AssertionError):
            return None
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
        elif isinstance(node, Comment):
            reader.comment(str(node))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            reader.data(str(node))
    return reader.close()


class _Close(str):
    __slots__ = ()


def _as_text(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value or "")
