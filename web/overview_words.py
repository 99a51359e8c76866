"""The words of the pages about a place, bureau, site or year: names, tables of the charts. Pure but for addresses."""

from collections.abc import Iterable, Mapping

from archive.gazetteer.table import load_gazetteer
from index.engine import UNKNOWN
from web.addresses import latest_path, public_address
from web.indicator_years import Doubt, Point, PointState, Series
from web.labels import LEVELS, facet_value_label
from web.languages import Texts, gettext, listed, msgid
from web.matrix import CellState, Matrix
from web.overview import Holdings, Subject, SubjectKind
from web.tables import CellValue, Table

KIND_NAMES: Mapping[SubjectKind, str] = Texts(
    {"place": msgid("地区"), "bureau": msgid("部门"), "site": msgid("来源网站"), "year": msgid("年份")}
)
CELL_STATES: Mapping[CellState, str] = Texts(
    {
        "held": msgid("收有"),
        "doubtful": msgid("年份存疑"),
        "missing": msgid("缺"),
        "absent": msgid("当年未设"),
    }
)
POINT_STATES: Mapping[PointState, str] = Texts(
    {"sure": msgid("原文所载"), "doubtful": msgid("存疑"), "masked": msgid("打码")}
)
DOUBTS: Mapping[Doubt, str] = Texts(
    {
        "masked": msgid("数字被遮盖"),
        "year": msgid("报告的年份存疑"),
        "several": msgid("同一年有不同的数字"),
        "inexact": msgid("原文只说大概"),
        "sum": msgid("与分项之和不等"),
    }
)
TABLES = ("years", "levels", "provinces", "matrix", "indicators", "coverage")
"""The tables that pages have, as their CSV's address names them; not every page has each."""


def title_of(subject: Subject) -> str:
    """Name a subject as a heading does: a place without the one above, which stands over it."""
    if subject.kind == "place":
        division = load_gazetteer().at(subject.value)
        return division.name if division else subject.value
    return facet_value_label(subject.kind, subject.value)


def level_label(level: str) -> str:
    """Name a level, or say that it is not known."""
    return gettext("层级不详") if level == UNKNOWN else LEVELS[level]


def ordered_levels(levels: Iterable[str]) -> tuple[str, ...]:
    """Return levels from the highest to the lowest, what is not known last."""
    order = (*LEVELS, UNKNOWN)
    return tuple(sorted(levels, key=order.index))


def years_table(holdings: Holdings) -> Table:
    """Return how many reports are held of each year."""
    return Table(
        name="years",
        title=gettext("各年份的报告数"),
        columns=(gettext("年份"), gettext("报告数")),
        rows=tuple(sorted(holdings.years.items())),
    )


def levels_table(holdings: Holdings) -> Table:
    """Return how many reports of each level are held of each year."""
    levels = ordered_levels(holdings.level_years)
    years = sorted({year for counts in holdings.level_years.values() for year in counts})
    return Table(
        name="levels",
        title=gettext("各年份、各层级的报告数"),
        columns=(gettext("年份"), *map(level_label, levels)),
        rows=tuple((year, *(holdings.level_years[level].get(year, 0) for level in levels)) for year in years),
    )


def provinces_table(counts: Mapping[str, int]) -> Table:
    """Return how many reports are held of each province; those whose province is not known come last."""
    ordered = sorted(counts, key=lambda code: (code == UNKNOWN, code))
    return Table(
        name="provinces",
        title=gettext("各省份的报告数"),
        columns=(gettext("代码"), gettext("省份"), gettext("报告数")),
        rows=tuple(
            ("" if code == UNKNOWN else code, facet_value_label("province", code), counts[code])
            for code in ordered
        ),
    )


def matrix_table(matrix: Matrix) -> Table:
    """Return the state of every division in every year, in words."""
    years = tuple(gettext("%(year)s年", year=year) for year in matrix.years)
    return Table(
        name="matrix",
        title=gettext("所辖各地的报告，收有与所缺"),
        columns=(gettext("代码"), gettext("地区"), *years, gettext("年份不详")),
        rows=tuple(
            (
                row.code,
                row.name,
                *(CELL_STATES[cell.state] for cell in row.cells[:-1]),
                len(row.cells[-1].report_ids),
            )
            for row in matrix.rows
        ),
    )


def indicators_table(series: Iterable[Series]) -> Table:
    """Return every drawn number with its report; what is masked has no value."""
    rows: list[tuple[CellValue, ...]] = []
    for one in series:
        for point in one.points:
            state, doubts = POINT_STATES[point.state], listed(DOUBTS[doubt] for doubt in point.doubts)
            address = public_address(latest_path(point.report_id))
            rows.append((one.title, one.unit, point.year, point.value, point.label, state, doubts, address))
    columns = (
        gettext("指标"),
        gettext("单位"),
        gettext("年份"),
        gettext("数值"),
        gettext("原文名目"),
        gettext("状况"),
        gettext("疑点"),
        gettext("报告"),
    )
    return Table(name="indicators", title=gettext("历年数据"), columns=columns, rows=tuple(rows))


def point_label(point: Point, title: str) -> str:
    """Say one number with its doubts, for a bar that is read aloud or pointed at."""
    number = gettext("打码") if point.value is None else f"{point.value:.10g} {point.unit}"
    told = gettext("%(year)s年%(title)s：%(number)s", year=point.year, title=title, number=number)
    doubts = listed(DOUBTS[doubt] for doubt in point.doubts)
    return gettext("%(told)s（%(doubts)s）", told=told, doubts=doubts) if doubts else told
