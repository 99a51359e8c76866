"""Reports of every kind, invented page by page, against the facts that were written down beside them."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from archive.model import Citation, Description
from archive.pipeline import reports_of
from tests.conftest import PROJECT, make_capture

FOLDER = PROJECT / "tests" / "fixtures" / "reports"
PLAIN = ("issuer", "level", "org_type", "year", "year_status", "kind")


def _entries() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["report"]:
            yield pytest.param(entry, id=f"{path.stem}: {entry['name']}")


def _cited(one: Citation) -> str:
    number = one.law_number or one.number
    return f"{one.state} {number}" if number and one.state != "masked" else one.state


def read(description: Description) -> dict[str, Any]:
    """What came out, in the words of the fixtures."""
    place = description.place
    names = (place.province, place.prefecture, place.county, place.township)
    return {field: getattr(description, field) for field in PLAIN} | {
        "place": "/".join(name or "-" for name in names),
        "domain": description.bureau.domain if description.bureau else None,
        "indicators": [f"{one.name} {one.value} {one.unit}" for one in description.indicators],
        "laws": [_cited(one) for one in description.citations],
        "place_status": place.status,
        "published_on": description.published_on.isoformat() if description.published_on else None,
        "script_origin": description.script_origin,
        "flags": list(description.flags),
        "checks": [check.holds for check in description.checks],
    }


@pytest.mark.parametrize("entry", list(_entries()))
def test_a_report_says_what_a_reader_found_in_it_and_no_more(entry: dict[str, Any]) -> None:
    reports = reports_of(make_capture(entry["page"].strip())).reports
    wanted = entry.get("parts") or [entry]
    assert len(reports) == len(wanted)
    for report, facts in zip(reports, wanted, strict=True):
        found = read(report.description)
        always = dict.fromkeys((*PLAIN, "domain")) | {"indicators": []}
        expected = always | {key: value for key, value in facts.items() if key in found}
        assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("entry", list(_entries()))
def test_every_quotation_stands_where_it_is_said_to(entry: dict[str, Any]) -> None:
    for report in reports_of(make_capture(entry["page"].strip())).reports:
        description, section = report.description, report.section
        spans = [span for _, proofs in description.evidence for span in proofs]
        spans += [one.evidence for one in description.indicators]
        spans += [mention for one in description.citations for mention in one.mentions]
        for span in spans:
            if span.where == "paragraph" and span.paragraph is not None:
                assert section.paragraphs[span.paragraph].text[span.start : span.end] == span.quote
            elif span.where == "title":
                assert section.title[span.start : span.end] == span.quote
