"""What the keeper decides of a block holds over the rules, and is told."""

from dataclasses import replace

import pytest

from archive.corrections import names_of_blocks
from archive.decode import decode
from archive.errors import NoReportFound
from archive.explain import explain
from archive.ids import digest_of
from archive.model import Capture, Decision, Fate, Report
from archive.page import read_page
from archive.pipeline import reports_of
from archive.repair import repair
from archive.rulebook import load_rulebook
from tests.conftest import CAPTURED_AT, make_capture
from tests.ingest.pages import page

CAPTURE = make_capture(
    page(3).decode().replace("<h1>", "<p>收藏本页</p><h1>"),
    source_url="http://www.guiying.gov.example/1.html",
)


def decided(capture: Capture, **fates: Fate) -> Capture:
    """The capture with a decision for each block that begins with these words."""
    blocks = list(names_of_blocks(repair(read_page(capture, decode(capture)))))
    decisions = []
    for words, fate in fates.items():
        (name,) = [name for block, name in blocks if block.text.startswith(words)][:1]
        decisions.append(
            Decision(
                capture=digest_of(capture.body), block=name[0], nth=name[1], fate=fate, decided_at=CAPTURED_AT
            )
        )
    return replace(capture, decisions=tuple(decisions))


def report_of(capture: Capture) -> Report:
    (report,) = reports_of(capture).reports
    return report


def lines(report: Report) -> list[str]:
    return [one.text for one in report.section.paragraphs]


def test_a_block_that_the_rules_dropped_is_kept_in_its_place() -> None:
    before = lines(report_of(CAPTURE))
    report = report_of(decided(CAPTURE, 收藏本页="keep"))
    assert lines(report) == ["收藏本页", *before]
    assert "收藏本页" not in [one.text for one in report.section.dropped]


def test_a_block_that_the_rules_kept_is_dropped_and_said_to_be_the_keepers_doing() -> None:
    before = lines(report_of(CAPTURE))
    capture = decided(CAPTURE, 二="drop")
    report = report_of(capture)
    assert lines(report) == [one for one in before if not one.startswith("二")]
    assert ("二、主动公开政府信息情况", "keeper") in [(one.text, one.rule) for one in report.section.dropped]
    assert report.section.decisions == capture.decisions
    story = next(one for one in explain(capture, load_rulebook()).stories if one.block.text.startswith("二"))
    assert (story.fate, story.rule) == ("dropped", "keeper")


def test_a_block_becomes_the_title_and_leaves_the_text() -> None:
    report = report_of(decided(CAPTURE, 一="title"))
    assert report.section.title == "一、概述"
    assert "一、概述" not in lines(report)


def test_where_the_rules_find_no_report_the_keeper_can() -> None:
    capture = make_capture(
        "<html><title>望舒市</title><body><p>首页</p><p>本年没有收到申请。</p></body></html>"
    )
    with pytest.raises(NoReportFound):
        reports_of(capture)
    report = report_of(decided(capture, 本年="keep"))
    assert (report.section.title, lines(report)) == ("望舒市", ["本年没有收到申请。"])


def test_a_decision_whose_block_is_gone_is_noted() -> None:
    (one,) = decided(CAPTURE, 二="drop").decisions
    lost = replace(CAPTURE, decisions=(replace(one, block="0" * 64),))
    assert lines(report_of(lost)) == lines(report_of(CAPTURE))
    assert any("no longer gives" in note for note in report_of(lost).section.notes)


def test_to_drop_all_leaves_no_report() -> None:
    blocks = names_of_blocks(repair(read_page(CAPTURE, decode(CAPTURE))))
    decisions = tuple(
        Decision(
            capture=digest_of(CAPTURE.body), block=name[0], nth=name[1], fate="drop", decided_at=CAPTURED_AT
        )
        for _, name in blocks
    )
    with pytest.raises(NoReportFound, match="leave no text"):
        reports_of(replace(CAPTURE, decisions=decisions))
