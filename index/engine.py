"""The engine port: what a search engine must do, and the values that cross it.

An engine holds no text of its own to show: hits are report ids, and whoever shows them reads the stored
copy. Every engine gives the same ids, exact totals and exact facet counts for the same documents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.notes import Note
from index.query import Query

FACETS = (
    "level",
    "year",
    "script",
    "province",
    "prefecture",
    "county",
    "township",
    "bureau",
    "kind",
    "flag",
    "site",
)
"""Names of the facets, which are also the names of the address parameters."""

UNKNOWN = "unknown"
"""The value that every facet has for reports where it is not known."""

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """One report as the engine sees it: the latest version, not withdrawn.

    `facets` has every name of `FACETS`; a report has at least one value in each (`UNKNOWN` where nothing is
    known), several in `flag`. `order_key` sorts by date: `YYYY-MM-DD`, `YYYY` or empty where unknown.

    Copies of one text have the same `family`; `standing` sorts them, the representative first, and its first
    character grades what a copy has lost, "0" being nothing. Both are empty for a text of its own.
    """

    report_id: str
    title: str
    paragraphs: tuple[str, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    issuer: str = ""
    place: str = ""  # all place names, space between, for the field 地区:
    bureau: str = ""  # name and domain, for the field 部门:
    numbers: tuple[str, ...] = ()  # 文号, normalised to 〔〕
    order_key: str = ""
    family: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One facet's choice: any of `include` (all when empty), none of `exclude`."""

    facet: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search: `query` matches all reports when it is empty; filters are joined by AND.

    `year_from` and `year_to` (both included) are a choice of the facet `year`; an unknown year lies outside.
    Unless `all_copies`, a family of copies is one hit and counts once. Unless `explained`, hits have neither scores nor
    reasons: for all ids of a broad search, of which each would take as long as the search itself.
    """

    query: Query
    filters: tuple[Filter, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    all_copies: bool = True
    explained: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one term gave to a hit's score.

    `field` is one of words, grams, characters, or `literal` (the text stands there as typed), `title` (it is
    the whole title), `named` (the query names the whole title). `weight` is what the field counts for, or .5 of it for another region's wording.
    """

    field: str
    term: str
    weight: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One match; `score` means something only beside the other hits of the same search, and is the sum of `reasons`.

    `copies` are the other members of its family that match and are not listed.
    """

    report_id: str
    score: float
    copies: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was perhaps meant by `typed`: text that `count` reports hold."""

    typed: str
    meant: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """How many hits choosing this value would give: a facet's own choice does not narrow its own counts."""

    value: str
    count: int


FacetCounts = tuple[tuple[str, Sequence[FacetCount]], ...]
"""Of each facet the values that count anything, the most frequent first, then by value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """`hits` are the true best from `offset` on; `total` and the counts are exact.

    `total` counts what is listed, `total_reports` every matching report: more where families are one hit.
    `literal_total`: how many of them hold a query of one segment as it stands, None for other queries.
    `corrections` are offered where few or none were found, never applied.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: FacetCounts
    notes: tuple[Note, ...] = ()
    total_reports: int = 0
    literal_total: int | None = None
    corrections: tuple[Correction, ...] = ()


class Engine(Protocol):
    """A search engine. Writers are one at a time; readers see each committed change without a restart."""

    def add(self, documents: Iterable[IndexDocument], *, remove: Iterable[str] = (), change: int) -> int:
        """Put documents in, replacing those of the same id; take out `remove`; one commit; return how many.

        `documents` may be lazy. Raises ValueError where an id stands twice among them; nothing changed then.
        `change` is the store's number of the last change that this brings in; `last_change` gives it back.
        """
        ...

    def last_change(self) -> int:
        """Return the `change` of the last commit, 0 for an index that is empty."""
        ...

    def document_ids(self) -> frozenset[str]:
        """Return the ids of all documents held."""
        ...

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one request."""
        ...
