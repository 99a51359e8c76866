"""Suggestions while a person types: places, bureaus, titles and 文号, by their characters or their pinyin.

Pinyin is matched here only and never in the index: `jy` means 教育 to somebody typing, and nothing in a text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from archive.model import StoredReport
from archive.pinyin import spelled
from archive.store import Store
from index.document import NO_BUREAU
from index.engine import UNKNOWN, Engine, Filter, SearchRequest
from index.field_text import field_form
from index.fold import fold
from index.query import Query, parse
from index.tree import Field, TextField
from web.labels import FACET_NAMES, facet_value_label
from web.languages import gettext
from web.params import SearchState

SUGGESTED_FACETS = ("bureau", "province", "prefecture", "county", "township")
MAX_TYPED_CHARS = 60
MAX_NAMES = 6
WITHIN_LETTERS = 2
"""So many letters match the middle of a name, whose beginning one letter will do for."""

WHOLE_INITIALS = 3
"""Initials of so many syllables may be followed by others: gyxxxgk begins with 桂影县's."""

MAX_REPORTS = 4
"""Ten lines in all: what fits above a phone's keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may be meant: a search in `state`, or the report `report_id`."""

    kind: str  # a facet's name, "title" or "number"
    label: str  # what the kind is called
    text: str
    count: int | None = None
    state: SearchState | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A value of a facet, folded and spelled, as it is looked for."""

    facet: str
    value: str
    text: str
    count: int
    folded: str
    pinyin: tuple[str, ...]  # from each syllable to the end
    initials: str
    own_initials: str  # without the place it lies in: 桂影县（望舒市） is gyx


def to_name(facet: str, value: str, count: int) -> Name:
    """Spell one value."""
    text = facet_value_label(facet, value)
    syllables = _spelled(text)
    return Name(
        facet=facet,
        value=value,
        text=text,
        count=count,
        folded=fold(text),
        pinyin=tuple("".join(syllables[at:]) for at in range(len(syllables))),
        initials="".join(syllable[:1] for syllable in syllables),
        own_initials="".join(syllable[:1] for syllable in _spelled(text.partition("（")[0])),
    )


@lru_cache(maxsize=65536)
def _spelled(text: str) -> tuple[str, ...]:
    return spelled(text)


def _rank_by_letters(letters: str, name: Name) -> int | None:
    is_within = len(letters) >= WITHIN_LETTERS
    tests = (
        name.initials.startswith(letters),
        name.pinyin[0].startswith(letters) if name.pinyin else False,
        is_within and letters in name.initials,
        is_within and any(tail.startswith(letters) for tail in name.pinyin[1:]),
        len(name.own_initials) >= WHOLE_INITIALS and letters.startswith(name.own_initials),
    )
    return 2 + tests.index(True) if True in tests else None


def _rank(folded: str, letters: str, name: Name) -> int | None:
    """Return how well a name fits, 0 best; `letters` are empty where something else was typed."""
    if folded in name.folded:
        return 0 if name.folded.startswith(folded) else 1
    return _rank_by_letters(letters, name) if letters else None


def matching_names(typed: str, names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that begin with what was typed, then those that hold it, then by pinyin; the most frequent first.

    Letters match the initials or the whole pinyin, without tones or spaces: at the beginning, then from a later
    syllable on, then a name whose initials they begin with.
    """
    folded = "".join(fold(typed).split())
    letters = folded.replace("'", "").replace("ü", "v")
    if not (letters.isascii() and letters.isalpha()):
        letters = ""
    ranked = ((rank, name) for name in names if (rank := _rank(folded, letters, name)) is not None)
    best_first = sorted(ranked, key=lambda pair: (pair[0], -pair[1].count, pair[1].text))
    return tuple(name for _, name in best_first)


class NameBook:
    """The names in use, read from the index again whenever it has changed; one object serves all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._change = -1
        self._names: tuple[Name, ...] = ()

    def names(self, engine: Engine) -> tuple[Name, ...]:
        """Return the values of the facets that are suggested, each with its count."""
        change = engine.last_change()
        with self._lock:
            if change != self._change:
                facets = dict(engine.search(SearchRequest(query=parse(""), limit=0)).facets)
                self._names = tuple(
                    to_name(facet, one.value, one.count)
                    for facet in SUGGESTED_FACETS
                    for one in facets.get(facet, ())
                    if one.value not in {UNKNOWN, NO_BUREAU}
                )
                self._change = change
            return self._names


def suggest(typed: str, store: Store, engine: Engine, book: NameBook) -> tuple[Suggestion, ...]:
    """Return at most ten suggestions for what was typed so far; none for nothing or for a whole sentence."""
    text = typed.strip()
    if not text or len(text) > MAX_TYPED_CHARS:
        return ()
    names = matching_names(text, book.names(engine))[:MAX_NAMES]
    numbers = _numbers(text, store, engine) if any(map(str.isdecimal, text)) else ()
    return (*map(_to_suggestion, names), *numbers, *_titles(text, store, engine))


def _to_suggestion(name: Name) -> Suggestion:
    chosen = Filter(facet=name.facet, include=(name.value,))
    return Suggestion(
        kind=name.facet,
        label=FACET_NAMES[name.facet],
        text=name.text,
        count=name.count,
        state=SearchState(filters=(chosen,)),
    )


def _held(field: TextField, text: str, store: Store, engine: Engine) -> Iterator[StoredReport]:
    condition = Field(name=field, text=text, exact=True)
    query = Query(text=text, tree=condition)
    hits = engine.search(SearchRequest(query=query, limit=MAX_REPORTS)).hits
    reports = store.reports([hit.report_id for hit in hits])
    yield from (reports[hit.report_id] for hit in hits if hit.report_id in reports)


def _titles(text: str, store: Store, engine: Engine) -> Iterator[Suggestion]:
    for report in _held("title", text, store, engine):
        yield Suggestion(kind="title", label=gettext("题名"), text=report.title, report_id=report.report_id)


def _numbers(text: str, store: Store, engine: Engine) -> Iterator[Suggestion]:
    wanted = field_form("number", text)
    for report in _held("number", text, store, engine):
        for _, number in report.fields.extra:
            if wanted in field_form("number", number):
                yield Suggestion(
                    kind="number", label=gettext("文号"), text=number, report_id=report.report_id
                )
                break
