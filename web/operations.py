"""Every address of the API: what it takes, what it gives, and an example. Pure; openapi.json is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from web import report_shapes, shapes
from web.cite_views import MOST_TEXT_CHARS as MOST_CITED_CHARS
from web.operation_parameters import (
    CHOICE,
    EXPLAIN,
    LANGUAGE,
    ORDER,
    PAGED,
    VALUES,
    VERSION_SCHEMA,
    Parameter,
    compared,
)
from web.overview_shapes import OverviewJson
from web.suggesting import MAX_TYPED_CHARS


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one address gives; `answer` is a type of web/shapes.py or web/report_shapes.py, None for what is no JSON.

    `problems` are statuses; `example` fills the address's own values, its query last.
    """

    summary: str
    media_type: str = "application/json"
    answer: Any = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    example: str = ""


_UNREADABLE = (503,)
_ONE_REPORT = (404, 410, 503)


def _export(summary: str, media_type: str, suffix: str) -> Operation:
    return Operation(
        summary=summary,
        media_type=media_type,
        parameters=(*CHOICE, ORDER, LANGUAGE),
        problems=_UNREADABLE,
        example=f"/search.{suffix}" + "?q=依申请公开&level=county",
    )


def _overview(summary: str, example: str) -> Operation:
    return Operation(
        summary=summary, answer=OverviewJson, parameters=(LANGUAGE,), problems=(404, 503), example=example
    )


OPERATIONS: Mapping[str, Operation] = {
    "api.search": Operation(
        summary="Search: one page of hits, with exact totals and the counts of every filter",
        answer=shapes.SearchAnswer,
        parameters=(*CHOICE, ORDER, *PAGED, EXPLAIN, VALUES, LANGUAGE),
        problems=_UNREADABLE,
        example="/api/search?q=依申请公开&level=county&size=10",
    ),
    "api.report": Operation(
        summary="One report, whole: the latest version, or the one that `version` names",
        answer=report_shapes.ReportJson,
        parameters=(Parameter(name="version", about="A frozen version", schema=VERSION_SCHEMA),),
        problems=_ONE_REPORT,
        example="/api/reports/{report_id}",
    ),
    "record_api.versions": Operation(
        summary="A report's versions, and the captures that gave the latest",
        answer=report_shapes.Versions,
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
        answer=report_shapes.CompilationJson,
        problems=(404, 503),
        example="/api/compilations/{compilation_id}",
    ),
    "record_api.compare": Operation(
        summary="What two reports share, paragraph beside paragraph",
        answer=report_shapes.Comparison,
        parameters=(compared("a"), compared("b")),
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
            LANGUAGE,
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
            LANGUAGE,
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
        parameters=(*CHOICE, LANGUAGE),
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
    endpoint: str
    operation: Operation
    path_parameters: tuple[Parameter, ...] = ()

    @property
    def operation_id(self) -> str:
        """The endpoint's name as openapi.json has it."""
        return self.endpoint.replace(".", "_")
