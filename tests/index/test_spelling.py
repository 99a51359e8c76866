import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import LONGEST, MOST_CUTS, cut_letters, initials, spelling, syllables


def test_a_title_is_spelled_without_marks_and_with_its_digits() -> None:
    assert initials("桂影县（２０18）年 《公开》") == "gyx2018ngk"
    assert spelling("旅游局2年") == "LvYouJu2Nian"


@pytest.mark.parametrize("title", ["长沙县", "長沙縣"])
def test_the_words_around_a_character_decide_its_reading_in_either_script(title: str) -> None:
    assert syllables(title) == ("chang", "sha", "xian")


@pytest.mark.parametrize(
    ("letters", "cuts"),
    [
        ("xinxigongkai", ("XinXiGongKai",)),
        ("xian", ("Xian", "XiAn")),
        ("xinxigongk", ("XinXiGongK",)),  # unfinished
        ("nian2018", ("Nian2018", "NiAn2018")),
        ("xxgk", ()),
        ("", ()),
    ],
)
def test_letters_are_cut_into_syllables_in_every_way(letters: str, cuts: tuple[str, ...]) -> None:
    assert cut_letters(letters) == cuts


@given(st.text("aegnixzhu12", max_size=2 * LONGEST))
def test_cuts_are_few_and_lose_no_letter(letters: str) -> None:
    cuts = cut_letters(letters)
    assert len(cuts) <= MOST_CUTS
    assert all(cut.lower() == letters for cut in cuts)


@given(st.text("政府信息公开长沙2018年x县", min_size=1, max_size=12))
def test_a_title_s_own_pinyin_finds_it(title: str) -> None:
    assert any(cut in spelling(title) for cut in cut_letters("".join(syllables(title)))) or "x" in title
