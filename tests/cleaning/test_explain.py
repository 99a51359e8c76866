"""`explain` tells of every block what became of it, and why."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive.explain import explain, to_html, to_lines
from archive.rulebook import load_rulebook
from tests.conftest import PROJECT, make_capture

PAGE = (
    "<!DOCTYPE html><html><body><ul><li><a href='/'>首页</a></li></ul><h1>玉杵镇政务公开总结</h1>"
    "<div id=zw><p>今年以来,我镇把政务公开列入议事日程,年初有计划,年终有考核。</p>"
    "<p>全年公开信息三十六条,<b>群众</b>来电咨询二十次,都作了答复。</p></div>"
    "<p>收藏本页】【打印</p><script>alert('<b>')</script><p>您是第三位访客</p></body></html>"
)


def test_each_block_is_told_once_with_its_fate() -> None:
    told = explain(make_capture(PAGE), load_rulebook())
    fates = {story.block.text: (story.fate, story.rule) for story in told.stories}
    assert fates["玉杵镇政务公开总结"] == ("title", "")
    assert fates["今年以来,我镇把政务公开列入议事日程,年初有计划,年终有考核。"] == ("kept", "")
    assert fates["收藏本页】【打印"] == ("dropped", "toolbar")
    assert fates["您是第三位访客"] == ("dropped", "outside-text")
    assert [story.block.index for story in told.stories] == list(range(len(told.stories)))


def test_what_features_decided_is_told_with_them() -> None:
    told = explain(make_capture(PAGE), load_rulebook())
    judged = [story for story in told.stories if story.rule in ("", "outside-text")]
    assert all(story.reasons and story.likelihood is not None for story in judged)
    kept = [story.likelihood for story in judged if story.fate == "kept"]
    gone = [story.likelihood for story in judged if story.fate == "dropped"]
    assert min(filter(None, kept)) > max(filter(None, gone))


def test_lines_name_the_rule_and_html_escapes_the_page() -> None:
    capture = make_capture(PAGE.replace("您是第三位访客", "您是&lt;script&gt;第三位访客"))
    told = explain(capture, load_rulebook())
    assert any("收藏本页】【打印" in line and "[toolbar]" in line for line in to_lines(told))
    page = to_html(told)
    assert "您是&lt;script&gt;第三位访客" in page
    assert "<script>" not in page


def test_a_page_without_a_report_is_explained_too() -> None:
    told = explain(make_capture("<html><body><ul><li><a href=/>首页</a></ul></body></html>"), load_rulebook())
    assert told.page is None
    assert "no running text" in to_lines(told)[-1]


@pytest.mark.parametrize("option", [[], ["--html"]])
def test_the_command_prints_or_writes(tmp_path: Path, option: list[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    out = tmp_path / "out.html"
    command = [
        sys.executable,
        "ingest.py",
        "explain",
        str(tmp_path / "page.html"),
        *option,
        *([str(out)] if option else []),
    ]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    shown = out.read_text(encoding="utf-8") if option else done.stdout
    assert "toolbar" in shown
    assert "玉杵镇政务公开总结" in shown
