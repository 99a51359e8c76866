"""Indicators and citations of real pages against a person's reading of them."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.model import Citation, Indicator, Report
from archive.pipeline import reports_of
from tests.conftest import make_capture

FLOORS = tomllib.loads(Path(__file__).with_name("statistics_floors.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def described(shared_dir: Path) -> list[tuple[dict[str, Any], Report]]:
    """Each gold report with what the pipeline makes of it."""
    found: dict[str, Report] = {}
    for path in sorted((shared_dir / "seeds").glob("*.txt")):
        number = path.name.partition("_")[0]
        for report in reports_of(make_capture(path.read_bytes(), origin=path.name)).reports:
            part = report.section.part
            found[f"{number}#{part}" if part else number] = report
    gold = json.loads((shared_dir / "gold" / "metadata.json").read_text(encoding="utf-8"))["reports"]
    return [(row, found[row["id"]]) for row in gold]


def _is_the_same(gold: dict[str, Any], one: Indicator, report: Report) -> bool:
    """Whether the value is gold's and the words that prove it overlap gold's quotation."""
    if one.value != gold["value"] or one.evidence.paragraph is None:
        return False
    start = report.section.paragraphs[one.evidence.paragraph].text.find(gold["quote"])
    return start >= 0 and one.evidence.start < start + len(gold["quote"]) and start < one.evidence.end


def _match_indicators(gold: dict[str, Any], report: Report) -> tuple[list[str], list[Indicator]]:
    """Return what gold has and the report has not, and what the report has and gold has not."""
    left = list(report.description.indicators)
    missed = []
    for row in gold["indicators"]:
        same = next((one for one in left if _is_the_same(row, one, report)), None)
        if same is None:
            missed.append(f"{gold['id']} {row['name']} {row['value']}")
        else:
            left.remove(same)
    return missed, left


def _match_citations(gold: dict[str, Any], report: Report) -> tuple[Counter[str], list[Citation]]:
    left = list(report.description.citations)
    found: Counter[str] = Counter()
    for row in gold["cited_documents"]:
        same = next((one for one in left if f"《{one.title}》" == row["title"]), None)
        if same is not None:
            left.remove(same)
            found["citations_found"] += 1
            found["numbers_found"] += same.number_as_written == row.get("number", {}).get("raw", "")
    return found, left


def test_indicators_and_citations_are_as_good_as_their_floors_and_the_floors_as_high(
    described: list[tuple[dict[str, Any], Report]],
) -> None:
    measured: Counter[str] = Counter(
        indicators_found=0, indicators_invented=0, citations_found=0, numbers_found=0, citations_extra=0
    )
    wrong: list[object] = []
    for gold, report in described:
        missed, invented = _match_indicators(gold, report)
        found, extra = _match_citations(gold, report)
        measured.update(found)
        measured["indicators_found"] += len(gold["indicators"]) - len(missed)
        measured["indicators_invented"] += len(invented)
        measured["citations_extra"] += len(extra)
        wrong += [*missed, *invented, *extra]
    assert dict(measured) == FLOORS, f"measured {dict(measured)}; wrong: {wrong}"


def test_no_masked_number_is_claimed(described: list[tuple[dict[str, Any], Report]]) -> None:
    for gold, report in described:
        masked = {row["quote"] for row in gold["indicators"] if row.get("masked")}
        for one in report.description.indicators:
            if any(one.evidence.quote in quote or quote in one.evidence.quote for quote in masked):
                assert (one.value, one.status) == (None, "masked"), gold["id"]


def test_the_sums_that_hold_and_the_one_that_does_not(
    described: list[tuple[dict[str, Any], Report]],
) -> None:
    sums = {
        (gold["id"], check.totals_sum, check.parts_sum)
        for gold, report in described
        for check in report.description.checks
    }
    assert sums == {("001", 93, 93), ("004#2", 124, 36), ("004#7", 82, 82), ("004#10", 348, 348)}


def test_the_regulation_of_a_report_of_2018_is_order_492_and_a_year_that_cannot_be_is_flagged(
    described: list[tuple[dict[str, Any], Report]],
) -> None:
    citations = {gold["id"]: report.description.citations for gold, report in described}
    regulation = citations["001"][0]
    assert (regulation.state, regulation.law_number) == ("version_by_date", "国务院令第492号")
    assert len(regulation.mentions) > 1  # the short form is bound to it
    assert [one.number for one in citations["004#10"] if one.state == "year_conflict"] == [
        "中办发〔2020〕8号"
    ]
