"""One search of the cluster: what is asked in each round trip, and how the answers become a page.

1. How many reports hold each term, and the titles that the query may name (only where words rank).
2. Counts and facets; the best texts of their own; the reports that have copies: three searches sent as one.
3. What each clause gave the hits on the page (only where words rank).

Beyond `WINDOW` hits further ones are read in steps from a point in time, each starting after the last.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.errors import IndexDamaged
from index.answer import PARTIAL_NOTE, loosened
from index.engine import FACETS, FacetCount, Hit, ResultPage, SearchRequest, Sort
from index.opensearch_client import ClusterClient
from index.opensearch_copies import Copy, Folded, Listed, fold_copies, ordered, sort_key
from index.opensearch_mapping import Json, read_copy
from index.opensearch_queries import ALL, Frequencies, every, literal, match, term, terms_of, tests
from index.opensearch_scoring import Clause, Corpus, clauses, reasons, to_should
from index.opensearch_state import State
from index.segment import to_segment
from index.titles import nameable
from index.tree import Node, Phrase, Words, positive_texts

WINDOW = 10_000
"""Hits in one answer: the cluster's own limit (index.max_result_window)."""

FACET_VALUES = 60_000
"""Values of one facet; more are refused rather than counted wrong. China has some 40,000 townships, and the
cluster counts 65,535 in one answer (search.max_buckets)."""

POINT_SECONDS = 60
"""How long a point in time outlives its last use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request with what is known before it is searched for."""

    request: SearchRequest
    texts: tuple[Words | Phrase, ...]
    corpus: Corpus
    clauses: tuple[Clause, ...]

    @property
    def sort(self) -> Sort:
        """Where nothing ranks, the newest come first."""
        return self.request.sort if self.texts or self.request.sort != "relevance" else "newest"

    @property
    def wanted(self) -> int:
        """How many lines from the first on this page needs."""
        return self.request.offset + self.request.limit

    def alternatives(self) -> list[str]:
        """Return the other wordings that are searched for too."""
        return [other for text in self.texts if isinstance(text, Words) for other in text.alternatives]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one reading of the query matched."""

    matching: int  # before any filter
    passing: int
    literal: int
    facets: Mapping[str, Counter[str]]
    singles: Sequence[Listed]
    copies: Sequence[Copy]


def prepare(request: SearchRequest, state: State, client: ClusterClient, index: str) -> Asked:
    """Ask for the frequencies that matching and ranking need."""
    texts = tuple(positive_texts(request.query.tree))
    others = [other for text in texts if isinstance(text, Words) for other in text.alternatives]
    segments = [to_segment(text.text) for text in texts]
    terms = list(terms_of([*segments, *map(to_segment, others)]))
    titles = list(dict.fromkeys(one for found in segments for one in nameable(found.lead, found.words)))
    holders, titled = _frequencies(terms, titles, client, index) if terms else ({}, {})
    frequencies = Frequencies(documents=state.documents, holders=holders)
    corpus = Corpus(frequencies=frequencies, mean_lengths=state.mean_lengths, titles=titled)
    return Asked(request=request, texts=texts, corpus=corpus, clauses=clauses(texts, corpus))


def _frequencies(
    terms: Sequence[tuple[str, str]], titles: Sequence[str], client: ClusterClient, index: str
) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Count the live holders of each term, and of each title."""
    filters = {str(number): term(field, text) for number, (field, text) in enumerate(terms)}  # type: ignore[arg-type]
    counting: Json = {"size": 0, "track_total_hits": False, "aggs": {"held": {"filters": {"filters": filters}}}}
    named: Json = {"terms": {"field": "named_title", "size": max(len(titles), 1)}}
    titling: Json = {
        "size": 0,
        "track_total_hits": False,
        "query": {"terms": {"named_title": list(titles)}},
        "aggs": {"titled": named},
    }
    counted, titled = client.search_many(index, [counting, titling])
    held = counted["aggregations"]["held"]["buckets"]
    return (
        {key: held[str(number)]["doc_count"] for number, key in enumerate(terms)},
        {one["key"]: one["doc_count"] for one in titled["aggregations"]["titled"]["buckets"]},
    )


