"""Suggestions while a person types: places, bureaus, titles and 文号, by their characters or their pinyin.

Pinyin is matched here only and never in what is searched: `jy` means 教育 to somebody typing, and nothing in a text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from threading import Lock

from archive.model import StoredReport
from archive.pinyin import spelled
from archive.store import Store
from index.document import NO_BUREAU
from index.engine import UNKNOWN, Engine, Filter, SearchRequest
from index.field_text import field_form
from index.fold import fold
from index.query import Query, parse
from index.spelling import cut_letters
from index.tree import And, Field, Node, Or, TextField
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

TITLE_INITIALS = 3
"""So many letters are looked for in titles: two stand in half of them."""

REST_INITIALS = 2
"""Behind a name fewer will do: yczgk is 玉杵镇 and 公开."""

MAX_LEADING = 3
"""Names that letters may begin with and be followed by other words of a title."""

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
    own: str  # without the place it lies in: 桂影县（望舒市） is 桂影县
    own_initials: str
    own_pinyin: str


def to_name(facet: str, value: str, count: int) -> Name:
    """Spell one value, in Chinese whatever the reader's language: the names serve every reader."""
    text = value if facet == "bureau" else facet_value_label(facet, value)
    own = text.partition("（")[0]
    syllables, own_syllables = _spelled(text), _spelled(own)
    return Name(
        facet=facet,
        value=value,
        text=text,
        count=count,
        folded=fold(text),
        pinyin=tuple("".join(syllables[at:]) for at in range(len(syllables))),
        initials="".join(syllable[:1] for syllable in syllables),
        own=own,
        own_initials="".join(syllable[:1] for syllable in own_syllables),
        own_pinyin="".join(own_syllables),
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


def _letters(typed: str) -> str:
    """Return what may be pinyin, with digits perhaps, without spaces; empty where something else was typed."""
    letters = "".join(fold(typed).split()).replace("'", "").replace("ü", "v")
    return letters if letters.isascii() and letters.isalnum() and not letters.isdecimal() else ""


def matching_names(typed: str, names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that begin with what was typed, then those that hold it, then by pinyin; the most frequent first.

    Letters match the initials or the whole pinyin, without tones or spaces: at the beginning, then from a later
    syllable on, then a name whose initials they begin with.
    """
    folded = "".join(fold(typed).split())
    letters = _letters(typed)
    letters = letters if letters.isalpha() else ""
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
    names = book.names(engine)
    numbers = _numbers(text, store, engine) if any(map(str.isdecimal, text)) else ()
    titles = _titles(title_condition(text, names), store, engine)
    return (*map(_to_suggestion, matching_names(text, names)[:MAX_NAMES]), *numbers, *titles)


def _to_suggestion(name: Name) -> Suggestion:
    chosen = Filter(facet=name.facet, include=(name.value,))
    return Suggestion(
        kind=name.facet,
        label=FACET_NAMES[name.facet],
        text=name.text,
        count=name.count,
        state=SearchState(filters=(chosen,)),
    )


def _holds(field: TextField, text: str) -> Field:
    return Field(name=field, text=text, exact=True)


def _either(parts: Iterable[Node]) -> Node:
    first, *others = dict.fromkeys(parts)
    return Or(parts=(first, *others)) if others else first


def _in_pinyin(letters: str, least: int) -> Iterator[Node]:
    """Yield what letters may be of a title: its initials from any character on, or its pinyin."""
    if len(letters) >= least:
        yield _holds("initials", letters)
        yield from (_holds("spelling", one) for one in cut_letters(letters))


def title_condition(typed: str, names: Iterable[Name]) -> Node:
    """Return what a title must meet: it holds what was typed, or its pinyin does, or a name's with other words."""
    letters = _letters(typed)
    found = [_holds("title", typed), *_in_pinyin(letters, TITLE_INITIALS)]
    leading = dict.fromkeys(
        (name.own, rest)
        for name in names
        for own in (name.own_initials, name.own_pinyin)
        if len(own) >= WHOLE_INITIALS and letters.startswith(own) and (rest := letters[len(own) :])
    )
    for name, rest in islice(leading, MAX_LEADING):
        behind = tuple(_in_pinyin(rest, REST_INITIALS))
        found += [And(parts=(_holds("title", name), _either(behind)))] if behind else []
    return _either(found)


def _held(tree: Node, store: Store, engine: Engine) -> Iterator[StoredReport]:
    query = Query(text="", tree=tree)
    hits = engine.search(SearchRequest(query=query, limit=MAX_REPORTS, sort="newest", all_copies=False)).hits
    reports = store.reports([hit.report_id for hit in hits])
    yield from (reports[hit.report_id] for hit in hits if hit.report_id in reports)


def _titles(condition: Node, store: Store, engine: Engine) -> Iterator[Suggestion]:
    for report in _held(condition, store, engine):
        yield Suggestion(kind="title", label=gettext("题名"), text=report.title, report_id=report.report_id)


def _numbers(text: str, store: Store, engine: Engine) -> Iterator[Suggestion]:
    wanted = field_form("number", text)
    for report in _held(_holds("number", text), store, engine):
        for _, number in report.fields.extra:
            if wanted in field_form("number", number):
                yield Suggestion(
                    kind="number", label=gettext("文号"), text=number, report_id=report.report_id
                )
                break
