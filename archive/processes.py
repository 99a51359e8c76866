"""What processes that are started for work have in common: they never hear of Ctrl-C, and end with their parent."""

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process

NEW_OBJECTS = 50_000


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let processes that are started in the block never hear of Ctrl-C: the parent answers it for all.

    They inherit the blocked signal; ignoring it once they run would leave a traceback while they start.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def rubbish_collected_seldom() -> Iterator[None]:
    """Let the collector of cyclic garbage look after each 50,000 new objects and not after each 700.

    Its visits took a seventh of reading. Trees of markup are cyclic and must go, so it is not switched off.
    """
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def begin_work() -> None:
    """Start a process that reads pages: it ends with its parent, and is not kept from work."""
    follow_parent()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


def follow_parent() -> None:
    """End when the parent does, even by kill -9."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
