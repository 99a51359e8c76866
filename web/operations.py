"""Every address of the API: what it takes, what it gives, and an example. Pure; openapi.json is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.engine import FACETS
from index.facet_counts import MOST_LISTED
from web import shapes
from web.addresses import LAST_VERSION
from web.arguments import LAST_PAGE, MAX_TEXT_CHARS, MAX_VALUE_CHARS, MAX_VALUES_PER_FACET
from web.cite_views import MOST_TEXT_CHARS as MOST_CITED_CHARS
from web.labels import closed_values
from web.languages import LANGUAGE_NAMES
from web.overview_shapes import OverviewJson
from web.params import SIZES, SORTS
from web.suggesting import MAX_TYPED_CHARS

Json = dict[str, Any]
ID_SCHEMA: Json = {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{12}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an address or of its query."""

    name: str
    about: str
    schema: Json
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one address gives; `answer` is a type of web/shapes.py, None for what is no JSON.

    `problems` are statuses; `example` fills the address's own values, its query last.
    """

    summary: str
    media_type: str = "application/json"
    answer: Any = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    example: str = ""


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
_LANGUAGE = Parameter(
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
_PAGED = (
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
_VERSION: Json = {"type": "integer", "minimum": 1, "maximum": LAST_VERSION}
_EXPLAIN = Parameter(
    name="explain", about="1 adds why each hit was found", schema={"type": "string", "enum": ["1"]}
)
_VALUES = Parameter(
    name="values",
    about=f"`all` lists all values of each facet; else the {MOST_LISTED} most frequent, and a note says so",
    schema={"type": "string", "enum": ["all"]},
)
_FACET_VALUE: Json = {"type": "string", "pattern": "^[^/]+$", "maxLength": MAX_VALUE_CHARS}
_UNREADABLE = (503,)
_ONE_REPORT = (404, 410, 503)


def _compared(name: str) -> Parameter:
    return Parameter(name=name, about="A report's id", schema=ID_SCHEMA, is_required=True)


def _export(summary: str, media_type: str, suffix: str) -> Operation:
    return Operation(
        summary=summary,
        media_type=media_type,
        parameters=(*CHOICE, ORDER, _LANGUAGE),
        problems=_UNREADABLE,
        example=f"/search.{suffix}" + "?q=依申请公开&level=county",
    )


def _overview(summary: str, example: str) -> Operation:
    return Operation(
        summary=summary, answer=OverviewJson, parameters=(_LANGUAGE,), problems=(404, 503), example=example
    )


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
    "version": Parameter(name="version", about="From 1", schema=_VERSION, is_required=True),
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

OPERATIONS: Mapping[str, Operation] = {
    "api.search": Operation(
        summary="Search: one page of hits, with exact totals and the counts of every filter",
        answer=shapes.SearchAnswer,
        parameters=(*CHOICE, ORDER, *_PAGED, _EXPLAIN, _VALUES, _LANGUAGE),
        problems=_UNREADABLE,
        example="/api/search?q=依申请公开&level=county&size=10",
    ),
    "api.report": Operation(
        summary="One report, whole: the latest version, or the one that `version` names",
        answer=shapes.ReportJson,
        parameters=(Parameter(name="version", about="A frozen version", schema=_VERSION),),
        problems=_ONE_REPORT,
        example="/api/reports/{report_id}",
    ),
    "record_api.versions": Operation(
        summary="A report's versions, and the captures that gave the latest",
        answer=shapes.Versions,
        problems=_ONE_REPORT,
        example="/api/reports/{report_id}/versions",
    ),
    "record_api.text": Operation(
        summary="One version's text, whose SHA-256 is the version's digest; it never changes",
        media_type="text/plain",
        problems=_ONE_REPORT,
        example="/api/reports/{report_id}/versions/1/text",
    ),
    "record_api.compilation": Operation(
        summary="A page that holds several reports, with each of them",
        answer=shapes.CompilationJson,
        problems=(404, 503),
        example="/api/compilations/{compilation_id}",
    ),
    "record_api.compare": Operation(
        summary="What two reports share, paragraph beside paragraph",
        answer=shapes.Comparison,
        parameters=(_compared("a"), _compared("b")),
        problems=(400, *_ONE_REPORT),
        example="/api/compare?a={report_id}&b={other_id}",
    ),
    "citing.resolve_one": Operation(
        summary="What an id, an address, a title, a document number or a quoted passage leads to",
        answer=shapes.ResolutionJson,
        parameters=(
            Parameter(
                name="q", about="What to find", schema={"type": "string", "maxLength": MOST_CITED_CHARS}
            ),
            _LANGUAGE,
        ),
        problems=_UNREADABLE,
        example="/api/resolve?q={report_id}",
    ),
    "suggestions.answer": Operation(
        summary="At most ten suggestions for what was typed so far, by characters or by pinyin",
        answer=shapes.Suggestions,
        parameters=(
            Parameter(
                name="q", about="What was typed", schema={"type": "string", "maxLength": MAX_TYPED_CHARS}
            ),
            _LANGUAGE,
        ),
        problems=_UNREADABLE,
        example="/api/suggest?q=jy",
    ),
    "overview_api.place": _overview(
        "What is held of a place, what is missing of the divisions below it, and its numbers over the years",
        "/api/places/99",
    ),
    "overview_api.bureau": _overview("What is held of a bureau's field", "/api/bureaus/{name}"),
    "overview_api.site": _overview("What is held of a site", "/api/sites/{site}"),
    "overview_api.year": _overview(
        "What is held of a year, and from how many counties of each province", "/api/years/2018"
    ),
    "taking_out.table": _export("All hits of a search as a table, in their order", "text/csv", "csv"),
    "taking_out.lines": _export(
        "All hits of a search, one whole report as JSON on each line", "application/jsonl", "jsonl"
    ),
    "taking_out.bibliography": _export(
        "All hits of a search as a bibliography", "application/x-bibtex", "bib"
    ),
    "feeds.feed": Operation(
        summary="The reports of a search that came into the archive last, as an Atom feed",
        media_type="application/atom+xml",
        parameters=(*CHOICE, _LANGUAGE),
        problems=_UNREADABLE,
        example="/search.atom?level=county",
    ),
    "api.health": Operation(
        summary="Whether store and index can be read, and whether the index has caught up",
        answer=shapes.Health,
        problems=_UNREADABLE,
        example="/healthz",
    ),
}
"""By endpoint, in the order of the docs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An operation at its path, `{report_id}` standing for what the address names."""

    path: str
    operation_id: str
    operation: Operation
    path_parameters: tuple[Parameter, ...] = field(default=())
