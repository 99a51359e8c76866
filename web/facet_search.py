"""Searching inside a facet too long to read: which of its values are shown. Pure."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from archive.pinyin import spelled
from index.fold import fold
from web.labels import FACET_NAMES

MAX_CHARS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetSearch:
    """What was typed into the search box of one facet."""

    facet: str
    text: str


def read_facet_search(arguments: MultiDict[str, str]) -> FacetSearch | None:
    """Read the parameters `facet` and `contains`; anything else than a facet's name and some text is no search."""
    facet, text = arguments.get("facet", ""), arguments.get("contains", "").strip()[:MAX_CHARS]
    return FacetSearch(facet=facet, text=text) if facet in FACET_NAMES and text else None


def is_found(wanted: str, *names: str) -> bool:
    """Whether one of a value's names holds what was typed, in either script, or begins so in pinyin or its initials."""
    folded = fold(wanted)
    return any(_is_named(folded, name) for name in names)


def _is_named(folded: str, name: str) -> bool:
    if folded in fold(name):
        return True
    if not (folded.isascii() and folded.isalpha()):
        return False
    syllables = spelled(name)
    initials = "".join(syllable[:1] for syllable in syllables)
    return initials.startswith(folded) or "".join(syllables).startswith(folded)
