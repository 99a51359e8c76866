"""Which division a written name means: candidates by full names, support by ancestors, the report's year. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from archive.gazetteer.shortening import is_same_name, short_name, supporting_short_name
from archive.gazetteer.table import FIRST_TOWN_YEAR, Division, Gazetteer, Rank

_SEAM_YEARS = (
    1  # a county moved in autumn stands in that year's edition here and in that year's other table there
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The one division that a name means, or the several that it may mean; neither for a name no table holds."""

    division: Division | None = None
    candidates: tuple[Division, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around a name: full and short names of other places in the text, and the report's stated year."""

    full: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    year: int | None = None


def settle(
    gazetteer: Gazetteer,
    name: str,
    ranks: Collection[Rank],
    *,
    above: Collection[str] = (),
    around: Surroundings,
) -> Settled:
    """Return what `name` means; every name of `above`, written before it, has to be one that it lies in.

    Several stay several unless one is named with all the ancestors that any other is named with, and more. A town
    that the text puts nowhere is left open where another place is named, or where no table of its time exists.
    """
    held = [
        row
        for row in gazetteer.named(name)
        if row.rank in ranks and all(_lies_in(gazetteer, row, written) for written in above)
    ]
    if not held:
        return Settled()
    best = _best_supported(gazetteer, held, around)
    standing = [row for row in best if around.year is not None and row.stood_in(around.year)]
    kept = _latest_of_each_place(gazetteer, standing or best)
    if len(kept) == 1 and (above or _is_safe(gazetteer, kept[0], around)):
        return Settled(division=kept[0], candidates=())
    return Settled(candidates=tuple(sorted(kept, key=lambda row: row.code)))


def _lies_in(gazetteer: Gazetteer, row: Division, written: str) -> bool:
    return any(is_same_name(written, ancestor.key) for ancestor in gazetteer.above(row))


def _support(gazetteer: Gazetteer, row: Division, around: Surroundings) -> frozenset[tuple[Rank, str]]:
    """Return the ancestors that the text names, by rank and stem: X县 that became X区 is one; a full name adds itself."""
    found: set[tuple[Rank, str]] = set()
    for ancestor in gazetteer.above(row):
        stem = short_name(ancestor.key)
        if ancestor.key in around.full:
            found |= {(ancestor.rank, ancestor.key), (ancestor.rank, stem)}
        elif supporting_short_name(ancestor.key) in around.short:
            found.add((ancestor.rank, stem))
    return frozenset(found)


def _best_supported(gazetteer: Gazetteer, rows: list[Division], around: Surroundings) -> list[Division]:
    """Return the rows whose named ancestors hold all that any other row's do; all rows where none is so."""
    support = {row: _support(gazetteer, row, around) for row in rows}
    best = [row for row in rows if all(support[row] >= other for other in support.values())]
    return best or rows


def _latest_of_each_place(gazetteer: Gazetteer, rows: list[Division]) -> list[Division]:
    """Return one row for each place: the last one of those that follow each other in time under one name."""
    kept: list[Division] = []
    for row in sorted(rows, key=lambda each: (each.last, each.first, each.code), reverse=True):
        if not any(_is_same_place(gazetteer, row, other) for other in kept):
            kept.append(row)
    return kept


def _is_same_place(gazetteer: Gazetteer, row: Division, later: Division) -> bool:
    """Whether one became the other: the same code, or a renumbered one in the same province and surroundings."""
    if row.code == later.code:
        return True
    if row.code[:2] != later.code[:2] or row.shared_years(later) > _SEAM_YEARS:
        return False
    if row.rank != "township":
        return True
    return row.code[:4] == later.code[:4] or bool(_stems(gazetteer, row) & _stems(gazetteer, later))


def _stems(gazetteer: Gazetteer, row: Division) -> set[str]:
    """Return the short names of a town's counties: 寿县 has none and stands whole."""
    return {short_name(up.key) or up.key for up in gazetteer.above(row) if up.rank == "county"}


def _is_safe(gazetteer: Gazetteer, row: Division, around: Surroundings) -> bool:
    """Whether a name that only one division bears may be taken for it."""
    if _support(gazetteer, row, around):
        return True
    if around.year is not None and not row.stood_in(around.year):
        return False
    if row.rank != "township":
        return True
    is_before_tables = around.year is not None and around.year < FIRST_TOWN_YEAR
    return not is_before_tables and not _names_other_counties(gazetteer, around)


def _names_other_counties(gazetteer: Gazetteer, around: Surroundings) -> bool:
    return any(row.rank != "township" for name in around.full for row in gazetteer.named(name))
