import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.hanzi import load_dictionary
from index.fold import LONG, MERGED, NARROWED, SURROGATES, fold, fold_fingerprint, fold_table

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)


@given(ANY_TEXT)
def test_the_length_stays_whatever_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY_TEXT, ANY_TEXT)
def test_a_text_folds_as_its_pieces_do(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


def test_every_code_point_folds_to_one_code_point_that_folds_to_itself() -> None:
    table = fold_table()
    assert all(len(folded) == 1 for folded in table.values())
    assert [folded for folded in table.values() if folded.translate(table) != folded] == []


def test_no_code_point_outside_the_narrowed_ranges_has_a_narrow_or_lower_form() -> None:
    walked = {code for narrowed in NARROWED for code in narrowed} | set(SURROGATES)
    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if code not in walked
        for form in (unicodedata.normalize("NFKC", chr(code)), chr(code).lower())
        if len(form) == 1 and form != chr(code)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("政務公開工作總結", "政务公开工作总结"),
        ("計畫", "计划"),
        ("ＡＢＣ（２０１９）", "abc(2019)"),
        ("關於瞭解覆函徵求意見", "关于了解复函征求意见"),
        ("於是著手", "于是着手"),
        ("衛生與衞生", "卫生与卫生"),
        ("群眾、羣衆", "群众、群众"),
        ("二○一八年", "二〇一八年"),
        ("乾部餘額", "干部余额"),
    ],
)
def test_forms_of_one_text_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_marks_that_would_change_the_length_stay() -> None:
    assert fold("…㎡ﬁİ") == "…㎡ﬁİ"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert fold("a\ud800b") == "a\ufffdb"


def test_opencc_phrases_come_out_as_opencc_has_them_but_for_the_named_ones() -> None:
    phrases = load_dictionary("TSPhrases").items()
    different = [
        key for key, values in phrases if len(key) == len(values[0]) and fold(key) != fold(values[0])
    ]
    assert different
    assert all("鍊" in phrase or phrase in {"傢俱", "么麼", "么麽"} for phrase in different)


def test_what_a_merge_leads_to_is_merged_no_further() -> None:
    assert MERGED.keys().isdisjoint(MERGED.values())


def test_variants_of_hong_kong_and_taiwan_meet_their_standard_form_unless_both_are_everyday_words() -> None:
    apart = {
        (standard, form)
        for name in ("HKVariants", "TWVariants")
        for standard, forms in load_dictionary(name).items()
        for form in forms
        if fold(standard) != fold(form)
    }
    assert all(fold(character).encode("gb2312") for pair in apart for character in pair)


def test_the_fingerprint_is_a_digest_of_the_table() -> None:
    assert len(fold_fingerprint()) == 64


def test_a_long_text_is_folded_as_its_characters_are() -> None:
    text = "".join(map(chr, range(0x20, 0x30000))) + "政務公開\ud800\U0010ffff"
    assert len(text) > LONG
    assert fold(text) == "".join(map(fold, text))
