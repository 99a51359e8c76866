"""What one segment of a query looks for: its literal text, and its words, grams and characters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from index.analysis import cut_words, run_grams, ungrouped
from index.fold import fold

SHORT_HAN_CHARACTERS = 8
"""Up to here a segment is a name or a term and means itself; beyond, it is a sentence and any of it may help."""

MAX_TERMS = 24
"""Words, grams and characters looked up for one segment, and for the ranking of a whole query: a pasted page takes no
longer than a long question. Over 2,000 questions 32 and 24 rank alike, 20 costs DRCD .001; longer texts keep terms from
all over."""

TELLING = 8
"""The rarest words, grams and characters, so many of each, are enough of a text of more than LONG_TEXT characters: a page
pasted finds itself by any of them."""

LONG_TEXT = 100

MAX_LEAD_CHARACTERS = 64
"""How much of a sentence is sought as it stands: longer than a title, and a page pasted whole still finds itself."""

QUESTION_WORDS = frozenset(
    fold(word)
    for word in (
        "什么 什么样 什么时候 什么时间 为什么 为何 何 何年 何月 何日 何时 何地 何处 何种 何人 何以 于何 哪 哪些 哪个 "
        "哪一个 哪一 哪一年 哪年 哪里 哪儿 哪种 哪位 哪几 怎么 怎么样 怎样 怎 如何 多少 多久 多大 多长 多远 多高 有多 "
        "几 几个 几年 几次 几时 第几 谁 是否 是不是 有没有 能否 可否 吗 呢 请问"
    ).split()
)
"""Words that ask and say nothing of the answer: leaving them out gave +.008 to +.012 nDCG@10, and never hurt."""

_FUNCTION_CHARACTERS = frozenset("的了是在和与及或为对中有之其并等以被把将从到由也都就而过")
"""Characters that bind: 年的 and 了工 are no names."""

_NO_WORD = re.compile(r"[\W_]+")


def telling_count(length: int) -> int:
    """Return how many terms of each kind are looked up for so many characters typed."""
    return TELLING if length > LONG_TEXT else MAX_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment's terms, folded and distinct, in the order typed.

    `is_loose`: a sentence or a question, which a report matches that holds any of its words and grams.
    Otherwise a report matches that holds `literal`, or all of `words`. `marked` is what a reader is shown:
    words of two characters and more, and pairs of the single characters that unknown names fall into.
    """

    literal: str
    words: tuple[str, ...]
    grams: tuple[str, ...]
    characters: tuple[str, ...]
    marked: tuple[str, ...]
    is_loose: bool

    @property
    def telling(self) -> int:
        """How many of its rarest words and grams decide what matches a sentence."""
        return telling_count(len(self.literal))

    @property
    def naming(self) -> str:
        """Where titles are looked for: nowhere in a page pasted, which names nothing but quotes."""
        return self.lead if len(self.literal) <= LONG_TEXT else ""

    @property
    def is_one_word(self) -> bool:
        """Whether what holds all words holds the literal too. Digits don't count: 3,045 holds the word 3045."""
        return self.words == (self.literal,) and not self.is_loose and self.literal.isalpha()

    @property
    def lead(self) -> str:
        """What is sought as it stands where the segment was not quoted."""
        return self.literal[:MAX_LEAD_CHARACTERS].rstrip() if self.is_loose else self.literal


def _han_count(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in text)


def _clauses(folded: str) -> Iterator[tuple[str, ...]]:
    """Yield the words between marks and spaces; a comma of thousands is neither."""
    for clause in _NO_WORD.split(ungrouped(folded)):
        if words := tuple(cut_words(clause)):
            yield words


def _without_questions(clauses: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Cut the clauses at question words, which are left out."""
    kept: list[tuple[str, ...]] = []
    for words in clauses:
        for asks, group in groupby(words, QUESTION_WORDS.__contains__):
            if not asks:
                kept.append(tuple(group))
    return kept


def _marked(words: tuple[str, ...]) -> Iterator[str]:
    """Yield what to mark of words side by side; pairs across a word's edge would mark bits of other words."""
    for is_single, group in groupby(words, lambda word: len(word) == 1):
        if not is_single:
            yield from group
            continue
        for pair in pairwise(group):
            if _FUNCTION_CHARACTERS.isdisjoint(pair):
                yield "".join(pair)


def distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """Return the different terms, of very many MAX_TERMS from beginning to end."""
    found = tuple(dict.fromkeys(terms))
    if len(found) <= MAX_TERMS:
        return found
    return tuple(found[number * len(found) // MAX_TERMS] for number in range(MAX_TERMS))


def is_sentence(text: str) -> bool:
    """Return whether a segment is loose; of a long one that is seen without cutting its words."""
    return _han_count(fold(text)) > SHORT_HAN_CHARACTERS or to_segment(text).is_loose


@lru_cache(maxsize=1024)
def to_segment(text: str) -> Segment:
    """Analyse one segment as typed. One that only asks (什么) means its literal words."""
    folded = " ".join(fold(text).split())
    clauses = list(_clauses(folded))
    telling = _without_questions(clauses)
    is_question = bool(telling) and (telling != clauses or folded.endswith("?"))
    kept = telling or clauses
    stretches = ["".join(words) for words in kept]
    return Segment(
        literal=folded,
        words=distinct(word for words in kept for word in words),
        grams=distinct(gram for text in stretches for gram in run_grams(text) if len(gram) > 1),
        characters=distinct(character for text in stretches for character in text),
        marked=distinct(term for words in kept for term in _marked(words)),
        is_loose=is_question or _han_count(folded) > SHORT_HAN_CHARACTERS,
    )
