"""Turns query trees and filters into the cluster's queries, meaning exactly what `index.matching` means. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import cut_words
from index.engine import SearchRequest
from index.field_text import field_form
from index.matching import COMMON_SHARE, KEPT_TERMS
from index.opensearch_mapping import Json, character_terms, gram_terms, to_term
from index.segment import Segment, to_segment
from index.term_fields import TermField
from index.tree import And, Choice, Everything, Field, Node, Not, Or, Phrase, Words, Years, literally

NOTHING: Json = {"match_none": {}}
ALL: Json = {"match_all": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How many of `documents` hold each term that a request asks for."""

    documents: int
    holders: Mapping[tuple[TermField, str], int]

    def telling_terms(self, field: TermField, terms: Collection[str]) -> list[str]:
        """Return those terms that occur and are not common, the rarest first, as `Matcher.telling_terms`."""
        counted = {term: self.holders.get((field, term), 0) for term in terms}
        rarest_first = sorted(filter(counted.__getitem__, counted), key=counted.__getitem__)
        limit = COMMON_SHARE[field] * self.documents
        telling = [term for term in rarest_first if counted[term] <= limit]
        return telling if len(telling) >= KEPT_TERMS else rarest_first[:KEPT_TERMS]


def term(field: TermField, text: str) -> Json:
    """Match the reports that hold a term; its score is how often."""
    return {"term": {field: {"value": to_term(text)}}}


def _terms(field: TermField, texts: Iterable[str]) -> Json:
    return {"terms": {field: [to_term(text) for text in texts]}}


def _phrase(field: str, terms: Iterable[str]) -> Json:
    found = list(terms)
    if len(found) == 1:
        return {"term": {field: {"value": found[0]}}}
    return {"match_phrase": {field: {"query": " ".join(found)}}}


def every(parts: Sequence[Json]) -> Json:
    """Match what all of `parts` match; everything where there are none."""
    return parts[0] if len(parts) == 1 else {"bool": {"filter": list(parts)}} if parts else ALL


def either(parts: Sequence[Json]) -> Json:
    """Match what any of `parts` matches; nothing where there are none."""
    if not parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"should": list(parts), "minimum_should_match": 1}}


@lru_cache(maxsize=1024)
def literal(folded: str) -> Json:
    """Match the reports whose title or a paragraph holds this folded text; any whitespace is one space.

    Grams prove it, fewer reports holding each; a run of one character at the end has none of its own, there
    characters do.
    """
    runs = folded.split()
    if not runs:
        return NOTHING
    if len(runs[-1]) == 1:
        return _phrase("characters", character_terms(" ".join(runs)))
    return _phrase("grams", gram_terms(folded))


def match(node: Node, frequencies: Frequencies) -> Json:
    """Match the reports that `node` matches. A sentence needs `frequencies` of its words and grams."""
    match node:
        case Words() | Phrase():
            return _match_text(node, frequencies)
        case And():
            return every([match(part, frequencies) for part in node.parts])
        case Or():
            return either([match(part, frequencies) for part in node.parts])
        case Not():
            return {"bool": {"must_not": [match(literally(node.part), frequencies)]}}
        case _:
            return _match_facts(node)


def _match_facts(node: Field | Choice | Years | Everything) -> Json:
    match node:
        case Field():
            return _match_field(node)
        case Choice():
            return {"term": {f"facet_{node.name}": node.value}}
        case Years():
            return years(node.first, node.last)
        case Everything():
            return ALL


def _match_text(text: Words | Phrase, frequencies: Frequencies) -> Json:
    segment = to_segment(text.text)
    if isinstance(text, Phrase):
        return literal(segment.literal)
    parts = [literal(segment.lead)]
    if segment.is_loose:
        words = frequencies.telling_terms("words", segment.words)[: segment.telling]
        grams = frequencies.telling_terms("grams", segment.grams)[: segment.telling]
        parts += [_terms("words", words)] if words else []
        parts += [_terms("grams", grams)] if grams else []
        parts += [literal(to_segment(quoted).literal) for quoted in text.preferred]
        return either(parts)
    if segment.words:
        parts.append(every([term("words", word) for word in segment.words]))
    parts += [match(Words(text=other), frequencies) for other in text.alternatives]
    return either(parts)


def _match_field(condition: Field) -> Json:
    """Hold the text, or all of its words anywhere, as `index.field_text.field_test`."""
    field = f"text_{condition.name}"
    form = field_form(condition.name, condition.text)
    if not form:
        return ALL
    found = [_phrase(field, character_terms(form))]
    words = () if condition.exact else tuple(cut_words(form))
    if words:
        found.append(every([_phrase(field, character_terms(word)) for word in words]))
    return either(found)


def single() -> Json:
    """Match the texts that have no copies."""
    return {"term": {"has_copies": False}}


def copied() -> Json:
    """Match the texts that have copies."""
    return {"term": {"has_copies": True}}


def years(first: int | None, last: int | None) -> Json:
    """Match the reports of a year in the range; an unknown year lies in none."""
    limits = {"gte": first, "lte": last}
    return {"range": {"years": {name: year for name, year in limits.items() if year is not None}}}


def tests(request: SearchRequest) -> Iterator[tuple[str, Json]]:
    """Yield each choice with the facet it belongs to; limits of the year are a choice of that facet."""
    for chosen in request.filters:
        field = f"facet_{chosen.facet}"
        if chosen.include:
            yield chosen.facet, {"terms": {field: list(chosen.include)}}
        if chosen.exclude:
            yield chosen.facet, {"bool": {"must_not": [{"terms": {field: list(chosen.exclude)}}]}}
    if request.year_from is not None or request.year_to is not None:
        yield "year", years(request.year_from, request.year_to)


def terms_of(segments: Iterable[Segment]) -> Iterator[tuple[TermField, str]]:
    """Yield the terms whose frequencies a request with these segments needs, each once."""
    found: dict[tuple[TermField, str], None] = {}
    for segment in segments:
        found.update(dict.fromkeys(("words", word) for word in segment.words))
        found.update(dict.fromkeys(("grams", gram) for gram in segment.grams))
        found.update(dict.fromkeys(("characters", one) for one in segment.characters))
    yield from found
