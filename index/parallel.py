"""Work on batches in this process or in several, in order. Starts and ends processes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

from archive.errors import DataFolderError
from archive.processes import follow_parent, interrupts_held

Item = TypeVar("Item")
Result = TypeVar("Result")

IN_FLIGHT_PER_JOB = 2
"""Batches handed out ahead of the one that is waited for: bounds what is in memory."""


def in_order(items: Iterable[Item], work: Callable[[Item], Result], *, jobs: int) -> Iterator[Result]:
    """Yield what `work` makes of each item, in order, by `jobs` processes when there are more than one.

    Raises DataFolderError where a process dies, which happens for want of memory.
    """
    iterator = iter(items)
    first = list(islice(iterator, 2 if jobs > 1 else 0))
    items = chain(first, iterator)
    if len(first) < 2:  # one batch is done before a process has started
        yield from map(work, items)
        return
    waiting: deque[Future[Result]] = deque()
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=follow_parent)
    try:
        for item in items:
            with interrupts_held():  # processes start at the first items
                waiting.append(executor.submit(work, item))
            if len(waiting) >= jobs * IN_FLIGHT_PER_JOB:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DataFolderError(
            "a process that was indexing died, most likely for want of memory; nothing has changed, try fewer --jobs"
        ) from error
    finally:
        executor.shutdown(cancel_futures=True)
