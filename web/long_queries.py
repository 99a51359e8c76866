"""Long queries on a page of links: 500 characters in 300 addresses are 1.6 MB. Pure.

A link that only adds one choice becomes a button of one form, which holds the query once; a hit's link carries the
words to be marked in place of the sentence that they come from.
"""

from dataclasses import dataclass

from index.query import Query
from index.segment import distinct, to_segment
from index.tree import Words, positive_texts
from web.params import SearchState, on_page, to_arguments

LINKED_CHARS = 12
"""Up to here pages and bars are links, which can be opened beside the page and passed on."""

LINKED_BYTES = 24
"""Up to here, which is eight Han characters, values of facets are links: they are two for each value, so that each byte
more is .3 KB of a page of 170 values."""

NARROWED_BYTES = 60
"""As much with the filters, of which few values are left to choose."""

PASTED_CHARS = 60
"""From here on it is a text rather than a query: with buttons and without forms 500 characters
give 98 KB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A parameter that a search gains."""

    name: str
    value: str


def is_long(state: SearchState) -> bool:
    """Whether links that repeat the query would weigh more than the page."""
    return len(state.text) > LINKED_CHARS


def is_pasted(state: SearchState) -> bool:
    """Whether even the forms that search in a facet, which hold the query each, would weigh too much."""
    return len(state.text) > PASTED_CHARS


def weighs(state: SearchState) -> bool:
    """Whether links to values that add to this state would weigh too much."""
    whole = sum(len(f"{name}={value}".encode()) for name, value in to_arguments(state))
    return is_long(state) or len(state.text.encode()) > LINKED_BYTES or whole > NARROWED_BYTES


def addition(state: SearchState, target: SearchState) -> Addition | None:
    """Return what leads from the first page of `state` to `target`; None where a link does as well or more changes."""
    if not weighs(state):
        return None
    held, wanted = list(to_arguments(on_page(state, 1))), list(to_arguments(target))
    added = [pair for pair in wanted if pair not in held]
    if len(added) != 1 or len(wanted) != len(held) + 1:
        return None
    return Addition(name=added[0][0], value=added[0][1])


def text_to_mark(query: Query) -> str:
    """Return a short query that marks in a report what a long one marks: its quotations and its words."""
    if len(query.text) <= PASTED_CHARS:
        return query.text
    texts = tuple(positive_texts(query.tree))
    words = (term for text in texts if isinstance(text, Words) for term in to_segment(text.text).marked)
    quoted = (f'"{text.text[:PASTED_CHARS]}"' for text in texts if not isinstance(text, Words))
    return " ".join((*distinct(quoted), *distinct(words))) if texts else query.text
