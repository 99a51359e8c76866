"""Which report is held, doubtful, missing: divisions by years, from the gazetteer of each year."""

from archive.gazetteer.table import Division, Gazetteer, load_gazetteer
from archive.model import Outcome, StoredReport, VersionInfo
from tests.web import counties
from web.matrix import SHOWN_YEARS, Cell, Matrix, by_division, claimed_years, spanned, to_matrix


def stored(outcome: Outcome) -> StoredReport:
    """The report as the store gives it back."""
    report = outcome.reports[0]
    version = VersionInfo(version=1, digest="", made_at=counties.KEPT_AT, cause="first capture")
    return StoredReport(
        report_id=report.report_id,
        version=version,
        title=report.section.title,
        paragraphs=report.section.paragraphs,
        gaps=(),
        damages=(),
        dropped=(),
        description=report.description,
        fields=report.section.fields,
        part=0,
        part_count=0,
        parent_id=None,
        parent_title=None,
        captures=(),
        versions=(version,),
    )


def matrix_of(*outcomes: Outcome, years: tuple[int, ...] = (2017, 2018, 2019)) -> Matrix:
    reports = by_division(map(stored, outcomes), "township")
    return to_matrix(counties.COUNTY, reports, years, load_gazetteer())


def states(matrix: Matrix, name: str) -> list[str]:
    return [cell.state for row in matrix.rows if row.name == name for cell in row.cells]


def test_a_stated_year_is_held_and_every_other_year_is_missing() -> None:
    matrix = matrix_of(counties.TOWN_2017)
    assert states(matrix, "玉杵镇") == ["held", "missing", "missing", "absent"]
    assert states(matrix, "丹桂乡") == ["missing", "missing", "missing", "absent"]
    assert (matrix.held_count, matrix.missing_count, matrix.doubtful_count) == (1, 8, 0)


def test_a_suspect_year_is_doubtful_and_neither_held_nor_missing() -> None:
    assert states(matrix_of(counties.SUSPECT), "蟾桥镇") == ["missing", "missing", "doubtful", "absent"]


def test_a_report_without_a_year_may_be_of_each_year_that_its_contents_allow() -> None:
    assert states(matrix_of(counties.CONFLICT), "丹桂乡") == ["doubtful", "doubtful", "missing", "absent"]


def test_a_report_of_no_known_year_stands_in_the_last_column() -> None:
    row = matrix_of(counties.UNDATED).rows[2]
    assert row.cells[-1] == Cell(
        year=None, state="doubtful", report_ids=(counties.UNDATED.reports[0].report_id,)
    )
    assert row.missing_count == 3


def test_a_sure_report_makes_a_cell_held_though_a_doubtful_one_stands_beside_it() -> None:
    sure = counties.report("蟾桥镇", 2019, number=9)
    row = matrix_of(counties.SUSPECT, sure).rows[1]
    assert (row.cells[2].state, row.cells[2].report_ids) == ("held", (sure.reports[0].report_id,))


def test_a_division_is_missing_only_in_the_years_in_which_it_stood() -> None:
    gazetteer = Gazetteer(
        [
            Division(code="99", name="沧溟省", first=1980, last=2023),
            Division(code="9901", name="望舒市", first=1980, last=2023),
            Division(code="990121", name="桂影县", first=1980, last=2017),
            Division(code="990102", name="桂影区", first=2018, last=2023),
        ]
    )
    matrix = to_matrix("9901", {}, (2017, 2018), gazetteer)
    assert [(row.name, [cell.state for cell in row.cells]) for row in matrix.rows] == [
        ("桂影区", ["absent", "missing", "absent"]),
        ("桂影县", ["missing", "absent", "absent"]),
    ]


def test_a_place_known_by_its_written_name_alone_has_a_row_of_its_own_and_lacks_nothing() -> None:
    matrix = to_matrix(
        counties.COUNTY, {"月兔乡": (stored(counties.TOWN_2017),)}, (2017, 2018), load_gazetteer()
    )
    assert matrix.rows[-1].name == "月兔乡"
    assert matrix.rows[-1].code == ""
    assert states(matrix, "月兔乡") == ["held", "absent", "absent"]


def test_columns_are_all_years_between_the_first_and_the_last_but_no_more_than_fit() -> None:
    assert spanned([2016, 2019]) == (2016, 2017, 2018, 2019)
    assert spanned([]) == ()
    assert spanned([1950, 2020]) == tuple(range(2021 - SHOWN_YEARS, 2021))


def test_a_report_claims_its_own_year_before_what_its_contents_allow() -> None:
    assert claimed_years(counties.SUSPECT.reports[0].description) == (2019,)
    assert claimed_years(counties.CONFLICT.reports[0].description) == (2017, 2018)
    assert claimed_years(counties.UNDATED.reports[0].description) == ()


def test_below_a_division_are_those_with_none_between() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.below("9901") == ("990101", "990121", "990122", "990181")
    assert gazetteer.below(counties.COUNTY) == tuple(counties.TOWNS.values())
    assert gazetteer.below(counties.YUCHU) == ()
    assert {"99", "11"} <= set(gazetteer.below(""))
    assert all(len(code) == 2 for code in gazetteer.below(""))