def answer(asked: Asked, client: ClusterClient, index: str) -> ResultPage:
    """Search for what was asked, loosened where nothing holds all of it, and put the page together."""
    request, notes = asked.request, list[str]()
    found, spoken = _search(request.query.tree, asked, client, index)
    if not found.matching:
        for looser in loosened(request.query.tree):
            partial, _ = _search(looser, asked, client, index)
            if partial.matching:
                found = partial
                notes.append(PARTIAL_NOTE)
                break
    folded = fold_copies(found.copies, request, asked.sort)
    lines = heapq.nsmallest(asked.wanted, (*found.singles, *folded.listed), key=lambda line: line.key)
    singles = found.passing - folded.passing
    return ResultPage(
        hits=tuple(_hits(lines[request.offset :], asked, client, index)),
        total=singles + len(folded.listed),
        total_reports=found.passing,
        facets=_facets(found, folded, request),
        notes=(*notes, *spoken),
        literal_total=found.literal if isinstance(request.query.tree, Words) else None,
    )


def _facets(
    found: Found, folded: Folded, request: SearchRequest
) -> tuple[tuple[str, tuple[FacetCount, ...]], ...]:
    counted = {name: Counter(found.facets[name]) for name in FACETS}
    if not request.all_copies:
        for name in FACETS:
            counted[name].update(folded.facets.get(name, {}))
    return tuple((name, ordered(counted[name])) for name in FACETS)


def _search(tree: Node, asked: Asked, client: ClusterClient, index: str) -> tuple[Found, list[str]]:
    """Ask for all that one reading of the query matches; also return notes on the other wordings."""
    matching = match(tree, asked.corpus.frequencies)
    others = asked.alternatives()
    bodies = [
        _counts_body(matching, asked),
        _singles_body(matching, asked),
        _copies_body(matching, asked),
        *(_existence_body(Words(text=other), asked) for other in others),
    ]
    counts, singles, copies, *held = client.search_many(index, bodies)
    aggregations = counts["aggregations"]
    found = Found(
        matching=counts["hits"]["total"]["value"],
        passing=aggregations["passing"]["doc_count"],
        literal=aggregations["passing"]["literal"]["doc_count"],
        facets={name: _counter(name, aggregations[name]["values"]) for name in FACETS},
        singles=list(_singles(bodies[1], singles, asked, client, index)),
        copies=list(_copies(bodies[2], copies, client, index)),
    )
    notes = [
        f"也检索了大陆用语“{other}”,所占权重减半;只要原词请加引号"
        for other, one in zip(others, held, strict=True)
        if one["hits"]["total"]["value"]
    ]
    return found, notes


def _counter(name: str, values: Json) -> Counter[str]:
    if values["sum_other_doc_count"] or values["doc_count_error_upper_bound"]:
        raise IndexDamaged(f"the facet {name} has more than {FACET_VALUES} values, too many to count exactly")
    return Counter({one["key"]: one["doc_count"] for one in values["buckets"]})


def _single() -> Json:
    return {"term": {"has_copies": False}}


def _counts_body(matching: Json, asked: Asked) -> Json:
    """Count what matches, what passes the filters, and each facet's values under the other facets' choices."""
    request = asked.request
    chosen = list(tests(request))
    own = [] if request.all_copies else [_single()]
    tree = request.query.tree
    lead = literal(to_segment(tree.text).lead) if isinstance(tree, Words) else {"match_none": {}}
    facets: Json = {
        name: {
            "filter": every([*(test for facet, test in chosen if facet != name), *own]),
            "aggs": {"values": {"terms": {"field": f"facet_{name}", "size": FACET_VALUES}}},
        }
        for name in FACETS
    }
    passing = {"filter": every([test for _, test in chosen]), "aggs": {"literal": {"filter": lead}}}
    return {"size": 0, "track_total_hits": True, "query": matching, "aggs": {"passing": passing, **facets}}


