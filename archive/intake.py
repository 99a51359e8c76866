"""Taking pages in: each is read, kept, counted; one that fails is named and the run goes on. Writes the store."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.carried import Carried
from archive.errors import CaptureError, IdCollision
from archive.found import Found, PassedOver
from archive.keeping import Status
from archive.model import Capture, Outcome, Report
from archive.store import Store
from archive.workers import Failure, bug, read_all


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run has done so far; it is filled as the run goes on, so that a stopped run can tell it too."""

    captures: int = 0
    reports: Counter[Status] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def note(self, item: CaptureError | PassedOver) -> None:
        """Count what was no capture."""
        if isinstance(item, PassedOver):
            self.passed_over[item.why] += 1
        else:
            self.failures.append(Failure(kind="failed", message=str(item)))

    def count_failures(self, kind: str) -> int:
        """Return how many failures are of this kind."""
        return sum(failure.kind == kind for failure in self.failures)


def take_in(store: Store, found: Iterable[Found], tally: Tally, *, jobs: int) -> None:
    """Read and keep what is found, each capture in a transaction of its own.

    What the archive's keeper once decided of a page holds when it is added again.
    Raises StoreError and RuleError, which would stop every capture; all captures before it are kept.
    """
    decided = (store.as_decided(item) if isinstance(item, Capture) else item for item in found)
    take_in_decided(store, decided, tally, jobs=jobs)


def take_in_decided(store: Store, found: Iterable[Found], tally: Tally, *, jobs: int) -> None:
    """Do what `take_in` does with captures that bring the keeper's decisions along, none where there are none."""
    with closing(read_all(found, jobs=jobs)) as results:
        for item, result in results:
            if isinstance(item, Capture):
                _keep(store, item, result, tally)
            elif isinstance(item, Carried):
                _restore(store, item, tally)
            else:
                tally.note(item)


def _keep(store: Store, capture: Capture, result: Outcome | Failure | None, tally: Tally) -> None:
    failure = result if isinstance(result, Failure) else None
    if isinstance(result, Outcome):
        failure = _keep_reports(store, result, tally)
    if failure:
        store.keep_capture(capture, reason=failure.message)
        tally.failures.append(failure)
    tally.captures += 1


def _restore(store: Store, carried: Carried, tally: Tally) -> None:
    origin = carried.capture.origin
    try:
        restored = store.restore(carried, now=datetime.now(tz=UTC))
    except (ValueError, IdCollision) as error:
        tally.failures.append(Failure(kind="failed", message=f"{origin}: {error}"))
    else:
        tally.reports.update(receipt.status for receipt in restored.receipts)
        tally.failures += (Failure(kind="failed", message=f"{origin}: {one}") for one in restored.refusals)
    tally.captures += 1


def _keep_reports(store: Store, outcome: Outcome, tally: Tally) -> Failure | None:
    try:
        receipts = store.keep(outcome, now=datetime.now(tz=UTC))
    except IdCollision as error:
        return Failure(kind="failed", message=f"{outcome.capture.origin}: {error}")
    except ValueError as error:  # the pipeline broke a rule of ids or lines
        return bug(outcome.capture, error)
    tally.reports.update(receipt.status for receipt in receipts)
    return None


def summary(tally: Tally) -> str:
    """Say what came of a run, by outcome."""
    reports = tally.reports
    counts = (
        f"{tally.captures} pages: {reports['new']} reports new, {reports['changed']} changed,"
        f" {reports['redescribed']} described anew, {reports['unchanged']} unchanged;"
        f" {tally.count_failures('no report')} without a report, {tally.count_failures('failed')} failed,"
        f" {tally.passed_over.total()} passed over"
    )
    reasons = (f"  passed over: {count} {why}" for why, count in tally.passed_over.most_common())
    return "\n".join((counts, *reasons))


def preview(report: Report) -> str:
    """Say what a report would be stored as: id, part, level, year, number of paragraphs, title."""
    section, about = report.section, report.description
    part = f"part {section.part}/{section.part_count}  " if section.part else ""
    year = about.year if about.year_status == "stated" else f"{about.year or '-'} ({about.year_status})"
    return (
        f"{report.report_id}  {part}{about.level or '-'}  {year}  {len(section.paragraphs)} paragraphs"
        f"  {section.title}"
    )
