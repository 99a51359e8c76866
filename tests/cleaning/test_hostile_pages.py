"""Whatever a page holds, it gives reports or says in one line why not."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import CaptureError
from archive.model import Block, Outcome
from archive.pipeline import reports_of
from archive.rulebook import load_rulebook
from tests.conftest import make_capture

FRAGMENTS = (
    "返回顶部 返回 顶部 大 中 打印 分享 新浪微博 qq 好友 相关文章 推荐 上一篇 来源: 作者: 2012-1-1 首页 版权 字 1 共 会员 登录 文档 下载 编辑"
    " 全文 省略 (未完,全文 仅显示1字,全文共1字 http://a ( ) 【 】 … ... —— - | > 《 》 , 。"
).split()
HANG_SECONDS = 60  # not a measurement: a pattern that backtracks exponentially would take years


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("a pattern backtracks without end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("rule", load_rulebook().every_site.rules, ids=lambda rule: rule.name)
def test_no_line_makes_a_rule_backtrack_for_ever(rule: object) -> None:
    (entry,) = (r for r in load_rulebook().every_site.rules if r is rule)
    length = 400 if entry.action in ("gap", "cut") else entry.max_chars - 1
    with alarm(HANG_SECONDS):
        for pair in product([*FRAGMENTS, " "], repeat=2):
            text = ("".join(pair) * length)[:length] + "!"
            if entry.action in ("gap", "cut"):
                assert entry.pattern is not None
                entry.pattern.search(text)
            else:
                entry.match_block(Block(text=text, index=0, captured=text))


PIECES = [
    *FRAGMENTS,
    "我镇公开信息三十条。",
    "\n",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "<!--",
    "]]>",
    "<script>",
    "篇一",
    "篇二",
    "務(wù)",
    "\x00",
    "\ud7ff",
    "_",
    "x",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_page_gives_reports_or_a_capture_error(pieces: list[str], is_html: bool) -> None:
    text = ("<html>" if is_html else "") + "".join(pieces)
    outcome = outcome_of(text.encode("utf-8", errors="replace"))
    if outcome is not None:
        assert outcome.reports
        for report in outcome.reports:
            assert all(paragraph.text.strip() for paragraph in report.section.paragraphs)
            assert all(gap.paragraph < len(report.section.paragraphs) for gap in report.section.gaps)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_reports_or_a_capture_error(body: bytes) -> None:
    outcome_of(body)


def outcome_of(body: bytes) -> Outcome | None:
    try:
        return reports_of(make_capture(body))
    except CaptureError as error:
        message = str(error)
    assert "\n" not in message
    return None


@given(
    st.lists(
        st.sampled_from(["我镇公开信息三十条,群众满意。", "一、公开情况", "玉杵镇总结", "2018年1月1日"]),
        min_size=3,
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_block_is_kept_once_or_accounted_for(lines: list[str]) -> None:
    outcome = outcome_of("\n".join(lines).encode())
    if outcome is None or len(outcome.reports) > 1:
        return
    section = outcome.reports[0].section
    kept = [paragraph.block for paragraph in section.paragraphs]
    gone = [dropped.block for dropped in section.dropped]
    assert len(kept) == len(set(kept))
    assert not set(kept) & set(gone)
    missing = set(range(len(lines))) - set(kept) - set(gone)
    assert len(missing) <= 1  # the title's own block


TEN_MEGABYTES = 10_000_000
SOON_SECONDS = 30  # single seconds on an idle machine


@pytest.mark.parametrize(
    "piece", ["<div>", "<table><tr><td>", "<div>我镇公开。", "<tr>", "<a href=x>", "<p>我镇公开。</p>"]
)
def test_ten_megabytes_of_tags_end_in_a_clear_refusal(piece: str) -> None:
    body = piece.encode() * (TEN_MEGABYTES // len(piece.encode()))
    with alarm(SOON_SECONDS), pytest.raises(CaptureError, match="no page of reports"):
        reports_of(make_capture(body, media_type="text/html"))


@pytest.mark.parametrize(
    "line", ["打印\n", "我镇公开信息三十条,群众满意。\n", "我镇公开信息三十条,群众满意。"]
)
def test_ten_megabytes_of_text_end_in_a_clear_refusal(line: str) -> None:
    body = line.encode() * (TEN_MEGABYTES // len(line.encode()))
    with alarm(SOON_SECONDS), pytest.raises(CaptureError, match=r"no page of reports|no paragraph"):
        reports_of(make_capture(body, media_type="text/plain"))


@pytest.mark.parametrize(
    "piece", ["<tr>務(wù)", "　", "<!--", "<script>", "<html><script>", "<script><html>", "中", "<"]
)
def test_what_once_took_minutes_ends_soon(piece: str) -> None:
    """Found by bench/fuzz.py: patterns that looked for the end of a page were cubic in these."""
    with alarm(SOON_SECONDS):
        outcome_of(f"<html><p>{piece * 5000}<p>".encode())
