"""What the API's answers look like, as types: openapi.json is made from them, and the tests hold the answers to them."""

from typing import Literal, NotRequired, TypedDict

from archive.resolve import Certainty
from archive.resolve import Kind as QueryKind
from web.report_shapes import ReportSummary


class SnippetJson(TypedDict):
    """A passage that matches. `start` and `end` count code points in its paragraph, `marks` in its own `text`."""

    paragraph: int
    anchor: str
    start: int
    end: int
    text: str
    marks: list[list[int]]


class HitJson(ReportSummary):
    """One hit: the report's fields, and why it was found."""

    score: float
    copies: int
    address: str
    title_marks: list[list[int]]
    snippets: list[SnippetJson]


class FacetJson(TypedDict):
    """A facet's value, what it is called, and how many hits choosing it would leave."""

    value: str
    label: str
    count: int


class CorrectionJson(TypedDict):
    """A query with one word put right, and how many reports it finds."""

    text: str
    count: int


class PartJson(TypedDict):
    """A part of a search that found nothing: what it finds alone, and what the rest finds without it."""

    text: str
    alone: int
    without: int
    address: str


class ReasonJson(TypedDict):
    """What one term gave to a hit's score."""

    field: str
    term: str
    weight: float
    score: float


class ExplanationJson(TypedDict):
    """How the query was understood, and why each hit was found."""

    understood_as: str
    literal_total: int | None
    corrections: list[CorrectionJson]
    parts: list[PartJson]
    reasons: dict[str, list[ReasonJson]]
    other_script: dict[str, list[str]]


class SearchAnswer(TypedDict):
    """One page of a search. `total` counts what is listed, `total_reports` every matching report."""

    query: str
    total: int
    total_reports: int
    page: int
    size: int
    took_ms: float
    hits: list[HitJson]
    facets: dict[str, list[FacetJson]]
    notes: list[str]
    explanation: NotRequired[ExplanationJson]


class SuggestionJson(TypedDict):
    """What may be meant by the letters typed so far, and where it leads."""

    kind: str
    label: str
    text: str
    count: int | None
    address: str


class Suggestions(TypedDict):
    """At most ten suggestions."""

    query: str
    suggestions: list[SuggestionJson]


class MatchPlace(TypedDict):
    """Where a passage stands: its first paragraph, and the span from there on."""

    paragraph: int
    anchor: str
    start: int
    end: int


class MatchJson(TypedDict):
    """A report that fits what was asked for, with how certainly."""

    id: str
    version: int | None
    digest: str | None
    title: str
    issuer: str | None
    certainty: Certainty
    score: float
    address: str
    places: list[MatchPlace]


class LawJson(TypedDict):
    """A law or decree that was named."""

    title: str
    number: str | None
    address: str


class ResolutionJson(TypedDict):
    """What a citation, an address, a title or a passage leads to; `best` is null where nothing is held."""

    query: str
    kind: QueryKind
    certainty: Certainty
    score: float
    total: int
    best: MatchJson | None
    copies: list[MatchJson]
    candidates: list[MatchJson]
    law: LawJson | None


class Health(TypedDict):
    """Whether store and index can be read, and by how many changes the index is behind."""

    status: Literal["ok"]
    version: str
    reports: int
    index_behind_changes: int


class ProblemDocument(TypedDict):
    """An error (RFC 9457): `type` is an address that explains it, `detail` says what was wrong this time."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    id: NotRequired[str]
    withdrawn_at: NotRequired[str]
    reason: NotRequired[str]
