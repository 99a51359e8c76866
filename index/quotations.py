"""The quotations and fields sought last in a state, and what was found: choosing a facet or the next page asks again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from index.sets import Documents

KEPT_DOCUMENTS = 2_000_000
"""Documents of all quotations that are kept, 8 bytes each. One that would fill half of it alone is found
again each time, and one without a document counts as one, so that there is an end to them."""


class Quotations:
    """What was found for each key, the least lately asked for left out first; shared by all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[Hashable, Documents] = OrderedDict()
        self._size = 0

    def found(self, key: Hashable, find: Callable[[], Documents]) -> Documents:
        """Return the documents of a key, found now or kept; nobody may change them."""
        with self._lock:
            if (known := self._found.get(key)) is not None:
                self._found.move_to_end(key)
                return known
        fresh = find()
        with self._lock:
            if key not in self._found and len(fresh) <= KEPT_DOCUMENTS // 2:
                self._found[key] = fresh
                self._size += 1 + len(fresh)
                while self._size > KEPT_DOCUMENTS:
                    self._size -= 1 + len(self._found.popitem(last=False)[1])
        return fresh

    def forget(self) -> None:
        """Forget all: what `bench` measures is then found from the start."""
        with self._lock:
            self._found.clear()
            self._size = 0
