"""The geometry of charts: numbers in, rectangles of a drawing out; the templates write them as SVG. Pure.

Lengths are the drawing's own units; a chart is drawn in a box of `width` by `HEIGHT` and scaled by the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.indicator_years import Point, PointState, Series

HEIGHT = 120
STEP = 22
"""A year's share of the width: sixteen years fit a phone without being scrolled."""

_YEARS_TO_A_TICK = 2  # a year's four figures are wider than its column
_GAP = 4
SHADES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One rectangle: `kind` says which of the stylesheet's looks it has, `label` what it stands for, `path` where it leads."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A year under its column."""

    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart ready to be written out; `top` is the number that the full height stands for."""

    width: int
    height: int
    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    top: int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A share of a column, from the bottom up."""

    kind: str
    count: int
    label: str
    path: str = ""


def to_columns(columns: Mapping[int, Sequence[Part]]) -> Drawing:
    """Draw one column for every year, its parts upon each other; a part that counts 0 is not drawn."""
    years = sorted(columns)
    top = max((sum(part.count for part in parts) for parts in columns.values()), default=0)
    blocks: list[Block] = []
    for at, year in enumerate(years):
        base = float(HEIGHT)
        for part in columns[year]:
            height = _height(part.count, top)
            base -= height
            if part.count:
                blocks.append(_column(at, base, height, part))
    return Drawing(width=len(years) * STEP, height=HEIGHT, blocks=tuple(blocks), ticks=_ticks(years), top=top)


def _column(at: int, y: float, height: float, part: Part) -> Block:
    return Block(
        x=at * STEP + _GAP / 2,
        y=round(y, 1),
        width=STEP - _GAP,
        height=height,
        kind=part.kind,
        label=part.label,
        path=part.path,
    )


def _height(count: float, top: float) -> float:
    """Return a height of at least 2 units where there is anything, so that one of a thousand is seen."""
    return max(2.0, round(count * HEIGHT / top, 1)) if count and top else 0.0


def _ticks(years: Sequence[int]) -> tuple[Tick, ...]:
    step = _YEARS_TO_A_TICK if len(years) > 1 else 1
    return tuple(Tick(x=(at + 0.5) * STEP, text=str(year)) for at, year in enumerate(years) if at % step == 0)


def to_points(
    series: Series, years: Sequence[int], labels: Mapping[Point, str], paths: Mapping[Point, str]
) -> Drawing:
    """Draw a number's points: one bar each, side by side where a year has several.

    A masked number has the full height, hatched: its size is not known. A sure 0 is a line on the ground.
    """
    top = max((point.value for point in series.points if point.value is not None), default=0)
    blocks = []
    for at, year in enumerate(years):
        of_year = [point for point in series.points if point.year == year]
        width = (STEP - _GAP) / max(1, len(of_year))
        for number, point in enumerate(of_year):
            height = HEIGHT if point.value is None else max(1.5, _height(point.value, top))
            blocks.append(
                Block(
                    x=round(at * STEP + _GAP / 2 + number * width, 1),
                    y=round(HEIGHT - height, 1),
                    width=round(max(2.0, width - 1), 1),
                    height=height,
                    kind=_KINDS[point.state],
                    label=labels[point],
                    path=paths[point],
                )
            )
    return Drawing(width=len(years) * STEP, height=HEIGHT, blocks=tuple(blocks), ticks=_ticks(years), top=top)


_KINDS: Mapping[PointState, str] = {"sure": "sure", "doubtful": "doubtful", "masked": "masked"}

TILES: Mapping[str, tuple[int, int]] = {
    "23": (10, 0),
    "65": (0, 1), "15": (7, 1), "22": (10, 1),
    "62": (4, 2), "64": (5, 2), "14": (7, 2), "11": (8, 2), "12": (9, 2), "21": (10, 2),
    "63": (3, 3), "61": (6, 3), "41": (7, 3), "13": (8, 3), "37": (9, 3),
    "54": (1, 4), "51": (4, 4), "50": (5, 4), "42": (6, 4), "34": (7, 4), "32": (8, 4), "31": (9, 4),
    "52": (5, 5), "43": (6, 5), "36": (7, 5), "33": (8, 5),
    "53": (4, 6), "45": (5, 6), "44": (6, 6), "35": (8, 6), "71": (9, 6),
    "46": (5, 7), "82": (6, 7), "81": (7, 7),
}  # fmt: skip
"""Column and row of each province's tile, roughly where it lies on a map. Others get tiles below."""

TILE_COLUMNS = 11
_FIRST_FREE_ROW = 8


def tile_at(code: str, others: Sequence[str]) -> tuple[int, int]:
    """Return a province's column and row; a code outside the map stands below it, in the order of `others`."""
    if code in TILES:
        return TILES[code]
    number = others.index(code)
    return (number % TILE_COLUMNS, _FIRST_FREE_ROW + number // TILE_COLUMNS)


def shade(count: int, highest: int) -> int:
    """Return 0 for none, else 1 to `SHADES` by powers: counts of provinces differ by thousands."""
    if not count:
        return 0
    return min(SHADES, 1 + int((SHADES - 1) * (count.bit_length() - 1) / max(1, highest.bit_length() - 1)))
