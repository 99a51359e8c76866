"""Words by rjieba where the environment asks for it; an index tells which it was made with."""

from pathlib import Path

import pytest

from archive.errors import BadSetting, IndexOutdated
from index.analysis import cut_words, words_fingerprint
from index.engine import SearchRequest
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.engine_contract import REPORTS

TEXTS = (
    "政务公开工作年度报告",
    "依申请公开67件,全部按时办结",
    "2018年公开3,045条信息",
    "桂影县人民政府办公室",
)


def test_both_cut_han_text_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba", reason="the extra `fast` is not installed")
    by_jieba = [list(cut_words(text)) for text in TEXTS]
    monkeypatch.setenv("ARCHIVE_WORDS", "rjieba")
    assert [list(cut_words(text)) for text in TEXTS] == by_jieba


def test_an_index_is_refused_where_words_are_cut_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rjieba", reason="the extra `fast` is not installed")
    monkeypatch.setenv("ARCHIVE_WORDS", "rjieba")
    WhooshEngine.create(tmp_path / "index").add(REPORTS, change=1)
    engine = WhooshEngine.open(tmp_path / "index")
    assert engine.search(SearchRequest(query=parse("依申请公开"))).total == 1
    monkeypatch.delenv("ARCHIVE_WORDS")
    with pytest.raises(IndexOutdated, match=r"another words \(rjieba .* there, jieba .* here\).*reindex"):
        WhooshEngine.open(tmp_path / "index")


def test_a_setting_that_names_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_WORDS", "pkuseg")
    with pytest.raises(BadSetting, match="ARCHIVE_WORDS is 'pkuseg'; give jieba or rjieba"):
        words_fingerprint()
