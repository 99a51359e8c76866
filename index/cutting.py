"""Cuts a stretch of text into the likeliest words of a dictionary, as jieba does without its guesses. Pure.

jieba makes a list of all words that begin at each character, then goes back over it; here both are one pass from
the end, over logarithms that were taken once: the same words in half the time.
"""

from collections.abc import Iterator, Mapping
from math import log

NO_WORD = -1e300
"""Marks what only begins a word: less than any sum of logarithms."""


class Cutter:
    """The words of a dictionary, by how likely each is."""

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        """`frequencies` hold every word, and every beginning of a word, which has 0 if it is none itself."""
        of_all = log(total)
        self._likely = {
            word: log(count) - of_all if count else NO_WORD for word, count in frequencies.items()
        }
        self._unknown = log(1) - of_all

    def cut(self, text: str) -> Iterator[str]:
        """Yield the words of a stretch; single Latin letters and digits side by side are one."""
        ends = self._ends(text)
        together = ""
        start = 0
        while start < len(text):
            word = text[start : ends[start]]
            start = ends[start]
            if len(word) == 1 and word.isascii() and word.isalnum():
                together += word
                continue
            if together:
                yield together
                together = ""
            yield word
        if together:
            yield together

    def _ends(self, text: str) -> list[int]:
        """Return for each character where the word ends that begins there on the likeliest way to the end."""
        size, likely = len(text), self._likely
        best, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            end = start + 1
            piece = text[start]
            most, chosen = NO_WORD, end
            while (here := likely.get(piece)) is not None:
                if (
                    here > NO_WORD and (sum_here := here + best[end]) >= most
                ):  # of equals the longest, as jieba
                    most, chosen = sum_here, end
                if end == size:
                    break
                end += 1
                piece = text[start:end]
            if most == NO_WORD:
                most, chosen = self._unknown + best[start + 1], start + 1
            best[start], ends[start] = most, chosen
        return ends
