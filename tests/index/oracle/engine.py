"""The oracle: an engine in memory that looks at every document, to hold the engine on arrays against.

Slow and plain on purpose: postings are dicts, sets are frozensets, scores are summed document by document.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from index.analysis import Analysis, analyse
from index.engine import IndexDocument, ResultPage, SearchRequest
from tests.index.oracle.answer import answer
from tests.index.oracle.facts import to_facts
from tests.index.oracle.reader import Facts, TermField


class OracleReader:
    """The documents of one moment."""

    def __init__(self, documents: Sequence[IndexDocument], analyses: Sequence[Analysis]) -> None:
        self.facts: Facts = to_facts(documents, analyses)
        self._holders: dict[tuple[TermField, str], dict[int, int]] = {}
        self._positions: dict[str, dict[int, list[int]]] = {}
        for number, analysis in enumerate(analyses):
            self._hold("words", analysis.words, number)
            self._hold("characters", analysis.characters, number)
            self._hold("grams", (gram for gram, _ in analysis.grams), number)
            for gram, position in analysis.grams:
                self._positions.setdefault(gram, {}).setdefault(number, []).append(position)

    def _hold(self, field: TermField, terms: Iterable[str], number: int) -> None:
        for term, count in Counter(terms).items():
            self._holders.setdefault((field, term), {})[number] = count

    def frequencies(self, field: TermField, term: str) -> Mapping[int, int]:
        return self._holders.get((field, term), {})

    def positions(self, gram: str, documents: Collection[int]) -> Mapping[int, Sequence[int]]:
        held = self._positions.get(gram, {})
        return {number: positions for number, positions in held.items() if number in documents}

    def grams_beginning(self, character: str) -> Iterable[str]:
        return sorted(gram for gram in self._positions if gram.startswith(character))


class OracleEngine:
    """An engine that keeps documents and reads them all anew after each change."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[IndexDocument, Analysis]] = {}
        self._change = 0
        self._reader: OracleReader | None = None

    def add(self, documents: Iterable[IndexDocument], *, remove: Iterable[str] = (), change: int) -> int:
        fresh: dict[str, tuple[IndexDocument, Analysis]] = {}
        for document in documents:
            if document.report_id in fresh:
                raise ValueError(f"report {document.report_id} stands twice among the documents to add")
            fresh[document.report_id] = (document, analyse((document.title, *document.paragraphs)))
        for report_id in remove:
            self._held.pop(report_id, None)
        self._held.update(fresh)
        self._change, self._reader = change, None
        return len(fresh)

    def last_change(self) -> int:
        return self._change

    def document_ids(self) -> frozenset[str]:
        return frozenset(self._held)

    def search(self, request: SearchRequest) -> ResultPage:
        if self._reader is None:
            held = [self._held[report_id] for report_id in sorted(self._held)]
            self._reader = OracleReader(
                [document for document, _ in held], [analysis for _, analysis in held]
            )
        return answer(request, self._reader)
