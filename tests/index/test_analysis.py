import logging
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import PARAGRAPH_STEP, WHITESPACE_STEP, analyse, words_fingerprint
from index.fold import fold

LINE = st.text(st.sampled_from("政務公开 18年,。a\u3000\t"), max_size=12)


def gram_positions(text: str) -> list[tuple[str, int]]:
    return list(analyse([text]).grams)


def test_words_are_cut_from_folded_text_without_punctuation() -> None:
    assert analyse(["政務公開，工作總結。"]).words == analyse(["政务公开,工作总结"]).words
    assert "," not in analyse(["政务公开,工作总结"]).words


def test_digits_are_kept_and_grouped_ones_are_joined() -> None:
    assert {"2019", "5"} <= set(analyse(["国办发〔2019〕5号"]).words)
    assert "3045" in analyse(["受理３，０４５件"]).words
    assert "1234567" in analyse(["共1,234,567元"]).words


@pytest.mark.parametrize("text", ["2018,123", "1,23", "12,3456"])
def test_a_comma_that_groups_no_thousands_parts_two_numbers(text: str) -> None:
    assert analyse([text]).words == tuple(text.split(","))


def test_grams_are_all_neighbouring_characters_and_the_last_one_alone() -> None:
    assert gram_positions("18年。") == [("18", 0), ("8年", 1), ("年。", 2), ("。", 3)]


def test_a_single_character_is_a_gram() -> None:
    assert gram_positions("县") == [("县", 0)]


def test_whitespace_of_any_length_takes_one_position() -> None:
    assert (
        gram_positions("甲乙 丙") == gram_positions("甲乙 \u3000\t丙") == [("甲乙", 0), ("乙", 1), ("丙", 3)]
    )


def test_paragraphs_are_further_apart_than_whitespace() -> None:
    (_, before), (_, after) = analyse(["甲", "乙"]).grams
    assert after - before == 1 + PARAGRAPH_STEP > 1 + WHITESPACE_STEP


@given(st.lists(LINE, max_size=4))
def test_positions_rise_and_give_every_character_but_whitespace(paragraphs: list[str]) -> None:
    analysis = analyse(paragraphs)
    positions = [position for _, position in analysis.grams]
    assert positions == sorted(set(positions))
    assert "".join(gram[0] for gram, _ in analysis.grams) == fold("".join("".join(paragraphs).split()))
    assert len(analysis.characters) == len(analysis.grams)


def test_the_dictionary_loads_without_a_log_line_or_a_file_in_the_shared_temporary_folder(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("temporary")
    code = "from index.analysis import analyse; print(analyse(['政务公开']).words)"
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", code],
        env={"TMPDIR": str(folder), "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    assert logging.getLogger("jieba").handlers  # jieba brings its own, which must have stayed silent


def test_the_fingerprint_names_jieba_and_its_dictionary() -> None:
    name, version, digest = words_fingerprint().split()
    assert (name, version, len(digest)) == ("jieba", "0.42.1", 64)
