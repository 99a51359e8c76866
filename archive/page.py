"""Text to blocks: one kind of block for HTML and for a text dump. The one door to BeautifulSoup."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString, Tag
from bs4.exceptions import ParserRejectedMarkup

from archive.errors import UnreadableSource
from archive.model import Block, Capture, DecodedText, Page

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav ol optgroup "
    "option p pre section select summary table tbody td textarea tfoot th thead tr ul".split()
)
_SILENT_TAGS = frozenset(
    "script style template noscript svg math object embed canvas audio video head title meta link".split()
)
_START_OF_PAGE = re.compile(r"<(?:!doctype\s|html[\s>])", re.IGNORECASE)
_JUNK_BEFORE_PAGE_CHARS = 100_000
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
# What a browser collapses, and the no-break spaces that pages pad with; an ideographic space is text.
_WHITE_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
# A line break in the source between two wide characters is no space: Chinese is not set with spaces.
_BREAK_IN_HAN = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_EDGES = " \t\r\n\f\v\u00a0\u3000\ufeff\u200b\u200c\u200d\u2002\u2003\u2028\u2029\x00"
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_CELL_SEPARATOR = " | "
_LONGEST_CELL_CHARS = 200  # the standard form's longest cell has 61; layout cells hold whole bodies


def read_page(capture: Capture, decoded: DecodedText) -> Page:
    """Read decoded text into a Page.

    HTML gives a block per block element and per `<br>`, a data table's row one block with its cells joined by
    `" | "`; a dump gives a block per line. White space at a block's edges goes; inside it stays (in HTML runs
    become one space). A `.txt` file that begins with HTML is read as HTML.

    Raises UnreadableSource when no parser accepts the markup.
    """
    is_html = capture.media_type != "text/plain" or _LOOKS_LIKE_HTML.match(decoded.text) is not None
    if not is_html:
        blocks = tuple(_lines_of(decoded.text))
        return Page(
            blocks=blocks, media_type="text/plain", notes=decoded.notes, source_url=capture.source_url
        )
    soup = _parse(_without_junk_before(decoded.text), capture.origin)
    reader = _BlockReader()
    reader.read(soup)
    return Page(
        blocks=tuple(reader.blocks),
        media_type="text/html",
        title=_squeeze(soup.title.get_text()) if soup.title else "",
        meta=tuple(_declared_fields(soup)),
        notes=decoded.notes,
        source_url=capture.source_url,
    )


def _lines_of(text: str) -> Iterator[Block]:
    for number, line in enumerate(text.splitlines()):
        stripped = line.strip(_EDGES)
        if stripped:
            yield Block(text=stripped, captured=stripped, index=number)


def _without_junk_before(markup: str) -> str:
    """Cut what injected scripts leave before the doctype: parsers would open the body there."""
    match = _START_OF_PAGE.search(markup, 0, _JUNK_BEFORE_PAGE_CHARS)
    return markup[match.start() :] if match else markup


def _parse(markup: str, origin: str) -> BeautifulSoup:
    """Parse with lxml; where it gives up part-way (nesting beyond 256) with Python's slower parser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            soup = BeautifulSoup(markup, "lxml")
            if _seems_whole(soup, markup):
                return soup
            return BeautifulSoup(markup, "html.parser")
        except (ParserRejectedMarkup, RecursionError, AssertionError) as error:
            raise UnreadableSource(
                f"{origin}: no HTML parser reads this markup ({error}); save its text as .txt and add that"
            ) from error


def _seems_whole(soup: BeautifulSoup, markup: str) -> bool:
    """Whether the parser kept the end of the page: its last Han characters are in the tree."""
    tail = re.findall(r"[\u3400-\u9fff]+(?=[^<>]*<)", markup[-4000:])
    if not tail or len(markup) < 4000:
        return True
    return any(tail[-1] in text for text in soup.find_all(string=True, limit=None)[-200:])


