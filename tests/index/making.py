"""Index documents made by hand, and plain-loop answers to hold an engine against."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from index.analysis import Analysis, analyse
from index.engine import FACETS, UNKNOWN, IndexDocument
from index.fold import fold
from index.segment import to_segment


def make_document(
    report_id: str,
    *paragraphs: str,
    title: str = "",
    order_key: str = "",
    place: str = "",
    family: str = "",
    standing: str = "",
    **facets: str,
) -> IndexDocument:
    """A document with `unknown` in every facet that is not named; `flag` may name several, space between."""
    values = dict.fromkeys(FACETS, (UNKNOWN,))
    values.update({name: tuple(value.split()) for name, value in facets.items()})
    return IndexDocument(
        report_id=report_id,
        title=title,
        paragraphs=paragraphs,
        facets=tuple(values.items()),
        place=place,
        order_key=order_key,
        family=family,
        standing=standing,
    )


def holders(documents: Iterable[IndexDocument], phrase: str) -> set[str]:
    """The reports with a title or paragraph that holds `phrase`: a plain scan of folded text."""
    wanted = plain(phrase)
    return {
        document.report_id
        for document in documents
        if any(wanted in plain(text) for text in (document.title, *document.paragraphs))
    }


def plain(text: str) -> str:
    """Folded, any whitespace one space: the form in which quotations are compared."""
    return " ".join(fold(text).split())


@cache
def _analysed(texts: tuple[str, ...]) -> Analysis:
    """Analyse once: the same reports are scored for each engine and query."""
    return analyse(texts)


def best_by_plain_bm25(documents: Sequence[IndexDocument], typed: str, count: int) -> list[str]:
    """The best reports for one long segment, every document scored in plain loops over its own terms.

    The formula is the one that `index.ranking` names: BM25 with k1 .6 and b .5, words once, grams and
    characters half; terms in more than 20 % (characters: 10 %) of the documents left out, never below three.
    """
    segment = to_segment(typed)
    analyses = {one.report_id: _analysed((one.title, *one.paragraphs)) for one in documents}
    literal = holders(documents, typed)
    scores: Counter[str] = Counter(dict.fromkeys(analyses, 0.0))
    matching = set(literal)
    for field, weight, share in (("words", 1.0, 0.2), ("grams", 0.5, 0.2), ("characters", 0.5, 0.1)):
        counted = {
            one: Counter(gram for gram, _ in a.grams) if field == "grams" else Counter(getattr(a, field))
            for one, a in analyses.items()
        }
        mean = sum(counter.total() for counter in counted.values()) / len(counted)
        holding = {term: {one for one in counted if counted[one][term]} for term in getattr(segment, field)}
        rarest = sorted((term for term in holding if holding[term]), key=lambda term: len(holding[term]))
        kept = [term for term in rarest if len(holding[term]) <= share * len(documents)]
        for term in kept if len(kept) >= 3 else rarest[:3]:
            gain = weight * (math.log(len(documents) / (len(holding[term]) + 1)) + 1)
            matching |= holding[term] if field != "characters" else set()
            for one in holding[term]:
                often, length = counted[one][term], counted[one].total()
                scores[one] += gain * often * 1.6 / (often + 0.6 * (0.5 + 0.5 * length / mean))
    for one in literal:
        scores[one] += 1000
    return sorted(matching, key=lambda one: (-scores[one], one))[:count]
