"""How much of the country one year's reports cover: counties held of the counties that stood then. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.gazetteer.table import load_gazetteer
from index.engine import FacetCount
from web.languages import gettext
from web.tables import Table

_COUNTY_CHARS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One province: how many of its counties have a report, their own or of anything in them."""

    code: str
    name: str
    held: int
    standing: int


def covered(counties: Iterable[FacetCount], year: int) -> tuple[Coverage, ...]:
    """Return the provinces with a report of the year; a county is known by its code, a written name alone is not."""
    gazetteer = load_gazetteer()
    held: dict[str, int] = {}
    for one in counties:
        if one.count and len(one.value) == _COUNTY_CHARS and gazetteer.with_code(one.value):
            held[one.value[:2]] = held.get(one.value[:2], 0) + 1
    standing = _standing(year)
    return tuple(
        Coverage(
            code=code, name=division.name, held=held[code], standing=max(held[code], standing.get(code, 0))
        )
        for code in sorted(held)
        if (division := gazetteer.at(code, year)) is not None
    )


@lru_cache(maxsize=64)
def _standing(year: int) -> dict[str, int]:
    """Return how many counties stood in each province; 0.1 s over the whole table."""
    codes = {one.code for one in load_gazetteer().divisions() if one.rank == "county" and one.stood_in(year)}
    found: dict[str, int] = {}
    for code in codes:
        found[code[:2]] = found.get(code[:2], 0) + 1
    return found


def coverage_table(rows: Iterable[Coverage]) -> Table:
    """Return how many counties of each province the year's reports come from."""
    return Table(
        name="coverage",
        title=gettext("各省份有报告的县区"),
        columns=(
            gettext("代码"),
            gettext("省份"),
            gettext("有报告的县区"),
            gettext("当年的县区"),
            gettext("尚缺"),
        ),
        rows=tuple((one.code, one.name, one.held, one.standing, one.standing - one.held) for one in rows),
    )
