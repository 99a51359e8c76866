"""A cited passage that is found again after its report was cleaned anew. Pure.

It is what the W3C Web Annotation model calls a TextQuoteSelector (exact, prefix, suffix) with a position and the
version it was cited from: https://www.w3.org/TR/annotation-model/#text-quote-selector. It is looked for where it
stood, then by its words, by the words around it where it stands several times, and last by likeness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive.hanzi import match_form
from archive.resolve.alignment import BareText, Place, closest, occurrences, to_bare

LEAST_LIKENESS = 0.8
"""A passage of ten characters may have lost or changed two or three; below that its words say something else."""

LEAST_FUZZY_CHARS = 8
"""Shorter quotations are like too much to be found by likeness."""

CONTEXT_CHARS = 32
"""What a link keeps of the words before and after, as other makers of such links do."""

How = Literal["position", "quote", "fuzzy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A passage as cited: its words, those around it, and where it stood in `version`."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    paragraph: int | None = None  # counted from 0
    start: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refound:
    """Where a quotation stands now; `likeness` is 1 unless it was found by likeness alone."""

    place: Place
    how: How
    likeness: float = 1.0


def cite(paragraphs: Sequence[str], place: Place, *, version: int) -> Quotation:
    """Return the quotation of a place."""
    before, after = paragraphs[place.first][: place.start], paragraphs[place.last][place.end :]
    return Quotation(
        exact=_words(paragraphs, place),
        prefix=before[-CONTEXT_CHARS:],
        suffix=after[:CONTEXT_CHARS],
        paragraph=place.first,
        start=place.start,
        version=version,
    )


def find_again(paragraphs: Sequence[str], quotation: Quotation) -> Refound | None:
    """Return where a quotation stands in a report's paragraphs, None where they no longer hold it."""
    still = _where_it_stood(paragraphs, quotation)
    if still is not None:
        return Refound(place=still, how="position")
    bare = to_bare(paragraphs, match_form)
    wanted = _bare(quotation.exact)
    places = tuple(occurrences(bare, wanted))
    if places:
        return Refound(place=_best(places, paragraphs, quotation), how="quote")
    if len(wanted) < LEAST_FUZZY_CHARS:
        return None
    return _most_alike(bare, wanted)


def _most_alike(bare: BareText, wanted: str) -> Refound | None:
    found = closest(bare, wanted, least=LEAST_LIKENESS)
    return None if found is None else Refound(place=found[1], how="fuzzy", likeness=found[0])


def _where_it_stood(paragraphs: Sequence[str], quotation: Quotation) -> Place | None:
    """Return the quoted position where the very words still stand there; of several paragraphs, the words decide."""
    number, start = quotation.paragraph, quotation.start
    if number is None or start is None or not 0 <= number < len(paragraphs) or not quotation.exact:
        return None
    end = start + len(quotation.exact)
    if start < 0 or paragraphs[number][start:end] != quotation.exact:
        return None
    return Place(first=number, start=start, last=number, end=end)


def _best(places: Sequence[Place], paragraphs: Sequence[str], quotation: Quotation) -> Place:
    """Return the place with most of the quoted surroundings, the nearest to the old position of several such."""
    wanted_before = _edge(quotation.prefix) + _bare(quotation.prefix)
    wanted_after = _bare(quotation.suffix) + _edge(quotation.suffix)

    def rank(place: Place) -> tuple[int, int]:
        before = _EDGE + _bare(paragraphs[place.first][: place.start])
        after = _bare(paragraphs[place.last][place.end :]) + _EDGE
        shared = _common_start(before[::-1], wanted_before[::-1]) + _common_start(after, wanted_after)
        return -shared, abs(place.first - (quotation.paragraph or 0))

    return min(places, key=rank)


_EDGE = "\n"


def _edge(context: str) -> str:
    """Return the paragraph's edge where the quoted context reaches it."""
    return _EDGE if len(context) < CONTEXT_CHARS else ""


def _bare(text: str) -> str:
    return to_bare([text], match_form).text


def _common_start(one: str, other: str) -> int:
    count = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        count += 1
    return count


def _words(paragraphs: Sequence[str], place: Place) -> str:
    if place.first == place.last:
        return paragraphs[place.first][place.start : place.end]
    inner = paragraphs[place.first + 1 : place.last]
    return "\n".join((paragraphs[place.first][place.start :], *inner, paragraphs[place.last][: place.end]))
