"""What `index.near_misses` asks of an index, asked of the cluster: which characters stand beside which, and counts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from index.near_misses import LONGEST, MAX_TEXTS
from index.opensearch_client import ClusterClient
from index.opensearch_mapping import Json
from index.opensearch_queries import every, literal, term
from index.segment import to_segment
from index.tree import Phrase, Words

NEIGHBOURS = 5_000
"""Grams taken from each shard that begin, or end, with one character: the commonest have some thousands."""

NO_CHARACTER = "\ue000"
"""For private use, so that no report's gram holds it: what is one edit away from it is every gram there is."""


class ClusterHeld:
    """Answers for short texts; neighbours of all their characters come in one round trip, when first needed."""

    def __init__(self, texts: Sequence[Words | Phrase], client: ClusterClient, index: str) -> None:
        literals = [to_segment(text.text).literal for text in texts[:MAX_TEXTS]]
        self._characters = sorted({one for text in literals if len(text) <= LONGEST for one in text})
        self._client = client
        self._index = index

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        """Return the grams that begin with one or two characters, of which one is in the texts."""
        if len(beginning) > 1:
            return [beginning] if beginning in self._grams else []
        return sorted(gram for gram in self._grams if gram.startswith(beginning))

    def hold_together(self, grams: Iterable[str]) -> bool:
        """Whether any report holds all of `grams`."""
        return self._count(every([term("grams", gram) for gram in grams]), 1) > 0

    def literal_count(self, folded: str) -> int:
        """Return how many reports hold this folded text."""
        return self._count(literal(folded), None)

    def _count(self, query: Json, enough: int | None) -> int:
        body = {"size": 0, "track_total_hits": enough or True, "query": query}
        return int(self._client.search(self._index, body)["hits"]["total"]["value"])

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
