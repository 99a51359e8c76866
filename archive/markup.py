"""Markup to blocks, in one pass over a parser's events: BeautifulSoup's walk, or lxml's own. The one door to lxml."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from lxml import etree

from archive.elements import (
    BLOCK_TAGS,
    CELL_SEPARATOR,
    DEEPEST_PATH_STEPS,
    LONGEST_NAMES_CHARS,
    MOST_ELEMENTS,
    SILENT_TAGS,
    Open,
    Row,
    TooMuchMarkup,
    is_hidden,
    shown_cells,
    squeeze,
)
from archive.model import Block

ParseError = etree.LxmlError
"""What `read_markup` raises on markup that lxml gives up on."""


@dataclass(slots=True)
class BlockReader:
    """Collects blocks from a parser's events, without a tree: pages nest a million deep.

    `start`, `end`, `data` and `close` are lxml's parser target interface.
    """

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    declared: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)  # the JSON-LD of the page
    last_texts: deque[str] = field(
        default_factory=partial(deque[str], maxlen=400)
    )  # shows whether the end was read
    _open: list[Open] = field(default_factory=list)
    _pieces: list[tuple[str, bool]] = field(default_factory=list)  # text, inside a link
    _path: list[str] = field(default_factory=list)
    _elements: list[int] = field(default_factory=list)
    _tags: list[str] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)
    _title: list[str] | None = None
    _script: list[str] | None = None
    _place: tuple[tuple[str, ...], tuple[int, ...]] | None = None  # path and elements, shared by neighbours
    _elements_seen: int = 0
    _count: int = 0
    _silent: int = 0
    _concealed: int = 0
    _links: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        entry = Open(tag=tag)
        self._open.append(entry)
        self._elements_seen += 1
        if self._elements_seen > MOST_ELEMENTS:
            raise TooMuchMarkup(f"more than {MOST_ELEMENTS} elements")
        if tag in {"frame", "iframe"} and attributes.get("src", "").strip():
            self.declared.append(("frame", attributes["src"].strip()))
        if self._silent or tag in SILENT_TAGS:
            entry.is_silent = True
            self._silent += 1
            self._start_silent(tag, attributes)
            return
        if self._concealed or is_hidden(attributes):
            entry.is_hidden = True
            self._concealed += 1
            if self._concealed == 1:
                self._step(entry, tag, attributes)
            return
        if tag == "br":
            self._flush()
            return
        if tag in BLOCK_TAGS:
            self._flush()
            self._tags.append(tag)
            entry.is_block = True
        # Inline containers with a name (span#zoom) are part of the path too: sites hang bodies on them.
        if entry.is_block or "id" in attributes or "class" in attributes:
            self._step(entry, tag, attributes)
        self._links += tag == "a"
        if tag in {"tr", "td", "th", "table"}:
            self._start_in_table(tag)

    def end(self, tag: str) -> None:
        """Close the innermost element."""
        del tag  # events are balanced: it is the innermost one's
        entry = self._open.pop()
        if entry.is_silent:
            self._silent -= 1
            self._end_silent(entry.tag)
            return
        if entry.is_hidden:
            self._concealed -= 1
            if not self._concealed:
                self._add_hidden()
        if entry.is_block:
            self._flush()
            self._tags.pop()
            if entry.tag == "tr":
                self._end_row(self._rows.pop())
        if entry.is_step:
            self._path.pop()
            self._elements.pop()
            self._forget_place()
        self._links -= entry.tag == "a" and not entry.is_hidden

    def data(self, text: str) -> None:
        """Take text of the innermost element."""
        self.last_texts.append(text)
        if self._title is not None:
            self._title.append(text)
        elif self._script is not None:
            self._script.append(text)
        elif not self._silent:
            if self._concealed:
                self._hidden.append(text)
                return
            self._pieces.append((text, self._links > 0))
            if self._rows and self._rows[-1].cells:
                self._rows[-1].cells[-1].append(text)
                if self._links:
                    self._rows[-1].linked.append(text)

    def comment(self, text: str) -> None:
        """Take a comment, which is no text."""
        self.last_texts.append(text)

    def close(self) -> "BlockReader":
        """End the page."""
        self._flush()
        return self

    def _step(self, entry: Open, tag: str, attributes: Mapping[str, str]) -> None:
        identity = attributes.get("id", "")[:LONGEST_NAMES_CHARS]
        names = attributes.get("class", "")[:LONGEST_NAMES_CHARS].split()
        self._path.append(tag + (f"#{identity}" if identity else "") + "".join(f".{name}" for name in names))
        self._count += 1
        self._elements.append(self._count)
        self._forget_place()
        entry.is_step = True

    def _forget_place(self) -> None:
        if len(self._path) <= DEEPEST_PATH_STEPS:
            self._place = None

    def _start_silent(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
            content = attributes.get("content", "")
            if name and content.strip():
                self.declared.append((name.strip().lower(), squeeze(content)))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical" and "href" in attributes:
            self.declared.append(("canonical", attributes["href"].strip()))
        elif tag == "title" and not self.title:
            self._title = []
        elif tag == "script" and attributes.get("type", "").lower().startswith("application/ld+json"):
            self._script = []

    def _end_silent(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            self.title, self._title = squeeze("".join(self._title)), None
        elif tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None

    def _start_in_table(self, tag: str) -> None:
        if tag == "table":
            for row in reversed(self._rows):
                if row.is_layout:
                    break  # and so are those around it
                row.is_layout = True
        elif tag == "tr":
            self._rows.append(Row(first_block=len(self.blocks), depth=len(self._open)))
        elif self._rows and len(self._open) == self._rows[-1].depth + 1:
            self._rows[-1].cells.append([])

    def _end_row(self, row: Row) -> None:
        if not row.is_data():
            return
        del self.blocks[row.first_block :]
        cells = [squeeze("".join(cell)) for cell in row.cells]
        text = CELL_SEPARATOR.join(shown_cells(cells))
        self._add(text, tag="tr", linked_chars=len(squeeze("".join(row.linked))))

    def _add_hidden(self) -> None:
        """Keep hidden text as a block of its own, in no sentence, so that its removal can be shown."""
        pieces, self._hidden = self._hidden, []
        text = squeeze("".join(pieces))
        if text:
            self._add(text, tag="hidden", linked_chars=0)

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        text = squeeze("".join(piece for piece, _ in pieces))
        if text:
            linked = sum(len(squeeze(piece)) for piece, in_link in pieces if in_link)
            self._add(text, tag=self._tags[-1] if self._tags else "body", linked_chars=linked)

    def _add(self, text: str, *, tag: str, linked_chars: int) -> None:
        if self._place is None:
            self._place = tuple(self._path[:DEEPEST_PATH_STEPS]), tuple(self._elements[:DEEPEST_PATH_STEPS])
        path, elements = self._place
        self.blocks.append(
            Block(
                text=text,
                captured=text,
                index=len(self.blocks),
                path=path,
                elements=elements,
                tag=tag,
                link_share=min(1.0, linked_chars / len(text)),
            )
        )


def read_markup(markup: str) -> BlockReader:
    """Read markup with lxml's parser, which forgives everything it can. Raises etree.ParseError on the rest."""
    parser = etree.HTMLParser(target=BlockReader(), encoding="utf-8", huge_tree=True)
    # A NUL ends the text for libxml2.
    parser.feed(markup.replace("\x00", "").encode("utf-8", errors="replace"))
    reader = parser.close()
    assert isinstance(reader, BlockReader)
    return reader


def in_order(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks with indexes that count from 0."""
    return tuple(
        block if block.index == number else replace(block, index=number)
        for number, block in enumerate(blocks)
    )
