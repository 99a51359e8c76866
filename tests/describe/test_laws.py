"""The tables of laws and events against themselves: what dates and numbers of one kind must have in common."""

import re
from datetime import date
from itertools import pairwise

import pytest

from archive.describe.laws import Version, key_points_of, laws
from archive.describe.tables import meetings

VERSIONS = [one for law in laws() for one in law.versions]
KEY_POINT_YEARS = range(2014, 2023)


def serial(version: Version) -> int:
    found = re.search(r"(\d+)号$", version.number)
    assert found, version.number
    return int(found[1])


def test_nothing_is_in_force_before_it_was_issued_and_no_version_before_the_last() -> None:
    for law in laws():
        assert all(one.issued <= one.in_force for one in law.versions), law.title
        for earlier, later in pairwise(law.versions):
            assert earlier.in_force < later.issued, law.title


def test_orders_of_the_state_council_rise_with_their_days() -> None:
    orders = sorted((one for one in VERSIONS if one.number.startswith("国务院令")), key=serial)
    assert len(orders) >= 5
    assert [one.issued for one in orders] == sorted(one.issued for one in orders)


def test_a_notice_bears_the_year_of_its_day_and_serials_rise_within_a_year() -> None:
    numbered = [one for one in VERSIONS if "〔" in one.number]
    by_series: dict[str, list[Version]] = {}
    for one in numbered:
        assert f"〔{one.issued.year}〕" in one.number
        by_series.setdefault(one.number.partition("〕")[0], []).append(one)
    for series, members in by_series.items():
        days = [one.issued for one in sorted(members, key=serial)]
        assert days == sorted(days), series


def test_each_years_key_points_were_issued_in_its_first_half() -> None:
    for year in KEY_POINT_YEARS:
        law = key_points_of(year)
        assert law is not None, year
        assert date(year, 1, 1) < law.versions[0].issued <= date(year, 6, 30)
    assert key_points_of(2030) is None


def test_orders_of_the_president_rise_within_one_congress() -> None:
    terms = [(1988, 1993), (1998, 2003), (2003, 2008), (2008, 2013), (2013, 2018), (2018, 2023), (2023, 2028)]
    orders = [one for one in VERSIONS if one.number.startswith("主席令")]
    for first, last in terms:
        term = [
            one
            for one in orders
            if date(first, 3, 20) <= one.issued < date(last, 3, 20)
            if one.checked == "text"
        ]
        assert [one.issued for one in sorted(term, key=serial)] == sorted(one.issued for one in term)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda one: one.number)
def test_each_entry_says_where_it_was_published_and_how_far_it_was_compared(version: Version) -> None:
    assert version.source
    assert version.checked in {"text", "number", "none"}


def test_most_entries_were_compared_and_those_that_were_not_are_known() -> None:
    unsure = {one.number for one in VERSIONS if not one.is_sure}
    assert unsure == {"主席令第6号", "主席令第15号", "主席令第16号"}


def test_congresses_are_five_years_apart_and_plenums_in_their_order() -> None:
    held = meetings()
    congresses = [one for one in held if one.plenum == 0]
    assert [one.congress for one in congresses] == list(range(17, 17 + len(congresses)))
    for earlier, later in pairwise(congresses):
        assert later.closed_on.year - earlier.closed_on.year == 5
    for number in {one.congress for one in held}:
        order = [one.plenum for one in held if one.congress == number]
        assert order == sorted(order)


def test_plenums_fall_in_their_seasons() -> None:
    """The second before the people's congress of March, the seventh in the weeks before the next congress."""
    opened = {one.congress: one.closed_on for one in meetings() if one.plenum == 0}
    for one in meetings():
        if one.plenum == 2:
            assert one.closed_on.month in {1, 2}
            assert one.closed_on.year == opened[one.congress].year + 1
        if one.plenum == 7:
            assert 0 < (opened[one.congress + 1] - one.closed_on).days < 21
