"""How the reporter speaks of itself: 我镇, 本局, 镇党委 … the best single witness of who is speaking."""

from dataclasses import dataclass

from archive.describe.tables import SelfReference, self_references
from archive.describe.text import ReportText, find
from archive.model import Evidence

MAX_EVIDENCE = 3
PASTED_SHARE = 4  # 我局 less than once for four 我县 is a bureau's sentence pasted into a county's report


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfReferenceFound:
    """The self-reference that prevails, with how often it occurs and where first."""

    cue: SelfReference
    count: int
    evidence: tuple[Evidence, ...]


def find_self_reference(text: ReportText) -> SelfReferenceFound | None:
    """Return how the report mostly calls its maker, None where it never does.

    我局 beats 我市: a bureau speaks of its city too, while a city's report hardly says 我局 (a pasted sentence).
    我镇 and 我局 are rivals: the more frequent wins. Among governments the most frequent word wins, the lower rank
    on a tie (a town may say 我县 once). Offices (镇党委) count only where nothing says 我.
    """
    found = _count("self_reference", text)
    if not found:
        return max(_count("office", text), key=lambda each: each.count, default=None)
    bureaus = [each for each in found if each.cue.org_type == "bureau"]
    governments = [each for each in found if each.cue.org_type == "government"]
    towns = max((each.count for each in governments if each.cue.level in {"township", "village"}), default=0)
    wider = max((each.count for each in governments), default=0)
    own = [each for each in bureaus if each.count > towns and each.count * PASTED_SHARE >= wider]
    return max(own or governments or bureaus, key=_weight)


def _count(section: str, text: ReportText) -> list[SelfReferenceFound]:
    rows = []
    for cue in self_references(section):
        spans = [found.evidence for found in find(cue.pattern, text.own_words)]
        if spans:
            rows.append(SelfReferenceFound(cue=cue, count=len(spans), evidence=tuple(spans[:MAX_EVIDENCE])))
    return rows


_LOWER_FIRST = {
    "village": 6,
    "township": 5,
    "county": 4,
    None: 3,
    "prefecture": 2,
    "province": 1,
    "national": 0,
}


def _weight(found: SelfReferenceFound) -> tuple[int, int]:
    return found.count, _LOWER_FIRST[found.cue.level]
