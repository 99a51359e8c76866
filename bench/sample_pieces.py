"""The samples' pages cut up where they vary when they are multiplied. Reads the samples."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from archive.gazetteer.table import Rank, load_gazetteer
from archive.model import Capture, Outcome
from archive.sources import Sources
from archive.workers import read_capture
from index.analysis import cut_words
from tests.conftest import PROJECT

SAMPLES = (PROJECT / "samples" / "pages", PROJECT / "samples" / "warc")
INVENTED_PROVINCE = "99"
GENRE_WORDS = 250
"""The samples' commonest words stay, so that what people search for is found as often as in a real archive."""

LAST_YEAR = 2024
_MOST_BYTES = 32 * 1024 * 1024
_YEAR = re.compile(r"20[012]\d(?=年|-\d\d|/\d\d|\.\d)")
_WORD_OR_NUMBER = re.compile(r"\d+|[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in a text where something else, as long, is written each time; `text` is what the sample has there."""

    kind: Literal["year", "name", "word", "number"]
    text: str


Pieces = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A page of the samples as it was read, its titles and paragraphs cut up where they vary.

    `years` are the first and last that it names, `ranks` those of the invented names that are replaced.
    """

    outcome: Outcome
    titles: tuple[Pieces, ...]
    paragraphs: tuple[tuple[Pieces, ...], ...]
    years: tuple[int, int]
    ranks: Mapping[str, Rank]


def originals() -> tuple[Original, ...]:
    """Read and cut up all pages of the samples."""
    sources = Sources(SAMPLES, limit_bytes=_MOST_BYTES)
    captures = [one for path in sources.files for one in sources.read(path) if isinstance(one, Capture)]
    outcomes = [one for one in map(read_capture, captures) if isinstance(one, Outcome)]
    texts = [p.text for outcome in outcomes for report in outcome.reports for p in report.section.paragraphs]
    words = Counter(word for text in texts for word in set(cut_words(text)))
    genre = frozenset(word for word, _ in words.most_common(GENRE_WORDS))
    return tuple(_cut_up(outcome, genre) for outcome in outcomes)


def _cut_up(outcome: Outcome, genre: frozenset[str]) -> Original:
    sections = [report.section for report in outcome.reports]
    text = "\n".join(line for one in sections for line in (one.title, *(p.text for p in one.paragraphs)))
    ranks = _names_to_replace(text)
    pattern = re.compile("|".join((_YEAR.pattern, *map(re.escape, ranks))))
    years = [int(year) for year in _YEAR.findall(text)] or [LAST_YEAR]
    return Original(
        outcome=outcome,
        titles=tuple(tuple(_pieces(one.title, pattern, None)) for one in sections),
        paragraphs=tuple(
            tuple((p.text,) if p.edits else tuple(_pieces(p.text, pattern, genre)) for p in one.paragraphs)
            for one in sections
        ),
        years=(min(years), max(years)),
        ranks=ranks,
    )


def _names_to_replace(text: str) -> dict[str, Rank]:
    """Return the invented name of each rank that a page speaks of most."""
    invented = (one for one in load_gazetteer().divisions() if one.code.startswith(INVENTED_PROVINCE))
    counts = {one: number for one in invented if (number := text.count(one.name))}
    most = {one.rank: one.name for one in sorted(counts, key=lambda one: (counts[one], one.code))}
    return {name: rank for rank, name in most.items()}


def _pieces(text: str, pattern: re.Pattern[str], genre: frozenset[str] | None) -> Iterator[str | Slot]:
    """Cut a text at years and names and, unless `genre` is None, at numbers and at words that are not of the genre."""
    at = 0
    for match in pattern.finditer(text):
        yield from _prose(text[at : match.start()], genre)
        yield Slot(kind="year" if match[0].isdecimal() else "name", text=match[0])
        at = match.end()
    yield from _prose(text[at:], genre)


def _prose(text: str, genre: frozenset[str] | None) -> Iterator[str | Slot]:
    if genre is None:
        yield text
        return
    at = 0
    for match in _WORD_OR_NUMBER.finditer(text):
        yield text[at : match.start()]
        at = match.end()
        if match[0].isdecimal():
            yield Slot(kind="number", text=match[0])
            continue
        for word in cut_words(match[0]):
            yield word if word in genre or len(word) == 1 else Slot(kind="word", text=word)
    yield text[at:]
