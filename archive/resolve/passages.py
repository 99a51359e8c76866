"""From a quoted passage to every stored copy of it and the place where it stands.

The engine's exact phrases name the reports that can hold it; the text itself then decides, by its bare characters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.model import StoredReport
from archive.resolve.alignment import Place, closest, occurrences, to_bare
from archive.resolve.answer import Certainty, Finder, Match
from archive.store import Store

LEAST_CHARS = 10
"""Characters, marks not counted, from which a text is looked for as a passage."""

LEAST_LIKENESS = 0.75
"""Below that the answer would be another passage of the genre more often than the one that was meant."""

OTHER_MARKS_SCORE = 0.99
"""What holds the passage with its own marks goes before what holds it with others: 维持；行政 against 维持。行政."""

MOST_READ = 40
"""Reports whose text is compared with the passage. A formula that more of them hold names none of them."""

MOST_COMPARED = 100
"""The same where nothing holds it as it is: what was damaged leaves more reports to choose from."""

MOST_ALIKE_CHARS = 200
"""A longer passage that nothing holds as it is is looked for by its beginning: 200 characters take 0.7 ms in a text of
3,000, 600 take 100, 4,000 take 36 s."""

_PIECE_CHARS = 4
_MOST_PIECES = 32
_MOST_RUNS = 12
_MOST_QUERY_CHARS = 4_000
_NO_MARK = re.compile(r"[\W_]+")
_MASK = re.compile(r"[x×ⅹ✕*□_]+|某{1,3}")
_GLOSS = re.compile(r"(?<=[\u3400-\u9fff])[(（]\s*[a-zɡɑüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêA-Z]{1,8}\s*[)）]")
_GAP = re.compile(
    r"(?:…|\.{3,})*[(（\[【][^()（）\[\]【】]{0,16}(?:省略|略去|隐藏|隱藏|缺|下略|未完)[^()（）\[\]【】]{0,40}[)）\]】]"
)
_QUOTES = " \t\r\n“”\"'‘’「」『』"


def bare_length(text: str) -> int:
    """Count the letters, Han characters and digits of a text."""
    return sum(map(str.isalnum, text))


def find_passage(text: str, store: Store, finder: Finder) -> tuple[Match, ...]:
    """Return every stored copy of a passage that the archive lists, the best first; nothing for a short text.

    Where none holds it, those most like it, if they are like enough.
    """
    text = text[:_MOST_QUERY_CHARS].strip(_QUOTES)
    plain = _GAP.sub("", _GLOSS.sub("", text))
    readings = [one for one in dict.fromkeys((text, plain)) if bare_length(one) >= LEAST_CHARS]
    for reading in readings:
        found = tuple(_holding(reading, store, finder))
        if found:
            return tuple(sorted(found, key=_rank))
    return tuple(sorted(_like(readings[-1], store, finder), key=_rank)) if readings else ()


def _rank(match: Match) -> tuple[bool, float, bool, str]:
    """The very characters first, then likeness, then a family's representative."""
    return match.certainty != "exact", -match.score, match.family != match.report_id, match.report_id


def _holding(text: str, store: Store, finder: Finder) -> Iterator[Match]:
    """Yield the reports that hold the passage but for script and marks."""
    folded = finder.fold(text)
    runs = [run for run in _NO_MARK.split(folded) if len(run) > 1]
    # A row of a table, 0 | 1 | 0 | 0, has no run of two characters: then it is looked for with its marks.
    phrases = sorted(runs, key=len, reverse=True)[:_MOST_RUNS] or [folded.strip()]
    wanted = to_bare([text], finder.fold).text
    for report in _read(finder.holding_all(phrases, MOST_READ).report_ids, store):
        places = tuple(occurrences(to_bare(_lines(report), finder.fold), wanted))
        if places:
            yield _to_match(report, places, *_sureness(report, text, finder))


def _like(text: str, store: Store, finder: Finder) -> Iterator[Match]:
    """Yield the reports that hold something like the passage: masked, misread, run over a line's end."""
    wanted = to_bare([text], finder.fold).text
    runs = _runs(finder.fold(text))
    whole = finder.holding_all(sorted(runs, key=len, reverse=True)[:_MOST_RUNS], MOST_READ)
    some = finder.holding_any(_pieces(runs), MOST_COMPARED)
    for report in _read(dict.fromkeys((*whole.report_ids, *some.report_ids)), store):
        bare = to_bare(_lines(report), finder.fold)
        places = tuple(occurrences(bare, wanted))
        if places:
            yield _to_match(report, places, "folded", OTHER_MARKS_SCORE)
            continue
        found = closest(bare, wanted[:MOST_ALIKE_CHARS], least=LEAST_LIKENESS)
        if found:
            yield _to_match(report, (found[1],), "fuzzy", round(found[0], 3))


def _runs(folded: str) -> Sequence[str]:
    """Return what stands between the masks and marks of a passage."""
    return [run for part in _MASK.split(folded) for run in _NO_MARK.split(part) if len(run) > 1]


def _pieces(runs: Sequence[str]) -> Sequence[str]:
    """Cut a passage into short phrases: one that is damaged spoils only itself."""
    pieces = [run[at : at + _PIECE_CHARS] for run in runs for at in _starts(len(run))]
    step = -(-len(pieces) // _MOST_PIECES) or 1
    return tuple(dict.fromkeys(pieces[::step]))


def _starts(length: int) -> Sequence[int]:
    """Return where pieces of a run begin: at every other character, and so that the last ends with the run."""
    last = max(0, length - _PIECE_CHARS)
    return sorted({*range(0, last + 1, _PIECE_CHARS // 2), last})


def _read(report_ids: Iterable[str], store: Store) -> Iterator[StoredReport]:
    held = store.reports(report_ids)
    yield from held.values()


def _lines(report: StoredReport) -> Sequence[str]:
    """Return title and paragraphs: line 0 is the title."""
    return report.title, *(one.text for one in report.paragraphs)


def _sureness(report: StoredReport, text: str, finder: Finder) -> tuple[Certainty, float]:
    """Tell whether a report holds the passage as it was typed, in either script, or with other marks."""
    if any(text in line for line in _lines(report)):
        return "exact", 1.0
    folded = finder.fold(text)
    return "folded", 1.0 if any(folded in finder.fold(line) for line in _lines(report)) else OTHER_MARKS_SCORE


def _to_match(report: StoredReport, places: tuple[Place, ...], certainty: Certainty, score: float) -> Match:
    in_text = tuple(_without_title(place) for place in places if place.last > 0)
    return Match(
        report_id=report.report_id,
        title=report.title,
        report=report,
        places=in_text,
        certainty=certainty,
        score=score,
    )


def _without_title(place: Place) -> Place:
    """Count lines as paragraphs; what begins in the title begins with the first of them."""
    if place.first == 0:
        return Place(first=0, start=0, last=place.last - 1, end=place.end)
    return Place(first=place.first - 1, start=place.start, last=place.last - 1, end=place.end)
