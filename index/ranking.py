"""Scores: words, grams and characters fused, each by BM25 over its own lengths, and literal matches on top."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.arrays.files import Array
from index.engine import Reason
from index.fold import fold
from index.matching import Matcher
from index.reader import Reader
from index.segment import Segment, distinct, telling_count, to_segment
from index.sets import SKEW, Documents, chosen, places_in
from index.term import Term
from index.term_fields import TermField
from index.titles import bare_text, nameable
from index.tree import Phrase, Words

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


def _inverse_frequency(documents: int, holders: int) -> float:
    return math.log(documents / (holders + 1)) + 1


CauseKind = Literal["term", "literal", "title", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that speaks for the reports in `holders`: a term, or that a text stands there as it was typed."""

    field: TermField | None  # whose term it is; None for text
    term: str
    weight: float
    holders: Term | Documents
    kind: CauseKind = "term"

    @property
    def name(self) -> str:
        """What it is called in a Reason."""
        return self.field or self.kind

    @property
    def documents(self) -> Documents:
        """The documents that it speaks for."""
        return self.holders.documents if isinstance(self.holders, Term) else self.holders


def _norms(field: TermField, reader: Reader) -> Array:
    """Return what BM25 adds to a term's frequency for each document's length."""
    key = ("words" if field == "words" else "characters", SATURATION, LENGTH_SHARE)
    if key not in reader.norms:
        shares = LENGTH_SHARE * reader.lengths(field) / (reader.mean_length(field) or 1.0)
        reader.norms[key] = SATURATION * (1 - LENGTH_SHARE + shares)
    return reader.norms[key]


def _gains(cause: Cause, places: Array | None, reader: Reader) -> Array | float:
    """Return what `cause` gives to its documents, or to those at some `places` among them; a term's is its BM25."""
    if cause.field is None or not isinstance(cause.holders, Term):
        return cause.weight
    term = cause.holders
    if (known := term.gains.get(cause.weight)) is not None:
        return known if places is None else known.take(places)
    documents, counts = term.documents, term.counts
    if places is not None:
        documents, counts = documents.take(places), counts.take(places)
    gain = cause.weight * _inverse_frequency(reader.live_count, term.holder_count) * (SATURATION + 1)
    gains = counts.astype(np.float64)
    norms = _norms(cause.field, reader).take(documents)
    norms += gains
    gains *= gain
    gains /= norms
    if places is None:
        term.gains[cause.weight] = gains
    return gains


def _terms(segments: Collection[Segment], weight: float, matcher: Matcher) -> Iterator[Cause]:
    most = telling_count(sum(len(segment.literal) for segment in segments))
    for name, field_weight in FIELD_WEIGHTS.items():
        terms = distinct(term for segment in segments for term in getattr(segment, name))
        for term in matcher.telling_terms(name, terms)[:most]:
            yield Cause(field=name, term=term, weight=weight * field_weight, holders=matcher.term(name, term))


def _literals(literals: Iterable[str], weight: float, matcher: Matcher) -> Iterator[Cause]:
    for literal in dict.fromkeys(literals):
        yield Cause(field=None, term=literal, weight=weight, holders=matcher.literal(literal), kind="literal")


def _whole_title(typed: str, reader: Reader) -> Iterator[Cause]:
    """Find the reports whose title is all that was typed: a pasted title finds its report before those that cite it."""
    wanted = bare_text(fold(typed))
    likely = range(len(wanted), len(wanted) + TITLE_MARKS + 1)
    holders = [
        document
        for document, title in reader.titled(wanted)
        if len(title) in likely and bare_text(title) == wanted
    ]
    if wanted and holders:
        yield Cause(
            field=None,
            term=wanted,
            weight=LITERAL_BOOST,
            holders=np.array(sorted(holders), np.int64),
            kind="title",
        )


