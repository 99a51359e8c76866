"""The parameters of the API's addresses: what each is called, means and may be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.engine import FACETS
from index.facet_counts import MOST_LISTED
from web.addresses import LAST_VERSION
from web.arguments import LAST_PAGE, MAX_TEXT_CHARS, MAX_VALUE_CHARS, MAX_VALUES_PER_FACET
from web.labels import closed_values
from web.languages import LANGUAGE_NAMES
from web.params import SIZES, SORTS

Json = dict[str, Any]
ID_SCHEMA: Json = {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{12}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an address or of its query."""

    name: str
    about: str
    schema: Json
    is_required: bool = False


def _facet(name: str) -> Parameter:
    known = closed_values(name)
    values = f"; one of {', '.join(known)}" if known else ""
    return Parameter(
        name=name,
        about=f"Only reports with any of these values, or without those that begin with -{values}",
        schema={
            "type": "array",
            "maxItems": MAX_VALUES_PER_FACET,
            "items": {"type": "string", "maxLength": MAX_VALUE_CHARS + 1},
        },
    )


_YEAR: Json = {"type": "integer", "minimum": 1000, "maximum": 2999}
LANGUAGE = Parameter(
    name="lang",
    about="Language of labels and notes; else that of Accept-Language",
    schema={"type": "string", "enum": list(LANGUAGE_NAMES)},
)
QUERY = Parameter(
    name="q",
    about="What to look for, in the query language; all reports without it. What can't be read is said in a note",
    schema={"type": "string", "maxLength": MAX_TEXT_CHARS},
)
CHOICE = (
    QUERY,
    *map(_facet, FACETS),
    Parameter(name="from", about="Only reports of this year or later", schema=_YEAR),
    Parameter(name="to", about="Only reports of this year or earlier", schema=_YEAR),
    Parameter(
        name="copies",
        about="`all` lists each copy of a text; else a family of copies is one hit",
        schema={"type": "string", "enum": ["all"]},
    ),
)
"""What chooses reports, and all of them."""

ORDER = Parameter(
    name="sort", about="In which order", schema={"type": "string", "enum": list(SORTS), "default": SORTS[0]}
)
PAGED = (
    Parameter(
        name="page",
        about="From 1; beyond the last page the last is given, with a note",
        schema={"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
    ),
    Parameter(
        name="size",
        about="Hits on a page",
        schema={"type": "integer", "enum": list(SIZES), "default": SIZES[0]},
    ),
)
VERSION_SCHEMA: Json = {"type": "integer", "minimum": 1, "maximum": LAST_VERSION}
EXPLAIN = Parameter(
    name="explain", about="1 adds why each hit was found", schema={"type": "string", "enum": ["1"]}
)
VALUES = Parameter(
    name="values",
    about=f"`all` lists all values of each facet; else the {MOST_LISTED} most frequent, and a note says so",
    schema={"type": "string", "enum": ["all"]},
)
_FACET_VALUE: Json = {"type": "string", "pattern": "^[^/]+$", "maxLength": MAX_VALUE_CHARS}


def compared(name: str) -> Parameter:
    """Return the parameter that names one of two reports."""
    return Parameter(name=name, about="A report's id", schema=ID_SCHEMA, is_required=True)


PATH_PARAMETERS: Mapping[str, Parameter] = {
    "report_id": Parameter(
        name="report_id",
        about="12 letters and digits; a misread one (capitals, i or l for 1, o for 0) is led to its one spelling",
        schema=ID_SCHEMA,
        is_required=True,
    ),
    "code": Parameter(
        name="code",
        about="A division's code: 2, 4, 6 or 9 characters",
        schema={"type": "string", "pattern": "^[0-9Z]{2,9}$"},
        is_required=True,
    ),
    "name": Parameter(
        name="name", about="A value of the facet `bureau`", schema=_FACET_VALUE, is_required=True
    ),
    "site": Parameter(
        name="site", about="A value of the facet `site`", schema=_FACET_VALUE, is_required=True
    ),
    "year": Parameter(
        name="year", about="Four digits", schema={"type": "string", "pattern": "^[0-9]{4}$"}, is_required=True
    ),
    "version": Parameter(name="version", about="From 1", schema=VERSION_SCHEMA, is_required=True),
    "plural": Parameter(
        name="plural",
        about="What kind of thing",
        schema={"type": "string", "enum": ["places", "bureaus", "sites", "years"]},
        is_required=True,
    ),
    "value": Parameter(
        name="value",
        about="A value of that filter: a division's code, a bureau's field, a site, a year",
        schema={"type": "string", "minLength": 1, "maxLength": MAX_VALUE_CHARS},
        is_required=True,
    ),
}
