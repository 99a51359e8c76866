"""What a search asks the cluster, request by request. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.engine import SearchRequest, Sort
from index.opensearch_mapping import Json
from index.opensearch_queries import copied, literal, match, single, term, tests
from index.opensearch_scoring import Clause, Corpus, to_should
from index.segment import to_segment
from index.term_fields import TermField
from index.tree import Phrase, Words

WINDOW = 10_000
"""Hits in one answer: the cluster's own limit (index.max_result_window)."""

FIRST_COPIES = 50
"""Copies that are looked at first. Those of one text stand near to each other by any order, and one report of five has copies."""


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


def ranked(filters: Sequence[Json], asked: Asked, *, named: bool = False) -> Json:
    """Match all of `filters`, and score."""
    return {"bool": {"filter": list(filters), "should": to_should(asked.clauses, named=named)}}


def _by_date(sort: Sort) -> list[Json]:
    order = {"newest": "desc", "oldest": "asc"}.get(sort)
    return [{"date": {"order": order, "missing": "_last"}}] if order else []


def singles_body(matching: Json, asked: Asked) -> Json:
    """Ask for the best of the texts that have no copies."""
    filters = [matching, *(test for _, test in tests(asked.request)), single()]
    return {
        "size": min(asked.wanted, WINDOW),
        "stored_fields": "_none_",  # the id of a text of its own is its family
        "track_total_hits": False,
        "query": ranked(filters, asked),
        "sort": [*_by_date(asked.sort), {"_score": "desc"}, {"family": "asc"}],
    }


def copies_body(matching: Json, asked: Asked) -> Json:
    """Ask for the reports that have copies, in the order of what sorts first: their dates, or else their scores."""
    return {
        "size": min(max(asked.wanted, FIRST_COPIES), WINDOW),
        "stored_fields": "_none_",  # not even the id, which stands in what they are sorted by
        "track_total_hits": False,
        "query": ranked([matching, *(test for _, test in tests(asked.request)), copied()], asked),
        "docvalue_fields": ["family"],
        "sort": [*(_by_date(asked.sort) or [{"_score": "desc"}]), {"report_id": "asc"}],
    }


def members_body(matching: Json, asked: Asked, families: Sequence[str]) -> Json:
    """Ask for all that matches of some families: how well, when it was issued, and which texts it holds word for word."""
    texts = dict.fromkeys(to_segment(text.text).literal for text in asked.texts)
    named = [
        {"constant_score": {"filter": literal(text), "boost": 0, "_name": str(number)}}
        for number, text in enumerate(texts)
    ]
    among = {"terms": {"family": list(families)}}
    query = ranked([matching, *(test for _, test in tests(asked.request)), copied(), among], asked)
    query["bool"]["should"] += named
    return {
        "size": WINDOW,
        "stored_fields": "_none_",
        "track_total_hits": False,
        "track_scores": True,
        "query": query,
        "docvalue_fields": ["family", "standing", "date"],
        "sort": [{"report_id": "asc"}],
    }


def existence_body(words: Words, asked: Asked) -> Json:
    """Ask whether any report at all matches another wording."""
    return {"size": 0, "track_total_hits": 1, "query": match(words, asked.corpus.frequencies)}
