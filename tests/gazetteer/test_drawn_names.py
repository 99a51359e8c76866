"""Thousands of names drawn from the gazetteer: county and town are settled, a town alone is never wrong."""

import random
from collections import Counter
from functools import cache

from archive.describe import describe
from archive.gazetteer.table import Division, Rank, load_gazetteer
from tests.describe.sections import make_section

DRAWN = 3000
YEAR = 2018


@cache
def towns() -> tuple[Division, ...]:
    gazetteer = load_gazetteer()
    standing = [
        row
        for row in gazetteer.divisions()
        if row.name.endswith(("镇", "乡", "街道", "苏木")) and row.rank == "township" and row.stood_in(YEAR)
    ]
    return tuple(random.Random(4).sample(standing, DRAWN))


def outcomes(rank: Rank | None) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    wrong = []
    gazetteer = load_gazetteer()
    for town in towns():
        names = {row.rank: row.name for row in gazetteer.chain(town, YEAR)}
        if rank and rank not in names:
            continue  # a town right under its city, and a county right under its province
        title = f"{names[rank] if rank else ''}{town.name}{YEAR}年政府信息公开工作总结"
        place = describe(make_section(title, "及时公开信息。")).place
        is_right = place.code == town.code
        counts["right" if place.status == "resolved" and is_right else place.status] += 1
        if place.status == "resolved" and not is_right:
            wrong.append(f"{title}: {place.code}, not {town.code}")
    return counts, wrong


def test_county_and_town_are_settled() -> None:
    counts, wrong = outcomes("county")
    assert wrong == []
    assert counts["right"] / counts.total() >= 0.998, counts


def test_prefecture_and_town_are_settled_but_for_namesakes_in_one_prefecture() -> None:
    counts, wrong = outcomes("prefecture")
    assert wrong == []
    assert counts["right"] / counts.total() >= 0.985, counts


def test_a_town_alone_is_never_wrong_only_ambiguous() -> None:
    counts, wrong = outcomes(None)
    assert wrong == []
    assert counts["right"] / counts.total() >= 0.66, counts
    assert (counts["right"] + counts["ambiguous"]) / counts.total() >= 0.995, counts
