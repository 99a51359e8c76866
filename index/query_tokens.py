"""Cuts what a person typed into the tokens of the query language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from index.fold import fold
from index.notes import Note
from index.query_fields import FIELD_NAMES, YEAR_FIELDS, YEAR_RANGE
from index.segment import is_sentence

_DOUBLE = '"“”„‟〝〞〟'
_CLOSING = _DOUBLE + "」』"
_TOKEN = re.compile(
    rf"""
      (?P<space> \s+ )
    | (?<![^\s:]) (?P<number> [^\W\d]{{1,12}} [(「『] \d{{4}} [)」』] \s* 第? \d{{1,5}} 号 ) (?![^\s()|])
    | (?<![^\s:(|]) (?P<date> \d{{4}} \s* 年 \s* \d{{1,2}} \s* 月 \s* \d{{1,2}} \s* [日号] ) (?![^\s()|])
    | (?P<mark> [()|] )
    | (?P<double> [{_DOUBLE}] [^{_DOUBLE}]* [{_DOUBLE}]? )   # “…” and "…", however the two are mixed
    | (?P<corner> 「 [^」]* 」? | 『 [^』]* 』? )
    | (?<![^\s(|]) (?: (?P<not> [-−] ) (?=\S) | (?P<dash> [-−] ) )
    | (?P<years> (?P<years_field> {"|".join(sorted(YEAR_FIELDS))} ) \s* : \s*
        (?P<open> \( \s* )? (?P<range> {YEAR_RANGE} ) (?(open) \s* \) | (?![^\s()|]) ) )
    | (?P<field> {"|".join(sorted(FIELD_NAMES))} ) \s* :
    | (?P<word> [^\s()|{_DOUBLE}「『]+ )
    """,
    re.VERBOSE,
)
_OPERATORS = {"OR": "or", "或": "or", "AND": "and", "NOT": "not"}
_NUMBER_BRACKETS = str.maketrans("(（「『｢)）」』｣", "〔" * 5 + "〕" * 5)
"""What groups or quotes elsewhere stands around the year of a 文号: 国办发（2019）61号."""

_PUNCTUATION = frozenset("。,、;:!?.…")
"""Marks that end a sentence, left over beside a quotation: 为何叫「…」?"""

_FIELD_LIKE = re.compile(r"(?!https?:)([^\W\d_]+):\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token: a mark ("(", ")", "or", "and", "not"), a field's name, or text that was quoted or not.

    `preferred` are the quotations inside a word that is a sentence.
    """

    kind: Literal["mark", "field", "word", "quoted"]
    text: str
    preferred: tuple[str, ...] = ()


def _is_closed(quoted: str) -> bool:
    return len(quoted) > 1 and quoted[-1] in _CLOSING


def _read_quoted(typed: str, folded: str) -> Iterator[Token | Note]:
    closed = _is_closed(folded)
    content = typed[1:-1] if closed else typed[1:]
    if not closed:
        yield Note(code="open_quote")
    if content.strip():
        yield Token(kind="quoted", text=content)
    elif closed:
        yield Note(code="empty_quote")


def _read_word(typed: str, folded: str) -> Iterator[Token | Note]:
    if operator := _OPERATORS.get(normalize("NFKC", typed)):  # ＯＲ too; `or` is a word
        yield Token(kind="mark", text=operator)
        return
    if _PUNCTUATION.issuperset(folded):
        yield Note(code="lone_punctuation", text=typed)
        return
    if field := _FIELD_LIKE.match(folded):
        yield Note(code="unknown_field", text=typed[: field.end(1)])
    yield Token(kind="word", text=typed)


def _glued(matches: Sequence[re.Match[str]], first: int) -> Sequence[re.Match[str]]:
    """Return the words and quotations that stand side by side from `first` on, when nothing is glued before."""
    if first and matches[first - 1].lastgroup not in ("space", "mark"):
        return ()
    last = first
    while last < len(matches) and matches[last].lastgroup in ("word", "double", "corner"):
        last += 1
    return matches[first:last]


def _read_sentence(typed: str, run: Sequence[re.Match[str]]) -> Token | None:
    """Read quotations inside a sentence or a question as what it prefers: it means to be understood, not found.

    Of 500 traditional questions 32 quote a name (为何叫「…」?), often not as their passage writes it. As demands
    these cost .010 nDCG@10. `“A”B` with a short B stays a demand for A.
    """
    quotations = [match for match in run if match.lastgroup != "word"]
    outside = "".join(match.group() for match in run if match.lastgroup == "word")
    if not quotations or not all(_is_closed(match.group()) for match in quotations):
        return None
    if not is_sentence(outside):
        return None
    contents = (typed[match.start() + 1 : match.end() - 1] for match in quotations)
    return Token(
        kind="word",
        text=typed[run[0].start() : run[-1].end()],
        preferred=tuple(content for content in contents if content.strip()),
    )


def read_tokens(typed: str) -> Iterator[Token | Note]:
    """Yield the tokens of a query; full-width marks count as ASCII, field names in either script."""
    folded = fold(typed)  # the same length, so a match's offsets hold for what was typed
    matches = list(_TOKEN.finditer(folded))
    position = 0
    while position < len(matches):
        run = _glued(matches, position)
        if len(run) > 1 and (sentence := _read_sentence(typed, run)):
            yield sentence
            position += len(run)
        else:
            yield from _read_one(typed, matches[position])
            position += 1


def _read_one(typed: str, match: re.Match[str]) -> Iterator[Token | Note]:
    text = typed[match.start() : match.end()]
    match match.lastgroup:
        case "mark":
            yield Token(kind="mark", text="or" if match["mark"] == "|" else match["mark"])
        case "not":
            yield Token(kind="mark", text="not")
        case "dash":
            yield Note(code="lone_minus")
        case "field":
            yield Token(kind="field", text=match["field"])
        case "years":
            yield Token(kind="field", text=match["years_field"])
            yield Token(kind="word", text=typed[slice(*match.span("range"))])
        case "number":
            yield Token(kind="word", text="".join(text.split()).translate(_NUMBER_BRACKETS))
        case "date":
            yield Token(kind="word", text="".join(text.split()))
        case "double" | "corner":
            yield from _read_quoted(text, match.group())
        case "word":
            yield from _read_word(text, match["word"])
        case _:
            return
