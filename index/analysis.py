"""Words, grams and characters of a text: what an engine indexes. The one module that knows jieba.

Three views of the folded text, each with its own work:

* words, by jieba, rank; they depend on a dictionary, so they never decide what a quotation matches;
* grams decide exactness: every two neighbouring characters, punctuation, digits and Latin included, with the
  position of the first, so that "18年" is found inside 2018年 whatever jieba makes of it;
* characters rank a little, and answer a query of one character.
"""

import hashlib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.metadata import version
from threading import Lock

from archive.environment import value_of
from archive.errors import BadSetting
from index.cutting import Cutter
from index.fold import fold

with warnings.catch_warnings():
    # jieba 0.42.1 imports pkg_resources for its dictionary, and setuptools warns whoever does.
    warnings.simplefilter("ignore")
    import jieba

WHITESPACE_STEP = 1
"""Positions that a run of whitespace takes, however long: a quotation's space matches any."""

PARAGRAPH_STEP = 2
"""Positions between two paragraphs: more than whitespace takes, so that no quotation crosses them."""

_CUT = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+")
_STRETCH = re.compile(rf"{_CUT.pattern}|[^\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-\s]+")
"""What jieba cuts by itself, whatever stands around it (its `re_han_default`), and what is between."""

_GROUPED_NUMBER = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A text's terms; `grams` are (term, position), positions count from 0 over all paragraphs."""

    words: tuple[str, ...]
    grams: tuple[tuple[str, int], ...]
    characters: tuple[str, ...]


@cache
def _tokenizer() -> jieba.Tokenizer:
    """Load jieba's own dictionary without its cache file, which anyone could plant in a shared /tmp."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def _is_fast() -> bool:
    """Whether the environment asks for rjieba, the same in Rust and 20 times as fast.

    Asked for and not found out: an index holds the words of one of them, and 2 clauses of 1,000 are cut otherwise.
    """
    asked = value_of("ARCHIVE_WORDS")
    if asked not in ("jieba", "rjieba"):
        raise BadSetting(f"ARCHIVE_WORDS is {asked!r}; give jieba or rjieba")
    return asked == "rjieba"


_CUTTER = Lock()
"""Many threads may ask for the first word at once, and the dictionary takes most of a second."""


def _cutter() -> Cutter:
    with _CUTTER:
        return _made_cutter()


@cache
def _made_cutter() -> Cutter:
    return Cutter(_tokenizer().FREQ, _tokenizer().total)


@cache
def _fast_cut() -> Callable[[str], Iterable[str]]:
    try:
        import rjieba  # noqa: PLC0415 - the extra `fast` may not be installed
    except ImportError:
        raise BadSetting(
            "ARCHIVE_WORDS is rjieba, which is not installed; run `pip install -e '.[fast]'`, or unset it"
        ) from None
    return partial(rjieba.Jieba().cut, hmm=False)


def words_fingerprint() -> str:
    """Return what decides how words are cut: its name, version and dictionary. Raises BadSetting."""
    if _is_fast():
        _fast_cut()
        return f"rjieba {version('rjieba')}"
    return _jieba_fingerprint()


@cache
def _jieba_fingerprint() -> str:
    with _tokenizer().get_dict_file() as dictionary:
        return f"jieba {jieba.__version__} {hashlib.file_digest(dictionary, 'sha256').hexdigest()}"


def ungrouped(folded: str) -> str:
    """Write 3,045 as 3045, wherever commas part thousands."""
    if "," not in folded:
        return folded
    return _GROUPED_NUMBER.sub(lambda number: number.group().replace(",", ""), folded)


def cut_words(folded: str) -> Iterator[str]:
    """Yield the words of a folded text, without punctuation; 3,045 is the word 3045.

    jieba's guesses at unknown names (its HMM) stay off: with them every collection measured did as well or
    worse. No user dictionary either: 信息公开 as one word then misses half of the texts that hold it.
    """
    folded = ungrouped(folded)
    if _is_fast():
        yield from filter(_is_word, _fast_cut()(folded))
        return
    for stretch in _STRETCH.findall(folded):
        yield from _words_of(stretch)


@lru_cache(maxsize=1 << 16)
def _words_of(stretch: str) -> tuple[str, ...]:
    """Cut one stretch by jieba's dictionary; reports have many in common."""
    # Marks, and characters that no dictionary has, stand alone.
    words = _cutter().cut(stretch) if _CUT.match(stretch) else stretch
    return tuple(filter(_is_word, words))


def _is_word(piece: str) -> bool:
    return piece.isalnum() or any(map(str.isalnum, piece))


def run_grams(run: str) -> Iterator[str]:
    """Yield the grams of text without whitespace: each pair, and the last character alone."""
    for start in range(len(run)):
        yield run[start : start + 2]


def _positioned_grams(folded_paragraphs: Iterable[str]) -> Iterator[tuple[str, int]]:
    position = 0
    for folded in folded_paragraphs:
        for run in folded.split():
            for gram in run_grams(run):
                yield gram, position
                position += 1
            position += WHITESPACE_STEP
        position += PARAGRAPH_STEP - WHITESPACE_STEP


def analyse(paragraphs: Iterable[str]) -> Analysis:
    """Return the terms of a report: its title, then its paragraphs, as stored."""
    folded = tuple(map(fold, paragraphs))
    return Analysis(
        words=tuple(word for paragraph in folded for word in cut_words(paragraph)),
        grams=tuple(_positioned_grams(folded)),
        characters=tuple(character for paragraph in folded for character in "".join(paragraph.split())),
    )
