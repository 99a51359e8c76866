"""Taking pages in: each is read, kept, counted; one that fails is named and the run goes on. Writes the store."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.errors import CaptureError, IdCollision
from archive.found import Found, PassedOver
from archive.keeping import Status
from archive.model import Capture, Outcome
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

    Raises StoreError and RuleError, which would stop every capture; all captures before it are kept.
    """
    for item, result in read_all(found, jobs=jobs):
        if not isinstance(item, Capture):
            tally.note(item)
            continue
        tally.captures += 1
        failure = result if isinstance(result, Failure) else None
        if isinstance(result, Outcome):
            failure = _keep(store, result, tally)
        if failure:
            tally.failures.append(failure)
            store.keep_capture(item, reason=failure.message)


def _keep(store: Store, outcome: Outcome, tally: Tally) -> Failure | None:
    try:
        receipts = store.keep(outcome, now=datetime.now(tz=UTC))
    except IdCollision as error:
        return Failure(kind="failed", message=f"{outcome.capture.origin}: {error}")
    except ValueError as error:  # the pipeline broke a rule of ids or lines
        return bug(outcome.capture, error)
    tally.reports.update(receipt.status for receipt in receipts)
    return None
