"""The story of a page: Capture -> Report*."""

from dataclasses import replace

from archive.corrections import clean_as_decided
from archive.decode import decode
from archive.describe import describe
from archive.ids import identity_of, report_id
from archive.model import Capture, Compilation, Outcome, Report, Section
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import RuleBook, load_rulebook
from archive.split import declared_count, split


def reports_of(capture: Capture, book: RuleBook | None = None) -> Outcome:
    """Turn one capture into its described reports. Pure; raises CaptureError when it holds none."""
    decoded = decode(capture)
    page = repair(read_page(capture, decoded))
    cleaned = clean_as_decided(page, book or load_rulebook(), capture.decisions)
    sections = tuple(replace(section, decisions=capture.decisions) for section in split(cleaned))
    reports = tuple(_to_report(capture, section) for section in sections)
    return Outcome(
        capture=capture,
        reports=reports,
        compilation=_to_compilation(capture, reports),
        notes=cleaned.notes,
    )


def _to_report(capture: Capture, section: Section) -> Report:
    return Report(
        report_id=report_id(identity_of(capture), section.part),
        section=section,
        description=describe(section),
    )


def _to_compilation(capture: Capture, reports: tuple[Report, ...]) -> Compilation | None:
    title = reports[0].section.parent_title
    if title is None:
        return None
    return Compilation(
        report_id=report_id(identity_of(capture), 0),
        title=title,
        part_ids=tuple(report.report_id for report in reports),
        declared_count=declared_count(title),
    )
