"""One search of the cluster: what is asked in each round trip, and how the answers become a page.

1. How many reports hold each term, and the titles that the query may name (only where words rank).
2. Counts and facets; the best texts of their own; the best that have copies: three searches sent as one.
3. All members of those families that may be on the page (only where there are such).
4. What each clause gave the hits on the page (only where words rank).
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.answer import FEW_MATCHES, loosened
from index.engine import FACETS, Correction, Hit, ResultPage, SearchRequest
from index.near_misses import corrections
from index.near_sentences import doubtful_pairs, sentence_corrections
from index.near_words import word_corrections
from index.notes import Note
from index.opensearch_client import ClusterClient
from index.opensearch_copies import Listed
from index.opensearch_counting import count_facet, count_lines, counts_body, ordered
from index.opensearch_listing import Lister
from index.opensearch_near_misses import ClusterHeld
from index.opensearch_queries import Frequencies, match, terms_of
from index.opensearch_requests import (
    WINDOW,
    Asked,
    existence_body,
    frequencies_bodies,
    ranked,
)
from index.opensearch_scoring import Corpus, clauses, reasons
from index.opensearch_state import State
from index.segment import to_segment
from index.term_fields import TermField
from index.titles import nameable
from index.tree import Node, Words, positive_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one reading of the query matched."""

    matching: int  # before any filter
    passing: int
    lines: int  # of which the first are `listed`
    literal: int
    facets: Mapping[str, Counter[str]]
    listed: Sequence[Listed]


def prepare(request: SearchRequest, state: State, client: ClusterClient, index: str) -> Asked:
    """Ask for the frequencies that matching and ranking need."""
    texts = tuple(positive_texts(request.query.tree))
    others = [other for text in texts if isinstance(text, Words) for other in text.alternatives]
    segments = [to_segment(text.text) for text in texts]
    named: Iterator[tuple[TermField, str]] = terms_of([*segments, *map(to_segment, others)])
    doubtful: Iterator[tuple[TermField, str]] = (("grams", pair) for pair in sorted(doubtful_pairs(texts)))
    terms = list(dict.fromkeys((*named, *doubtful)))
    titles = list(dict.fromkeys(one for found in segments for one in nameable(found.naming, found.words)))
    holders, titled = _frequencies(terms, titles, client, index) if terms else ({}, {})
    frequencies = Frequencies(documents=state.documents, holders=holders)
    corpus = Corpus(frequencies=frequencies, mean_lengths=state.mean_lengths, titles=titled)
    return Asked(request=request, texts=texts, corpus=corpus, clauses=clauses(texts, corpus))


def _frequencies(
    terms: Sequence[tuple[TermField, str]], titles: Sequence[str], client: ClusterClient, index: str
) -> tuple[dict[tuple[TermField, str], int], dict[str, int]]:
    """Ask how many hold each term, and each title."""
    counted, titled = client.search_many(index, frequencies_bodies(terms, titles))
    held = counted["aggregations"]["held"]["buckets"]
    return (
        {key: held[str(number)]["doc_count"] for number, key in enumerate(terms)},
        {one["key"]: one["doc_count"] for one in titled["aggregations"]["titled"]["buckets"]},
    )


def answer(asked: Asked, client: ClusterClient, index: str) -> ResultPage:
    """Search for what was asked, loosened where nothing holds all of it, and put the page together."""
    request, notes = asked.request, list[Note]()
    found, spoken = _search(request.query.tree, asked, client, index)
    if not found.matching:
        for looser in loosened(request.query.tree):
            partial, _ = _search(looser, asked, client, index)
            if partial.matching:
                found = partial
                notes.append(Note(code="partial"))
                break
    lines = heapq.nsmallest(asked.wanted, found.listed, key=lambda line: line.key)
    return ResultPage(
        hits=tuple(_hits(lines[request.offset :], asked, client, index)),
        total=found.lines,
        total_reports=found.passing,
        facets=tuple((name, ordered(found.facets[name])) for name in FACETS),
        notes=(*notes, *spoken),
        literal_total=found.literal if isinstance(request.query.tree, Words) else None,
        corrections=tuple(
            _corrections(asked, client, index, few=found.matching <= FEW_MATCHES or bool(notes))
        ),
    )


def _corrections(asked: Asked, client: ClusterClient, index: str, *, few: bool) -> Iterator[Correction]:
    """Yield what was perhaps meant, as `index.answer`: a sentence without a slip costs no round trip."""
    held = ClusterHeld(asked.texts, asked.corpus.frequencies.holders, client, index)
    found = tuple(corrections(asked.texts, held)) if few else ()
    yield from found or word_corrections(asked.texts, held)
    yield from sentence_corrections(asked.texts, held)


def _search(tree: Node, asked: Asked, client: ClusterClient, index: str) -> tuple[Found, list[Note]]:
    """Ask for all that one reading of the query matches; also return notes on the other wordings."""
    matching = match(tree, asked.corpus.frequencies)
    others = asked.alternatives()
    lister = Lister(matching, asked, client, index)
    bodies = [
        counts_body(matching, asked.request),
        lister.singles_body,
        lister.copies_body,
        *(existence_body(Words(text=other), asked) for other in others),
    ]
    counts, singles, copies, *held = client.search_many(index, bodies)
    counted = counts["aggregations"]
    found = Found(
        matching=counts["hits"]["total"]["value"],
        passing=counted["passing"]["doc_count"],
        lines=count_lines(counted),
        literal=counted["passing"]["literal"]["doc_count"],
        facets={name: count_facet(name, counted) for name in FACETS},
        listed=lister.foremost(singles, copies),
    )
    notes = [
        Note(code="other_wording", text=other)
        for other, one in zip(others, held, strict=True)
        if one["hits"]["total"]["value"]
    ]
    return found, notes


def _hits(lines: Sequence[Listed], asked: Asked, client: ClusterClient, index: str) -> Iterator[Hit]:
    """Turn lines into hits, with what each clause gave them."""
    given: dict[str, Mapping[str, float]] = {}
    for start in range(0, len(lines) if asked.clauses else 0, WINDOW):
        ids = {"ids": {"values": [line.report_id for line in lines[start : start + WINDOW]]}}
        body = {"size": WINDOW, "track_total_hits": False, "query": ranked([ids], asked, named=True)}
        scored = client.search(index, body, include_named_queries_score="true")
        given |= {hit["_id"]: hit.get("matched_queries", {}) for hit in scored["hits"]["hits"]}
    for line in lines:
        because = reasons(asked.clauses, given.get(line.report_id, {}))
        yield Hit(
            report_id=line.report_id,
            score=math.fsum(reason.score for reason in because),
            copies=line.hidden,
            reasons=because,
        )
