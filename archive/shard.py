"""One worker's share of a run: which captures are its own, whatever machine and order they are read in. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from archive.carried import Carried
from archive.found import Found
from archive.ids import identity_of
from archive.model import Capture

MOST = 10_000
_WRITTEN = re.compile(r"(\d{1,5})/(\d{1,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Share `number` (1 to `count`) of `count`.

    All captures of one address are in one share, so that the versions of a report stay in their order.
    """

    number: int = 1
    count: int = 1

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `I/N`. Raises ValueError saying what is wrong."""
        written = _WRITTEN.fullmatch(text)
        number, count = map(int, written.groups()) if written else (0, 0)
        if not 1 <= number <= count <= MOST:
            raise ValueError(
                f"{text!r} is no share; give I/N, such as 2/5 for the second of five (at most {MOST})"
            )
        return cls(number=number, count=count)

    def share(self, found: Iterable[Found]) -> Iterator[Found]:
        """Yield what is this share's; what is no capture too, so that each fault is told by one worker."""
        if self.count == 1:
            yield from found
            return
        for item in found:
            if _number(item) % self.count == self.number - 1:
                yield item


def _number(item: Found) -> int:
    """Return a number that the item's address decides, or its content or message where it has none."""
    capture = item.capture if isinstance(item, Carried) else item
    if isinstance(capture, Capture):
        try:
            name = identity_of(capture)
        except ValueError:
            name = capture.source_url or ""
    else:
        name = str(item)
    return int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
