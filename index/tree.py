"""What a query means, apart from any engine: a tree of conditions on a report."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

TextField = Literal["title", "place", "bureau", "number", "initials", "spelling"]
"""`initials` and `spelling` are the title's pinyin (`index.spelling`), which only suggestions ask for."""

ChoiceField = Literal["level", "script"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A segment: what stood between two spaces. How it matches is told in `index.segment`.

    `preferred` are quotations inside a sentence: reports that hold one stand first. `alternatives` say the same
    in other words: they match too, and count half.
    """

    text: str
    preferred: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Quoted text: the report's title or one of its paragraphs holds exactly this, in either script."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One named field holds `text`: exactly so when `exact`, else so or in its words."""

    name: TextField
    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A facet has this value."""

    name: ChoiceField
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The report's year lies in `first`..`last`, both included; None is an open end."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of `parts`, of which there are two or more."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of `parts`, of which there are two or more."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Every report that `part` does not match. Inside, a segment means its literal text only."""

    part: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All reports: the empty query."""


Node: TypeAlias = Words | Phrase | Field | Choice | Years | And | Or | Not | Everything


def positive_texts(node: Node) -> Iterator[Words | Phrase]:
    """Yield the segments and phrases that speak for a report, in the order typed: what ranks and is marked."""
    match node:
        case Words() | Phrase():
            yield node
        case And() | Or():
            for part in node.parts:
                yield from positive_texts(part)
        case _:
            return


def positive_fields(node: Node, name: TextField) -> Iterator[Field]:
    """Yield the conditions on one text field that speak for a report: what is marked in it."""
    match node:
        case Field() if node.name == name:
            yield node
        case And() | Or():
            for part in node.parts:
                yield from positive_fields(part, name)
        case _:
            return


def literally(node: Node) -> Node:
    """Return `node` with every segment standing for its literal text: what a reader means to exclude."""
    match node:
        case Words():
            return Phrase(text=node.text)
        case Field():
            return replace(node, exact=True)
        case And():
            return And(parts=tuple(map(literally, node.parts)))
        case Or():
            return Or(parts=tuple(map(literally, node.parts)))
        case Not():
            return Not(part=literally(node.part))
        case _:
            return node
