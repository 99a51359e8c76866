"""What the API's answers look like, as types: openapi.json is made from them, and the tests hold the answers to them."""

from typing import Literal, NotRequired, TypedDict

from archive.model import (
    Bureau,
    Citation,
    Evidence,
    Fate,
    Flag,
    Gap,
    IndicatorStatus,
    Kind,
    Level,
    OrgType,
    Place,
    Role,
    Script,
    ScriptOrigin,
    YearStatus,
)
from archive.resolve import Certainty
from archive.resolve import Kind as QueryKind


class SourceJson(TypedDict):
    """Where the page came from."""

    site: str | None
    url: str | None


class FamilyJson(TypedDict):
    """How many copies of the text are held, this one too, and the id of the one that stands for them."""

    size: int
    representative: str


class KeeperDecisionJson(TypedDict):
    """A block that the archive's keeper decided about, by its text's SHA-256 and its count among equal ones."""

    block: str
    nth: int
    fate: Fate
    decided_at: str


class ReportSummary(TypedDict):
    """A report's fields without its text. What the text does not settle is null, never a guess."""

    id: str
    version: int
    digest: str
    title: str
    issuer: str | None
    org_type: OrgType | None
    level: Level | None
    place: Place
    bureau: Bureau | None
    year: int | None
    year_status: YearStatus
    year_range: list[int] | None
    published_on: str | None
    script: Script | None
    script_origin: ScriptOrigin
    kind: Kind
    masked: bool
    gaps: list[Gap]
    flags: list[Flag]
    source: SourceJson
    corrections: list[KeeperDecisionJson]
    parent: str | None
    part: int
    family: FamilyJson


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


class ParagraphJson(TypedDict):
    """A paragraph; `anchor` is its place in the report's page."""

    anchor: str
    role: Role
    text: str


class CheckJson(TypedDict):
    """A total against its parts, as positions among the report's indicators."""

    totals: list[int]
    parts: list[int]
    totals_sum: int | float
    parts_sum: int | float
    holds: bool


class IndicatorJson(TypedDict):
    """One number that the report states; `value` is null where it is masked."""

    name: str
    category: str
    value: int | float | None
    unit: str
    status: IndicatorStatus
    evidence: Evidence
    label: str
    qualifier: str
    part_of: int | None
    title: str
    check: CheckJson | None


class ReportJson(ReportSummary):
    """One version of a report, whole. Damages and gaps name paragraphs by position, -1 being before the first."""

    notes: list[str]
    indicators: list[IndicatorJson]
    citations: list[Citation]
    paragraphs: list[ParagraphJson]


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


class CaptureJson(TypedDict):
    """A page as received: when, from where, and the SHA-256 of its bytes."""

    number: int
    captured_at: str
    source_url: str | None
    media_type: str
    digest: str
    length_bytes: int


class VersionJson(TypedDict):
    """One frozen version: its address for citing, the SHA-256 of its text, and why it was made."""

    version: int
    digest: str
    made_at: str
    cause: Literal["first capture", "recaptured", "cleaned again"]
    address: str
    text_address: str


class Versions(TypedDict):
    """All versions of a report, the oldest first, and the captures that gave the latest."""

    id: str
    versions: list[VersionJson]
    captures: list[CaptureJson]


class CompilationJson(TypedDict):
    """A page that holds several reports; `declared_count` is what its title promises."""

    id: str
    title: str
    declared_count: int | None
    parts: list[ReportSummary]


class PieceJson(TypedDict):
    """A run of two paragraphs beside each other: the same in both, or different."""

    here: str
    there: str
    same: bool


class PairJson(TypedDict):
    """One paragraph of each report that hold the same text, by position; no pieces where they are too long to compare."""

    here: int
    there: int
    pieces: list[PieceJson]


class Comparison(TypedDict):
    """What two reports share, paragraph by paragraph; the texts themselves are at /api/reports/ID."""

    here: ReportSummary
    there: ReportSummary
    shared: list[PairJson]


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
