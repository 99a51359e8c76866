"""A quotation is found again in a text that was cleaned anew, or it is said that it is gone."""

from hypothesis import given
from hypothesis import strategies as st

from archive.hanzi import to_traditional
from archive.resolve.alignment import Place
from archive.resolve.quotation import Quotation, cite, find_again

TEXT = (
    "一、概述",
    "2018年,玉杵镇主动公开政府信息312条,其中通过公开栏发布41条。",
    "全年收到申请0件。",
    "玉杵镇主动公开政府信息312条。",
)


def quoted(paragraph: int, start: int, length: int) -> Quotation:
    return cite(TEXT, Place(first=paragraph, start=start, last=paragraph, end=start + length), version=1)


def test_a_text_that_stayed_holds_it_where_it_stood() -> None:
    found = find_again(TEXT, quoted(1, 6, 10))
    assert found is not None
    assert (found.how, found.place) == ("position", Place(first=1, start=6, last=1, end=16))


def test_a_paragraph_that_moved_is_followed() -> None:
    moved = ("收藏本页", TEXT[2], TEXT[0], TEXT[1], TEXT[3])
    found = find_again(moved, quoted(1, 6, 15))
    assert found is not None
    assert (found.how, found.place.first) == ("quote", 3)


def test_of_two_places_the_one_with_the_quoted_surroundings_is_meant() -> None:
    first, second = quoted(1, 6, 15), quoted(3, 0, 15)
    assert first.exact == second.exact
    moved = ("新的开头。", *TEXT)
    places = [find_again(moved, one) for one in (first, second)]
    assert [one and one.place.first for one in places] == [2, 4]


def test_marks_and_script_may_change() -> None:
    found = find_again(tuple(to_traditional(line).replace(",", "，") for line in TEXT), quoted(1, 0, 20))
    assert found is not None
    assert (found.how, found.place) == ("quote", Place(first=1, start=0, last=1, end=20))


def test_a_word_that_was_mended_is_found_by_likeness() -> None:
    mended = (TEXT[0], TEXT[1].replace("公开栏", "政务公开栏"), *TEXT[2:])
    found = find_again(mended, quoted(1, 0, len(TEXT[1])))
    assert found is not None
    assert (found.how, found.place.first) == ("fuzzy", 1)
    assert 0.8 <= found.likeness < 1


def test_a_passage_over_two_paragraphs_is_found() -> None:
    found = find_again(TEXT, Quotation(exact="发布41条。\n全年收到申请"))
    assert found is not None
    assert (found.place.first, found.place.last, found.place.end) == (1, 2, 6)


def test_what_is_gone_is_gone() -> None:
    assert find_again(TEXT[:1], quoted(1, 6, 15)) is None
    assert find_again((), quoted(1, 6, 15)) is None
    assert find_again(TEXT, Quotation(exact="、。！")) is None


@given(st.data())
def test_every_quotation_is_found_where_it_was_made(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(TEXT) - 1))
    start = data.draw(st.integers(0, len(TEXT[number]) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT[number])))
    found = find_again(TEXT, quoted(number, start, end - start))
    assert found is not None
    assert (found.how, found.place) == ("position", Place(first=number, start=start, last=number, end=end))


@given(st.text(max_size=60), st.integers(-3, 9), st.integers(-3, 9))
def test_no_quotation_breaks_the_search(exact: str, paragraph: int, start: int) -> None:
    found = find_again(TEXT, Quotation(exact=exact, paragraph=paragraph, start=start))
    assert found is None or 0 <= found.place.first <= found.place.last < len(TEXT)
