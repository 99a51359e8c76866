"""The values that flow through the archive, from a page's bytes to a stored report.

::

    Capture -> Page(blocks) -> CleanPage(paragraphs, dropped, gaps, fields) -> Section* -> Report -> StoredReport

All are frozen. Sequences are tuples, times are aware UTC, offsets count Unicode code points.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Level = Literal["national", "province", "prefecture", "county", "township", "village"]
OrgType = Literal["government", "bureau"]
YearStatus = Literal["stated", "conflict", "suspect", "masked", "absent"]
Script = Literal["hans", "hant", "mixed"]
ScriptOrigin = Literal["native", "converted"]
Kind = Literal[
    "annual_report",
    "summary",
    "brief_summary",
    "key_points_implementation",
    "work_plan_section",
    "problems_section",
    "proposals_handling_section",
    "other",
]
Flag = Literal[
    "truncated",  # a notice on the page says that text is missing
    "excerpt",  # the text's own structure shows that it is a piece of something longer
    "masked",  # a name, year or number was replaced by x, × or *
    "word_filtered",  # a site's word filter took words out
    "pinyin",  # pinyin glosses were sprinkled in, and removed here
    "converted",  # machine-converted from the other script
    "year_doubt",  # the year the report claims is contradicted, suspect, masked or absent
    "template_copy",  # shares its text with another report: known of a stored report only
]
PlaceStatus = Literal["resolved", "ambiguous", "as_written", "masked", "unknown"]
Cause = Literal["first capture", "recaptured", "cleaned again"]
Role = Literal["text", "heading", "front_matter", "table"]
Fate = Literal["keep", "drop", "title"]
IndicatorStatus = Literal["stated", "from_negation", "masked"]
CitationState = Literal[
    "exact",  # the title or number of one known law or notice
    "alias",  # a variant or a short form of it
    "version_by_date",  # of several versions, the one in force when the report was written
    "ambiguous",  # several are possible
    "year_conflict",  # its year cannot be, or is not that of the known document
    "masked",  # its title or number is masked
    "not_held",  # nothing is known of it here
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the archive's keeper decided of one block of one capture, over the rules.

    `capture` is the SHA-256 of the page's bytes, `block` that of the block's text as captured (UTF-8), `nth` tells
    blocks of one text apart, from 0. "title" makes the block the title.
    """

    capture: str
    block: str
    nth: int
    fate: Fate
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page's bytes exactly as received, with where and when."""

    body: bytes
    captured_at: datetime
    media_type: str  # "text/html" or "text/plain"
    origin: str  # what to call it in a message: a path, or path@offset inside a WARC
    source_url: str | None = None  # the address it was fetched from, None for a bare file
    charset: str | None = None  # as the transport declared it
    decisions: tuple[Decision, ...] = ()  # the keeper's, which hold over the rules


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """A capture's text, with how it was decoded and what could not be."""

    text: str
    encoding: str  # the codec that was used
    undecodable_count: int = 0  # byte sequences replaced by U+FFFD
    notes: tuple[str, ...] = ()  # English sentences: a wrong declaration, an unknown charset


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One repair: `captured[start:end]` was replaced by `replacement`, for `reason`."""

    start: int
    end: int
    replacement: str
    reason: str


def captured_offset(edits: tuple[Edit, ...], offset: int) -> int:
    """Map an offset in edited text to the offset in the captured text where that character stood.

    An offset at the seam of a removal maps to what follows the removed text.
    """
    shift = 0  # captured offset minus clean offset, right of the edits seen so far
    for edit in edits:
        clean_start = edit.start - shift
        if offset < clean_start:
            break
        if offset < clean_start + len(edit.replacement):
            return edit.start
        shift += (edit.end - edit.start) - len(edit.replacement)
    return offset + shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a page: an HTML block element's own text, or one line of a text dump.

    `path` holds the ancestors as `tag#id.class.class` steps, outermost first; it is empty for a dump.
    `captured` is the text before repairs, `edits` how `text` came from it.
    """

    text: str
    index: int
    path: tuple[str, ...] = ()
    link_share: float = 0.0  # characters inside <a> over all characters, 0 to 1
    captured: str = ""
    edits: tuple[Edit, ...] = ()
    elements: tuple[int, ...] = ()  # a number per step of `path`: equal numbers are the same element
    tag: str = ""  # innermost block tag: "p", "h1", "td", "tr"; empty for a dump


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture as blocks. `meta` holds what the markup declares: lower-case name to content."""

    blocks: tuple[Block, ...]
    media_type: str
    title: str = ""  # the <title> element
    meta: tuple[tuple[str, str], ...] = ()
    linked_data: tuple[str, ...] = ()  # the JSON-LD scripts, as written
    notes: tuple[str, ...] = ()
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A kept paragraph. `captured` and `edits` lead from each clean offset back to the page's text."""

    text: str
    block: int  # Block.index it came from
    role: Role = "text"
    captured: str = ""
    edits: tuple[Edit, ...] = ()

    def to_captured(self, offset: int) -> int:
        """Map an offset in `text` to the offset in `captured` where that character stood.

        Raises ValueError when `offset` is outside 0..len(text).
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside the paragraph's {len(self.text)} characters")
        return captured_offset(self.edits, offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A block that is not part of a report, with the rule that says so and why."""

    block: int
    text: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Text known to be missing. Counts are what the page itself states, None where it states none.

    The gap stands after `offset` characters of paragraph number `paragraph`; -1 is before the first.
    """

    kind: Literal["paywall"]
    paragraph: int
    offset: int
    notice: str  # the page's own words, as captured
    total_chars: int | None = None
    shown_chars: int | None = None
    omitted_chars: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Text that can be seen to be damaged and can't be repaired: marked, never invented."""

    kind: Literal["word_filter", "orphan_gloss", "private_use", "undecodable", "stray_mark"]
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFields:
    """What a page says about itself outside the report's text; each may be None."""

    site: str | None = None  # the site's name, as written
    address: str | None = None  # the address the page claims (canonical link, a printed address)
    published_on: date | None = None  # from the markup or the line under the title
    outline: tuple[str, ...] = ()  # a site's outline box: what the paywall cut shows here
    title: str | None = None  # as the markup declares it
    domain: str | None = None  # the site's host, as it names itself
    column: str | None = None  # the column the page stands in
    source: str | None = None  # who published the text first, as the page says
    origins: tuple[
        tuple[str, str], ...
    ] = ()  # a field's name and where it was read: "meta pubdate", "rule breadcrumb"
    extra: tuple[tuple[str, str], ...] = ()  # 索引号, 发布机构, 文号 … of a metadata table, as written


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPage:
    """A page without its boilerplate, before splitting."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[Dropped, ...] = ()
    gaps: tuple[Gap, ...] = ()
    damages: tuple[Damage, ...] = ()
    fields: PageFields = field(default_factory=PageFields)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One report's text: a whole page (part 0) or part 1..n of a compilation.

    `title` is the part's own heading as displayed. Facts must never be taken from `parent_title`.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    part: int = 0
    part_count: int = 0  # parts found on the page, 0 for a whole page
    parent_title: str | None = None
    gaps: tuple[Gap, ...] = ()
    damages: tuple[Damage, ...] = ()
    fields: PageFields = field(default_factory=PageFields)
    dropped: tuple[Dropped, ...] = ()  # of the whole page
    notes: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()  # of the whole page


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The span of text that proves a fact.

    `where` is "title", "paragraph" (then `paragraph` is its number) or "page" (boilerplate, e.g. a date
    line that was stripped). `quote` is exactly that text's `[start:end]`.
    """

    where: Literal["title", "paragraph", "page"]
    quote: str
    paragraph: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the issuer is, as far as the text says; names in simplified characters.

    `code` is the NBS division code of the lowest division that the gazetteer settles; a name below it stands as
    written. `candidates` are the codes that an ambiguous name may mean.
    """

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    code: str | None = None
    status: PlaceStatus = "unknown"
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """A department: its name as written and its normalised domain (教育, 生态环境 …)."""

    name: str | None
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One number that the report states. `value` is None where it is masked, never 0; 0 where words say none.

    `name` and `category` are those of archive/describe/indicators.toml; `label` is what the report calls it
    (概况信息类, 自然人, 办结率), simplified. `part_of` is the position of its total in `Description.indicators`.
    """

    name: str
    category: str
    value: int | float | None
    unit: str
    status: IndicatorStatus
    evidence: Evidence
    label: str = ""
    qualifier: str = ""  # 余, 近, 超过 …: the value is not exact
    part_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumCheck:
    """A total against its parts, as positions in `Description.indicators`; a doubt for readers, not an error."""

    totals: tuple[int, ...]
    parts: tuple[int, ...]
    totals_sum: int | float
    parts_sum: int | float

    @property
    def holds(self) -> bool:
        """Whether the parts add up."""
        return self.totals_sum == self.parts_sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document that the report cites, once, with every place where it does.

    `title` is as written, without 《》; None for a bare 文号. `number` is its 文号 in 〔〕, simplified. `law_title`,
    `law_number` and `source` are those of archive/describe/laws.toml where it is known; `candidates` are the
    numbers between which an ambiguous one cannot be told.
    """

    title: str | None
    state: CitationState
    mentions: tuple[Evidence, ...]
    aliases: tuple[str, ...] = ()
    number: str | None = None
    number_as_written: str | None = None
    law_title: str | None = None
    law_number: str | None = None
    source: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a report is. Every value is None (or "unknown"-like) rather than a guess.

    `evidence` maps a field's name to the spans that prove it.
    """

    title_hans: str
    issuer: str | None = None
    org_type: OrgType | None = None
    level: Level | None = None
    place: Place = field(default_factory=Place)
    bureau: Bureau | None = None
    year: int | None = None
    year_status: YearStatus = "absent"
    year_as_written: tuple[str, ...] = ()
    year_range: tuple[int, int] | None = None
    published_on: date | None = None
    script: Script | None = None
    script_origin: ScriptOrigin = "native"
    kind: Kind = "other"
    masked: bool = False
    flags: tuple[Flag, ...] = ()
    evidence: tuple[tuple[str, tuple[Evidence, ...]], ...] = ()
    rules: tuple[tuple[str, str], ...] = ()  # a field and the rule that settled it, for `ingest.py explain`
    indicators: tuple[Indicator, ...] = ()
    checks: tuple[SumCheck, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One described piece of writing, ready to be stored."""

    report_id: str
    section: Section
    description: Description


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """A page that holds several reports: their parent. It has an address of its own and no text."""

    report_id: str
    title: str
    part_ids: tuple[str, ...]
    declared_count: int | None  # 优秀15篇: what the page promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one capture gave: its reports, and the compilation that holds them where there are several."""

    capture: Capture
    reports: tuple[Report, ...]
    compilation: Compilation | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureInfo:
    """A stored capture without its body."""

    capture_id: int
    digest: str  # SHA-256 of the body, hex
    source_url: str | None
    captured_at: datetime
    media_type: str
    charset: str | None
    origin: str
    length_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One frozen version of a report."""

    version: int  # from 1
    digest: str  # SHA-256 of the canonical text, hex
    made_at: datetime
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The copies of one text that a report is among; `size` counts it too and is 2 or more.

    `standing` sorts the members, the representative first; its first character grades what a copy has lost,
    from "0" for a whole one.
    """

    representative: str
    size: int
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """One version of one report with all that the store knows of it: what index and web read."""

    report_id: str
    version: VersionInfo
    title: str
    paragraphs: tuple[Paragraph, ...]
    gaps: tuple[Gap, ...]
    damages: tuple[Damage, ...]
    dropped: tuple[Dropped, ...]
    description: Description
    fields: PageFields
    part: int
    part_count: int
    parent_id: str | None
    parent_title: str | None
    captures: tuple[CaptureInfo, ...]  # that yielded this version, oldest first
    versions: tuple[VersionInfo, ...]  # all of the report, oldest first
    notes: tuple[str, ...] = ()
    family: Family | None = None  # None for a text of its own, and for an older version
    decisions: tuple[Decision, ...] = ()  # the keeper's, that made this text from its page

    @property
    def is_latest(self) -> bool:
        """Whether no newer version stands beside this one."""
        return self.version.version == self.versions[-1].version


def canonical_text(title: str, paragraphs: tuple[Paragraph, ...]) -> str:
    """Return the text a version's digest covers: title, then paragraphs, a LF after each."""
    return "".join(f"{line}\n" for line in (title, *(p.text for p in paragraphs)))
