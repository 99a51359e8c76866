"""Page numbers under a list: which to show, and where the gaps are. Pure."""

from collections.abc import Iterator

NEAR = 2
"""Pages shown on either side of the present one."""


def page_count(total: int, size: int) -> int:
    """Return how many pages `total` reports make; an empty list has one."""
    return max(1, -(-total // size))


def page_numbers(page: int, count: int) -> tuple[int | None, ...]:
    """Return the first, the last and the near pages; None stands for those left out."""
    return tuple(_numbers(page, count))


def _numbers(page: int, count: int) -> Iterator[int | None]:
    near = range(max(1, page - NEAR), min(count, page + NEAR) + 1)
    wanted = sorted({1, count, *near})
    previous = 0
    for number in wanted:
        if number == previous + 2:
            yield number - 1  # a gap of one page is that page
        elif number > previous + 2:
            yield None
        yield number
        previous = number
