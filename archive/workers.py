"""Captures to outcomes, in this process or in several, in order. Starts and ends processes.

Reading a page is pure, so it can be done anywhere; the one writer stays in this process.
"""

import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Literal, Self

from archive.errors import ArchiveError, CaptureError, NoReportFound
from archive.found import Found
from archive.model import Capture, Outcome
from archive.pipeline import reports_of
from archive.processes import begin_work, interrupts_held, rubbish_collected_seldom

IN_FLIGHT_PER_JOB = 4
"""Captures handed to the workers ahead of the one that is kept: bounds how many bodies are in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a capture gave no report; `details` is the traceback of what must be a bug."""

    kind: Literal["no report", "failed"]
    message: str
    details: str = ""


Reader = Callable[[Capture], Outcome | Failure]


def read_capture(capture: Capture) -> Outcome | Failure:
    """Turn one capture into its reports. Raises ArchiveError only for what would stop every capture."""
    try:
        return reports_of(capture)
    except NoReportFound as error:
        return Failure(kind="no report", message=_named(capture, error))
    except CaptureError as error:
        return Failure(kind="failed", message=_named(capture, error))
    except ArchiveError:
        raise
    except Exception as error:
        return bug(capture, error)


def _named(capture: Capture, error: CaptureError) -> str:
    """Return the error's message with the page's name, which a pure function further in may not know."""
    message = str(error)
    return message if capture.origin in message else f"{capture.origin}: {message}"


def bug(capture: Capture, error: Exception) -> Failure:
    """Name an exception that nobody raised on purpose, with its traceback."""
    return Failure(
        kind="failed",
        message=f"{capture.origin}: {type(error).__name__}: {error}; this is a bug, please report it with the page",
        details="".join(traceback.format_exception(error)),
    )


def read_all(
    found: Iterable[Found], *, jobs: int, read: Reader = read_capture
) -> Generator[tuple[Found, Outcome | Failure | None], None, None]:
    """Give each item of `found`, in order, with what reading it gave (None for what is no capture).

    With one job it is read here, with more in that many processes. When one dies, the pages
    it may have died of are read again one by one, and only the page that kills its reader is lost to the run.
    """
    if jobs == 1:
        with rubbish_collected_seldom():
            for item in found:
                yield item, read(item) if isinstance(item, Capture) else None
        return
    waiting: deque[tuple[Found, Future[Outcome | Failure] | None]] = deque()
    with _Workers(jobs, read) as workers, _Workers(1, read) as lone_worker:
        for item in found:
            waiting.append((item, workers.submit(item) if isinstance(item, Capture) else None))
            if len(waiting) >= jobs * IN_FLIGHT_PER_JOB:
                yield _settled(*waiting.popleft(), lone_worker)
        while waiting:
            yield _settled(*waiting.popleft(), lone_worker)


def _settled(
    item: Found, future: Future[Outcome | Failure] | None, lone_worker: "_Workers"
) -> tuple[Found, Outcome | Failure | None]:
    if future is None or not isinstance(item, Capture):
        return item, None
    try:
        return item, future.result()
    except BrokenProcessPool:  # every capture in flight hears of it: read each alone to find the culprit
        return item, _read_alone(item, lone_worker)


def _read_alone(capture: Capture, lone_worker: "_Workers") -> Outcome | Failure:
    try:
        return lone_worker.submit(capture).result()
    except BrokenProcessPool:
        return Failure(
            kind="failed",
            message=f"{capture.origin}: the process that read it died (memory, or a fault in a library);"
            " the page is kept: free memory and add it again, or report it",
        )


class _Workers:
    """A pool that starts its processes when they are needed, is replaced when it breaks, and ends with this one."""

    def __init__(self, jobs: int, read: Reader) -> None:
        self._jobs = jobs
        self._read = read
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Not forked: a child must not hold the writer's lock or its SQLite connection.
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=begin_work)

    def submit(self, capture: Capture) -> Future[Outcome | Failure]:
        with interrupts_held():
            try:
                return self._executor.submit(self._read, capture)
            except BrokenProcessPool:
                self._executor.shutdown(wait=False)
                self._executor = self._start()
                return self._executor.submit(self._read, capture)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)
