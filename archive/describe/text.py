"""A section as the rules see it: every line in match form, with the way back to the original.

Rules are matched on simplified, half-width, lower-case text of the same length as the original, so one rule
serves both scripts and a span found is a span of what was captured.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from archive.hanzi import match_form
from archive.model import Evidence, Section

BLANK = "□"
"""Stands for each character of a quoted title or document number in `Line.prose`."""

_QUOTED = re.compile(r"(?<=《)[^《》]*(?:《[^《》]*》[^《》]*)*(?=》)")
_NUMBER = re.compile(
    r"[\[〔(﹝【]\s*+(?:(?:19|20)?\d{2}|[12]\d{0,2}[x×*]{1,3}|[x×*]{2,4})年?\s*+[\]〕)﹞】]\s*+第?\s*+[\dx×*]+\s*+号"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2})?年度?")
_PART_NUMBER = re.compile(
    r"[【(\[]?第?(?:篇|范文|例文|精选|部分)?\s*+[一二三四五六七八九十百\d]+\s*+(?:篇|范文|部分)?[】)\]]?\s*+[::、]?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: `text` is its match form, `prose` the same with quoted titles and 文号 blanked.

    A rule about what the report says of itself reads `prose`: a year or a bureau inside somebody's 《…》 is
    not the report's own.
    """

    where: Literal["title", "paragraph"]
    original: str
    text: str
    prose: str
    paragraph: int | None = None
    table: bool = False

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the span `[start:end]` as evidence, quoting the original."""
        return Evidence(
            where=self.where,
            quote=self.original[start:end],
            paragraph=self.paragraph,
            start=start,
            end=end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """The lines of one section: its own title (None where the heading is a compilation's) and paragraphs."""

    title: Line | None
    front: tuple[Line, ...]  # a covering letter: signer and date, but not the report's own words
    body: tuple[Line, ...]
    own_words: tuple[Line, ...]  # title and body: what the report says itself
    is_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One match of a pattern, with its line."""

    line: Line
    match: re.Match[str]

    @property
    def evidence(self) -> Evidence:
        """The whole match as evidence."""
        return self.line.evidence(*self.match.span())

    def group_evidence(self, group: str | int) -> Evidence:
        """One group of the match as evidence."""
        return self.line.evidence(*self.match.span(group))


_CLASS = re.compile(r"\[(\^?)\]?(?:\\.|[^\]\\])*\]")
_LOOK = re.compile(r"\(\?<?[=!][^()\[\]\\^$.*+?{}]*\)")  # at plain characters only: no line's edge is one
_EDGE = re.compile(r"[\^$]|\\[bBAZ]|\(\?<?[=!]|[*+?}]\+|\(\?>|\(\?[a-zA-Z]")


@cache
def sees_no_edges(pattern: str) -> bool:
    """Whether what it matches in a line it also matches in that line among others.

    No anchors, nothing possessive, and it looks ahead and back at plain characters only.
    """
    plain = _CLASS.sub(lambda match: "." if match[1] else "x", pattern.replace("\\[", "x"))
    return _EDGE.search(_LOOK.sub("", plain)) is None


def find(
    pattern: re.Pattern[str],
    lines: tuple[Line, ...],
    *,
    quoted: bool = False,
    telling: re.Pattern[str] | None = None,
) -> Iterator[Found]:
    """Yield every match in reading order; in prose, or in the whole text when `quoted` is set.

    `telling` is a short pattern that every line with a match holds: a costly one is spared most lines by it.
    A pattern that sees no edges is first looked for in all lines at once: most of a table's are nowhere.
    """
    may_be_joined = telling is None and len(lines) > 1 and sees_no_edges(pattern.pattern)
    if may_be_joined and pattern.search(_whole(_SameLines(lines), quoted=quoted)) is None:
        return
    for line in lines:
        text = line.text if quoted else line.prose
        if telling is None or telling.search(text):
            for match in pattern.finditer(text):
                yield Found(line=line, match=match)


class _SameLines:
    """Lines that are the same when they are the same tuple: comparing hundreds of lines costs more than a search."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines

    def __hash__(self) -> int:
        return id(self.lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameLines) and other.lines is self.lines


@lru_cache(maxsize=8)  # a report's body and its own words, each as text and as prose
def _whole(same: _SameLines, *, quoted: bool) -> str:
    return "\n".join([line.text if quoted else line.prose for line in same.lines])


def to_prose(text: str) -> str:
    """Blank quoted titles and document numbers in match-form text; the length stays."""
    return _NUMBER.sub(lambda m: BLANK * len(m[0]), _QUOTED.sub(lambda m: BLANK * len(m[0]), text))


def to_report_text(section: Section) -> ReportText:
    """Prepare a section for the rules."""
    front: list[Line] = []
    body: list[Line] = []
    for number, paragraph in enumerate(section.paragraphs):
        text = match_form(paragraph.text)
        line = Line(
            where="paragraph",
            original=paragraph.text,
            text=text,
            prose=to_prose(text),
            paragraph=number,
            table=paragraph.role == "table",
        )
        (front if paragraph.role == "front_matter" else body).append(line)
    title = _own_title(section)
    return ReportText(
        title=title,
        front=tuple(front),
        body=tuple(body),
        own_words=(*((title,) if title else ()), *body),
        is_part=section.part > 0,
    )


def _own_title(section: Section) -> Line | None:
    """Return the title unless it is a compilation's heading repeated over a part (fifteen times on one resale page).

    A part's heading speaks for the part only when it says something that the parent's title does not.
    """
    text = match_form(section.title)
    if section.part:
        parent = _YEAR.sub("", match_form(section.parent_title or ""))
        own = _YEAR.sub("", _PART_NUMBER.sub("", text)).strip()
        if not parent or not own or own in parent or own.startswith(parent):
            return None
    return Line(where="title", original=section.title, text=text, prose=to_prose(text))
