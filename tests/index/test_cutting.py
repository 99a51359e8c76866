"""Words are cut as jieba cuts them, faster."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import _tokenizer, cut_words

MARKS = "，。、;:!?()〔〕《》 \u3000-+%.#&_,"
SOME = "政府信息公开工作年度报告的在有人民办公室依法申请答复我镇县市教育局2018aB9"
TEXTS = st.text(st.sampled_from(SOME + MARKS), max_size=60)


def by_jieba(text: str) -> list[str]:
    return [word for word in _tokenizer().cut(text, HMM=False) if any(map(str.isalnum, word))]


@given(st.one_of(TEXTS, st.text(max_size=30)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    text = text.replace(",", "")  # numbers grouped by commas are one word to us
    assert list(cut_words(text)) == by_jieba(text)


def test_text_of_all_words_is_cut_as_jieba_cuts_it() -> None:
    draw = random.Random(4)
    words = sorted(word for word, count in _tokenizer().FREQ.items() if count)
    for _ in range(2000):
        text = "".join(draw.choices(words, k=12)).replace(",", "")
        assert list(cut_words(text)) == by_jieba(text)
