"""Markup to blocks by BeautifulSoup's tree: how pages are read. The one door to BeautifulSoup."""

import warnings
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.builder import LXMLTreeBuilder  # type: ignore[attr-defined]  # bs4 adds it at run time where lxml is there
from bs4.element import (
    Comment,
    Doctype,
    NavigableString,
    PageElement,
    PreformattedString,
    ProcessingInstruction,
    Tag,
)
from bs4.exceptions import ParserRejectedMarkup

from archive.markup import BlockReader

MOST_TAG_MARKS = 60_000
"""How many `<` a tree is built for. The 57 shared pages have 18,000 at most, and a tree of 60,000 takes seconds."""


class Element(Tag):
    """A tag as `PageTreeBuilder` makes it: what bs4's own constructor works out for each is the same for all."""

    namespace = prefix = None
    parser_class = BeautifulSoup
    known_xml = False
    hidden = False
    can_be_empty_element = False  # it is never written out as markup again
    cdata_list_attributes = None
    preserve_whitespace_tags = None
    interesting_string_types = Tag.MAIN_CONTENT_STRING_TYPES

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attrs = attributes  # type: ignore[assignment]  # a plain dict: bs4's checks values that lxml never gives
        self.contents = []


class PageTreeBuilder(LXMLTreeBuilder):  # type: ignore[misc]  # see above
    """Builds BeautifulSoup's tree from lxml's events, which are balanced already, linking each node once.

    bs4's own builder finds namespaces, lists of classes and the tag to close anew for each element: the 57
    shared pages took 18.3 ms each with it and take 4.5 ms with this one. Elements, attributes, texts and their
    links are the same, except that `class` stays one string and a text of white space stays as it is.
    tests/cleaning/test_soup.py holds the two side by side.
    """

    def feed(self, markup: str | bytes) -> None:
        """Parse the markup into the soup. Raises ParserRejectedMarkup."""
        assert self.soup is not None
        self._parent: Tag = self.soup
        self._last: PageElement = self.soup
        self._texts: list[str] = []
        super().feed(markup)
        self._end_text()
        if self.soup.contents:  # bs4 counts the soup itself as before none of its nodes
            self.soup.next_element = self.soup.contents[0].previous_element = None

    def start(self, tag: str, attrib: Mapping[str, str], nsmap: object = None) -> None:
        """Open an element."""
        del nsmap  # HTML has none
        if self._texts:
            self._end_text()
        element = Element(tag, dict(attrib) if attrib else {})
        self._link(element)
        self._parent = element

    def end(self, tag: str) -> None:
        """Close the innermost element."""
        del tag
        if self._texts:
            self._end_text()
        assert self._parent.parent is not None
        self._parent = self._parent.parent

    def data(self, data: str) -> None:
        """Take a piece of text; lxml gives one in several."""
        self._texts.append(data)

    def comment(self, text: str) -> None:
        """Take a comment."""
        self._end_text()
        self._link(_string(Comment, text))

    def pi(self, target: str, data: str) -> None:
        """Take a processing instruction, which HTML has by mistake only."""
        self._end_text()
        self._link(_string(ProcessingInstruction, f"{target} {data}"))

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Take the doctype."""
        self._end_text()
        self._link(Doctype.for_name_and_ids(name, pubid, system))

    def _end_text(self) -> None:
        if self._texts:
            self._link(_string(NavigableString, "".join(self._texts)))
            self._texts.clear()

    def _link(self, node: PageElement) -> None:
        """Append a node to the innermost element, in the order of the page and among its siblings."""
        parent, last = self._parent, self._last
        siblings = parent.contents
        node.parent = parent
        node.next_element = node.next_sibling = node.previous_sibling = None
        if siblings:
            before = siblings[-1]
            node.previous_sibling = before
            before.next_sibling = node
        node.previous_element = last
        last.next_element = node
        siblings.append(node)
        self._last = node


def _string(kind: type[NavigableString], text: str) -> NavigableString:
    return str.__new__(kind, text)  # the builder links it; bs4's constructor would do so first, to nothing


def to_soup(markup: str) -> BeautifulSoup:
    """Parse markup into BeautifulSoup's tree with lxml. Raises ParserRejectedMarkup."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(markup, builder=PageTreeBuilder())


def read_soup(markup: str) -> BlockReader | None:
    """Read markup with BeautifulSoup on lxml; None when it is too large for a tree or no parser accepts it."""
    if markup.count("<") > MOST_TAG_MARKS:
        return None
    try:
        soup = to_soup(markup)
    except (ParserRejectedMarkup, RecursionError, AssertionError):
        return None
    return _replayed(soup)


def _replayed(soup: BeautifulSoup) -> BlockReader:
    """Walk the tree without recursion and tell the reader what a parser would."""
    reader = BlockReader()
    start, end, data, comment = reader.start, reader.end, reader.data, reader.comment
    open_tags: list[tuple[str, Iterator[PageElement]]] = [("", iter(soup.contents))]
    while open_tags:
        name, nodes = open_tags[-1]
        for node in nodes:
            if isinstance(node, Element):
                start(node.name, node.attrs)  # type: ignore[arg-type]  # its values are all text
                open_tags.append((node.name, iter(node.contents)))
                break
            if isinstance(node, Comment):
                comment(node)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                data(node)
        else:
            open_tags.pop()
            if open_tags:
                end(name)
    return reader.close()
