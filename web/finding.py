"""One search from its state to what page and JSON show: engine for the ids, store for the words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from archive.model import StoredReport
from archive.store import Store
from index.engine import Engine, Reason, ResultPage
from index.notes import Note
from index.query import Query, parse
from index.snippet import Snippet, best_snippets, marks
from web.diagnosis import Part, diagnose
from web.languages import counted
from web.other_script import matched_otherwise
from web.pagination import page_count
from web.params import SearchState, to_request
from web.search_notes import to_sentence

SNIPPETS_PER_HIT = 2
SNIPPET_CHARS = 90
"""Two lines of the result list at its full width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReport:
    """One hit: the stored report, where its title matches, and the passages that show why."""

    report: StoredReport
    title_marks: tuple[tuple[int, int], ...]
    snippets: tuple[Snippet, ...]
    score: float
    copies: int  # of its family, that match and are not listed
    reasons: tuple[Reason, ...]
    other_script: tuple[str, ...]  # marked words that stand there in other characters than typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A search's answer. `state` is what was answered: its page lies within the result."""

    state: SearchState
    query: Query
    result: ResultPage
    hits: tuple[FoundReport, ...]
    notes: tuple[str, ...]
    page_count: int
    took_ms: float
    parts: tuple[Part, ...] = ()  # what was asked for, where nothing was found


def find(state: SearchState, store: Store, engine: Engine, notes: tuple[str, ...] = ()) -> Found:
    """Search, read the hits' text from the store, and choose their snippets."""
    started_at = perf_counter()
    query = parse(state.text)
    result = engine.search(to_request(state, query))
    last_page = page_count(result.total, state.size)
    if state.page > last_page:
        notes = (*notes, counted("结果只有 %(num)s 页，显示最后一页", last_page))
        state = replace(state, page=last_page)
        result = engine.search(to_request(state, query))
    hits = tuple(_to_hits(result, query, store))
    return Found(
        state=state,
        query=query,
        result=result,
        hits=hits,
        notes=(*notes, *map(to_sentence, _worth_telling(query, result))),
        page_count=last_page,
        took_ms=(perf_counter() - started_at) * 1000,
        parts=() if result.total else diagnose(state, query, engine),
    )


def _worth_telling(query: Query, result: ResultPage) -> Iterator[Note]:
    """Yield the notes; that those listed have some of the words is only said where any are."""
    yield from query.notes
    yield from (note for note in result.notes if result.total or note.code != "partial")


def _to_hits(result: ResultPage, query: Query, store: Store) -> Iterator[FoundReport]:
    reports = store.reports([hit.report_id for hit in result.hits])
    for hit in result.hits:
        report = reports.get(hit.report_id)
        if report is None:  # withdrawn since the index was last brought up to date
            continue
        texts = tuple(paragraph.text for paragraph in report.paragraphs)
        title_marks = marks(report.title, query, field="title")
        snippets = best_snippets(texts, query, length_chars=SNIPPET_CHARS, count=SNIPPETS_PER_HIT)
        marked = [report.title[start:end] for start, end in title_marks]
        marked += [snippet.text[start:end] for snippet in snippets for start, end in snippet.marks]
        yield FoundReport(
            report=report,
            title_marks=title_marks,
            snippets=snippets,
            score=hit.score,
            copies=hit.copies,
            reasons=hit.reasons,
            other_script=matched_otherwise(query.text, marked),
        )
