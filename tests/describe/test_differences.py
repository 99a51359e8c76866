"""Where two copies differ: paragraph beside paragraph, slot beside slot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.differences import MOST_COMPARED_CHARS, compare, shared_paragraphs

TEXT = st.text(st.sampled_from("桂影县教育局公开信息政務务1234，。 "), max_size=30)


def slots(here: str, there: str) -> list[tuple[str, str]]:
    return [(piece.here, piece.there) for piece in compare(here, there) if piece.is_slot]


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        (
            "根据安排，xx市教育局公开信息。",
            "根据安排，桂影市科技局公开信息。",
            [("xx市教育局", "桂影市科技局")],
        ),
        ("全年公开信息98条，答复3件。", "全年公开信息112条，答复3件。", [("98", "112")]),
        ("合计375条。", "合计340条。", [("375", "340")]),
        ("合计3条。", "合计375条。", [("3", "375")]),
        ("合计175条。", "合计375条。", [("175", "375")]),
        ("第2018123419号", "第3018123418号", [("2018123419", "3018123418")]),
        ("我镇公开了信息。", "我镇今年公开了信息。", [("", "今年")]),
        ("我镇今年公开了信息。", "我镇公开了信息。", [("今年", "")]),
        ("政务公开工作", "政務公開工作", []),
        ("公开信息", "公开信息", []),
        ("", "", []),
        ("甲镇的工作", "乙乡的工作", [("甲镇", "乙乡")]),
    ],
)
def test_a_slot_is_what_was_filled_in_otherwise(here: str, there: str, found: list[tuple[str, str]]) -> None:
    assert slots(here, there) == found


@given(TEXT, TEXT)
def test_the_pieces_are_the_two_texts_and_equal_ones_are_equal(here: str, there: str) -> None:
    pieces = compare(here, there)
    assert "".join(piece.here for piece in pieces) == here
    assert "".join(piece.there for piece in pieces) == there
    for piece in pieces:
        if not piece.is_slot:
            assert compare(piece.here, piece.there)[0].is_slot is False
            assert len(piece.here) == len(piece.there)


def test_paragraphs_are_paired_wherever_they_stand() -> None:
    first = "本局全年通过网站和公开栏主动公开政府信息九十八条。"
    second = "收到依申请公开三件，均在规定期限内作了答复。"
    resold = "本局全年通过网站和公开栏主动公开政府信息一百条。"
    shared = shared_paragraphs((first, "完全另外一段没有关系的话语", second), (second, resold))
    assert [(one.here, one.there) for one in shared] == [(0, 1), (2, 0)]
    assert [(piece.here, piece.there) for piece in shared[0].slots] == [("九十八", "一百")]
    assert shared[1].slots == ()


def test_a_paragraph_is_paired_once_with_the_one_that_shares_most() -> None:
    line = "收到依申请公开三件，均在规定期限内作了答复。"
    near = "收到依申请公开五件，均在规定期限内作了答复。"
    shared = shared_paragraphs((line, line), (near, line))
    assert [(one.here, one.there) for one in shared] == [(0, 1), (1, 0)]


def test_paragraphs_too_long_to_compare_are_paired_all_the_same() -> None:
    here = "公开信息条例规定期限" * (MOST_COMPARED_CHARS // 5)
    (shared,) = shared_paragraphs((here,), (f"{here}末",))
    assert (shared.pieces, shared.slots) == ((), ())
