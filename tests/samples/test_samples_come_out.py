"""Every sample page gives exactly the reports that its text says: titles, paragraphs, gaps and facts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.model import Capture, Description, Outcome
from archive.pipeline import reports_of
from archive.sources import Sources

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EXPECTED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((SAMPLES / "expected").glob("*.json"))
}
COUNTS = ("total_chars", "shown_chars", "omitted_chars")


@pytest.fixture(scope="session")
def outcomes() -> dict[str, Outcome]:
    """What each page gives, by its address, or by its file where it has none."""
    sources = Sources([SAMPLES / "pages", SAMPLES / "warc"], limit_bytes=10**8)
    assert sources.remarks == []
    found = [item for path in sources.files for item in sources.read(path)]
    captures = [item for item in found if isinstance(item, Capture)]
    assert len(captures) == len(EXPECTED)
    return {key_of(capture.source_url, capture.origin): reports_of(capture) for capture in captures}


def key_of(address: str | None, file: str) -> str:
    return address or Path(file).name


@pytest.fixture(params=sorted(EXPECTED))
def sample(request: pytest.FixtureRequest, outcomes: dict[str, Outcome]) -> tuple[dict[str, Any], Outcome]:
    expected = EXPECTED[request.param]
    return expected, outcomes[key_of(expected.get("address"), expected["file"])]


Sample = tuple[dict[str, Any], Outcome]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_each_report_has_its_title_and_its_paragraphs_and_no_other(sample: Sample) -> None:
    expected, outcome = sample
    wanted = [(r["part"], r["title"], [squeezed(p) for p in r["paragraphs"]]) for r in expected["reports"]]
    given = [
        (r.section.part, r.section.title, [squeezed(p.text) for p in r.section.paragraphs])
        for r in outcome.reports
    ]
    assert given == wanted


def test_no_line_of_boilerplate_is_kept(sample: Sample) -> None:
    expected, outcome = sample
    kept = {squeezed(p.text) for r in outcome.reports for p in r.section.paragraphs}
    assert [line for line in expected["boilerplate"] if squeezed(line) in kept] == []


def test_each_gap_has_the_counts_that_the_page_states(sample: Sample) -> None:
    expected, outcome = sample
    wanted = [
        [tuple(gap.get(name) for name in COUNTS) for gap in r.get("gaps", [])] for r in expected["reports"]
    ]
    given = [
        [tuple(getattr(gap, name) for name in COUNTS) for gap in r.section.gaps] for r in outcome.reports
    ]
    assert given == wanted


def test_each_fact_comes_out(sample: Sample) -> None:
    expected, outcome = sample
    for wanted, report in zip(expected["reports"], outcome.reports, strict=True):
        given = facts_of(report.description)
        assert {name: given[name] for name in wanted["facts"]} == {
            name: sorted(value) if isinstance(value, list) else value
            for name, value in wanted["facts"].items()
        }


def facts_of(about: Description) -> dict[str, Any]:
    place = about.place
    facts = {name: getattr(about, name) for name in Description.__slots__ if name not in {"place", "bureau"}}
    return {
        **facts,
        "province": place.province,
        "prefecture": place.prefecture,
        "county": place.county,
        "township": place.township,
        "bureau": about.bureau.domain if about.bureau else None,
        "published_on": about.published_on.isoformat() if isinstance(about.published_on, date) else None,
        "flags": sorted(about.flags),
    }
