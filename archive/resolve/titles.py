"""文号, titles and whole references. Reads the store."""

from collections.abc import Callable, Iterator
from functools import partial

from archive.describe.document_numbers import find_document_numbers
from archive.describe.laws import Law, law_by_number, law_by_title
from archive.hanzi import match_form
from archive.model import StoredReport
from archive.resolve.alignment import likeness, to_bare
from archive.resolve.answer import Certainty, Finder, Match, Resolution
from archive.resolve.bibliography import CitedWork, read_citation
from archive.store import Store

LEAST_TITLE_LIKENESS = 0.85
"""Titles of two years differ in one or two of twenty characters (.95), so a year that is named must agree besides."""

MOST_READ = 50
READ_AT_ONCE = 5
"""Few enough that a title of hundreds of reports is known to be no one's after some 5 ms, not 40."""

_TITLE_MARKS = "《》“”\"'〈〉[]【】()（） \t\r\n.。,，;；"
_PIECE_CHARS = 4


def of_number(text: str, store: Store, finder: Finder) -> Resolution | None:
    """Return what a lone 文号, or the title of a law, names: the law, and the report that bears the number."""
    plain = match_form(text).strip(_TITLE_MARKS)
    numbers = [one.normal for one in find_document_numbers(match_form(text))]
    is_lone = len(numbers) == 1 and len(plain) <= len(numbers[0]) + 4
    by_title = law_by_title(text.strip(_TITLE_MARKS))
    if by_title is not None and not is_lone:
        return _of_law(text, by_title[0])
    if not is_lone:
        return None
    known = law_by_number(numbers[0])
    held = finder.numbered(numbers[0], MOST_READ)
    bearers = [one for one in store.reports(held.report_ids).values() if numbers[0] in _own_numbers(one)]
    best = tuple(_to_match(one, "exact", 1.0) for one in bearers)
    if not best and known is None:
        return None  # a number of nothing that is held may still be quoted somewhere
    return Resolution(
        text=text,
        kind="number",
        certainty="ambiguous" if len(best) > 1 else "exact",
        score=1.0,
        best=best[0] if best else None,
        candidates=best if len(best) > 1 else (),
        total=held.total,
        law=known[0] if known else None,
        law_version=known[1] if known else None,
    )


def _of_law(text: str, law: Law) -> Resolution:
    only = law.versions[0] if len(law.versions) == 1 else None
    return Resolution(text=text, kind="title", certainty="exact", score=1.0, law=law, law_version=only)


def _own_numbers(report: StoredReport) -> set[str]:
    written = (value for name, value in report.fields.extra if "文号" in name)
    return {number.normal for value in written for number in find_document_numbers(match_form(value))}


def of_title(text: str, store: Store, finder: Finder) -> tuple[Match, ...]:
    """Return the reports of exactly this title, but for script, marks and spaces."""
    title = text.strip(_TITLE_MARKS)
    bare = partial(_bare, finder)
    if len(bare(title)) < _PIECE_CHARS:
        return ()
    return tuple(sorted(_titled(title, store, finder, bare), key=_rank))


def sole_of_title(text: str, store: Store, finder: Finder) -> Match | None:
    """Return the report of exactly this title where all that have it are copies of one text, else None."""
    found: list[Match] = []
    title = text.strip(_TITLE_MARKS)
    bare = partial(_bare, finder)
    if len(bare(title)) < _PIECE_CHARS:
        return None
    for match in _titled(title, store, finder, bare):
        found.append(match)
        if match.family != found[0].family:
            return None
    return min(found, key=_rank, default=None)


def of_citation(text: str, store: Store, finder: Finder) -> tuple[Match, ...]:
    """Return the report that a reference cites: by its title, the issuer and year beside it where several have it."""
    work = read_citation(text)
    for title in work.titles[:8]:
        found = of_title(title, store, finder)
        if found:
            return _narrowed(found, work)
    alike = [match for title in work.titles[:8] for match in _alike(title, work, store, finder)]
    return _narrowed(tuple(sorted(alike, key=_rank)), work)


def _titled(title: str, store: Store, finder: Finder, bare: Callable[[str], str]) -> Iterator[Match]:
    wanted, ids = bare(title), finder.titled(title, MOST_READ).report_ids
    for start in range(0, len(ids), READ_AT_ONCE):
        for report in store.reports(ids[start : start + READ_AT_ONCE]).values():
            if bare(report.title) == wanted:
                yield _to_match(report, "exact" if report.title == title else "folded", 1.0)


def _alike(title: str, work: CitedWork, store: Store, finder: Finder) -> Iterator[Match]:
    """Yield the reports whose title is nearly this one."""
    wanted = _bare(finder, title)
    if len(wanted) < 2 * _PIECE_CHARS:
        return
    pieces = [wanted[at : at + _PIECE_CHARS] for at in range(0, len(wanted) - _PIECE_CHARS + 1, 2)]
    for report in store.reports(finder.holding_any(pieces, MOST_READ).report_ids).values():
        score = likeness(wanted, _bare(finder, report.title))
        if score >= LEAST_TITLE_LIKENESS and _agrees(report, work):
            yield _to_match(report, "fuzzy", round(score, 3))


def _agrees(report: StoredReport, work: CitedWork) -> bool:
    """Whether the years that a reference names can be this report's."""
    about = report.description
    year = about.year if about.year_status == "stated" else None
    return not work.years or year is None or year in work.years or year + 1 in work.years


def _narrowed(found: tuple[Match, ...], work: CitedWork) -> tuple[Match, ...]:
    """Leave those of the named issuer, then those of a named year, where any are."""
    for fits in (_is_by, _is_of_year):
        kept = tuple(one for one in found if one.report and fits(one.report, work))
        found = kept or found
    return found


def _is_by(report: StoredReport, work: CitedWork) -> bool:
    issuer = match_form(report.description.issuer or "")
    return bool(issuer) and any(one.endswith(issuer) or issuer.endswith(one) for one in work.issuers)


def _is_of_year(report: StoredReport, work: CitedWork) -> bool:
    about = report.description
    own = {about.year, about.published_on.year if about.published_on else None} - {None}
    return not own.isdisjoint(work.years)


def _bare(finder: Finder, text: str) -> str:
    return to_bare([text], finder.fold).text


def _rank(match: Match) -> tuple[float, bool, bool, str]:
    return -match.score, match.certainty != "exact", match.family != match.report_id, match.report_id


def _to_match(report: StoredReport, certainty: Certainty, score: float) -> Match:
    return Match(
        report_id=report.report_id, title=report.title, report=report, certainty=certainty, score=score
    )
