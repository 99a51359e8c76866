"""JSON Schema (2020-12) of Python types: dataclasses, typed dictionaries and what they are made of. Pure."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import reduce
from inspect import getdoc
from operator import or_
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

Json = dict[str, Any]

REFERENCE = "#/components/schemas/"
_PLAIN: Mapping[Any, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    NoneType: "null",
}


def schema_of(kind: Any, named: dict[str, Json]) -> Json:
    """Return the schema of a type; each class it meets is put into `named` once and referred to.

    Raises TypeError for a type that JSON has nothing for.
    """
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin in (Union, UnionType):
        return _union([schema_of(one, named) for one in arguments])
    if origin in (list, tuple):
        return {"type": "array", "items": _items(arguments, named)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(arguments[1], named)}
    if is_dataclass(kind) or is_typeddict(kind):
        return _reference(kind, named)
    raise TypeError(f"no JSON Schema for {kind!r}")


def _union(schemas: list[Json]) -> Json:
    """Return plain types as one list of types, anything else as alternatives."""
    if all(set(one) == {"type"} for one in schemas):
        return {"type": [one["type"] for one in schemas]}
    return {"anyOf": schemas}


def _items(arguments: tuple[Any, ...], named: dict[str, Json]) -> Json:
    """Return what a list or tuple holds; a tuple of several types holds any of them."""
    kinds = [one for one in arguments if one is not Ellipsis]
    return schema_of(reduce(or_, kinds), named)


def _reference(kind: Any, named: dict[str, Json]) -> Json:
    name = kind.__name__
    if name not in named:
        named[name] = {}  # before its members, which may refer to it
        hints = get_type_hints(kind)
        names = [one.name for one in fields(kind)] if is_dataclass(kind) else list(hints)
        optional: frozenset[str] = getattr(kind, "__optional_keys__", frozenset())
        named[name] = {
            "type": "object",
            "description": (getdoc(kind) or "").partition("\n")[0],
            "properties": {one: schema_of(hints[one], named) for one in names},
            "required": [one for one in names if one not in optional],
        }
    return {"$ref": REFERENCE + name}
