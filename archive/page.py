"""Text to a page of blocks: one kind of block for HTML and for a text dump."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.elements import EDGES, TooMuchMarkup
from archive.errors import UnreadableSource
from archive.markup import BlockReader, ParseError, in_order, read_markup
from archive.model import Block, Capture, DecodedText, Page
from archive.soup import read_soup
from archive.unshown import with_unshown

_START_OF_PAGE = re.compile(r"<(?:!doctype\s|html[\s>])", re.IGNORECASE)
_JUNK_BEFORE_PAGE_CHARS = 100_000
_JUNK_HAN_CHARS = 200  # a slogan or two
_MOST_STARTS = 20  # a page that scripts write into frames holds two or three
_HAN = re.compile(r"[\u3400-\u9fff]")
_LOOKS_LIKE_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?>(?:<!--(?>.*?-->)\s*+)*)<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_TAIL_CHARS = 4000
_LONGEST_BLOCK_CHARS = 300_000  # real pages put 8,000 on a line; every rule searches all of it
_MOST_BLOCKS = 100_000  # the longest of 57 real pages has 6,000, and each block costs about a kilobyte


def read_page(capture: Capture, decoded: DecodedText) -> Page:
    """Read decoded text into a Page.

    HTML gives a block per block element and per `<br>`, a data table's row one block with its cells joined by
    `" | "`; a dump gives a block per line. White space at a block's edges goes; inside it stays (in HTML runs
    become one space). A `.txt` file that begins with HTML is read as HTML.

    Raises UnreadableSource when no parser accepts the markup.
    """
    is_html = capture.media_type != "text/plain" or _LOOKS_LIKE_HTML.match(decoded.text) is not None
    if not is_html:
        blocks = tuple(islice(_lines_of(decoded.text), _MOST_BLOCKS + 1))
        _refuse_too_many(blocks, capture.origin)
        return Page(
            blocks=blocks, media_type="text/plain", notes=decoded.notes, source_url=capture.source_url
        )
    markup = _without_junk_before(decoded.text)
    reading = _parse(markup, capture.origin)
    _refuse_too_many(reading.blocks, capture.origin)
    page = Page(
        blocks=in_order(reading.blocks),
        media_type="text/html",
        title=reading.title,
        meta=tuple(reading.declared),
        linked_data=tuple(reading.scripts),
        notes=decoded.notes,
        source_url=capture.source_url,
    )
    page = with_unshown(page, markup)
    _refuse_too_many(page.blocks, capture.origin)
    return page


def _refuse_too_many(blocks: Sequence[Block], origin: str) -> None:
    if len(blocks) > _MOST_BLOCKS:
        raise UnreadableSource(
            f"{origin}: more than {_MOST_BLOCKS} blocks of text are no page of reports; "
            "cut it into pages and add these"
        )
    longest = max((len(block.text) for block in blocks), default=0)
    if longest > _LONGEST_BLOCK_CHARS:
        raise UnreadableSource(
            f"{origin}: a line of {longest} characters is no paragraph ({_LONGEST_BLOCK_CHARS} are the most that are "
            "read); break it into lines and add it again"
        )


def _lines_of(text: str) -> Iterator[Block]:
    for number, line in enumerate(text.splitlines()):
        stripped = line.strip(EDGES)
        if stripped:
            yield Block(text=stripped, captured=stripped, index=number)


def _without_junk_before(markup: str) -> str:
    """Cut what injected scripts leave before the doctype: parsers would open the body there.

    A start of page inside a script is one that the script writes into a frame, and what is cut must hold less
    text than what stays: fragments of pages hold a whole advertisement's page further down.
    """
    begun = 0
    for _ in range(_MOST_STARTS):
        match = _START_OF_PAGE.search(markup, begun, _JUNK_BEFORE_PAGE_CHARS)
        if match is None or not markup[: match.start()].strip():
            return markup
        if not _ends_in_script(markup[: match.start()].lower()):
            break
        begun = match.end()
    else:
        return markup
    before, after = markup[: match.start()], markup[match.start() :]
    fragment = len(_HAN.findall(before)) > max(_JUNK_HAN_CHARS, len(_HAN.findall(after)))
    return markup if fragment else after


def _ends_in_script(before: str) -> bool:
    opened = before.rfind("<script")
    return opened >= 0 and before.find("</script", opened) < 0


def _parse(markup: str, origin: str) -> BlockReader:
    """Read with BeautifulSoup; what is too large or too deep for a tree by lxml's events alone.

    lxml's tree ends at a depth of 256, its events do not.
    """
    try:
        reading = read_soup(markup)
        return reading if reading and _seems_whole(reading, markup) else read_markup(markup)
    except TooMuchMarkup as error:
        message = f"{origin}: {error} are no page of reports; save its text as .txt and add that"
        raise UnreadableSource(message) from error
    except ParseError as error:
        raise UnreadableSource(
            f"{origin}: no HTML parser reads this markup ({error}); save its text as .txt and add that"
        ) from error


def _seems_whole(reading: BlockReader, markup: str) -> bool:
    """Whether the parser kept the end of the page: its last Han characters are among the last texts."""
    tail = re.findall(r"[\u3400-\u9fff]++", re.sub(r"<[^<>]*+>?", "\n", markup[-_TAIL_CHARS:]))
    if not tail or len(markup) < _TAIL_CHARS:
        return True
    return any(tail[-1] in text for text in reading.last_texts)
