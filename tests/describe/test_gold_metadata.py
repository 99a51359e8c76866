"""The description of real pages against a person's reading of them."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.model import Description
from archive.pipeline import reports_of
from tests.conftest import make_capture

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
PLACE_FIELDS = ("province", "prefecture", "county", "township")

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def described(shared_dir: Path) -> list[tuple[dict[str, Any], Description]]:
    """Each gold report with what the pipeline says of it."""
    found: dict[str, Description] = {}
    for path in sorted((shared_dir / "seeds").glob("*.txt")):
        number = path.name.partition("_")[0]
        for report in reports_of(make_capture(path.read_bytes(), origin=path.name)).reports:
            part = report.section.part
            found[f"{number}#{part}" if part else number] = report.description
    gold = json.loads((shared_dir / "gold" / "metadata.json").read_text(encoding="utf-8"))["reports"]
    assert sorted(found) == sorted(row["id"] for row in gold)
    return [(row, found[row["id"]]) for row in gold]


def _truncation(description: Description) -> str:
    if "truncated" in description.flags:
        return "paywall"
    return "excerpt" if "excerpt" in description.flags else "none"


def judge(gold: dict[str, Any], description: Description) -> dict[str, bool]:
    """Which fields are right. Where gold allows several ranks, any of them or none is."""
    ranks = gold["admin_level_candidates"]
    bureau = gold["bureau"] or {}
    published = description.published_on.isoformat() if description.published_on else None
    named = {field: getattr(description.place, field) for field in PLACE_FIELDS}
    return {
        "level": description.level in ranks or (description.level is None and len(ranks) > 1),
        "org_type": description.org_type == gold["org_type"],
        "script": description.script == gold["script"].lower(),
        "script_origin": (description.script_origin == "converted")
        == (gold["script_origin"] == "mechanical_s2t"),
        "masked": description.masked == gold["masked"],
        "truncated": (_truncation(description) != "none") == gold["truncated"],
        "truncation_type": _truncation(description) == gold["truncation_type"],
        "year": description.year == gold["report_year"],
        "year_status": description.year_status == gold["year_status"].replace("explicit", "stated"),
        "kind": description.kind == gold["doc_kind"],
        "bureau_domain": (description.bureau.domain if description.bureau else None) == bureau.get("domain"),
        "bureau_name": (description.bureau.name if description.bureau else None) == bureau.get("as_written"),
        "issuer": description.issuer in {gold["issuing_body"], gold["issuing_body_as_written"]},
        "published_on": published == gold["publication_date"],
        "title_hans": description.title_hans == gold["title_hans"],
        "word_filtered": ("word_filtered" in description.flags) == gold["word_filtered"],
        "place": named | {"code": description.place.code}
        == {field: gold["place"][field] for field in (*PLACE_FIELDS, "code")},
        "no_wrong_place": all(name in {None, gold["place"][field]} for field, name in named.items()),
    }


def test_each_field_is_as_good_as_its_floor_and_the_floor_as_high_as_the_field(
    described: list[tuple[dict[str, Any], Description]],
) -> None:
    right: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for gold, description in described:
        for field, is_right in judge(gold, description).items():
            right[field] += is_right
            if not is_right:
                wrong.setdefault(field, []).append(gold["id"])
    assert dict(right) == FLOORS, f"measured {dict(right)}; wrong: {wrong}"


def test_no_year_is_claimed_that_a_person_refuses(
    described: list[tuple[dict[str, Any], Description]],
) -> None:
    for gold, description in described:
        if gold["year_status"] != "explicit":
            assert "year_doubt" in description.flags, gold["id"]
        if gold["report_year"] is None:
            assert description.year is None, gold["id"]


def test_a_compilations_heading_is_nobodys_bureau(
    described: list[tuple[dict[str, Any], Description]],
) -> None:
    for gold, description in described:
        if gold["part_index"]:
            spans = [span for _, found in description.evidence for span in found]
            assert all(span.where == "paragraph" for span in spans), gold["id"]
