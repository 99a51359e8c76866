"""Scores: words, grams and characters fused, each by BM25 over its own lengths, and literal matches on top."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from index.engine import Reason
from index.fold import fold
from index.segment import Segment, distinct, telling_count, to_segment
from index.titles import bare_text, nameable
from index.tree import Phrase, Words
from tests.index.oracle.matching import Matcher
from tests.index.oracle.reader import Facts, TermField

FIELD_WEIGHTS: dict[TermField, float] = {"words": 1.0, "grams": 0.5, "characters": 0.5}
"""Swept on two question collections in two scripts: nDCG@10 .989 and .968, against .978 and .951 for words alone."""

SATURATION = 0.6
LENGTH_SHARE = 0.5
"""BM25's k1 and b, swept over 2,000 questions (k1 .3 to 2, b .3 to .9, gram weights .5 to 1): with 1.2 and .75
CMRC's 1,000 eval questions had nDCG@10 .990, its tuning ones .966, DRCD .965; with these .991, .969 and .975."""

NAMED_WEIGHT = 1.0
"""What a title that the query names whole counts for, beside a word as rare as the title: with it .996, .971 and
.973. At .5 the gain of CMRC is two thirds. Only a whole title: parts of titles gained nothing."""

LITERAL_BOOST = 1000.0
"""Above all that a short segment's words can score: 16 weighted terms, 1.6 times an idf of 15.5 in two million
reports, are 397, and a title that it names is 15.5 more. With literal matches on top nDCG@10 was .990, without .787."""

ALTERNATIVE_WEIGHT = 0.5
"""What another region's wording counts beside what was typed."""

TITLE_MARKS = 12
"""Marks and spaces that a title may have beyond those that were typed of it."""

CauseKind = Literal["term", "literal", "title", "named"]


def _inverse_frequency(documents: int, holders: int) -> float:
    return math.log(documents / (holders + 1)) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that speaks for the reports in `holders`; a term's are mapped to how often they hold it."""

    field: TermField | None  # whose term it is; None for text that stands there as it was typed
    term: str
    weight: float
    holders: Mapping[int, int] | frozenset[int]
    kind: CauseKind = "term"

    @property
    def name(self) -> str:
        """What it is called in a Reason."""
        return self.field or self.kind


def _add(cause: Cause, scores: dict[int, float], facts: Facts) -> None:
    """Add what `cause` gives to every document of `scores` that it speaks for; a term's is its BM25."""
    here = scores.keys() & cause.holders
    if cause.field is None or isinstance(cause.holders, frozenset):
        for document in here:
            scores[document] += cause.weight
        return
    lengths, mean = facts.lengths[cause.field], facts.mean_lengths[cause.field] or 1.0
    gain = cause.weight * _inverse_frequency(len(facts.live), len(cause.holders)) * (SATURATION + 1)
    for document in here:
        frequency = cause.holders[document]
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[document] / mean)
        scores[document] += gain * frequency / (frequency + norm)


def _terms(segments: Collection[Segment], weight: float, matcher: Matcher) -> Iterator[Cause]:
    most = telling_count(sum(len(segment.literal) for segment in segments))
    for name, field_weight in FIELD_WEIGHTS.items():
        terms = distinct(term for segment in segments for term in getattr(segment, name))
        for term in matcher.telling_terms(name, terms)[:most]:
            holders = matcher.frequencies(name, term)
            yield Cause(field=name, term=term, weight=weight * field_weight, holders=holders)


def _literals(literals: Iterable[str], weight: float, matcher: Matcher) -> Iterator[Cause]:
    for literal in dict.fromkeys(literals):
        yield Cause(field=None, term=literal, weight=weight, holders=matcher.literal(literal), kind="literal")


def _whole_title(documents: Iterable[int], typed: str, facts: Facts) -> Iterator[Cause]:
    """Find the reports whose title is all that was typed: a pasted title finds its report before those that cite it."""
    wanted, titles = bare_text(fold(typed)), facts.texts["title"]
    likely = range(len(wanted), len(wanted) + TITLE_MARKS + 1)
    holders = frozenset(
        document
        for document in documents
        if len(titles[document]) in likely and bare_text(titles[document]) == wanted
    )
    if wanted and holders:
        yield Cause(field=None, term=wanted, weight=LITERAL_BOOST, holders=holders, kind="title")


def _named(segments: Iterable[Segment], facts: Facts) -> Iterator[Cause]:
    """Find the reports whose title, but for a bracketed tail, stands whole in what was typed."""
    for title in dict.fromkeys(title for one in segments for title in nameable(one.naming, one.words)):
        if holders := frozenset(facts.titled.get(title, ())):
            weight = NAMED_WEIGHT * _inverse_frequency(len(facts.live), len(holders))
            yield Cause(field=None, term=title, weight=weight, holders=holders, kind="named")


def causes(
    documents: Collection[int], texts: Iterable[Words | Phrase], matcher: Matcher, facts: Facts
) -> tuple[Cause, ...]:
    """Return all that speaks for any of `documents`, in the order in which scores are summed."""
    spoken = tuple(texts)
    words = [text for text in spoken if isinstance(text, Words)]
    others = [to_segment(other) for text in words for other in text.alternatives]
    quoted = [to_segment(quotation).literal for text in words for quotation in text.preferred]
    segments = [to_segment(text.text) for text in spoken]
    as_typed = [
        segment.lead if isinstance(text, Words) else segment.literal
        for text, segment in zip(spoken, segments, strict=True)
    ]
    return (
        *_terms(segments, 1.0, matcher),
        *_literals((*as_typed, *quoted), LITERAL_BOOST, matcher),
        *_terms(others, ALTERNATIVE_WEIGHT, matcher),
        *_literals((other.lead for other in others), LITERAL_BOOST * ALTERNATIVE_WEIGHT, matcher),
        *_named(segments, facts),
        *_whole_title(documents, "".join(text.text for text in spoken), facts),
    )


def score(documents: Iterable[int], because: Iterable[Cause], facts: Facts) -> dict[int, float]:
    """Return the score of every one of `documents`.

    A pure function of the documents held: the order they came in, replaced ones and merges change nothing.
    """
    scores = dict.fromkeys(documents, 0.0)
    for cause in because:
        _add(cause, scores, facts)
    return scores


def reasons(document: int, because: Iterable[Cause], facts: Facts) -> tuple[Reason, ...]:
    """Return what each cause gave to one document's score, the most first."""
    given = ((cause, score((document,), (cause,), facts)[document]) for cause in because)
    found = (
        Reason(field=cause.name, term=cause.term, weight=cause.weight, score=gain)
        for cause, gain in given
        if gain
    )
    return tuple(sorted(found, key=lambda reason: -reason.score))
