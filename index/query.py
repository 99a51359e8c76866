"""The query language: reads what a person typed. Nothing typed raises; what can't be read becomes a note.

::

    any     := all ("OR" all)*              also | and 或
    all     := one*                         words side by side must all match
    one     := "-" one | field one | "(" any ")" | quoted | word
"""

from dataclasses import dataclass

from index.dates import date_forms
from index.notes import Note
from index.query_fields import read_field
from index.query_tokens import Token, read_tokens
from index.regional import mainland_wording
from index.tree import And, Everything, Node, Not, Or, Phrase, Words

MAX_CHARACTERS = 300
"""A title of 100 characters, quoted three times over, or a long paragraph. It also bounds the work that one query can
ask for: 500 took half as long again as all but one in twenty ordinary questions (`python -m bench.hostile`)."""

MAX_OPERANDS = 16
"""Different words and quotations; each costs as much as a short query of its own. With 20 a query took a third longer
than all but one in twenty ordinary questions."""

MAX_TOKENS = 120
"""Words, quotations, fields, operators and parentheses, also those that come again: 6 us each. There is room for
MAX_OPERANDS words, each with a field, a minus and a pair of parentheses of its own, joined by OR."""

MAX_CONDITIONS = 8
"""Fields with a value; each looks at every report, where a word reads only its own."""

MAX_DEPTH = 20
"""Parentheses within parentheses; the parser calls itself once for each."""

OPEN, CLOSE, OR, AND, NOT = (
    Token(kind="mark", text=text) for text in ("(", ")", "or", "and", "not")
)  # as `read_tokens` gives them


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as understood: `notes` tell what in `text` was not."""

    text: str
    tree: Node
    notes: tuple[Note, ...] = ()


def _balanced(tokens: list[Token], notes: list[Note]) -> list[Token]:
    """Leave out parentheses that have no partner, and those too deep."""
    partner: dict[int, int] = {}
    open_at: list[int] = []
    for position, token in enumerate(tokens):
        if token == OPEN:
            open_at.append(position)
        elif token == CLOSE and open_at:
            if len(open_at) > MAX_DEPTH:
                open_at.pop()
            else:
                partner[position] = open_at.pop()
    paired = {*partner, *partner.values()}
    kept = [token for n, token in enumerate(tokens) if n in paired or token not in (OPEN, CLOSE)]
    if len(kept) < len(tokens):
        notes.append(Note(code="unpaired_parentheses"))
    return kept


class _Parser:
    """Reads balanced tokens; each method consumes what it names and gives None where nothing is left of it."""

    def __init__(self, tokens: list[Token], notes: list[Note]) -> None:
        self._tokens = tokens
        self._next = 0
        self._conditions: set[Node] = set()
        self._notes = notes

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, token: Token) -> bool:
        taken = self._peek() == token
        self._next += taken
        return taken

    def any_of(self, field: str | None = None) -> Node | None:
        sides = [self._all_of(field)]
        while self._take(OR):
            sides.append(self._all_of(field))
        if None in sides and len(sides) > 1:
            self._notes.append(Note(code="empty_or"))
        parts = tuple(dict.fromkeys(side for side in sides if side is not None))
        return Or(parts=parts) if len(parts) > 1 else next(iter(parts), None)

    def _all_of(self, field: str | None) -> Node | None:
        parts: dict[Node, None] = {}  # a condition set twice is one
        while self._peek() not in (None, OR, CLOSE):
            if (part := self._one(field)) is not None:
                parts[part] = None
        return And(parts=tuple(parts)) if len(parts) > 1 else next(iter(parts), None)

    def _one(self, field: str | None) -> Node | None:
        negated = False
        while (token := self._peek()) == NOT or (token is not None and token.kind == "field"):
            self._next += 1
            if token == NOT:
                negated = not negated
            else:
                field = token.text
        if token in (None, OR, CLOSE):
            self._notes.append(Note(code="empty_field", text=field) if field else Note(code="empty_not"))
            return None
        part = self._operand(token, field)
        return Not(part=part) if negated and part is not None else part

    def _operand(self, token: Token, field: str | None) -> Node | None:
        self._next += 1
        if token == OPEN:
            inside = self.any_of(field)
            self._take(CLOSE)
            return inside
        exact = token.kind == "quoted"
        if field is None:
            return Phrase(text=token.text) if exact else _to_words(token)
        condition = read_field(field, token.text, exact=exact)
        if isinstance(condition, Note):
            self._notes.append(condition)
            return None
        if len({*self._conditions, condition}) > MAX_CONDITIONS:
            self._notes.append(Note(code="too_many_fields", limit=MAX_CONDITIONS))
            return None
        self._conditions.add(condition)
        return condition


def _to_words(token: Token) -> Node:
    forms = tuple(Phrase(text=form) for form in date_forms(token.text))
    if forms:
        return Or(parts=forms)
    return Words(text=token.text, preferred=token.preferred, alternatives=mainland_wording(token.text))


def parse(text: str) -> Query:
    """Read a query in the language above. Never raises; the empty query is Everything."""
    notes: list[Note] = []
    if len(text) > MAX_CHARACTERS:
        notes.append(Note(code="query_too_long", limit=MAX_CHARACTERS))
    tokens: list[Token] = []
    operands: set[Token] = set()
    for item in read_tokens(text[:MAX_CHARACTERS]):
        if isinstance(item, Note):
            notes.append(item)
        elif item != AND:  # what stands side by side is joined by AND anyway
            operands.update((item,) if item.kind in ("word", "quoted") else ())
            if len(operands) > MAX_OPERANDS:
                notes.append(Note(code="too_many_words", limit=MAX_OPERANDS))
                break
            if len(tokens) == MAX_TOKENS:
                notes.append(Note(code="too_many_parts", limit=MAX_TOKENS))
                break
            tokens.append(item)
    tree = _Parser(_balanced(tokens, notes), notes).any_of()
    return Query(text=text, tree=tree or Everything(), notes=tuple(dict.fromkeys(notes)))