def _ranked(filters: Sequence[Json], asked: Asked, *, named: bool = False) -> Json:
    """Match all of `filters`, and score."""
    return {"bool": {"filter": list(filters), "should": to_should(asked.clauses, named=named)}}


def _singles_body(matching: Json, asked: Asked) -> Json:
    """Ask for the best of the texts that have no copies."""
    filters = [matching, *(test for _, test in tests(asked.request)), _single()]
    by_date = {"newest": "desc", "oldest": "asc"}.get(asked.sort)
    dates = [{"date": {"order": by_date, "missing": "_last"}}] if by_date else []
    return {
        "size": min(asked.wanted, WINDOW),
        "track_total_hits": False,
        "query": _ranked(filters, asked),
        "sort": [*dates, {"_score": "desc"}, {"family": "asc"}],
    }


def _copies_body(matching: Json, asked: Asked) -> Json:
    """Ask for the reports that have copies, whatever the filters: facets count what fails one choice alone."""
    texts = dict.fromkeys(to_segment(text.text).literal for text in asked.texts)
    named = [
        {"constant_score": {"filter": literal(text), "boost": 0, "_name": str(number)}}
        for number, text in enumerate(texts)
    ]
    query = _ranked([matching, {"term": {"has_copies": True}}], asked)
    query["bool"]["should"] += named
    return {
        "size": WINDOW,
        "track_total_hits": False,
        "track_scores": True,
        "query": query,
        "docvalue_fields": ["copy"],
        "sort": [{"report_id": "asc"}],
    }


def _existence_body(words: Words, asked: Asked) -> Json:
    return {"size": 0, "track_total_hits": 1, "query": match(words, asked.corpus.frequencies)}


def _singles(body: Json, first: Json, asked: Asked, client: ClusterClient, index: str) -> Iterator[Listed]:
    for hit in _paged(body, first, asked.wanted, client, index):
        *dates, score, family = hit["sort"]
        date = dates[0] if dates and isinstance(dates[0], int) and 0 < dates[0] < 10**8 else 0
        yield Listed(report_id=hit["_id"], key=sort_key(asked.sort, date, score, family))


def _copies(body: Json, first: Json, client: ClusterClient, index: str) -> Iterator[Copy]:
    for hit in _paged(body, first, None, client, index):
        yield Copy(
            report_id=hit["_id"],
            facts=read_copy(hit["fields"]["copy"][0]),
            score=hit["_score"],
            literal=len(hit.get("matched_queries", ())),
        )


def _paged(
    body: Json, first: Json, wanted: int | None, client: ClusterClient, index: str
) -> Iterator[Json]:
    """Yield up to `wanted` hits, all where that is None: those of `first`, or all from one point in time."""
    hits = first["hits"]["hits"]
    if len(hits) < WINDOW or (wanted is not None and wanted <= WINDOW):
        yield from hits
        return
    point = client.ask("POST", f"/{index}/_search/point_in_time", keep_alive=f"{POINT_SECONDS}s")["pit_id"]
    try:
        taken, after = 0, {}
        while wanted is None or taken < wanted:
            step = {**body, **after, "size": WINDOW, "pit": {"id": point, "keep_alive": f"{POINT_SECONDS}s"}}
            hits = client.search("", step)["hits"]["hits"]
            yield from hits if wanted is None else hits[: wanted - taken]
            if len(hits) < WINDOW:
                return
            taken, after = taken + len(hits), {"search_after": hits[-1]["sort"]}
    finally:
        client.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]})


def _hits(lines: Sequence[Listed], asked: Asked, client: ClusterClient, index: str) -> Iterator[Hit]:
    """Turn lines into hits, with what each clause gave them."""
    given: dict[str, Mapping[str, float]] = {}
    for start in range(0, len(lines) if asked.clauses else 0, WINDOW):
        ids = {"ids": {"values": [line.report_id for line in lines[start : start + WINDOW]]}}
        body = {"size": WINDOW, "track_total_hits": False, "query": _ranked([ids], asked, named=True)}
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
