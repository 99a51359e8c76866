"""openapi.json is made from the code; here its answers, examples, errors and limits are held to it."""

import re
import shlex
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.settings import Settings
from tests.web import invented
from tests.web.test_pages import DAMAGED, TOWN
from web import create_app
from web.configuration import SiteSettings
from web.json_schema import schema_of
from web.operation_titles import OPERATION_TITLES
from web.operations import OPERATIONS
from web.problems import PROBLEMS

COMPILATION = invented.compilation().compilation
ANSWERS = {
    "SearchAnswer": "/api/search?q=政务公开&explain=1",
    "ReportJson": f"/api/reports/{DAMAGED}",
    "Versions": f"/api/reports/{TOWN}/versions",
    "CompilationJson": f"/api/compilations/{COMPILATION.report_id if COMPILATION else ''}",
    "Comparison": f"/api/compare?a={TOWN}&b={DAMAGED}",
    "ResolutionJson": "/api/resolve?q=全年收到依申请公开三件，均按时答复，没有发生行政复议和行政诉讼。",
    "Suggestions": "/api/suggest?q=jy",
    "OverviewJson": "/api/places/990121",
    "Health": "/healthz",
    "ProblemDocument": "/api/reports/000000000000",
}


def document(client: FlaskClient) -> dict[str, Any]:
    described = client.get("/api/openapi.json").json
    assert isinstance(described, dict)
    return described


