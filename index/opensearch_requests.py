"""What a search asks the cluster, request by request. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.engine import FACETS, SearchRequest, Sort
from index.opensearch_mapping import Json
from index.opensearch_queries import every, literal, match, term, tests
from index.opensearch_scoring import Clause, Corpus, to_should
from index.segment import to_segment
from index.term_fields import TermField
from index.tree import Phrase, Words

WINDOW = 10_000
"""Hits in one answer: the cluster's own limit (index.max_result_window)."""

FACET_VALUES = 60_000
"""Values of one facet; more are refused rather than counted wrong. China has some 40,000 townships, and the
cluster counts 65,535 in one answer (search.max_buckets)."""


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


def frequencies_bodies(terms: Sequence[tuple[TermField, str]], titles: Sequence[str]) -> tuple[Json, Json]:
    """Count the live holders of each term, numbered, and of each title."""
    filters = {str(number): term(field, text) for number, (field, text) in enumerate(terms)}
    counting: Json = {
        "size": 0,
        "track_total_hits": False,
        "aggs": {"held": {"filters": {"filters": filters}}},
    }
    named: Json = {"terms": {"field": "named_title", "size": max(len(titles), 1)}}
    titling: Json = {
        "size": 0,
        "track_total_hits": False,
        "query": {"terms": {"named_title": list(titles)}},
        "aggs": {"titled": named},
    }
    return counting, titling


def _single() -> Json:
    return {"term": {"has_copies": False}}


def counts_body(matching: Json, asked: Asked) -> Json:
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


def ranked(filters: Sequence[Json], asked: Asked, *, named: bool = False) -> Json:
    """Match all of `filters`, and score."""
    return {"bool": {"filter": list(filters), "should": to_should(asked.clauses, named=named)}}


def singles_body(matching: Json, asked: Asked) -> Json:
    """Ask for the best of the texts that have no copies."""
    filters = [matching, *(test for _, test in tests(asked.request)), _single()]
    by_date = {"newest": "desc", "oldest": "asc"}.get(asked.sort)
    dates = [{"date": {"order": by_date, "missing": "_last"}}] if by_date else []
    return {
        "size": min(asked.wanted, WINDOW),
        "stored_fields": "_none_",  # the id of a text of its own is its family
        "track_total_hits": False,
        "query": ranked(filters, asked),
        "sort": [*dates, {"_score": "desc"}, {"family": "asc"}],
    }


def copies_body(matching: Json, asked: Asked) -> Json:
    """Ask for the reports that have copies, whatever the filters: facets count what fails one choice alone."""
    texts = dict.fromkeys(to_segment(text.text).literal for text in asked.texts)
    named = [
        {"constant_score": {"filter": literal(text), "boost": 0, "_name": str(number)}}
        for number, text in enumerate(texts)
    ]
    query = ranked([matching, {"term": {"has_copies": True}}], asked)
    query["bool"]["should"] += named
    return {
        "size": WINDOW,
        "stored_fields": "_none_",  # not even the id, which stands in what they are sorted by
        "track_total_hits": False,
        "track_scores": True,
        "query": query,
        "docvalue_fields": ["copy"],
        "sort": [{"report_id": "asc"}],
    }


def existence_body(words: Words, asked: Asked) -> Json:
    """Ask whether any report at all matches another wording."""
    return {"size": 0, "track_total_hits": 1, "query": match(words, asked.corpus.frequencies)}
