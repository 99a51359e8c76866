"""What `index.near_misses` and `index.near_sentences` ask of an index, asked of the cluster: pairs of characters that
stand in reports, and counts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from index.near_misses import LONGEST, MAX_TEXTS
from index.opensearch_client import ClusterClient
from index.opensearch_mapping import Json
from index.opensearch_queries import every, literal, term
from index.opensearch_requests import frequencies_bodies
from index.segment import to_segment
from index.term_fields import TermField
from index.tree import Phrase, Words

NEIGHBOURS = 5_000
"""Grams taken from each shard that begin, or end, with one character: the commonest have some thousands."""

NO_CHARACTER = "\ue000"
"""For private use, so that no report's gram holds it: what is one edit away from it is every gram there is."""


class ClusterHeld:
    """Answers for short texts and for a sentence.

    Neighbours of all characters of short texts come in one round trip, when first needed. `known` are counts that
    the search itself has asked for.
    """

    def __init__(
        self,
        texts: Sequence[Words | Phrase],
        known: Mapping[tuple[TermField, str], int],
        client: ClusterClient,
        index: str,
    ) -> None:
        literals = [to_segment(text.text).literal for text in texts[:MAX_TEXTS]]
        self._characters = sorted({one for text in literals if len(text) <= LONGEST for one in text})
        self._known = known
        self._literals: dict[str, int] = {}
        self._client = client
        self._index = index

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        """Return the grams that begin with one or two characters, of which one is in the texts."""
        if len(beginning) > 1:
            known = self._known.get(("grams", beginning))
            stands = beginning in self._grams if known is None else known > 0
            return [beginning] if stands else []
        return sorted(gram for gram in self._grams if gram.startswith(beginning))

    def hold_together(self, grams: Iterable[str]) -> bool:
        """Whether any report holds all of `grams`."""
        return self._count(every([term("grams", gram) for gram in grams]), 1) > 0

    def literal_count(self, folded: str) -> int:
        """Return how many reports hold this folded text, asked once."""
        if folded not in self._literals:
            self._literals[folded] = self._count(literal(folded), None)
        return self._literals[folded]

    def standing(self, grams: Collection[str]) -> frozenset[str]:
        """Return those pairs of characters that stand in any report: none, or one round trip."""
        counts = {gram: self._known[("grams", gram)] for gram in grams if ("grams", gram) in self._known}
        if unknown := sorted(gram for gram in grams if gram not in counts):
            body, _ = frequencies_bodies([("grams", gram) for gram in unknown], ())
            held = self._client.search(self._index, body)["aggregations"]["held"]["buckets"]
            counts |= {gram: held[str(number)]["doc_count"] for number, gram in enumerate(unknown)}
        return frozenset(gram for gram, count in counts.items() if count)

    def literal_counts(self, texts: Collection[str]) -> dict[str, int]:
        """Return for each folded text how many reports hold it, in one round trip."""
        ordered = sorted(texts)
        bodies = [_counting(literal(text), None) for text in ordered]
        answers = self._client.search_many(self._index, bodies) if bodies else []
        return {text: _total(answer) for text, answer in zip(ordered, answers, strict=True)}

    def _count(self, query: Json, enough: int | None) -> int:
        return _total(self._client.search(self._index, _counting(query, enough)))

    @cached_property
    def _grams(self) -> frozenset[str]:
        """All grams that hold one of the characters: what the cluster's speller finds one edit away."""
        probes = [
            (f"{at}-{number}", text)
            for number, one in enumerate(self._characters)
            for at, text in (("begin", one + NO_CHARACTER), ("end", NO_CHARACTER + one))
        ]
        if not probes:
            return frozenset()
        suggest = {name: _probe(text) for name, text in probes}
        answer = self._client.search(self._index, {"size": 0, "suggest": suggest})
        return frozenset(_options(answer["suggest"]))


def _counting(query: Json, enough: int | None) -> Json:
    return {"size": 0, "track_total_hits": enough or True, "query": query}


def _total(answer: Json) -> int:
    return int(answer["hits"]["total"]["value"])


def _probe(text: str) -> Json:
    speller = {
        "field": "grams",
        "suggest_mode": "always",
        "max_edits": 1,
        "prefix_length": int(text.endswith(NO_CHARACTER)),
        "min_word_length": 1,
        "accuracy": 0.0,
        "size": NEIGHBOURS,
        "shard_size": NEIGHBOURS,
    }
    return {"text": text, "term": speller}


def _options(suggested: Json) -> Iterator[str]:
    for found in suggested.values():
        for one in found:
            yield from (option["text"] for option in one["options"])
