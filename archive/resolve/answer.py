"""What the resolver answers with, and what it asks of a search engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from archive.describe.laws import Law, Version
from archive.model import StoredReport
from archive.resolve.alignment import Place

Kind = Literal["id", "address", "number", "title", "citation", "passage", "nothing"]
Certainty = Literal[
    "exact",  # the very characters, the very address, an id without a slip
    "folded",  # but for script, width, punctuation, spaces; an address but for www., slash, tracking parameters
    "fuzzy",  # alike: `score` says how much
    "ambiguous",  # several reports of different texts fit as well
    "none",  # nothing is held that fits
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One stored copy. `report` is None for a compilation and for what was withdrawn, whose addresses still answer.

    `places` are where a passage stands, the first of several first; empty where it was not one.
    """

    report_id: str
    title: str
    report: StoredReport | None = None
    version: int | None = None  # where the text names one
    anchor: str | None = None  # as the text names it
    places: tuple[Place, ...] = ()
    certainty: Certainty = "exact"
    score: float = 1.0

    @property
    def family(self) -> str:
        """What copies of one text share."""
        known = self.report.family if self.report else None
        return known.representative if known else self.report_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a text names. `best` is None where nothing is held; `copies` are of its family or hold the passage too.

    `candidates` are those to choose from where it is ambiguous, `best` first; `total` counts what fits.
    `law` and `law_version` are a known document that the text names.
    """

    text: str
    kind: Kind = "nothing"
    certainty: Certainty = "none"
    score: float = 0.0
    best: Match | None = None
    copies: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()
    total: int = 0
    law: Law | None = None
    law_version: Version | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The reports that a search found: the likeliest, and how many there are."""

    report_ids: tuple[str, ...]
    total: int


class Finder(Protocol):
    """The part of a search engine that the resolver needs; it sees every copy."""

    def fold(self, text: str) -> str:
        """Return `text` in the form under which both scripts are one; the length stays."""
        ...

    def holding_all(self, phrases: Sequence[str], limit: int) -> Holders:
        """Return the reports whose title or paragraphs hold each of these phrases."""
        ...

    def holding_any(self, phrases: Sequence[str], limit: int) -> Holders:
        """Return the reports that hold any of these phrases, those that hold most first."""
        ...

    def titled(self, title: str, limit: int) -> Holders:
        """Return the reports whose title holds this."""
        ...

    def numbered(self, number: str, limit: int) -> Holders:
        """Return the reports that bear or cite this 文号."""
        ...
