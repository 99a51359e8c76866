"""Whatever a page holds, it gives reports or says in one line why not."""

import signal
import sys
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


SENTENCE = "今年以来,我镇主动公开政府信息三十条,群众满意。"
MEGABYTE = 1_000_000
LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
WITH_A_REPORT_ON_THEM = {
    "an attribute of ten megabytes": f"<html><p class='{'x ' * (5 * MEGABYTE)}'>{SENTENCE}",
    "a style of megabytes": f"<html><p style='{'display :' * (MEGABYTE // 2)}'>{SENTENCE}",
    "200,000 attributes": f"<html><p {' '.join(f'a{n}=1' for n in range(200_000))}>{SENTENCE}",
    "entities that stand for entities": f"<!DOCTYPE html [<!ENTITY a0 '中'>{LAUGHS}]><html><p>&a11;{SENTENCE}",
    "199,000 tiny elements": f"<html><p>{SENTENCE}<p>{'<b>中</b>' * 190_000}",
    "tables in tables": f"<table><tr><td>{SENTENCE}" * 3000,
    "a title of megabytes": f"<html><title>{'中-' * MEGABYTE}</title><p>{SENTENCE}",
    "a script of megabytes": f"<html><script>{'<html>' * MEGABYTE}</script><p>{SENTENCE}",
    "NULs in the tags": f"<html><\x00p\x00>{SENTENCE * 2}",
    "elements that never close": f"<html>{f'<p><font>{SENTENCE}' * 500}",
    "data nested beyond all recursion": f"<html><script type=application/ld+json>{'[' * 99_000}</script><p>{SENTENCE}",
}
REFUSED = {
    "one line of ten megabytes": f"<html><p>{SENTENCE * (10 * MEGABYTE // 75)}",
    "entities in one line of megabytes": f"<html><p>{'&#x4e2d;' * MEGABYTE}",
    "megabytes of NULs": "<html><p>" + "\x00" * (5 * MEGABYTE) + SENTENCE,
    "28 megabytes of paragraphs": f"<p>{SENTENCE}</p>" * (28 * MEGABYTE // 80),
    "comments that never close": f"<html>{'<!--' * MEGABYTE}{SENTENCE}",
}


@pytest.mark.parametrize("what", WITH_A_REPORT_ON_THEM)
def test_a_report_is_found_among(what: str) -> None:
    with alarm(SOON_SECONDS):
        outcome = outcome_of(WITH_A_REPORT_ON_THEM[what].encode())
    assert outcome is not None
    texts = [paragraph.text for report in outcome.reports for paragraph in report.section.paragraphs]
    assert any(SENTENCE in text for text in texts)


@pytest.mark.parametrize("what", REFUSED)
def test_a_page_is_refused_that_is(what: str) -> None:
    with alarm(SOON_SECONDS):
        assert outcome_of(REFUSED[what].encode()) is None


GROWING = {
    "nested tables": "<table><tr><td>" + SENTENCE,
    "elements that never close": "<p><font>" + SENTENCE,
    "rows": "<tr><td>1<td>2</tr>",
    "links": f"<li><a href=x>{SENTENCE[:9]}</a>",
    "nested containers": "<div class='nav a' id=b>中",
    "hidden elements": "<div hidden>" + SENTENCE,
    "lines of chrome": "<p>打印</p>",
    "repeated titles": "<p>桂影县2018年政务公开工作总结</p>",
    "paywalls": "<p>(未完,全文共9字,当前仅显示8字)</p>",
    "paywalls in one block": "(未完,全文共9字,当前仅显示8字)",
    "watermarks": "<p>公开。精品文档---下载后可任意编辑</p>",
    "parts": "<p>第一篇</p><p>" + SENTENCE,
    "dates with clocks": "<p>2018-01-02 10:20</p>",
    "names of places": "桂影县玉杵镇、",
    "numbers": "公开信息30条,",
    "citations": "《中华人民共和国政府信息公开条例》(国令第492号)",
    "merged forms": "實施情況后里面,",
    "signatures": "<p>桂影县教育局2018年1月2日</p>",
}


@pytest.mark.parametrize("what", GROWING)
def test_twice_the_page_is_twice_the_work(what: str) -> None:
    """Counts calls, of Python and of C, so that no clock is asked: quadratic work counts four times."""
    sizes = [200, 400]
    once, twice = (calls_for(f"<html><p>{SENTENCE}</p>{GROWING[what] * size}") for size in sizes)
    assert twice < 2.4 * once


def calls_for(page: str) -> int:
    """How many calls reading a page makes, once caches are warm that last longer than a page."""
    count = 0

    def tick(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    outcome_of(page.encode())
    sys.setprofile(tick)
    try:
        outcome_of(page.encode())
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece", ["<tr>務(wù)", "　", "<!--", "<script>", "<html><script>", "<script><html>", "中", "<"]
)
def test_what_once_took_minutes_ends_soon(piece: str) -> None:
    """Found by bench/fuzz.py: patterns that looked for the end of a page were cubic in these."""
    with alarm(SOON_SECONDS):
        outcome_of(f"<html><p>{piece * 5000}<p>".encode())
