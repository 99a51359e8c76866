import io
import itertools
import json

import pytest

from archive.errors import IndexDamaged
from index.opensearch_bulk import Action, _batches, _pushed_back, spool
from index.opensearch_client import LONGEST_PAUSE_SECONDS, pause_seconds
from tests.index.engine_contract import REPORTS
from tests.index.making import make_document

ACTIONS = [Action(report_id=f"r{number}", family="f", source="{}\n") for number in range(3)]


def item(number: int, status: int, error: str = "") -> dict[str, dict[str, object]]:
    return {"index": {"_id": f"r{number}", "status": status, **({"error": {"type": error}} if error else {})}}


def test_only_what_was_pushed_back_is_sent_again() -> None:
    items = [
        item(0, 201),
        item(1, 429, "rejected_execution_exception"),
        item(2, 503, "unavailable_shards_exception"),
    ]
    assert _pushed_back(ACTIONS, items) == ACTIONS[1:]


def test_a_report_that_is_refused_for_good_is_named() -> None:
    with pytest.raises(IndexDamaged, match=r"refuses report r1.*mapper_parsing_exception"):
        _pushed_back(ACTIONS, [item(0, 200), item(1, 400, "mapper_parsing_exception"), item(2, 200)])


def test_taking_out_what_is_not_held_is_no_fault() -> None:
    gone = [Action(report_id="r0", family="f")]
    assert _pushed_back(gone, [{"delete": {"_id": "r0", "status": 404, "result": "not_found"}}]) == []


def test_pauses_double_differ_between_workers_and_have_an_end() -> None:
    one, other = list(pause_seconds(9)), list(pause_seconds(9))
    assert len(one) == 8
    assert one != other
    assert all(later > earlier for earlier, later in itertools.pairwise(one[:5]))
    assert all(0 < pause <= LONGEST_PAUSE_SECONDS for pause in one)


def test_batches_keep_all_actions_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.opensearch_bulk.BULK_BYTES", 50)
    batches = list(_batches(ACTIONS))
    assert len(batches) > 1
    assert [action for batch in batches for action in batch] == ACTIONS


def test_each_document_is_two_lines_and_its_text_is_not_among_them() -> None:
    out = io.StringIO()
    assert spool(REPORTS, out) == len(REPORTS)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[::2] == [[report.report_id, report.family or report.report_id] for report in REPORTS]
    assert lines[1]["characters"].startswith("桂 影 县 2 0 1 8 年")


def test_positions_count_characters_over_spaces_and_paragraphs() -> None:
    out = io.StringIO()
    spool([make_document("one", "甲 乙", "丙丁")], out)
    source = json.loads(out.getvalue().splitlines()[1])
    assert source["characters"].split()[:4] == ["甲", "___", "乙", "___"]
    assert source["grams"].split()[-2:] == ["丙丁", "丁"]
    assert len(source["grams"].split()) == len(source["characters"].split())
