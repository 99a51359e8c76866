"""Quotations and highlights are exact over real collections, and over texts made of what is awkward."""

from pathlib import Path

import pytest

from bench import exactness, relevance
from bench.relevance import Question
from index.query import parse
from index.snippet import marks
from index.whoosh_engine import WhooshEngine
from tests.index.making import make_document

QUOTATIONS = 40


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cmrc", "drcd"])
def test_quotations_and_highlights_are_exact_in_either_script(
    name: str, shared_dir: Path, tmp_path: Path
) -> None:
    documents, questions = relevance.sample(name, 60, 60)
    engine = WhooshEngine.create(tmp_path / "index")
    engine.add(documents, change=1)
    quoted = list(exactness.phrases(documents, QUOTATIONS))
    measured = exactness.measure(engine, documents, questions, quoted, relevance.OTHER_SCRIPT[name])
    assert (measured.phrases, measured.texts >= 60) == (2 * QUOTATIONS, True)
    assert (measured.recall, measured.precision) == (1, 1)
    assert (measured.preserved, measured.same_spans) == (1, 1)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cmrc", "drcd"])
def test_every_question_of_a_collection_marks_alike_in_either_script(name: str, shared_dir: Path) -> None:
    documents = {one.report_id: one for one in relevance.read_documents(name)}
    other_script = relevance.OTHER_SCRIPT[name]
    different = [
        question.text
        for question in relevance.read_questions(name)
        for answer in question.grades
        for text in documents[answer].paragraphs
        if marks(text, parse(question.text)) != marks(text, parse(other_script(question.text)))
    ]
    assert different == []


def test_a_quotation_that_finds_too_much_or_too_little_is_measured_as_such(tmp_path: Path) -> None:
    held = [make_document("a", "依申请公开<b>&amp;"), make_document("b", "公开栏")]
    engine = WhooshEngine.create(tmp_path / "index")
    engine.add(held, change=1)
    questions = [Question(text="申请公开", grades={"a": 1}, split="tune")]
    right = exactness.measure(engine, held, questions, ["公开"], str)
    assert (right.recall, right.precision, right.preserved, right.same_spans) == (1, 1, 1, 1)
    stale = [make_document("a", "依申请"), make_document("b", "公开栏"), make_document("c", "公开日")]
    wrong = exactness.measure(engine, stale, questions, ["公开"], lambda text: text.replace("申请", ""))
    assert (wrong.recall, wrong.precision, wrong.same_spans) == (0.5, 0.5, 0)


def test_another_regions_word_is_marked_where_a_term_was_typed_and_not_in_a_question() -> None:
    text = "信息公开栏"
    assert marks(text, parse("資訊")) == ((0, 2),)
    assert marks(text, parse("資訊公開欄在哪裡?")) == marks(text, parse("资讯公开栏在哪里?"))
