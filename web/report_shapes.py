"""What the API says of a report, its versions and its copies, as types (web/shapes.py has the other answers)."""

from typing import Literal, TypedDict

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
