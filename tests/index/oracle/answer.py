"""Answers a request from a reader: match, filter and count, score, sort. Pure but for what the reader reads."""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from index.engine import Hit, ResultPage, SearchRequest, Sort
from index.near_misses import corrections
from index.notes import Note
from index.segment import distinct, to_segment
from index.tree import And, Node, Or, Phrase, Words, positive_texts
from tests.index.oracle.copies import ALONE, Listing, Place, to_listing
from tests.index.oracle.counting import count
from tests.index.oracle.matching import Matcher
from tests.index.oracle.ranking import causes, reasons, score
from tests.index.oracle.reader import Facts, Reader

FEW_MATCHES = 2
"""So few matches make a slip of the pen likely; the notes call for corrections where there are few or none."""

SortKey = Callable[[int], tuple[float, float, float, str, Place]]


def loosened(tree: Node) -> Iterator[Node]:
    """Yield what to ask where nothing holds all that was: any of the segments, then any of their telling terms.

    Phrases, fields and exclusions were asked for in so many words and stay as they are.
    """
    parts = tree.parts if isinstance(tree, And) else (tree,)
    segments = tuple(part for part in parts if isinstance(part, Words))
    others = tuple(part for part in parts if not isinstance(part, Words))
    marked = distinct(term for segment in segments for term in to_segment(segment.text).marked)
    terms = tuple(Phrase(text=term) for term in marked)
    for alternatives in (segments, terms):
        if len(alternatives) > 1:
            either = Or(parts=alternatives)
            yield And(parts=(either, *others)) if others else either


def _match(tree: Node, matcher: Matcher) -> tuple[frozenset[int], tuple[Note, ...]]:
    """Return the matching documents, of a looser reading where nothing matches; a note says so."""
    matching = matcher.match(tree)
    if matching:
        return matching, ()
    for looser in loosened(tree):
        if partial := matcher.match(looser):
            return partial, (Note(code="partial"),)
    return matching, ()


def _alternative_notes(texts: Sequence[Words | Phrase], matcher: Matcher) -> Iterator[Note]:
    """Tell which other wording was searched for, where it found anything."""
    for text in texts:
        for other in text.alternatives if isinstance(text, Words) else ():
            if matcher.match(Words(text=other)):
                yield Note(code="other_wording", text=other)


def _literal_total(tree: Node, documents: Collection[int], matcher: Matcher) -> int | None:
    """Count the listed documents that hold a query of one segment as it stands."""
    if not isinstance(tree, Words):
        return None
    return len(matcher.literal(to_segment(tree.text).lead).intersection(documents))


def _sort_key(sort: Sort, facts: Facts, listing: Listing) -> SortKey:
    """Return the order of a page: ties go by relevance, then by id, so that pages are stable.

    Copies stand together, in their family's order.
    """
    sign = {"relevance": 0, "newest": -1, "oldest": 1}[sort]

    def key(document: int) -> tuple[float, float, float, str, Place]:
        date = facts.dates[document]
        is_undated = bool(sign) and not date
        place = listing.places.get(document, ALONE)
        return (is_undated, sign * date, -listing.scores[document], facts.families[document], place)

    return key


def _literal_counter(
    texts: Iterable[Words | Phrase], matcher: Matcher
) -> Callable[[Collection[int]], Mapping[int, int]]:
    """Return what tells how many of the texts, as typed, each of some documents holds."""
    literals = tuple(dict.fromkeys(to_segment(text.text).literal for text in texts))

    def count_in(documents: Collection[int]) -> Mapping[int, int]:
        counts: Counter[int] = Counter()
        for literal in literals:
            counts.update(matcher.literal(literal).intersection(documents))
        return counts

    return count_in


def answer(request: SearchRequest, reader: Reader) -> ResultPage:
    """Return the page that `request` asks for: every match is scored, so its hits are the true best."""
    facts, matcher = reader.facts, Matcher(reader)
    matching, notes = _match(request.query.tree, matcher)
    counted = count(matching, request, facts)
    texts = tuple(positive_texts(request.query.tree))
    because = causes(counted.documents, texts, matcher, facts)
    scores = score(counted.documents, because, facts)
    sort = request.sort if texts or request.sort != "relevance" else "newest"
    listing = to_listing(
        counted.documents, scores, _literal_counter(texts, matcher), facts, all_copies=request.all_copies
    )
    best = heapq.nsmallest(
        request.offset + request.limit, listing.documents, key=_sort_key(sort, facts, listing)
    )
    return ResultPage(
        hits=tuple(
            Hit(
                report_id=facts.report_ids[document],
                score=scores[document] if request.explained else 0.0,
                copies=listing.hidden.get(document, 0),
                reasons=reasons(document, because, facts) if request.explained else (),
            )
            for document in best[request.offset :]
        ),
        total=len(listing.documents),
        total_reports=len(counted.documents),
        facets=counted.facets,
        notes=(*notes, *_alternative_notes(texts, matcher)),
        literal_total=_literal_total(request.query.tree, counted.documents, matcher),
        corrections=tuple(corrections(texts, matcher)) if len(matching) <= FEW_MATCHES or notes else (),
    )
