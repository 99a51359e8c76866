"""Why these hits, or why none: the engine's reasons in words and in JSON. Pure."""

from dataclasses import dataclass

from index.engine import Correction, Reason
from index.query import Query
from index.tree import Words
from index.wording import to_text
from web.filters import search_address
from web.finding import Found, FoundReport
from web.languages import Texts, msgid
from web.params import SearchState
from web.records import Json

SHOWN_REASONS = 6
REASON_FIELDS = Texts(
    {
        "words": msgid("词"),
        "grams": msgid("相邻两字"),
        "characters": msgid("单字"),
        "literal": msgid("原文照写"),
        "title": msgid("题名相同"),
        "named": msgid("提到题名"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """One line of why a hit was found; `share` is how much of its score, in whole percent."""

    field: str
    term: str
    weight: float
    score: float
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What was perhaps meant, and the search for it."""

    meant: str
    count: int
    state: SearchState


def reason_views(hit: FoundReport) -> tuple[ReasonView, ...]:
    """Return the reasons that gave most to a hit's score."""
    return tuple(
        ReasonView(
            field=REASON_FIELDS[reason.field],
            term=reason.term,
            weight=reason.weight,
            score=reason.score,
            share=round(100 * reason.score / hit.score),
        )
        for reason in hit.reasons[:SHOWN_REASONS]
    )


def correction_views(found: Found) -> tuple[CorrectionView, ...]:
    """Return what to offer where little was found: the query with one word put right."""
    return tuple(
        CorrectionView(meant=one.meant, count=one.count, state=_corrected(found.state, one))
        for one in found.result.corrections
    )


def _corrected(state: SearchState, correction: Correction) -> SearchState:
    return SearchState(text=state.text.replace(correction.typed, correction.meant), size=state.size)


def exact_state(state: SearchState, query: Query) -> SearchState | None:
    """Return the search for a one-segment query as a quotation; None for any other query."""
    if not isinstance(query.tree, Words) or '"' in query.tree.text:
        return None
    return SearchState(
        text=f'"{query.tree.text}"',
        filters=state.filters,
        year_from=state.year_from,
        year_to=state.year_to,
        size=state.size,
    )


def explained(found: Found) -> Json:
    """Return what `explain=1` adds to a result: reasons by report, parts of a vain search, likely corrections."""
    return {
        "explanation": {
            "understood_as": to_text(found.query.tree),
            "literal_total": found.result.literal_total,
            "corrections": [
                {"text": view.state.text, "count": view.count} for view in correction_views(found)
            ],
            "parts": [
                {
                    "text": part.label,
                    "alone": part.alone,
                    "without": part.without,
                    "address": search_address(part.state),
                }
                for part in found.parts
            ],
            "reasons": {hit.report.report_id: [_to_json(one) for one in hit.reasons] for hit in found.hits},
            "other_script": {hit.report.report_id: list(hit.other_script) for hit in found.hits},
        }
    }


def _to_json(reason: Reason) -> Json:
    return {
        "field": reason.field,
        "term": reason.term,
        "weight": reason.weight,
        "score": round(reason.score, 4),
    }
