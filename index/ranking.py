"""Scores: words, grams and characters fused, each by BM25 over its own lengths, and literal matches on top."""

import math
from collections.abc import Collection, Iterable

from index.matching import Matcher
from index.reader import Facts, TermField
from index.segment import to_segment
from index.tree import Phrase, Words

FIELD_WEIGHTS: dict[TermField, float] = {"words": 1.0, "grams": 0.5, "characters": 0.5}
"""Swept on two question collections in two scripts: nDCG@10 .989 and .968, against .978 and .951 for words alone."""

SATURATION = 1.2
LENGTH_SHARE = 0.75
"""BM25's k1 and b. Neither mattered where it was swept."""

LITERAL_BOOST = 1000.0
"""Above all that a short segment's words can score: 16 weighted terms, 2.2 times an idf of 15.5 in two million
reports, are 546. With literal matches on top nDCG@10 was .990, without .787."""


def _inverse_frequency(documents: int, holders: int) -> float:
    return math.log(documents / (holders + 1)) + 1


def _add_terms(
    scores: dict[int, float], matcher: Matcher, facts: Facts, field: TermField, terms: Collection[str]
) -> None:
    """Add the BM25 of one field's terms to every document of `scores` that holds them."""
    lengths, mean = facts.lengths[field], facts.mean_lengths[field] or 1.0
    for frequencies in matcher.telling_frequencies(field, terms):
        gain = FIELD_WEIGHTS[field] * _inverse_frequency(len(facts.live), len(frequencies)) * (SATURATION + 1)
        for document in scores.keys() & frequencies.keys():
            frequency = frequencies[document]
            norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[document] / mean)
            scores[document] += gain * frequency / (frequency + norm)


def score(
    documents: Iterable[int], texts: Iterable[Words | Phrase], matcher: Matcher, facts: Facts
) -> dict[int, float]:
    """Return the score of every one of `documents` for the query's segments and phrases.

    A pure function of the documents held: the order they came in, replaced ones and merges change nothing.
    """
    spoken = tuple(texts)
    segments = tuple(dict.fromkeys(to_segment(text.text) for text in spoken))
    scores = dict.fromkeys(documents, 0.0)
    for field in FIELD_WEIGHTS:
        terms = dict.fromkeys(term for segment in segments for term in getattr(segment, field))
        _add_terms(scores, matcher, facts, field, terms)
    preferred = (to_segment(quoted) for text in spoken if isinstance(text, Words) for quoted in text.preferred)
    for segment in dict.fromkeys((*segments, *preferred)):
        for document in scores.keys() & matcher.literal(segment.literal):
            scores[document] += LITERAL_BOOST
    return scores
