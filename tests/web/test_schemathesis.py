"""Schemathesis asks all that openapi.json allows, and what it does not, of the application, and finds nothing wrong."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from tests.web import invented
from tests.web.test_pages import TOWN
from web.operations import OPERATIONS

PLAIN = {"Accept-Encoding": "identity"}
"""The test client unpacks nothing; tests/web/test_compressing.py does."""

EXAMPLES = 8
"""For each address and kind of data: some 10 s of the suite."""

HELD = st.sampled_from([None, TOWN, *(one.report_id for one in invented.compilation().reports)])


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.name
)
def test_no_request_gets_an_answer_that_is_not_described(app: Flask, mode: GenerationMode) -> None:
    operations = [
        one.ok() for one in schemathesis.openapi.from_wsgi("/api/openapi.json", app).get_all_operations()
    ]
    if mode is GenerationMode.NEGATIVE:  # where there is nothing to fill in, nothing can be filled in wrongly
        operations = [one for one in operations if any(one.iter_parameters())]
    assert len(operations) >= len(OPERATIONS) - 1
    for operation in operations:

        @settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), held=HELD)
        def ask(case: Any, held: str | None) -> None:
            if held and "report_id" in (case.path_parameters or {}):  # no chance finds one of 32 ** 12
                case.path_parameters["report_id"] = held
            # A parameter that can't be read is left out and named in a note: no error, by the house's rule.
            case.validate_response(case.call(headers=PLAIN), excluded_checks=[negative_data_rejection])

        ask()
