"""What speaks for a report, as clauses of the cluster's query: the sum that `index.ranking` tells, in its order. Pure.

The cluster knows how often a report holds a term and how long it is; how many hold it, how many there are and
how long they are on average is asked beforehand and given as parameters. So the scores are those of one index,
however many shards there are.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.engine import Reason
from index.fold import fold
from index.opensearch_mapping import Json, to_term
from index.opensearch_queries import Frequencies, literal, term
from index.ranking import (
    ALTERNATIVE_WEIGHT,
    FIELD_WEIGHTS,
    LENGTH_SHARE,
    LITERAL_BOOST,
    NAMED_WEIGHT,
    SATURATION,
    TITLE_MARKS,
)
from index.segment import Segment, distinct, telling_count, to_segment
from index.term_fields import TermField
from index.titles import bare_text, nameable
from index.tree import Phrase, Words

BM25 = "gain * _score / (_score + base + slope * doc['{field}_length'].value)"
"""A Lucene expression; `_score` is how often the report holds the term. It is compiled once for each field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What is known of the whole index: how many hold what a request asks for, and the mean lengths."""

    frequencies: Frequencies
    mean_lengths: Mapping[TermField, float]
    titles: Mapping[str, int]  # how many reports have each bare title that the query may name

    def rarity(self, holders: int) -> float:
        """Return the weight of what so many reports hold."""
        return math.log(self.frequencies.documents / (holders + 1)) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that speaks for a report; `most` bounds what it gives. `gain` is None for a term's BM25."""

    field: str  # as in a Reason
    term: str
    weight: float
    query: Json
    most: float
    gain: float | None = None

    @property
    def is_literal(self) -> bool:
        """Whether it stands above all that terms can give."""
        return self.field in {"literal", "title"}


def clauses(texts: Sequence[Words | Phrase], corpus: Corpus) -> tuple[Clause, ...]:
    """Return all that speaks for any report, in the order of `index.ranking.causes`."""
    words = [text for text in texts if isinstance(text, Words)]
    others = [to_segment(other) for text in words for other in text.alternatives]
    quoted = [to_segment(quotation).literal for text in words for quotation in text.preferred]
    segments = [to_segment(text.text) for text in texts]
    as_typed = [
        segment.lead if isinstance(text, Words) else segment.literal
        for text, segment in zip(texts, segments, strict=True)
    ]
    return (
        *_terms(segments, 1.0, corpus),
        *_literals((*as_typed, *quoted), LITERAL_BOOST),
        *_terms(others, ALTERNATIVE_WEIGHT, corpus),
        *_literals((other.lead for other in others), LITERAL_BOOST * ALTERNATIVE_WEIGHT),
        *_named(segments, corpus),
        *_whole_title("".join(text.text for text in texts)),
    )


def _terms(segments: Sequence[Segment], weight: float, corpus: Corpus) -> Iterator[Clause]:
    most = telling_count(sum(len(segment.literal) for segment in segments))
    for field, field_weight in FIELD_WEIGHTS.items():
        terms = distinct(one for segment in segments for one in getattr(segment, field))
        for found in corpus.frequencies.telling_terms(field, terms)[:most]:
            rarity = corpus.rarity(corpus.frequencies.holders[field, found])
            gain = weight * field_weight * rarity * (SATURATION + 1)
            yield Clause(
                field=field,
                term=found,
                weight=weight * field_weight,
                query=_bm25(field, found, gain, corpus.mean_lengths[field] or 1.0),
                most=gain,
            )


def _bm25(field: TermField, text: str, gain: float, mean_length: float) -> Json:
    parameters = {
        "gain": gain,
        "base": SATURATION * (1 - LENGTH_SHARE),
        "slope": SATURATION * LENGTH_SHARE / mean_length,
    }
    script = {"lang": "expression", "source": BM25.format(field=field), "params": parameters}
    return {"script_score": {"query": term(field, text), "script": script}}


def _literals(literals: Iterable[str], weight: float) -> Iterator[Clause]:
    for folded in dict.fromkeys(literals):
        yield _fixed("literal", folded, weight, weight, literal(folded))


def _named(segments: Iterable[Segment], corpus: Corpus) -> Iterator[Clause]:
    for title in dict.fromkeys(
        one for segment in segments for one in nameable(segment.naming, segment.words)
    ):
        if holders := corpus.titles.get(title):
            weight = NAMED_WEIGHT * corpus.rarity(holders)
            yield _fixed("named", title, weight, weight, {"term": {"named_title": title}})


def _whole_title(typed: str) -> Iterator[Clause]:
    wanted = bare_text(fold(typed))
    if wanted:
        length = {"range": {"title_length": {"gte": len(wanted), "lte": len(wanted) + TITLE_MARKS}}}
        title = {"term": {"whole_title": to_term(wanted)}}
        yield _fixed("title", wanted, LITERAL_BOOST, LITERAL_BOOST, {"bool": {"filter": [title, length]}})


def _fixed(field: str, text: str, weight: float, gain: float, query: Json) -> Clause:
    return Clause(field=field, term=text, weight=weight, query=query, most=gain, gain=gain)


def to_should(found: Sequence[Clause], *, named: bool = False) -> list[Json]:
    """Return the clauses as queries whose scores add up; `named` so that a hit tells what each gave it."""
    share = literal_share(found)
    return [_query(number if named else None, clause, share) for number, clause in enumerate(found)]


def _query(number: int | None, clause: Clause, share: float) -> Json:
    name = {} if number is None else {"_name": str(number)}
    if clause.gain is None:
        return {"script_score": {**clause.query["script_score"], **name}}
    boost = clause.gain * share if clause.is_literal else clause.gain
    return {"constant_score": {"filter": clause.query, "boost": boost, **name}}


def literal_share(found: Iterable[Clause]) -> float:
    """Return what literal matches are multiplied with: enough to stand above all the rest, and no more.

    The cluster adds up in 24 bits. Beside 1000 they tell scores apart that differ by .00006 or more, beside 64
    by .000004. Any multiple that leaves the least literal match above the sum of the rest gives the same order.
    """
    rest = sum(clause.most for clause in found if not clause.is_literal)
    least = LITERAL_BOOST * ALTERNATIVE_WEIGHT
    return min(1.0, float(2.0 ** math.ceil(math.log2(max(rest, 1.0) * 2))) / least)


def reasons(found: Sequence[Clause], given: Mapping[str, float]) -> tuple[Reason, ...]:
    """Return what each clause gave a hit, the most first, from the scores of the named queries that it matched."""
    gains = [
        (clause, given[str(number)] if clause.gain is None else clause.gain)
        for number, clause in enumerate(found)
        if str(number) in given
    ]
    told = (
        Reason(field=clause.field, term=clause.term, weight=clause.weight, score=gain)
        for clause, gain in gains
        if gain
    )
    return tuple(sorted(told, key=lambda reason: -reason.score))
