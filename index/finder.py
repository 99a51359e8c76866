"""What the resolver of citations asks of the index, on any engine."""

from collections.abc import Sequence

from archive.resolve.answer import Holders
from index.engine import Engine, SearchRequest
from index.fold import fold
from index.query import Query
from index.tree import And, Field, Node, Or, Phrase


class EngineFinder:
    """A `Finder` of archive/resolve: exact phrases, every copy counted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def fold(self, text: str) -> str:
        """Return the form in which the index keeps text."""
        return fold(text)

    def holding_all(self, phrases: Sequence[str], limit: int) -> Holders:
        """Return the reports whose title or paragraphs hold each of these phrases."""
        nodes = tuple(Phrase(text=one) for one in phrases)
        return self._ask(nodes[0] if len(nodes) == 1 else And(parts=nodes), limit) if nodes else _NOBODY

    def holding_any(self, phrases: Sequence[str], limit: int) -> Holders:
        """Return the reports that hold any of these phrases, the most telling first."""
        nodes = tuple(Phrase(text=one) for one in phrases)
        return self._ask(nodes[0] if len(nodes) == 1 else Or(parts=nodes), limit) if nodes else _NOBODY

    def titled(self, title: str, limit: int) -> Holders:
        """Return the reports whose title holds this."""
        return self._ask(Field(name="title", text=title, exact=True), limit)

    def numbered(self, number: str, limit: int) -> Holders:
        """Return the reports that bear or cite this 文号."""
        return self._ask(Field(name="number", text=number, exact=True), limit)

    def _ask(self, tree: Node, limit: int) -> Holders:
        found = self._engine.search(SearchRequest(query=Query(text="", tree=tree), limit=limit))
        return Holders(report_ids=tuple(hit.report_id for hit in found.hits), total=found.total_reports)


_NOBODY = Holders(report_ids=(), total=0)
