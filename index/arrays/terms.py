"""The terms of a segment's fields, sorted: how they are kept, and how one is found. Pure.

=====================  ======================================================================================
``words.text``         the words one after another, UTF-8
``words.text_at``      where each begins, and where the last ends
``grams.keys``         the first character's code point, 21 bits up, plus one more than the second's, or 0
``characters.keys``    the code point
=====================  ======================================================================================

Each is in the order of its strings, so that those with one beginning stand together.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.arrays.files import Array, Arrays, Sink

_SECOND_BITS = 21


def gram_keys(first: Array, second: Array) -> Array:
    """Return grams' keys; `second` is one more than a code point, 0 for a character at the end of a run."""
    keys: Array = first.astype("<u8") << np.uint64(_SECOND_BITS) | second.astype("<u8")
    return keys


def _gram_key(gram: str) -> int:
    return ord(gram[0]) << _SECOND_BITS | (ord(gram[1]) + 1 if len(gram) > 1 else 0)


def put_words(sink: Sink, words: Sequence[str]) -> None:
    """Put words, which are sorted."""
    encoded = [word.encode() for word in words]
    sizes = np.array([0, *map(len, encoded)], np.int64)
    sink.append("words.text", np.frombuffer(b"".join(encoded), "<u1"))
    sink.append("words.text_at", np.cumsum(sizes).astype("<u4"))


class _WordList(Sequence[bytes]):
    def __init__(self, arrays: Arrays) -> None:
        self._text = arrays["words.text"].data
        self._at = arrays["words.text_at"]

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # no slices of it are ever taken
        return bytes(self._text[int(self._at[number]) : int(self._at[number + 1])])


def all_words(arrays: Arrays) -> list[str]:
    """Return the words, in order."""
    text, at = arrays["words.text"].tobytes(), arrays["words.text_at"].tolist()
    return [text[start:end].decode() for start, end in pairwise(at)]


def find_term(arrays: Arrays, field: str, term: str) -> int | None:
    """Return a term's number in its field; None where it does not occur."""
    if field == "words":
        words = _WordList(arrays)
        number = bisect_left(words, term.encode())
        return number if number < len(words) and words[number] == term.encode() else None
    keys = arrays.get(f"{field}.keys")
    if keys is None or not term:
        return None
    key = ord(term) if field == "characters" else _gram_key(term)
    number = int(np.searchsorted(keys, np.array(key, keys.dtype)))
    return number if number < len(keys) and keys[number] == key else None


def grams_beginning(arrays: Arrays, beginning: str) -> tuple[int, int]:
    """Return the numbers of the grams that begin with one or two characters: the first, and one after the last."""
    keys = arrays.get("grams.keys")
    if keys is None:
        return 0, 0
    low = _gram_key(beginning)
    high = low + (1 if len(beginning) > 1 else 1 << _SECOND_BITS)
    first, last = np.searchsorted(keys, np.array([low, high], keys.dtype))
    return int(first), int(last)


def grams_between(arrays: Arrays, first: int, last: int) -> Iterator[str]:
    """Yield the grams of these numbers, `last` excluded."""
    if first == last:
        return
    for key in arrays["grams.keys"][first:last].tolist():
        second = key & ((1 << _SECOND_BITS) - 1)
        yield chr(key >> _SECOND_BITS) + (chr(second - 1) if second else "")
