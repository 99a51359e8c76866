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
"""Up to here every choice is a link, which can be opened beside the page and passed on: 305 of them of 12 Han
characters add 33 KB to a page of 85."""

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


def addition(state: SearchState, target: SearchState) -> Addition | None:
    """Return what leads from the first page of `state` to `target`; None where a link does as well or more changes."""
    if not is_long(state):
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
