import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pagination import page_count, page_numbers


@pytest.mark.parametrize(
    ("total", "size", "pages"), [(0, 10, 1), (1, 10, 1), (10, 10, 1), (11, 10, 2), (95, 20, 5)]
)
def test_pages_hold_every_report_once(total: int, size: int, pages: int) -> None:
    assert page_count(total, size) == pages


def test_a_gap_of_one_page_is_that_page() -> None:
    assert page_numbers(5, 9) == (1, 2, 3, 4, 5, 6, 7, 8, 9)


def test_far_pages_are_left_out() -> None:
    assert page_numbers(10, 20) == (1, None, 8, 9, 10, 11, 12, None, 20)


@given(st.integers(1, 500), st.integers(0, 500))
def test_the_first_last_and_present_page_are_always_there(page: int, beyond: int) -> None:
    count = page + beyond
    numbers = page_numbers(page, count)
    shown = [number for number in numbers if number is not None]
    assert {1, page, count} <= set(shown)
    assert shown == sorted(set(shown))
    assert len(numbers) <= 9
