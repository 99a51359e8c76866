"""Answers a request from a reader: match, filter and count, score, sort. Pure but for what the reader reads."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from index.arrays.files import Array
from index.copies import Listing, to_listing
from index.counting import count
from index.engine import Correction, Hit, ResultPage, SearchRequest, Sort
from index.matching import Matcher
from index.near_misses import corrections
from index.near_sentences import OneByOne, sentence_corrections
from index.near_words import word_corrections
from index.notes import Note
from index.ordering import first_places
from index.ranking import Cause, causes, reasons, score
from index.reader import Reader
from index.segment import distinct, to_segment
from index.sets import Documents, common
from index.tree import And, Node, Or, Phrase, Words, positive_texts

FEW_MATCHES = 2
"""So few matches make a slip of the pen likely; the notes call for corrections where there are few or none."""


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


def _match(tree: Node, matcher: Matcher) -> tuple[Documents, tuple[Note, ...]]:
    """Return the matching documents, of a looser reading where nothing matches; a note says so."""
    matching = matcher.match(tree)
    if len(matching):
        return matching, ()
    for looser in loosened(tree):
        if len(partial := matcher.match(looser)):
            return partial, (Note(code="partial"),)
    return matching, ()


def _alternative_notes(texts: Sequence[Words | Phrase], matcher: Matcher) -> Iterator[Note]:
    """Tell which other wording was searched for, where it found anything."""
    for text in texts:
        for other in text.alternatives if isinstance(text, Words) else ():
            if len(matcher.match(Words(text=other))):
                yield Note(code="other_wording", text=other)


def _corrections(texts: Sequence[Words | Phrase], matcher: Matcher, *, few: bool) -> Iterator[Correction]:
    """Yield what was perhaps meant: of names and terms where they find few reports, of more words whatever they find."""
    found = tuple(corrections(texts, matcher)) if few else ()
    yield from found or word_corrections(texts, matcher)
    yield from sentence_corrections(texts, OneByOne(matcher))


def _literal_total(tree: Node, documents: Documents, matcher: Matcher) -> int | None:
    """Count the found documents that hold a query of one segment as it stands."""
    if not isinstance(tree, Words):
        return None
    return len(common([matcher.literal(to_segment(tree.text).lead), documents]))


def first_hits(offset: int, limit: int, sort: Sort, listing: Listing, reader: Reader) -> list[int]:
    """Return where in the listing a page's hits stand. Ties go by relevance, then by id, so that pages are stable.

    Copies stand together, in their family's order.
    """
    count = min(offset + limit, len(listing.documents))
    if count <= offset:
        return []

    def documents(places: Array | None) -> Array:
        return listing.documents if places is None else listing.documents.take(places)

    def by_date(places: Array | None) -> Array:
        return (reader.newest if sort == "newest" else reader.oldest).take(documents(places))

    def by_score(places: Array | None) -> Array:
        return listing.scores if places is None else listing.scores.take(places)

    def by_tie(places: Array | None) -> Array:
        return ~reader.ties.take(documents(places))

    keys = (by_score, by_tie) if sort == "relevance" else (by_date, by_score, by_tie)
    first = first_places(count, len(listing.documents), keys)
    ranked = sorted(zip(*(key(first).tolist() for key in keys), first.tolist(), strict=True), reverse=True)
    return _in_full_order(ranked, listing, reader)[offset:count]


def _in_full_order(ranked: Sequence[tuple[Any, ...]], listing: Listing, reader: Reader) -> list[int]:
    """Return the places, which stand last in rows sorted by what is before them; equals are told apart."""
    told = itemgetter(slice(-1))
    if len(set(map(told, ranked))) == len(ranked):
        return [row[-1] for row in ranked]
    best: list[int] = []
    for _, equals in groupby(ranked, told):
        places = [row[-1] for row in equals]
        best += places if len(places) == 1 else _in_families(places, listing, reader)
    return best


def _in_families(places: list[int], listing: Listing, reader: Reader) -> list[int]:
    """Sort those that are equal by all keys."""

    def within(place: int) -> tuple[str, int, int]:
        return reader.family(int(listing.documents[place])), int(listing.places[place]), place

    return sorted(places, key=within)


def _hits(best: Sequence[int], listing: Listing, because: Sequence[Cause], reader: Reader) -> Iterator[Hit]:
    documents = listing.documents[best].tolist() if best else []
    given = reasons(documents, because, reader) if because else [(0.0, ())] * len(documents)
    ids = reader.report_ids_of(documents)
    for place, report_id, (score_of, why) in zip(best, ids, given, strict=True):
        yield Hit(
            report_id=report_id,
            score=score_of,
            copies=int(listing.hidden[place]),
            reasons=why,
        )


def answer(request: SearchRequest, reader: Reader) -> ResultPage:
    """Return the page that `request` asks for: every match is scored, so its hits are the true best."""
    matcher = Matcher(reader)
    matching, notes = _match(request.query.tree, matcher)
    counted = count(matching, request, reader)
    texts = tuple(positive_texts(request.query.tree))
    because = causes(texts, matcher)
    literals = dict.fromkeys(to_segment(text.text).literal for text in texts)
    listing = to_listing(
        counted.documents,
        score(counted.documents, because, reader),
        lambda: [matcher.literal(literal) for literal in literals],
        reader,
        all_copies=request.all_copies,
    )
    sort = request.sort if texts or request.sort != "relevance" else "newest"
    best = first_hits(request.offset, request.limit, sort, listing, reader)
    return ResultPage(
        hits=tuple(_hits(best, listing, because if request.explained else (), reader)),
        total=len(listing.documents),
        total_reports=len(counted.documents),
        facets=counted.facets,
        notes=(*notes, *_alternative_notes(texts, matcher)),
        literal_total=_literal_total(request.query.tree, counted.documents, matcher),
        corrections=tuple(_corrections(texts, matcher, few=len(matching) <= FEW_MATCHES or bool(notes))),
    )
