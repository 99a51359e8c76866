import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.export import CSV_COLUMNS, to_cells, write_csv, write_jsonl


def a_record(**values: Any) -> dict[str, Any]:
    record = {
        "id": "0123456789ab", "version": 1, "digest": "d" * 64, "title": "金乌县教育局工作总结", "issuer": None,
        "org_type": "bureau", "level": "county", "bureau": {"name": "教育局", "domain": "教育"}, "year": None,
        "year_status": "masked", "published_on": None, "script": "hans", "script_origin": "native", "kind": "summary",
        "masked": True, "flags": ["masked", "excerpt"], "parent": None, "part": 0,
        "place": {
            "province": "沧溟省", "prefecture": None, "county": "金乌县", "township": None, "code": None,
            "status": "as_written",
        },
        "source": {"site": None, "url": "http://a.example/"},
    }  # fmt: skip
    return {**record, **values}


def rows(*records: dict[str, Any]) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert write_csv(records, out) == len(records)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_what_is_not_known_is_an_empty_cell_and_never_a_guess() -> None:
    (row,) = rows(a_record(bureau=None))
    assert (row["year"], row["issuer"], row["prefecture"], row["bureau"]) == ("", "", "", "")
    assert (row["masked"], row["flags"], row["county"]) == ("true", "masked;excerpt", "金乌县")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_title_comes_back_from_the_table_as_it_was(title: str) -> None:
    (row,) = rows(a_record(title=title))
    assert row["title"].removeprefix("'") == title.removeprefix("'")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_title_is_never_run_as_a_formula(title: str) -> None:
    assert to_cells(a_record(title=title))["title"] == f"'{title}"


def test_every_column_is_filled() -> None:
    assert to_cells(a_record()).keys() == set(CSV_COLUMNS)


def test_lines_are_utf8_and_one_to_a_report() -> None:
    out = io.BytesIO()
    assert write_jsonl([a_record(), a_record()], out) == 2
    assert out.getvalue().count(b"\n") == 2
    assert "金乌县".encode() in out.getvalue()


def test_the_code_of_a_place_stands_beside_its_names() -> None:
    record = a_record()
    record["place"]["code"] = "990221"
    cells = to_cells(record)
    assert (cells["county"], cells["place_code"]) == ("金乌县", "990221")
    assert to_cells(a_record())["place_code"] == ""
