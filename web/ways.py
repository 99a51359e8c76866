"""The ways from a search to the same with one more choice: as links, or as buttons where links would weigh too much. Pure.

A page has two for each of some 120 values. What their addresses have in common is written once for each facet: that, and
gathering places in one pass, took a page of a hundred thousand reports from 80 ms to 53.
"""

import re
from functools import cached_property
from urllib.parse import quote_plus, unquote, urlencode

from web.long_queries import weighs
from web.params import SearchState, excluding, including, to_arguments

_ENCODED_HAN = re.compile(r"(?:%E[3-9]%[89AB][0-9A-F]%[89AB][0-9A-F])+")
"""U+3000 to U+9FFF, as they stand encoded in an address."""

_ANY_VALUE = "\ue000\ue001"
"""Stands where a value will: two characters for private use."""


def spelled_out(address: str) -> str:
    """Write an address for a link on a page: Chinese characters as they are, a third of the bytes. Browsers encode them."""
    return _ENCODED_HAN.sub(lambda found: unquote(found.group()), address)


def search_query(state: SearchState) -> str:
    """Return what follows the path of the search page in this state, with its question mark; empty for the empty search."""
    arguments = urlencode(to_arguments(state))
    return f"?{arguments}" if arguments else ""


class Ways:
    """The ways that one facet of a search offers; for a value that is neither chosen nor excluded yet."""

    def __init__(self, state: SearchState, facet: str) -> None:
        self.state = state
        self.facet = facet

    @cached_property
    def are_buttons(self) -> bool:
        """Whether the choices are buttons of one form, which holds the search once."""
        return weighs(self.state)

    @cached_property
    def _around_chosen(self) -> tuple[str, str]:
        return _around(including(self.state, self.facet, _ANY_VALUE))

    @cached_property
    def _around_excluded(self) -> tuple[str, str]:
        return _around(excluding(self.state, self.facet, _ANY_VALUE))

    def with_value(self, value: str) -> str:
        """Return the query of the search in which `value` is chosen too."""
        return _between(value, self._around_chosen)

    def without_value(self, value: str) -> str:
        """Return the query of the search in which `value` is excluded too."""
        return _between(value, self._around_excluded)


def _around(state: SearchState) -> tuple[str, str]:
    before, _, after = spelled_out(search_query(state)).partition(quote_plus(_ANY_VALUE))
    return before, after


def _between(value: str, around: tuple[str, str]) -> str:
    before, after = around
    return f"{before}{spelled_out(quote_plus(value))}{after}"
