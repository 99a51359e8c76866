"""Which documents a query matches, exactly: sets of document numbers, and no document is ever skipped."""

from collections.abc import Collection, Iterable, Mapping

from index.field_text import field_test
from index.segment import to_segment
from index.tree import And, Choice, Everything, Field, Node, Not, Or, Phrase, Words, Years, literally
from tests.index.oracle.phrase import find_phrase
from tests.index.oracle.reader import Reader, TermField

COMMON_SHARE: dict[TermField, float] = {"words": 0.2, "grams": 0.2, "characters": 0.1}
"""A term in more of the documents than this says nothing of any: 政府, 信息 and 公开 are in nearly all."""

KEPT_TERMS = 3
"""Terms of each field that are kept however common they are. Swept with COMMON_SHARE: it costs .001 to .002."""


class Matcher:
    """Evaluates trees against one state of an index, remembering what it read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._facts = reader.facts
        self._frequencies: dict[tuple[TermField, str], Mapping[int, int]] = {}
        self._literals: dict[str, frozenset[int]] = {}

    def frequencies(self, field: TermField, term: str) -> Mapping[int, int]:
        """Return how often each document holds `term`."""
        key = (field, term)
        if key not in self._frequencies:
            self._frequencies[key] = self._reader.frequencies(field, term)
        return self._frequencies[key]

    def telling_terms(self, field: TermField, terms: Collection[str]) -> list[str]:
        """Return those terms that occur and are not common, the rarest first."""

        def holders(term: str) -> int:
            return len(self.frequencies(field, term))

        rarest_first = sorted(filter(holders, terms), key=holders)
        limit = COMMON_SHARE[field] * len(self._facts.live)
        telling = [term for term in rarest_first if holders(term) <= limit]
        return telling if len(telling) >= KEPT_TERMS else rarest_first[:KEPT_TERMS]

    def literal(self, folded: str) -> frozenset[int]:
        """Return the documents whose title or a paragraph holds this folded text."""
        if folded not in self._literals:
            self._literals[folded] = find_phrase(self._reader, folded)
        return self._literals[folded]

    def literal_count(self, folded: str) -> int:
        """Return how many documents hold this folded text."""
        return len(self.literal(folded))

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        """Return all grams that begin with one or two characters."""
        return self._reader.grams_beginning(beginning)

    def hold_together(self, grams: Iterable[str]) -> bool:
        """Whether any document holds all of `grams`."""
        return bool(_common(frozenset(self.frequencies("grams", gram)) for gram in grams))

    def match(self, node: Node) -> frozenset[int]:
        """Return the documents that `node` matches."""
        match node:
            case Words() | Phrase():
                return self._match_text(node)
            case And():
                return _common(map(self.match, node.parts))
            case Or():
                return frozenset[int]().union(*map(self.match, node.parts))
            case Not():
                return self._facts.live - self.match(literally(node.part))
            case _:
                return self._match_facts(node)

    def _match_text(self, text: Words | Phrase) -> frozenset[int]:
        segment = to_segment(text.text)
        if isinstance(text, Phrase):
            return self.literal(segment.literal)
        literal = self.literal(segment.lead)
        if segment.is_loose:
            telling_words = self.telling_terms("words", segment.words)[: segment.telling]
            telling_grams = self.telling_terms("grams", segment.grams)[: segment.telling]
            words = [self.frequencies("words", word) for word in telling_words]
            grams = [self.frequencies("grams", gram) for gram in telling_grams]
            preferred = [self.literal(to_segment(quoted).literal) for quoted in text.preferred]
            return literal.union(*words, *grams, *preferred)
        whole = _common(frozenset(self.frequencies("words", word)) for word in segment.words)
        return literal.union(whole, *(self.match(Words(text=other)) for other in text.alternatives))

    def _match_facts(self, node: Field | Choice | Years | Everything) -> frozenset[int]:
        facts = self._facts
        match node:
            case Everything():
                return facts.live
            case Field():
                holds, texts = field_test(node), facts.texts[node.name]
                return frozenset(number for number in facts.live if holds(texts[number]))
            case Choice():
                values = facts.facets[node.name]
                return frozenset(number for number in facts.live if node.value in values[number])
            case Years():
                years = facts.facets["year"]
                return frozenset(
                    number for number in facts.live if in_years(years[number], node.first, node.last)
                )


def _common(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    """Return what all of `sets` hold; nothing where there are none."""
    smallest_first = sorted(sets, key=len)
    return smallest_first[0].intersection(*smallest_first[1:]) if smallest_first else frozenset()


def in_years(values: Collection[str], first: int | None, last: int | None) -> bool:
    """Whether a document's year lies in the range; an unknown year lies in none."""
    return any(
        (first is None or first <= int(value)) and (last is None or int(value) <= last)
        for value in values
        if value.isdecimal()
    )
