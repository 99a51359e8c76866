"""What was worked out from the index and stays right until the index changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

Answer = TypeVar("Answer")

_KEPT = 256
"""Answers; a page of a place has a few kilobytes, a feed fifty ids."""


class Remembered:
    """Answers kept while the index stands at one change; the least used go first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._change = -1
        self._answers: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, change: int, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return what `make` gave for this key at this change of the index."""
        with self._lock:
            if change != self._change:
                self._change, self._answers = change, OrderedDict()
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast("Answer", self._answers[key])
        answer = make()  # outside the lock: others need not wait, and twice is no harm
        with self._lock:
            if change == self._change:
                self._answers[key] = answer
                while len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
        return answer
