"""Which known document a citation means, and how surely: the states of `CitationState`."""

import re
from dataclasses import dataclass
from datetime import date

from archive.describe.document_numbers import DocumentNumber
from archive.describe.laws import Law, Version, key_points_of, law_by_number, law_by_title
from archive.describe.masks import has_mask
from archive.hanzi import match_form
from archive.model import CitationState

_TITLE_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年")
_REGULATION = "中华人民共和国政府信息公开条例"
_LOOSE = frozenset(
    {"公开条例", "信息公开条例"}
)  # most likely the regulation, but nothing in the report says so
_YEARLY = re.compile(
    r"^(?:(?P<year>20\d{2})年)?(?:年?度)?(?:全国)?(?:政务|政府信息)公开(?:重点)?(?:工作)?(?:要点|安排)$"
)
_OFFICES = ("国务院办公厅", "国办")
_UNBOUND = frozenset("办法 规定 细则 意见 通知 要点 方案".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When the report was written, as far as known: the years it can be about, and the day it is dated."""

    first: int | None = None
    last: int | None = None
    signed_on: date | None = None

    @property
    def latest_document_year(self) -> int | None:
        """The last year whose documents can be cited: reports of a year are written in the next."""
        return None if self.last is None else self.last + 1

    def versions(self, law: Law) -> tuple[Version, ...]:
        """Return the versions that can have been in force for the report: one where its time is known."""
        if self.first is not None and self.last is not None:
            days = [date(year, 12, 31) for year in (self.first, self.last)]
        elif self.signed_on is not None:
            days = [self.signed_on]
        else:
            return law.versions
        possible = [law.in_force(day) for day in days]
        at = [law.versions.index(one) if one else 0 for one in possible]
        return law.versions[at[0] : at[-1] + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a citation was found to mean."""

    state: CitationState
    law: Law | None = None
    version: Version | None = None
    candidates: tuple[str, ...] = ()


def resolve(title: str | None, number: DocumentNumber | None, before: str, when: When) -> Resolved:
    """Tell which document is cited: by its number, else by its title, else by the report's time.

    `before` are the words in front of the title: a notice of the yearly key points is the State Council's only
    where they, or the title, name its office.
    """
    if (number and number.is_masked) or (title and has_mask(match_form(title))):
        return Resolved(state="masked")
    by_number = law_by_number(number.normal, title) if number else None
    if by_number:
        return _by_number(*by_number, title, when)
    by_title = law_by_title(title) if title else None
    if _has_impossible_year(title, number, when):
        return Resolved(state="year_conflict", law=by_title[0] if by_title else None)
    if by_title is None and number is None and (yearly := _yearly_key_points(title, before, when)):
        return yearly
    if by_title is None:
        return _by_short_title(title, when)
    return _by_title(*by_title, number, f"{before}{title}", when)


def _by_number(law: Law, version: Version, title: str | None, when: When) -> Resolved:
    if _is_too_late(version.issued.year, when):
        return Resolved(state="year_conflict", law=law, version=version)
    is_variant = title is not None and law_by_title(title) is None
    if title is None and not version.is_sure:
        return Resolved(state="ambiguous", candidates=(version.number,))
    return Resolved(state="alias" if is_variant else "exact", law=law, version=version)


def _by_title(
    law: Law, is_own_title: bool, number: DocumentNumber | None, words: str, when: When
) -> Resolved:
    if number:
        return _with_other_number(law, number)
    if law.issuers and not any(word in match_form(words) for word in law.issuers):
        return Resolved(state="not_held")
    return _by_date(law, when, is_own_title=is_own_title)


def _by_date(law: Law, when: When, *, is_own_title: bool) -> Resolved:
    """Choose the version that was in force for the report."""
    possible = when.versions(law)
    if len(possible) > 1:
        return Resolved(state="ambiguous", law=law, candidates=tuple(one.number for one in possible))
    version = possible[0]
    if _is_too_late(version.issued.year, when):
        return Resolved(state="year_conflict", law=law, version=version)
    if not version.is_sure:
        return Resolved(state="ambiguous", law=law, candidates=(version.number,))
    if len(law.versions) > 1:
        return Resolved(state="version_by_date", law=law, version=version)
    return Resolved(state="exact" if is_own_title else "alias", law=law, version=version)


def _yearly_key_points(title: str | None, before: str, when: When) -> Resolved | None:
    """Return the State Council's key points that a title without its full name means: of its year, else the report's."""
    match = _YEARLY.match(match_form(title or ""))
    if not match or not any(office in before for office in _OFFICES):
        return None
    written = match["year"]
    if written is None and (when.first is None or when.first != when.last):
        return Resolved(state="ambiguous")
    law = key_points_of(int(written) if written else when.first or 0)
    if law is None:
        return Resolved(state="not_held")
    return Resolved(state="alias" if written else "version_by_date", law=law, version=law.versions[0])


def _by_short_title(title: str | None, when: When) -> Resolved:
    """Judge a short form that nothing in the report binds.

    A lone 《条例》 in a report on open information is the regulation on it, of the report's time; other short
    forms stay ambiguous.
    """
    form = match_form(title or "")
    regulation = law_by_title(_REGULATION)
    if regulation and form == "条例":
        return _by_date(regulation[0], when, is_own_title=False)
    if regulation and form in _LOOSE:
        possible = when.versions(regulation[0])
        return Resolved(state="ambiguous", candidates=tuple(one.number for one in possible))
    return Resolved(state="ambiguous" if form in _UNBOUND else "not_held")


def _with_other_number(law: Law, number: DocumentNumber) -> Resolved:
    """Judge a known title with a number that is not its own: the same but for the year is a wrong year."""
    rest = _without_year(number.normal)
    version = next((one for one in law.versions if _without_year(one.number) == rest), None)
    if version:
        return Resolved(state="year_conflict", law=law, version=version)
    return Resolved(state="not_held")  # a local notice of the same name


def _without_year(number: str) -> str:
    return re.sub(r"〔\d{4}〕", "〔〕", number)


def _has_impossible_year(title: str | None, number: DocumentNumber | None, when: When) -> bool:
    years = [int(match["year"]) for match in _TITLE_YEAR.finditer(match_form(title or ""))]
    if number and number.year:
        if years and min(years) > number.year + 1:
            return True  # a notice of 2015 about the year 2018
        years = [number.year]
    return bool(years) and _is_too_late(min(years), when)


def _is_too_late(year: int, when: When) -> bool:
    latest = when.latest_document_year
    return latest is not None and year > latest
