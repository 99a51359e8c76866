from hypothesis import given
from hypothesis import strategies as st

from archive.side_by_side import side_by_side

HERE = (
    "一、概述",
    "2018年,玉杵镇主动公开政府信息312条,其中通过公开栏发布41条。",
    "全年收到申请0件。",
    "公开栏更新不够及时,查询点还没有专人值守。",
)


def test_equal_texts_stand_row_by_row() -> None:
    rows = side_by_side(HERE, HERE)
    assert [(row.here, row.there, row.is_same) for row in rows] == [(n, n, True) for n in range(4)]


def test_what_changed_is_marked_and_what_came_or_went_stands_alone() -> None:
    there = (HERE[0], "收藏本页", HERE[1].replace("312", "321"), HERE[3], "附表")
    rows = side_by_side(HERE, there)
    assert [(row.here, row.there) for row in rows] == [
        (0, 0),
        (None, 1),
        (1, 2),
        (2, None),
        (3, 3),
        (None, 4),
    ]
    (slot,) = [piece for piece in rows[2].pieces if piece.is_slot]
    assert (slot.here, slot.there) == ("312", "321")


lines = st.lists(st.sampled_from([*HERE, "一", "0 | 0", "", HERE[1][:20]]), max_size=7)


@given(lines, lines)
def test_every_paragraph_stands_in_one_row_and_in_order(here: list[str], there: list[str]) -> None:
    rows = side_by_side(here, there)
    assert [row.here for row in rows if row.here is not None] == list(range(len(here)))
    assert sorted(row.there for row in rows if row.there is not None) == list(range(len(there)))
