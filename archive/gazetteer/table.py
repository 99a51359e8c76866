"""The table of divisions in memory: read once, then looked up by code or name. Reads files."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Literal

from archive.errors import RuleError
from archive.gazetteer.shortening import is_same_name, short_name
from archive.hanzi import to_simplified

Rank = Literal["province", "prefecture", "county", "township"]

RANK_OF_LENGTH: dict[int, Rank] = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
FIRST_TOWN_YEAR = 2015  # the first edition that lists townships
LAST_YEAR = 2023  # the last one; what stands in it is taken to stand still
_FIRST_COUNTY_YEAR = 1980
_OVERLAYS = ("overlay.tsv", "invented.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A code under one of its names, with the first and last year in which the tables list it."""

    code: str
    name: str
    first: int
    last: int

    @property
    def key(self) -> str:
        """The name as text is compared: simplified, character by character (乾安县 as 干安县)."""
        return to_simplified(self.name)

    @property
    def rank(self) -> Rank:
        """What the code's length says: 2 province, 4 prefecture, 6 county, 9 township."""
        return RANK_OF_LENGTH[len(self.code)]

    def stood_in(self, year: int) -> bool:
        """Whether it can have stood in `year`; the ends of the tables are open."""
        first, last = self.span()
        return first <= year <= last

    def shared_years(self, other: "Division") -> float:
        """Return in how many years both stood; infinite where both stand still."""
        (first, last), (other_first, other_last) = self.span(), other.span()
        return max(0, min(last, other_last) - max(first, other_first) + 1)

    def span(self) -> tuple[float, float]:
        """Return the first and last year in which it can have stood; infinite where the tables begin or end."""
        opens = FIRST_TOWN_YEAR if self.rank == "township" else _FIRST_COUNTY_YEAR
        return (-inf if self.first <= opens else self.first, inf if self.last >= LAST_YEAR else self.last)


class Gazetteer:
    """All divisions, by code and by name."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code: dict[str, list[Division]] = {}
        self._by_name: dict[str, list[Division]] = {}
        self._by_short: dict[str, list[Division]] = {}
        self._below: dict[str, list[str]] | None = None
        for division in divisions:
            self._by_code.setdefault(division.code, []).append(division)
            key = division.key
            self._by_name.setdefault(key, []).append(division)
            if division.rank != "township" and (short := short_name(key)):
                self._by_short.setdefault(short, []).append(division)

    def named(self, name: str) -> tuple[Division, ...]:
        """Return every division that bears or bore this full name, or a longer one that it stands for (阿坝州)."""
        name = to_simplified(name)
        alike = (row for row in self._by_short.get(short_name(name), ()) if is_same_name(name, row.key))
        return tuple(self._by_name.get(name) or alike)

    def with_code(self, code: str) -> tuple[Division, ...]:
        """Return a code under each of its names; nothing for a code that the tables lack."""
        return tuple(self._by_code.get(code, ()))

    def divisions(self) -> Iterator[Division]:
        """Yield every row."""
        for rows in self._by_code.values():
            yield from rows

    def below(self, code: str) -> tuple[str, ...]:
        """Return the codes right under a division, in their order; right under "" are the provinces.

        A county without a prefecture (429004) stands right under its province.
        """
        if self._below is None:  # 0.1 s over 61,000 codes, and most programs never ask
            below: dict[str, list[str]] = {}
            for one in sorted(self._by_code):
                above = (one[:length] for length in reversed(RANK_OF_LENGTH) if length < len(one))
                below.setdefault(next((held for held in above if held in self._by_code), ""), []).append(one)
            self._below = below
        return tuple(self._below.get(code, ()))

    def at(self, code: str, year: int | None = None) -> Division | None:
        """Return a code under the name that it bore in `year`, else under its latest name."""
        rows = self.with_code(code)
        standing = [row for row in rows if year is not None and row.stood_in(year)]
        return max(standing or rows, key=lambda row: (row.last, row.first), default=None)

    def above(self, division: Division) -> tuple[Division, ...]:
        """Return the divisions that one lies in, the largest first, under each name they bore in its time.

        A code that was given away again, before or after, is none of them.
        """
        codes = [division.code[:length] for length in RANK_OF_LENGTH if length < len(division.code)]
        return tuple(row for code in codes for row in self.with_code(code) if row.shared_years(division))

    def chain(self, division: Division, year: int | None = None) -> tuple[Division, ...]:
        """Return one name for each rank, the largest first and `division` last, as in `year` or at its own end."""
        moment = year if year is not None and division.stood_in(year) else division.last
        found: dict[Rank, Division] = {}
        for row in self.above(division):
            best = found.get(row.rank)
            if best is None or (row.stood_in(moment), row.last) > (best.stood_in(moment), best.last):
                found[row.rank] = row
        return (*found.values(), division)


@cache
def load_gazetteer() -> Gazetteer:
    """Read the table and its overlays. Raises RuleError naming the file and line that can't be read."""
    folder = files("archive.gazetteer")
    packed = folder.joinpath("divisions.tsv.xz").read_bytes()
    texts = {"divisions.tsv.xz": lzma.decompress(packed).decode("utf-8")}
    texts.update({name: folder.joinpath(name).read_text(encoding="utf-8") for name in _OVERLAYS})
    return Gazetteer(row for name, text in texts.items() for row in read_rows(name, text))


def read_rows(name: str, text: str) -> Iterator[Division]:
    """Yield the divisions of one table: code, name, first and last year, tabs between; # starts a comment."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            code, division, first, last = line.split("\t")
            row = Division(code=code, name=division, first=int(first), last=int(last))
        except ValueError:
            row = None
        if row is None or len(row.code) not in RANK_OF_LENGTH or row.first > row.last:
            raise RuleError(
                f"archive/gazetteer/{name}, line {number}: {line!r} is not code (2, 4, 6 or 9 characters), name, "
                "first year, last year with tabs between"
            )
        yield row
