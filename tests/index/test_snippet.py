from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fold import fold
from index.query import parse
from index.snippet import best_snippets, marks

TEXT = st.text(st.sampled_from("政務务公開开计畫划年 ,。1"), max_size=60)
QUERY = st.text(st.sampled_from('政务公開计划年 "-1'), max_size=12)


def marked(text: str, typed: str, **options: object) -> list[str]:
    return [text[start:end] for start, end in marks(text, parse(typed), **options)]  # type: ignore[arg-type]


@given(TEXT, QUERY)
def test_marks_lie_in_the_text_in_order_and_apart(text: str, typed: str) -> None:
    spans = marks(text, parse(typed))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


@given(TEXT, QUERY)
def test_marks_are_the_same_in_the_other_script(text: str, typed: str) -> None:
    assert marks(text, parse(typed)) == marks(fold(text), parse(typed))


@given(TEXT, st.text(st.sampled_from("政务公開计划年1"), min_size=2, max_size=4))
def test_every_occurrence_of_a_phrase_is_marked_whole(text: str, phrase: str) -> None:
    spans = marks(text, parse(f'"{phrase}"'))
    folded, wanted = fold(text), fold(phrase)
    for at in range(len(text)):
        if folded.startswith(wanted, at):
            assert any(start <= at and at + len(wanted) <= end for start, end in spans)
    covered = {place for start, end in spans for place in range(start, end)}
    occurring = (range(at, at + len(wanted)) for at in range(len(text)) if folded.startswith(wanted, at))
    assert covered == {place for places in occurring for place in places}


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("本局重視政務公開工作", "政务公开", ["政務公開"]),
        ("本局重视政务公开工作", "政務公開", ["政务公开"]),
        ("政务信息与公开信息", "政务公开", ["政务", "公开"]),
        ("政务公开栏公开了政务信息", "政务公开", ["政务公开"]),
        ("受理3,045件,共3045件", "3045", ["3,045", "3045"]),
        ("受理13,045件", "3045", ["3,045"]),
        ("信息 \u3000公开", '"信息 公开"', ["信息 \u3000公开"]),
        ("县里的县", "县", ["县", "县"]),
        ("县里的县年报", "县 年报", ["年报"]),
        ("县里的县年报", '"县" 年报', ["县", "县年报"]),
        ("桂影村与影县", "桂影县", ["桂影", "影县"]),
        ("公开而不受理", "公开 -受理", ["公开"]),
        ("公开", "", []),
        ("公开", "层级:县", []),
        ("哪些政务公开了", "哪些政务要公开", ["政务公开"]),
        ("ＡＢＣ", "abc", ["ＡＢＣ"]),
        ("a.c abc", '"a.c"', ["a.c"]),
    ],
)
def test_what_is_marked(text: str, typed: str, found: list[str]) -> None:
    assert marked(text, typed) == found


def test_a_condition_on_the_title_is_marked_in_the_title_alone() -> None:
    assert marked("桂影县年度报告", "标题:年度报告", field="title") == ["年度报告"]
    assert marked("桂影县年度报告", "标题:年度报告") == []


@given(st.lists(TEXT, max_size=4), QUERY, st.integers(5, 40), st.integers(1, 3))
def test_a_snippet_is_a_slice_of_its_paragraph_with_its_marks(
    paragraphs: list[str], typed: str, length: int, count: int
) -> None:
    query = parse(typed)
    snippets = best_snippets(paragraphs, query, length_chars=length, count=count)
    assert len(snippets) <= count
    assert bool(snippets) == any(marks(text, query) for text in paragraphs)
    for snippet in snippets:
        text = paragraphs[snippet.paragraph]
        assert snippet.text == text[snippet.start : snippet.end]
        places = {place for start, end in marks(text, query) for place in range(start, end)}
        shown = {snippet.start + place for start, end in snippet.marks for place in range(start, end)}
        assert shown == places & set(range(snippet.start, snippet.end))
        assert shown
    assert [(s.paragraph, s.start) for s in snippets] == sorted((s.paragraph, s.start) for s in snippets)


def test_the_passage_with_most_of_the_terms_is_shown() -> None:
    paragraphs = ["公开。" + "甲" * 200, "乙" * 100 + "本年受理申请并公开答复", "受理" + "丙" * 50]
    (snippet,) = best_snippets(paragraphs, parse("公开 受理 答复"), length_chars=60, count=1)
    assert snippet.paragraph == 1
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["受理", "公开答复"]


def test_a_second_passage_shows_what_the_first_does_not() -> None:
    paragraphs = ["公开公开" + "甲" * 200 + "公开", "乙" * 200 + "答复"]
    found = best_snippets(paragraphs, parse("公开 OR 答复"), length_chars=40, count=2)
    assert [snippet.paragraph for snippet in found] == [0, 1]


def test_a_snippet_begins_and_ends_with_a_sentence_where_one_is_near() -> None:
    text = "甲" * 50 + "。本年公开信息十条。" + "乙" * 50
    (snippet,) = best_snippets([text], parse("公开"), length_chars=10, count=1)
    assert snippet.text == "本年公开信息十条。"


def test_a_phrase_longer_than_a_snippet_is_shown_whole() -> None:
    phrase = "公开" * 30
    (snippet,) = best_snippets(["甲" * 40 + phrase], parse(f'"{phrase}"'), length_chars=20, count=1)
    assert phrase in snippet.text


def test_a_very_long_text_is_no_trouble() -> None:
    found = best_snippets(["公开受理" * 50_000], parse("公开 受理"), length_chars=100)
    assert found[0].text.startswith("公开受理")
