"""The API's description, made from the code: /api/openapi.json, and a page of docs with examples that run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, jsonify, render_template

from index.document import NO_BUREAU
from index.engine import UNKNOWN
from web.addresses import public_address
from web.errors import Trouble
from web.finding import find
from web.holdings import current_engine, current_store
from web.json_schema import schema_of
from web.limits import Limit, limits
from web.operation_parameters import PATH_PARAMETERS, Json, Parameter
from web.operation_titles import OPERATION_TITLES
from web.operations import OPERATIONS, Address, Operation
from web.params import SIZES, SearchState
from web.problem_views import explanation
from web.problems import PROBLEMS
from web.shapes import ProblemDocument

openapi = Blueprint("openapi", __name__)

API_VERSION = "1"
_KEPT = "/?&=:"
_CONVERTED = re.compile(r"<(?:[^:<>]+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An address of the docs with its parameters and a request that can be made as it stands."""

    address: Address
    title: str
    parameters: tuple[Parameter, ...]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """A kind of error as the docs list it."""

    name: str
    trouble: Trouble


def addresses(app: Flask) -> Iterator[Address]:
    """Yield the addresses that `app` answers and that are described, in the order of the docs."""
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    for endpoint, operation in OPERATIONS.items():
        path = rules[endpoint].rule
        yield Address(
            path=_CONVERTED.sub(r"{\1}", path),
            endpoint=endpoint,
            operation=operation,
            path_parameters=tuple(PATH_PARAMETERS[name] for name in _CONVERTED.findall(path)),
        )


@openapi.get("/api/openapi.json")
def document() -> Response:
    """Give the description of the API (OpenAPI 3.1)."""
    return jsonify({**_description(), "servers": [{"url": public_address("")}], "x-limits": _limits_json()})


@cache
def _description() -> Json:
    """Return all of the description that no request and no setting changes."""
    schemas: dict[str, Json] = {}
    schema_of(ProblemDocument, schemas)
    paths = {one.path: {"get": _operation_json(one, schemas)} for one in addresses(current_app)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Archive of information-disclosure reports",
            "version": API_VERSION,
            "description": "For reading, by anybody and from any site. Parameters that can't be read are left out"
            " and named in the answer's `notes`; errors are problem documents (RFC 9457).",
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation_json(address: Address, schemas: dict[str, Json]) -> Json:
    operation = address.operation
    return {
        "operationId": address.operation_id,
        "summary": operation.summary,
        "parameters": [
            *(_parameter_json(one, "path") for one in address.path_parameters),
            *(_parameter_json(one, "query") for one in operation.parameters),
        ],
        "responses": _responses_json(operation, schemas),
    }


def _parameter_json(one: Parameter, where: str) -> Json:
    return {
        "name": one.name,
        "in": where,
        "required": one.is_required,
        "description": one.about,
        "schema": one.schema,
    }


def _responses_json(operation: Operation, schemas: dict[str, Json]) -> Json:
    schema = schema_of(operation.answer, schemas) if operation.answer else {"type": "string"}
    problem: Json = {"application/problem+json": {"schema": schema_of(ProblemDocument, schemas)}}
    titles = {
        status: "; ".join(one.title for one in PROBLEMS.values() if one.status == status)
        for status in (*operation.problems, 429)
    }
    return {
        "200": {"description": operation.summary, "content": {operation.media_type: {"schema": schema}}},
        "304": {"description": "Unchanged since the ETag that If-None-Match gave"},
        **{str(status): {"description": title, "content": problem} for status, title in titles.items()},
    }


def _limits_json() -> Json:
    return {one.name: {"value": one.value, "beyond": one.beyond} for one in _limits()}


def _limits() -> tuple[Limit, ...]:
    return limits(str(current_app.config["RATE_LIMIT"]))


@openapi.get("/api/docs")
def docs() -> str:
    """Show what the API gives, with an example of each address from what is held."""
    filled = _filled()
    return render_template(
        "api.html",
        examples=[
            Example(
                address=one,
                title=OPERATION_TITLES[one.endpoint],
                parameters=(*one.path_parameters, *one.operation.parameters),
                example=public_address(quote(one.operation.example.format_map(filled), safe=_KEPT)),
            )
            for one in addresses(current_app)
            if all(name in filled for name in re.findall(r"{(\w+)}", one.operation.example))
        ],
        limits=_limits(),
        problems=[ProblemView(name=name, trouble=explanation(problem)) for name, problem in PROBLEMS.items()],
    )


def _filled() -> dict[str, Any]:
    """Return ids of reports that are held, a bureau and a site, for the examples."""
    found = find(SearchState(sort="newest", size=SIZES[-1]), current_store(), current_engine())
    reports = [hit.report for hit in found.hits]
    parents = [one.parent_id for one in reports if one.parent_id]
    filled = {"report_id": reports[0].report_id, "other_id": reports[-1].report_id} if reports else {}
    counts = dict(found.result.facets)
    for name, facet in (("name", "bureau"), ("site", "site")):
        known = [one.value for one in counts.get(facet, ()) if one.value not in {UNKNOWN, NO_BUREAU}]
        filled |= {name: known[0]} if known else {}
    return filled | ({"compilation_id": parents[0]} if parents else {})
