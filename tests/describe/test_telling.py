"""What spares costly patterns most lines never spares them one that they match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.describe import issuer
from archive.describe.masks import _MASK, _SIGN
from archive.describe.names import NAME
from archive.describe.quantities import _COUNTING, without_counting_words
from archive.describe.text import Line, find

COUNTING_WORDS = "共 共计 共有 总 总数量 数量 计 累计 达到 不低于 超过 约 : 件 于".split()
PIECES = (
    "桂影县 玉杵镇 望舒市 教育局 人民政府 政府 办公室 委员会 将 把 共 现 由 编制 公开 报告 年报 请 与 联系 2018年 2018年度 制定 xx 某 ○○ **市 "
    "__年 20xx年 的 了 , 。 ; 高度重视 位于 建立 《 》 信息公开 本报告 二〇一八年一月二日 (盖章) 发布机构:"
).split(" ")
OPENINGS = (*issuer._OPENINGS, issuer._OWN_DOCUMENT_UNQUOTED, issuer._SUBJECT, issuer._LOCAL_SUBJECT)
lines = st.lists(st.sampled_from([*PIECES, " "]), max_size=14).map("".join)


def line(text: str) -> Line:
    return Line(where="paragraph", original=text, text=text, prose=text, paragraph=0)


@pytest.mark.parametrize("number", range(len(OPENINGS)))
@given(text=lines)
@settings(max_examples=200, deadline=None)
def test_a_line_with_an_opening_or_a_subject_is_told(number: int, text: str) -> None:
    telling, pattern = OPENINGS[number]
    with_it = [found.match.span() for found in find(pattern, (line(text),), telling=telling)]
    named = [match.span() for match in pattern.finditer(text) if match["name"]]
    assert [span for span in named if span not in with_it] == []


def drawable(pattern: str) -> str:
    """The pattern without what it looks at beside itself; it matches all that the pattern does, and more."""
    looks = r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)"
    return re.sub(looks, "", pattern)


@given(name=st.from_regex(re.compile(drawable(NAME)), fullmatch=True))
@settings(deadline=None)
def test_every_name_ends_as_the_subjects_of_sentences_are_told_by(name: str) -> None:
    assert not name or name[-1] in issuer._ENDS


@given(text=lines)
@settings(max_examples=500, deadline=None)
def test_a_line_with_a_signature_is_told(text: str) -> None:
    if issuer._SIGNATURE.search(text):
        assert not issuer._NO_SIGNATURE.search(text)


@given(text=lines)
@settings(max_examples=500, deadline=None)
def test_a_line_with_a_mask_is_told(text: str) -> None:
    if any(match["mask"] for match in _MASK.finditer(text)):
        assert _SIGN.search(text)


@given(st.lists(st.sampled_from([*COUNTING_WORDS, " "]), max_size=40).map("".join))
@settings(deadline=None)
def test_counting_words_go_however_many_stand_at_the_end(text: str) -> None:
    assert without_counting_words(text) == _COUNTING.sub("", text)