def faults(value: object, schema: dict[str, Any], schemas: dict[str, Any], at: str = "") -> Iterator[str]:
    """Yield where a value is not what its schema says, and what it has that its schema does not name."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tried = [list(faults(value, one, schemas, at)) for one in schema["anyOf"]]
        yield from [] if [] in tried else tried[0]
        return
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    kind = "null" if value is None else kinds[type(value)]
    allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if kind not in allowed and not (kind == "integer" and "number" in allowed):
        yield f"{at} is {kind}, not {allowed}"
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from faults(one, schema["items"], schemas, f"{at}[{number}]")
    elif isinstance(value, dict):
        known = schema.get("properties", dict.fromkeys(value, schema.get("additionalProperties")))
        yield from (f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        yield from (f"{at}.{name} is not described" for name in value if name not in known)
        for name in value.keys() & known.keys():
            yield from faults(value[name], known[name], schemas, f"{at}.{name}")
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{at} is {value!r}, not one of {schema['enum']}"


@pytest.mark.parametrize(("name", "address"), ANSWERS.items())
def test_every_answer_is_what_the_description_says(client: FlaskClient, name: str, address: str) -> None:
    schemas = document(client)["components"]["schemas"]
    assert list(faults(client.get(address).json, schemas[name], schemas)) == []


@pytest.mark.parametrize("address", ["/api/bureaus/教育", "/api/places/11", "/api/years/1999"])
def test_every_kind_of_overview_is_what_the_description_says(client: FlaskClient, address: str) -> None:
    schemas = document(client)["components"]["schemas"]
    assert list(faults(client.get(address).json, schemas["OverviewJson"], schemas)) == []


def test_a_fault_would_be_seen() -> None:
    schemas = {"Some": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a", "b"]}}
    found = list(faults({"a": 1, "c": 2}, {"$ref": "#/components/schemas/Some"}, schemas))
    assert found == [".b is missing", ".c is not described", ".a is integer, not ['string']"]


def test_every_address_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    described = {re.sub(r"{\w+}", "{}", path) for path in document(client)["paths"]}
    own_pages = {"/api/openapi.json", "/api/docs"}
    answered = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")} - own_pages
    assert {re.sub(r"<[^>]+>", "{}", rule) for rule in answered} - described == set()


def test_every_reference_of_the_description_leads_somewhere(client: FlaskClient) -> None:
    described = document(client)
    names = set(re.findall(r'"#/components/schemas/(\w+)"', client.get("/api/openapi.json").text))
    assert names <= set(described["components"]["schemas"])
    assert described["openapi"] == "3.1.0"


def test_a_type_that_json_lacks_is_refused() -> None:
    with pytest.raises(TypeError, match="no JSON Schema"):
        schema_of(set, {})


def examples(client: FlaskClient) -> list[str]:
    page = client.get("/api/docs").text
    return re.findall(r'class="api-example">(curl [^<]*)<', page)


def test_every_example_of_the_docs_runs_as_it_stands(client: FlaskClient) -> None:
    shown = examples(client)
    assert len(shown) == len(document(client)["paths"])
    for example in shown:
        _, _, address = shlex.split(example.replace("&#39;", "'").replace("&amp;", "&"))
        parts = urlsplit(address)
        response = client.get(f"{parts.path}?{parts.query}")
        assert (response.status_code, bool(response.data)) == (200, True), example


def test_the_docs_tell_every_limit_and_every_problem(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    limits = document(client)["x-limits"]
    assert limits["query_chars"]["value"] == "500"
    assert all(f"<td>{one['value']}</td>" in page for one in limits.values())
    assert all(f'href="/problems/{name}"' in page for name in PROBLEMS)


def test_the_limit_on_requests_is_the_one_that_is_set(archive: Settings) -> None:
    limited = create_app(archive, SiteSettings(rate_limit="2/hour"), TESTING=True).test_client()
    assert document(limited)["x-limits"]["requests"]["value"] == "2/hour"
    limited.get("/api/search")
    refused = limited.get("/api/search")
    assert refused.status_code == 429
    assert refused.json is not None
    assert refused.json["type"].endswith("/problems/too-many-requests")
    assert "2 per 1 hour" in refused.json["detail"]
    assert int(refused.headers["Retry-After"]) > 0


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_kind_of_problem_has_a_page_that_explains_it(
    client: FlaskClient, name: str, language: str
) -> None:
    response = client.get(f"/problems/{name}", headers={"Accept-Language": language})
    assert response.status_code == 200
    assert PROBLEMS[name].title in response.text.replace("&#39;", "'")


def test_there_is_no_page_for_a_problem_that_does_not_exist(client: FlaskClient) -> None:
    assert client.get("/problems/nope").status_code == 404


@pytest.mark.parametrize(
    ("address", "status", "name"),
    [
        ("/api/reports/000000000000", 404, "not-held"),
        ("/api/compilations/000000000000", 404, "not-held"),
        ("/api/nope", 404, "no-such-address"),
        ("/api/compare?a=nothing", 400, "bad-request"),
    ],
)
def test_a_problem_names_its_kind_by_an_address_that_resolves(
    client: FlaskClient, address: str, status: int, name: str
) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.json is not None
    assert response.json["type"] == f"http://localhost/problems/{name}"
    assert response.json["title"] == PROBLEMS[name].title
    assert response.json["instance"] == address.partition("?")[0]
    assert client.get(response.json["type"]).status_code == 200


def test_another_method_is_refused_with_those_that_are_allowed(client: FlaskClient) -> None:
    response = client.post("/api/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.json is not None
    assert response.json["type"].endswith("/problems/method-not-allowed")


@pytest.mark.parametrize("address", ["/api/search", "/api/nope", "/healthz", "/search.csv", "/search.atom"])
def test_scripts_of_any_site_may_read_and_nothing_is_asked_for_their_cookies(
    client: FlaskClient, address: str
) -> None:
    headers = client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_a_browser_may_ask_before_it_reads(client: FlaskClient) -> None:
    response = client.options("/api/search", headers={"Access-Control-Request-Method": "GET"})
    assert response.status_code == 200
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


def test_pages_are_not_for_scripts_of_other_sites(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/search").headers


@pytest.mark.parametrize(
    "address",
    ["/api/search?q=公开", f"/api/reports/{TOWN}", "/api/openapi.json", "/search.atom", "/sitemap.xml"],
)
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_version_s_text_is_the_bytes_that_its_digest_is_of(client: FlaskClient) -> None:
    response = client.get(f"/api/reports/{TOWN}/versions/1/text")
    versions = client.get(f"/api/reports/{TOWN}/versions").json
    assert versions is not None
    assert sha256(response.data).hexdigest() == versions["versions"][0]["digest"]
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["ETag"].strip('"') == versions["versions"][0]["digest"]


def test_a_comparison_gives_both_texts_back(client: FlaskClient) -> None:
    other = invented.township(2019).reports[0]
    answer = client.get(f"/api/compare?a={TOWN}&b={other.report_id}").json
    assert answer is not None
    whole = client.get(f"/api/reports/{TOWN}").json
    assert whole is not None
    assert len(answer["shared"]) > 3
    for pair in answer["shared"]:
        text = "".join(piece["here"] for piece in pair["pieces"])
        assert text == whole["paragraphs"][pair["here"]]["text"]


def test_the_docs_tell_in_the_readers_language_what_an_address_gives(client: FlaskClient) -> None:
    assert list(OPERATION_TITLES) == list(OPERATIONS)
    assert "<p>一份报告的各版，以及最新一版的各次收存 · <code>" in client.get("/api/docs").text
    assert "<p>一個收有多份報告的網頁，連同其中每一份 · <code>" in client.get("/api/docs?lang=zh-Hant").text
    in_english = unescape(client.get("/api/docs?lang=en").text)
    for operation in OPERATIONS.values():
        assert f"<p>{operation.summary.replace('`', '')} · <code>" in in_english
