"""Text that a page holds but does not show: in the JSON of its scripts, or for browsers without frames. Pure.

Pages made by scripts send an empty frame and their text as data. What is data (JSON) is read; what would have to be run is not.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.elements import EDGES, TooMuchMarkup
from archive.lines import SENTENCE_MARK, han_chars, running_chars
from archive.markup import ParseError, read_markup
from archive.model import Block, Page

# A page shows this much running text at most (an appeal to switch scripts on, a line of a footer) when its own is elsewhere.
_MOST_SHOWN_CHARS = 60
_FEWEST_CHARS = 100  # Han characters: a teaser of another page has fewer
_LONGEST_PAGE_CHARS = 4_000_000  # longer ones are databases or attacks, and each look goes through all of it
_LONGEST_SCRIPT_CHARS = 2_000_000
_LOWER = {
    code: code + 32 for code in range(ord("A"), ord("Z") + 1)
}  # lower() would lengthen İ, and offsets shift
TEXT_IN_SCRIPT = "text-in-script"
"""Name in a page's `meta` that says that a script writes its text, which is not run."""


def with_unshown(page: Page, markup: str) -> Page:
    """Return the page with text that it does not show, where it shows none: from `noframes`, else from JSON.

    JSON is JSON-LD's articleBody, else the longest text in a script of JSON. A note says where the text was read; `meta` says
    where it stands in a script that is no JSON. A page that shows running text comes back as it is.
    """
    shown = sum(running_chars(block) for block in page.blocks if block.tag != "hidden")
    if shown > _MOST_SHOWN_CHARS or len(markup) > _LONGEST_PAGE_CHARS:
        return page
    for where, text in _candidates(markup):
        blocks = _blocks_of(text, page.blocks)
        if sum(running_chars(block) for block in blocks) > shown:
            note = f"the page shows no text of its own; it was read from its {where}"
            return replace(page, blocks=(*page.blocks, *blocks), notes=(*page.notes, note))
    if any(_is_text(body) for _, body in _elements(markup, "script")):
        return replace(page, meta=(*page.meta, (TEXT_IN_SCRIPT, "yes")))
    return page


def _candidates(markup: str) -> Iterator[tuple[str, str]]:
    """Yield where a text stands and the text, best first."""
    frames = [body for _, body in _elements(markup, "noframes") if _is_text(body)]
    if frames:
        yield "noframes element", max(frames, key=han_chars)
    data = [(opening, _parsed(body)) for opening, body in _elements(markup, "script") if "json" in opening]
    articles = [text for _, value in data for name, text in _strings(value) if name == "articleBody"]
    if articles:
        yield "JSON-LD (articleBody)", max(articles, key=han_chars)
    texts = [text for _, value in data for _, text in _strings(value) if _is_text(text)]
    if texts:
        yield "JSON data", max(texts, key=han_chars)


def _is_text(text: str) -> bool:
    return SENTENCE_MARK.search(text) is not None and han_chars(text) >= _FEWEST_CHARS


def _elements(markup: str, tag: str) -> Iterator[tuple[str, str]]:
    """Yield the opening tag, lower-case, and the inside of each element that holds no markup to a parser."""
    lower = markup.translate(_LOWER)
    end = 0
    while (start := lower.find(f"<{tag}", end)) >= 0:
        inside = lower.find(">", start) + 1
        end = lower.find(f"</{tag}", start)
        if not inside or end < inside:
            return
        yield lower[start:inside], markup[inside:end]


def _parsed(body: str) -> object:
    if len(body) > _LONGEST_SCRIPT_CHARS:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _strings(value: object) -> Iterator[tuple[str, str]]:
    """Yield each string of JSON with the name that it stands under, without recursion."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        name, one = waiting.pop()
        if isinstance(one, str):
            yield name, one
        elif isinstance(one, dict):
            waiting.extend(one.items())
        elif isinstance(one, list):
            waiting.extend((name, each) for each in one)


def _blocks_of(text: str, shown: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a text, which may be markup itself, in an element of their own below the page's."""
    first = 1 + max((block.index for block in shown), default=-1)
    element = 1 + max((number for block in shown for number in block.elements), default=0)
    if "<" not in text:
        lines = [line.strip(EDGES) for line in text.splitlines()]
        found = [Block(text=line, captured=line, index=0, tag="p") for line in lines if line]
    else:
        try:
            found = read_markup(text).blocks
        except (ParseError, TooMuchMarkup):
            return ()
    return tuple(
        replace(
            block,
            index=first + number,
            path=("script", *block.path),
            elements=(element, *(element + one for one in block.elements)),
        )
        for number, block in enumerate(found)
    )
