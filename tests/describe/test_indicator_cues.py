"""Every cue that names a number proves itself on the examples beside it."""

from collections.abc import Iterator
from typing import Any

import pytest

from archive.describe import describe
from archive.describe.indicator_table import form, indicator_titles
from archive.describe.tables import load_table
from archive.hanzi import to_traditional
from tests.describe.sections import make_section


def names_in(text: str) -> set[str]:
    return {one.name for one in describe(make_section("玉杵镇政务公开工作总结", text)).indicators}


def _entries() -> Iterator[Any]:
    for section in ("cue", "zero"):
        for number, entry in enumerate(load_table("indicators")[section]):
            names = entry.get("names") or [entry["name"]]
            yield pytest.param(set(names), entry, id=f"{section}-{names[0]}-{number}")


@pytest.mark.parametrize(("names", "entry"), list(_entries()))
def test_a_cue_names_its_examples_and_no_counterexample(names: set[str], entry: dict[str, Any]) -> None:
    assert entry["examples"]
    assert entry["counterexamples"]
    for example in entry["examples"]:
        assert names <= names_in(example), example
        assert names <= names_in(to_traditional(example)), example
    for counterexample in entry["counterexamples"]:
        assert not names & names_in(counterexample), counterexample


def test_every_indicator_has_a_title_for_readers() -> None:
    rows = (*form().requests, *form().disclosures)
    names = {row.name for row in rows} | set(form().challenges)
    names |= {name for entry in load_table("indicators")["zero"] for name in entry["names"]}
    assert names <= set(indicator_titles())
    assert all(indicator_titles().values())
