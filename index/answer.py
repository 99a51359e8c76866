"""Answers a request from a reader: match, filter and count, score, sort. Pure but for what the reader reads."""

import heapq
from collections.abc import Callable, Iterator

from index.counting import count
from index.engine import Hit, ResultPage, SearchRequest, Sort
from index.matching import Matcher
from index.ranking import score
from index.reader import Facts, Reader
from index.segment import to_segment
from index.tree import And, Node, Or, Phrase, Words, positive_texts

PARTIAL_NOTE = "没有同时包含所有词的报告,以下报告包含其中一部分"

SortKey = Callable[[int], tuple[float, float, float, str]]


def loosened(tree: Node) -> Iterator[Node]:
    """Yield what to ask where nothing holds all that was: any of the segments, then any of their telling terms.

    Phrases, fields and exclusions were asked for in so many words and stay as they are.
    """
    parts = tree.parts if isinstance(tree, And) else (tree,)
    segments = tuple(part for part in parts if isinstance(part, Words))
    others = tuple(part for part in parts if not isinstance(part, Words))
    terms = tuple(Phrase(text=term) for segment in segments for term in to_segment(segment.text).marked)
    for alternatives in (segments, terms):
        if len(alternatives) > 1:
            either = Or(parts=alternatives)
            yield And(parts=(either, *others)) if others else either


def _match(tree: Node, matcher: Matcher) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return the matching documents, of a looser reading where nothing matches; a note says so."""
    matching = matcher.match(tree)
    if matching:
        return matching, ()
    for looser in loosened(tree):
        if partial := matcher.match(looser):
            return partial, (PARTIAL_NOTE,)
    return matching, ()


def _sort_key(sort: Sort, facts: Facts, scores: dict[int, float]) -> SortKey:
    """Return the order of a page: ties go by relevance, then by id, so that pages are stable."""
    sign = {"relevance": 0, "newest": -1, "oldest": 1}[sort]

    def key(document: int) -> tuple[float, float, float, str]:
        date = facts.dates[document]
        is_undated = bool(sign) and not date
        return (is_undated, sign * date, -scores[document], facts.report_ids[document])

    return key


def answer(request: SearchRequest, reader: Reader) -> ResultPage:
    """Return the page that `request` asks for: every match is scored, so its hits are the true best."""
    facts, matcher = reader.facts, Matcher(reader)
    matching, notes = _match(request.query.tree, matcher)
    counted = count(matching, request, facts)
    texts = tuple(positive_texts(request.query.tree))
    scores = score(counted.documents, texts, matcher, facts)
    sort = request.sort if texts or request.sort != "relevance" else "newest"
    best = heapq.nsmallest(
        request.offset + request.limit, counted.documents, key=_sort_key(sort, facts, scores)
    )
    return ResultPage(
        hits=tuple(
            Hit(report_id=facts.report_ids[document], score=scores[document])
            for document in best[request.offset :]
        ),
        total=len(counted.documents),
        facets=counted.facets,
        notes=notes,
    )
