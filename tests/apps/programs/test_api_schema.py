"""Every operation answers what its description says, whatever is sent: drawn by schemathesis."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks

from api_calls import secret_of
from matrix_objects import one_of_each
from records_world import a_definition, a_record, deliver
from ronghe.apps.access import Role
from ronghe.apps.programs.document import operations_of
from ronghe.project.api import api
from ronghe.project.wsgi import application

DRAWN = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
ASKED_BY = {
    "enter": Role.BRANCH_SECRETARY,
    "deliver": Role.DATA_DEPARTMENT,
    "members": Role.ORGANISATION,
    "people": Role.ADMINISTRATOR,
    "entries": Role.INSPECTOR,
}
"""Who may do what the appraisal office may not."""
NEVER_FITTING = {"deliver", "set_targets"}
"""No code that is drawn is a measure's."""

OPERATIONS = {
    one["operationId"]: (method, path)
    for method, path, one in operations_of(api.get_openapi_schema())
}


@pytest.fixture
def filled(here) -> dict[str, int]:
    """Return the ids of one of everything, in a county with records and figures."""
    made = one_of_each(here)
    a_record(here)
    deliver(here, a_definition(here, code="other"), 7)
    return made


@pytest.fixture
def one_connection():
    """Keep the test's connection over requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def kind_of(path: str) -> str:
    """Return what an address is about one of."""
    named = {"organisations": "node", "records": "record", "schemes": "version"}
    collection = path.removeprefix("/api/v1/").split("/")[0]
    return named.get(collection, collection.removesuffix("s"))


def drawn(operation: Any, known: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Draw fitting and unfitting requests, those about one thing often about one that is there."""
    fitting = operation.as_strategy(GenerationMode.POSITIVE)
    there = operation.as_strategy(GenerationMode.POSITIVE, path_parameters=known)
    unfitting = operation.as_strategy(GenerationMode.NEGATIVE)
    return st.one_of(fitting, there, unfitting) if known else st.one_of(fitting, unfitting)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_whatever_is_sent_is_answered_as_described(here, filled, one_connection, name, settings):
    settings.RONGHE_CALLS_A_MINUTE = 10**6
    method, path = OPERATIONS[name]
    secret = secret_of(here[ASKED_BY.get(name, Role.APPRAISAL_OFFICE)])
    headers = {"Authorization": f"Bearer {secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    known = {"pk": filled[kind_of(path)]} if "{" in path else {}
    seen = set()

    @DRAWN
    @given(case=drawn(schema[path][method], known))
    def answered(case: Any) -> None:
        response = case.call(headers=headers)
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    answered()
    assert 200 in seen or (name in NEVER_FITTING and 422 in seen)
