"""Writes a query tree back in the query language: what the parts of a query are called, and a query without one."""

from typing import assert_never

from index.tree import And, Choice, Everything, Field, Node, Not, Or, Phrase, Words, Years

_FIELDS = {
    "title": "标题",
    "place": "地区",
    "bureau": "部门",
    "number": "文号",
    "level": "层级",
    "script": "字体",
}


def _quoted(text: str) -> str:
    """Quote with marks that `text` does not hold."""
    return f"「{text}」" if '"' in text else f'"{text}"'


def _years(node: Years) -> str:
    if node.first == node.last:
        return f"年份:{node.first}"
    return f"年份:{'' if node.first is None else node.first}..{'' if node.last is None else node.last}"


def _inner(node: Node) -> str:
    return f"({to_text(node)})" if isinstance(node, And | Or) else to_text(node)


def to_text(node: Node) -> str:  # noqa: PLR0911 - one line for each kind of node
    """Return a query that `parse` reads as `node`; Everything is the empty one."""
    match node:
        case Words():
            return node.text
        case Phrase():
            return _quoted(node.text)
        case Field():
            is_bare = not node.exact and not any(mark.isspace() or mark in "()|" for mark in node.text)
            return f"{_FIELDS[node.name]}:{node.text if is_bare else _quoted(node.text)}"
        case Choice():
            return f"{_FIELDS[node.name]}:{node.value}"
        case Years():
            return _years(node)
        case And():
            return " ".join(map(_inner, node.parts))
        case Or():
            return " OR ".join(map(_inner, node.parts))
        case Not():
            return f"-{_inner(node.part)}"
        case Everything():
            return ""
        case _:
            assert_never(node)
