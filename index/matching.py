"""Which documents a query matches, exactly: rising arrays of document numbers, and no document is ever skipped."""

from collections.abc import Collection, Iterable

import numpy as np

from index.analysis import cut_words
from index.engine import Filter
from index.field_text import field_form
from index.phrase import find_phrase
from index.reader import Reader
from index.segment import to_segment
from index.sets import Documents, Flags, Held, common, united, without
from index.term import Term
from index.term_fields import TermField
from index.tree import And, Choice, Everything, Field, Node, Not, Or, Phrase, Words, Years, literally

COMMON_SHARE: dict[TermField, float] = {"words": 0.2, "grams": 0.2, "characters": 0.1}
"""A term in more of the documents than this says nothing of any: 政府, 信息 and 公开 are in nearly all."""

KEPT_TERMS = 3
"""Terms of each field that are kept however common they are. Swept with COMMON_SHARE: it costs .001 to .002."""


class Matcher:
    """Evaluates trees against one state of an index, remembering what it read."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._terms: dict[tuple[TermField, str], Term] = {}
        self._literals: dict[str, Documents] = {}

    def term(self, field: TermField, term: str) -> Term:
        """Return a term of one of the fields."""
        key = (field, term)
        if key not in self._terms:
            self._terms[key] = self.reader.term(field, term)
        return self._terms[key]

    def telling_terms(self, field: TermField, terms: Collection[str]) -> list[str]:
        """Return those terms that occur and are not common, the rarest first."""

        def holders(term: str) -> int:
            return self.term(field, term).holder_count

        rarest_first = sorted(filter(holders, terms), key=holders)
        limit = COMMON_SHARE[field] * self.reader.live_count
        telling = [term for term in rarest_first if holders(term) <= limit]
        return telling if len(telling) >= KEPT_TERMS else rarest_first[:KEPT_TERMS]

    def literal(self, folded: str) -> Documents:
        """Return the documents whose title or a paragraph holds this folded text."""
        if folded not in self._literals:
            found = self.reader.quotations.found(folded, lambda: find_phrase(self.reader, folded))
            self._literals[folded] = found
        return self._literals[folded]

    def literal_count(self, folded: str) -> int:
        """Return how many documents hold this folded text."""
        return len(self.literal(folded))

    def grams_beginning(self, beginning: str) -> Iterable[str]:
        """Return all grams that begin with one or two characters."""
        return self.reader.grams_beginning(beginning)

    def hold_together(self, grams: Iterable[str]) -> bool:
        """Whether any document holds all of `grams`."""
        return len(common([self.term("grams", gram) for gram in grams])) > 0

    def match(self, node: Node) -> Documents:  # noqa: PLR0911 - one line for each kind of node
        """Return the documents that `node` matches."""
        match node:
            case Words() | Phrase():
                return self._match_text(node)
            case And():
                return common([self.match(part) for part in node.parts])
            case Or():
                return united([self.match(part) for part in node.parts])
            case Not():
                return without(self.reader.live, self.match(literally(node.part)))
            case Field():
                return self._match_field(node)
            case Choice():
                return passing(self.reader, Filter(facet=node.name, include=(node.value,))).documents
            case Years():
                return in_years(self.reader, node.first, node.last).documents
            case Everything():
                return self.reader.live

    def _match_text(self, text: Words | Phrase) -> Documents:
        segment = to_segment(text.text)
        if isinstance(text, Phrase):
            return self.literal(segment.literal)
        literal = self.literal(segment.lead)
        if segment.is_one_word and not text.alternatives:
            return literal
        if segment.is_loose:
            telling_words = self.telling_terms("words", segment.words)[: segment.telling]
            telling_grams = self.telling_terms("grams", segment.grams)[: segment.telling]
            words = [self.term("words", word) for word in telling_words]
            grams = [self.term("grams", gram) for gram in telling_grams]
            preferred = [self.literal(to_segment(quoted).literal) for quoted in text.preferred]
            return united([literal, *words, *grams, *preferred])
        words = [self.term("words", word) for word in segment.words]
        others = [self.match(Words(text=other)) for other in text.alternatives]
        return united([literal, common(words), *others])

    def _match_field(self, condition: Field) -> Documents:
        """Find what holds the condition's text, or all of its words unless it must be exact; every text is looked at."""
        return self.reader.quotations.found(condition, lambda: self._find_field(condition))

    def _find_field(self, condition: Field) -> Documents:
        literal = field_form(condition.name, condition.text)
        found = self.reader.holding(condition.name, literal)
        words = () if condition.exact else tuple(cut_words(literal))
        if not words:
            return found
        return united([found, common([self.reader.holding(condition.name, word) for word in words])])


def passing(reader: Reader, chosen: Filter) -> Held:
    """Return the documents in use that pass one facet's choice; kept while others are asked for more."""

    def rows() -> Flags:
        table = reader.facets[chosen.facet]
        having = table.rows_with(chosen.include) if chosen.include else np.ones(len(table.sizes), bool)
        return having & ~table.rows_with(chosen.exclude)

    return reader.having(chosen, chosen.facet, rows)


def in_years(reader: Reader, first: int | None, last: int | None) -> Held:
    """Return the documents in use whose year lies in the range; an unknown year lies in none."""

    def rows() -> Flags:
        table = reader.facets["year"]
        known = ((value, int(value)) for value in table.values if value.isdecimal())
        return table.rows_with(
            [
                value
                for value, year in known
                if (first is None or first <= year) and (last is None or year <= last)
            ]
        )

    return reader.having(("years", first, last), "year", rows)
