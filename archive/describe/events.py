"""When a text can have been written: what its dated events, meetings and institutions allow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.describe.tables import Meeting, meetings, milestones
from archive.describe.text import Found, ReportText, find
from archive.model import Evidence

_CONGRESS = {"十六": 16, "十七": 17, "十八": 18, "十九": 19, "二十": 20}
_PLENUM = "一二三四五六七"
_PLENUMS = re.compile(
    rf"(?P<congress>十[六七八九]|二十)届(?P<plenums>(?:[{_PLENUM}]中?(?:全会)?[、,和及至到]?)*[{_PLENUM}])中?(?:全|会|历次)"
)
_CONGRESSES = re.compile(
    r"(?<![一二三四五六七八九百第])(?P<congress>十[六七八九]|二十)大(?![道量家棚字型小])"
    r"|第(?P<formal>十[六七八九]|二十)次全国代表大会"
)
_AHEAD = re.compile(
    r"(?:迎接|喜迎|迎|筹备|备战|献礼|向)(?:党的|中共|中国共产党)?$"
)  # it had not been held yet
_SINCE = re.compile(r"^(?:报告)?(?:召开)?以来")  # 十八大以来 is written for ever after

REPORTING_SEASON = 3
"""Reports of a year are due by the end of March (article 31 of the 2007 regulation): what happened by then may
stand in the report of the year before."""

STALE_YEARS = 2
"""A text whose newest guidance is a meeting of congress n is not written two years and more after congress n+1:
in the first year after a congress older guidance is still met, in the second it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One dated fact in the text: not written of before `since`, nor as present after `until`."""

    evidence: Evidence
    since: date | None = None
    until: date | None = None
    firm: bool = False  # may contradict a claimed year; others only narrow the range


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the dated facts of a text allow. `guide` is the newest meeting that the text takes as guidance."""

    facts: tuple[Fact, ...] = ()
    guide: Meeting | None = None
    guide_evidence: Evidence | None = None

    @property
    def earliest(self) -> int | None:
        """The first report year that can know of all of it."""
        return max((earliest_report_year(fact.since) for fact in self.facts if fact.since), default=None)

    @property
    def latest(self) -> int | None:
        """The last report year before an institution ended or the meeting after the newest cited one."""
        years = [fact.until.year for fact in self.facts if fact.until]
        following = _following(self.guide) if self.guide else None
        return min([*years, *([following.closed_on.year] if following else [])], default=None)

    def against(self, year: int, signed_on: date | None) -> tuple[Evidence, ...]:
        """Return the spans that rule a report year out: facts it could not know of, guidance long replaced."""
        spans = [
            fact.evidence
            for fact in self.facts
            if fact.firm and fact.since and not _could_know(year, fact.since, signed_on)
        ]
        congress = _next_congress(self.guide) if self.guide else None
        if congress and self.guide_evidence and year >= congress.closed_on.year + STALE_YEARS:
            spans.append(self.guide_evidence)
        return tuple(dict.fromkeys(spans))


def earliest_report_year(event: date) -> int:
    """Return the first year whose report can know of the event."""
    return event.year - 1 if event.month <= REPORTING_SEASON else event.year


def _could_know(year: int, event: date, signed_on: date | None) -> bool:
    """Whether the report of `year` can cite the event; one signed late, in the year after, can cite more."""
    if year >= earliest_report_year(event):
        return True
    return signed_on is not None and event <= signed_on and signed_on.year == year + 1


def find_bounds(text: ReportText) -> Bounds:
    """Gather all dated facts in the text."""
    cited = _cited_meetings(text)
    guides = [(meeting, span) for meeting, span, is_guidance in cited if is_guidance]
    guide, guide_evidence = max(guides, key=lambda each: each[0].closed_on, default=(None, None))
    return Bounds(
        facts=(
            *_milestones(text),
            *(Fact(evidence=span, since=meeting.closed_on, firm=True) for meeting, span, _ in cited),
        ),
        guide=guide,
        guide_evidence=guide_evidence,
    )


def _milestones(text: ReportText) -> Iterator[Fact]:
    for milestone in milestones():
        found = next(find(milestone.pattern, text.body, quoted=True), None)
        if found:
            yield Fact(
                evidence=found.evidence, since=milestone.since, until=milestone.until, firm=milestone.firm
            )


def _cited_meetings(text: ReportText) -> list[tuple[Meeting, Evidence, bool]]:
    """Return each meeting cited as held, its span, and whether it guides (not 十八大以来)."""
    held = {(meeting.congress, meeting.plenum): meeting for meeting in meetings()}
    rows: list[tuple[Meeting, Evidence, bool]] = []
    for found in (*find(_PLENUMS, text.body), *find(_CONGRESSES, text.body)):
        start, end = found.match.span()
        if _AHEAD.search(found.line.prose[max(0, start - 12) : start]):
            continue
        is_guidance = not _SINCE.match(found.line.prose[end : end + 8])
        rows.extend((held[key], found.evidence, is_guidance) for key in _numbers(found) if key in held)
    return rows


def _numbers(found: Found) -> list[tuple[int, int]]:
    groups = found.match.groupdict()
    congress = _CONGRESS[groups.get("congress") or groups.get("formal") or ""]
    if "plenums" not in groups:
        return [(congress, 0)]
    return [(congress, _PLENUM.index(sign) + 1) for sign in groups["plenums"] if sign in _PLENUM]


def _following(meeting: Meeting) -> Meeting | None:
    return next((each for each in meetings() if each.closed_on > meeting.closed_on), None)


def _next_congress(meeting: Meeting) -> Meeting | None:
    return next((each for each in meetings() if each.plenum == 0 and each.congress > meeting.congress), None)