def _declared_fields(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for tag in soup.find_all("meta"):
        name = tag.get("name") or tag.get("property")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            yield name.lower(), _squeeze(content)
    for tag in soup.find_all("link", rel="canonical"):
        href = tag.get("href")
        if isinstance(href, str):
            yield "canonical", href.strip()


def _squeeze(text: str) -> str:
    return _WHITE_SPACE.sub(" ", _BREAK_IN_HAN.sub("", text)).strip(_EDGES)


def _step(tag: Tag) -> str:
    """One step of a block's path: `tag#id.class.class`."""
    identity = tag.get("id")
    classes = tag.get("class")
    names = classes if isinstance(classes, list) else [classes] if classes else []
    return tag.name + (f"#{identity}" if identity else "") + "".join(f".{name}" for name in names)


def _is_hidden(tag: Tag) -> bool:
    style = tag.get("style")
    return tag.has_attr("hidden") or (isinstance(style, str) and _HIDDEN_STYLE.search(style) is not None)


def _is_data_row(tag: Tag) -> bool:
    """Whether a `<tr>` is a row of data and not of layout: several short cells, nothing nested."""
    if tag.name != "tr" or tag.find("table") is not None:
        return False
    cells = [cell.get_text() for cell in tag.find_all(["td", "th"], recursive=False)]
    filled = [cell for cell in cells if cell.strip(_EDGES)]
    return len(filled) > 1 and all(len(_squeeze(cell)) <= _LONGEST_CELL_CHARS for cell in filled)


@dataclass(slots=True)
class _BlockReader:
    """Walks the tree once, without recursion (pages nest thousands deep), and collects blocks."""

    blocks: list[Block] = field(default_factory=list)
    _pieces: list[tuple[str, bool]] = field(default_factory=list)  # text, inside a link
    _path: list[str] = field(default_factory=list)
    _tags: list[str] = field(default_factory=list)

    def read(self, root: Tag) -> None:
        # Each entry is a node to open, or the name of a tag to close.
        stack: list[object] = list(reversed(root.contents))
        links = 0
        while stack:
            node = stack.pop()
            if isinstance(node, _Close):
                links -= node.is_link
                self._close(node)
            elif isinstance(node, Tag):
                if node.name in _SILENT_TAGS:
                    continue
                if _is_hidden(node):
                    self._add_hidden(node)
                elif _is_data_row(node):
                    self._add_row(node)
                elif node.name == "br":
                    self._flush()
                else:
                    close = self._open(node)
                    links += close.is_link
                    stack.append(close)
                    stack.extend(reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._pieces.append((str(node), links > 0))
        self._flush()

    def _open(self, tag: Tag) -> "_Close":
        is_block = tag.name in BLOCK_TAGS
        if is_block:
            self._flush()
            self._tags.append(tag.name)
        # Inline containers with a name (span#zoom) are part of the path too: sites hang bodies on them.
        is_step = is_block or tag.has_attr("id") or tag.has_attr("class")
        if is_step:
            self._path.append(_step(tag))
        return _Close(is_block=is_block, is_step=is_step, is_link=tag.name == "a")

    def _close(self, close: "_Close") -> None:
        if close.is_block:
            self._flush()
            self._tags.pop()
        if close.is_step:
            self._path.pop()

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        text = _squeeze("".join(piece for piece, _ in pieces))
        if text:
            linked = sum(len(_squeeze(piece)) for piece, in_link in pieces if in_link)
            self._add(text, tag=self._tags[-1] if self._tags else "body", linked_chars=linked)

    def _add_row(self, row: Tag) -> None:
        self._flush()
        cells = [_squeeze(cell.get_text()) for cell in row.find_all(["td", "th"], recursive=False)]
        linked = sum(len(_squeeze(link.get_text())) for link in row.find_all("a"))
        self._path.append(_step(row))
        self._add(_CELL_SEPARATOR.join(cell for cell in cells if cell), tag="tr", linked_chars=linked)
        self._path.pop()

    def _add_hidden(self, tag: Tag) -> None:
        """Keep hidden text as a block of its own, in no sentence, so that its removal can be shown."""
        text = _squeeze(tag.get_text())
        if text:
            self._path.append(_step(tag))
            self._add(text, tag="hidden", linked_chars=0)
            self._path.pop()

    def _add(self, text: str, *, tag: str, linked_chars: int) -> None:
        self.blocks.append(
            Block(
                text=text,
                captured=text,
                index=len(self.blocks),
                path=tuple(self._path),
                tag=tag,
                link_share=min(1.0, linked_chars / len(text)),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Close:
    is_block: bool
    is_step: bool
    is_link: bool
