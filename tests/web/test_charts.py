"""What charts draw, and how sure each number is."""

from hypothesis import given
from hypothesis import strategies as st

from tests.web import counties
from tests.web.test_matrix import stored
from web.charts import HEIGHT, SHADES, STEP, TILES, Part, shade, tile_at, to_columns, to_points
from web.indicator_years import Point, Series, to_series
from web.tables import Table, to_csv

SERIES = to_series(map(stored, counties.outcomes()))


def points(year: int) -> list[Point]:
    return [point for point in SERIES[0].points if point.year == year]


def test_a_number_that_the_report_states_is_sure() -> None:
    assert [(one.value, one.state) for one in points(2016)] == [(120, "sure")]


def test_a_masked_number_is_masked_and_never_zero() -> None:
    assert [(one.value, one.state) for one in points(2017)] == [(None, "masked")]


def test_two_numbers_for_one_year_are_both_shown_and_both_doubtful() -> None:
    assert [(one.value, one.doubts) for one in points(2018)] == [
        (90, ("several",)),
        (300, ("inexact", "several")),
    ]


def test_a_total_that_its_parts_do_not_make_is_doubtful_and_the_parts_are_not_drawn() -> None:
    assert [(one.value, one.doubts) for one in points(2019)] == [(58, ("sum",))]


def test_a_number_of_a_doubtful_year_is_doubtful() -> None:
    report = counties.report(
        "桂影县", 2015, year_status="suspect", indicators=(counties.number("disclosed", 5),)
    )
    assert to_series([stored(report)])[0].points[0].doubts == ("year",)


def test_none_is_stated_as_zero_and_is_drawn_as_a_line() -> None:
    requests = SERIES[1]
    assert (requests.name, [point.value for point in requests.points]) == ("requests_received", [0])
    drawing = drawn(requests)
    assert drawing.blocks[0].height == 1.5


def drawn(series: Series):  # type: ignore[no-untyped-def]
    labels = {point: str(point.value) for point in series.points}
    return to_points(series, range(2016, 2020), labels=labels, paths=dict.fromkeys(series.points, "/r/x"))


def test_masked_bars_are_as_high_as_the_chart_and_doubtful_ones_are_told_apart() -> None:
    blocks = drawn(SERIES[0]).blocks
    assert [(one.label, one.kind) for one in blocks] == [
        ("120", "sure"),
        ("None", "masked"),
        ("90", "doubtful"),
        ("300", "doubtful"),
        ("58", "doubtful"),
    ]
    assert blocks[1].height == HEIGHT
    assert blocks[2].x < blocks[3].x < 3 * STEP


@given(st.dictionaries(st.integers(1990, 2024), st.lists(st.integers(0, 10**6), max_size=7), max_size=20))
def test_no_column_leaves_the_drawing_and_nothing_counted_is_invisible(counts: dict[int, list[int]]) -> None:
    columns = {
        year: [Part(kind="sure", count=count, label=str(count)) for count in ones]
        for year, ones in counts.items()
    }
    drawing = to_columns(columns)
    assert len(drawing.blocks) == sum(1 for ones in counts.values() for count in ones if count)
    slack = 2.1 * 7  # a part is drawn at least 2 high
    for block in drawing.blocks:
        assert 0 <= block.x <= block.x + block.width <= drawing.width
        assert -slack <= block.y <= HEIGHT - block.height + 0.2
        assert block.height >= 2


def test_every_province_has_a_tile_of_its_own() -> None:
    assert len(set(TILES.values())) == len(TILES) == 34
    assert tile_at("99", ["99"]) not in TILES.values()


def test_more_reports_never_give_a_lighter_shade() -> None:
    shades = [shade(count, 5000) for count in (0, 1, 9, 80, 600, 5000)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[-1]) == (0, 1, SHADES)
    assert shade(1, 1) == 1


def test_a_table_goes_out_as_csv_that_a_spreadsheet_reads_and_does_not_run() -> None:
    table = Table(name="x", title="", columns=("甲", "乙"), rows=(("=1+1", None), ('说"好",', -3)))
    assert to_csv(table) == '\ufeff甲,乙\r\n\'=1+1,\r\n"说""好"",",-3\r\n'
