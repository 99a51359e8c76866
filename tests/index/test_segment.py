import pytest

from index.segment import SHORT_HAN_CHARACTERS, to_segment


def test_a_short_segment_means_itself() -> None:
    segment = to_segment("政務公開")
    assert segment.literal == "政务公开"
    assert not segment.is_loose
    assert segment.grams == ("政务", "务公", "公开")
    assert segment.characters == tuple("政务公开")


@pytest.mark.parametrize(
    "typed", ["什么是政务公开", "政务公开有哪些", "政務公開是什麼", "政务公开吗", "政务公开？"]
)
def test_a_question_is_loose_and_its_question_words_are_left_out(typed: str) -> None:
    segment = to_segment(typed)
    assert segment.is_loose
    assert {"什么", "哪些", "吗"}.isdisjoint(segment.words)
    assert "公开" in segment.words or "政务公开" in segment.words


def test_a_sentence_is_loose() -> None:
    assert not to_segment("政" * SHORT_HAN_CHARACTERS).is_loose
    assert to_segment("政" * (SHORT_HAN_CHARACTERS + 1)).is_loose


def test_digits_and_latin_do_not_make_a_segment_long() -> None:
    assert not to_segment("国办发〔2019〕5号abcdefghijkl").is_loose


def test_a_segment_of_question_words_alone_keeps_them() -> None:
    segment = to_segment("什么")
    assert not segment.is_loose
    assert segment.words == ("什么",)


def test_no_gram_spans_a_mark_or_a_question_word() -> None:
    assert to_segment("甲〔乙").grams == ()
    assert "县公" not in to_segment("桂影县哪些公开").grams


def test_marked_terms_have_two_characters_and_do_not_cut_into_words() -> None:
    marked = to_segment("桂影县公开年报").marked
    assert {"桂影", "影县", "公开"} <= set(marked)
    assert "开年" not in marked
    assert all(len(term) > 1 for term in marked)


def test_pairs_with_a_binding_character_are_not_marked() -> None:
    assert "年的" not in to_segment("二年的桂").marked