def _named(segments: Iterable[Segment], reader: Reader) -> Iterator[Cause]:
    """Find the reports whose title, but for a bracketed tail, stands whole in what was typed."""
    titles = dict.fromkeys(title for one in segments for title in nameable(one.naming, one.words))
    for title, holders in reader.named(tuple(titles)):
        weight = NAMED_WEIGHT * _inverse_frequency(reader.live_count, len(holders))
        yield Cause(field=None, term=title, weight=weight, holders=holders, kind="named")


def causes(texts: Iterable[Words | Phrase], matcher: Matcher) -> tuple[Cause, ...]:
    """Return all that speaks for any document, in the order in which scores are summed."""
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
        *_named(segments, matcher.reader),
        *_whole_title("".join(text.text for text in spoken), matcher.reader),
    )


def score(documents: Documents, because: Iterable[Cause], reader: Reader) -> Array:
    """Return the score of each of `documents`, not to be written to.

    A pure function of the documents held: the order they came in, replaced ones and merges change nothing.
    """
    every = tuple(because)
    if len(every) == 1 and _is_same(documents, every[0].documents, reader):
        gains = _gains(every[0], None, reader)
        return np.full(len(documents), gains) if isinstance(gains, float) else gains
    scores = np.zeros(len(documents))
    for cause in every:
        _add(cause, documents, scores, reader)
    return scores


def _is_same(documents: Documents, others: Documents, reader: Reader) -> bool:
    """Whether two sets are one; a query of one term finds its documents themselves."""
    if documents is others:
        return True
    if len(documents) != len(others):
        return False
    return len(documents) == reader.size or bool((documents == others).all())


def _add(cause: Cause, documents: Documents, scores: Array, reader: Reader) -> None:
    """Add to `scores` what `cause` gives to each of `documents`: where it gives nothing, 0 is added or nothing."""
    holders = cause.documents
    fewer, more = sorted((len(documents), len(holders)))
    if _is_same(documents, holders, reader):
        scores += _gains(cause, None, reader)
    elif fewer * SKEW >= more and more * SKEW >= reader.size:
        row = _row(cause, reader)
        scores += row if len(documents) == reader.size else row.take(documents)
    elif len(documents) == fewer:
        places, stands = places_in(documents, holders)
        here = stands.nonzero()[0]
        scores[here] += _gains(cause, places.take(here), reader)
    else:
        places, stands = places_in(holders, documents)
        gains = _gains(cause, None, reader)
        scores[chosen(places, stands)] += gains if isinstance(gains, float) else chosen(gains, stands)


def _row(cause: Cause, reader: Reader) -> Array:
    """Return what `cause` gives to every document there is; a dense term's is kept."""
    term = cause.holders if isinstance(cause.holders, Term) else None
    if term and (known := term.rows.get(cause.weight)) is not None:
        return known
    row = np.zeros(reader.size)
    row[cause.documents] = _gains(cause, None, reader)
    if term and term.is_dense:
        term.rows[cause.weight] = row
    return row


def reasons(
    documents: Sequence[int], because: Iterable[Cause], reader: Reader
) -> list[tuple[float, tuple[Reason, ...]]]:
    """Return for each of a few documents its score, and what each cause gave to it, the most first."""
    wanted = np.array(documents, np.int64)
    found: list[list[Reason]] = [[] for _ in documents]
    scores = np.zeros(len(documents))
    for cause in because:
        places, stands = places_in(wanted, cause.documents)
        here = np.flatnonzero(stands)
        gains = np.zeros(len(here)) + _gains(cause, places[stands], reader)
        scores[here] += gains
        for place, gain in zip(here.tolist(), gains.tolist(), strict=True):
            if gain:
                found[place].append(
                    Reason(field=cause.name, term=cause.term, weight=cause.weight, score=gain)
                )
    why = [tuple(sorted(each, key=lambda reason: -reason.score)) for each in found]
    return list(zip(scores.tolist(), why, strict=True))
