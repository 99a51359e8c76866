"""Snippets and marks as plain code finds them: one pattern tried at every character, every passage looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.corpus import reports
from bench.speed_queries import QUESTIONS
from index.query import parse
from index.snippet import best_snippets, marks
from tests.index.oracle import snippets as plain

CHARACTERS = "政務务公開开計畫划年 ,，。\n\t 1304５\x00\ud800\ufffdＡab"
PARAGRAPHS = st.lists(st.text(st.sampled_from(CHARACTERS), max_size=120), max_size=5)
PIECES = st.sampled_from(
    (
        "政务",
        "公開",
        "政务公开",
        "计划",
        "年",
        "1304",
        "13045",
        '"务 公"',
        '"公开 1"',
        '"\x00"',
        '"\ud800"',
        "ab",
        "OR",
    )
)
TYPED = st.lists(PIECES, max_size=5).map(" ".join) | st.text(st.sampled_from(CHARACTERS + '"-?'), max_size=20)


@given(PARAGRAPHS, TYPED, st.integers(1, 60), st.integers(0, 3))
def test_snippets_are_those_of_plain_code(paragraphs: list[str], typed: str, length: int, count: int) -> None:
    query = parse(typed)
    found = best_snippets(paragraphs, query, length_chars=length, count=count)
    assert found == plain.best_snippets(paragraphs, query, length_chars=length, count=count)


@given(st.text(st.sampled_from(CHARACTERS), max_size=120), TYPED)
def test_marks_are_those_of_plain_code(text: str, typed: str) -> None:
    query = parse(typed)
    assert marks(text, query) == plain.marks(text, query)


@pytest.fixture(scope="module")
def made_reports() -> list[tuple[str, ...]]:
    return [made.document.paragraphs for made in reports(60)]


@pytest.mark.parametrize("typed", QUESTIONS)
def test_made_reports_have_the_snippets_of_plain_code(
    typed: str, made_reports: list[tuple[str, ...]]
) -> None:
    query = parse(typed)
    for paragraphs in made_reports:
        found = best_snippets(paragraphs, query, length_chars=90, count=2)
        assert found == plain.best_snippets(paragraphs, query, length_chars=90, count=2)


def test_only_the_first_of_very_many_occurrences_are_looked_at() -> None:
    paragraphs = ["公开受理" * 400, "公开答复" * 400, "受理答复"]
    query = parse("公开 OR 受理 OR 答复 OR 公开答复")
    found = best_snippets(paragraphs, query, length_chars=1700, count=3)
    assert found == plain.best_snippets(paragraphs, query, length_chars=1700, count=3)
