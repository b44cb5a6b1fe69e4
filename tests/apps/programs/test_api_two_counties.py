"""Two counties cannot see each other through any operation of the API, whoever asks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from api_calls import Caller, secret_of
from matrix_objects import one_of_each
from ronghe.apps.access import Role
from ronghe.apps.programs.document import operations_of
from ronghe.apps.records.models import Measure, Record, Target
from ronghe.project.api import api
from web_world import grow

MADE = {
    "organisation": "node",
    "record": "record",
    "scheme": "version",
    "round": "round",
    "results": "round",
    "improvements": "round",
    "result": "result",
    "explained": "result",
    "plan_entries": "plan",
}
"""What the operations on one thing are about."""
SENT = {
    "enter": [
        {"client_key": "k", "kind": "case_solved", "unit": "only-there", "day": "2026-01-05"}
    ],
    "deliver": {
        "period": "2025",
        "source": "报表",
        "rows": [{"unit": "only-there", "measure": "income", "value": 1}],
    },
}
SENT["set_targets"] = SENT["deliver"]

OPERATIONS = {
    one["operationId"]: (method, path.removeprefix("/api/v1/"))
    for method, path, one in operations_of(api.get_openapi_schema())
}
LISTS = sorted(
    name for name, (method, path) in OPERATIONS.items() if method == "GET" and "{" not in path
)


@pytest.fixture
def rowed(db):
    """Return two counties, what there is in the other, and what is here."""
    here = grow("here")
    mine = one_of_each(here)
    there = grow("there")
    return here, mine, there, one_of_each(there)


def callers(client, county):
    return {role: Caller(client, secret_of(county[role])) for role in Role}


def test_every_operation_is_looked_at():
    single = {name for name, (method, path) in OPERATIONS.items() if "{" in path}
    sent = {name for name, (method, _path) in OPERATIONS.items() if method != "GET"}

    assert (single, sent) == (set(MADE), set(SENT))


def test_nothing_of_another_county_is_listed(client, db):
    here = grow("here")
    one_of_each(here)
    asking = callers(client, here)

    def told():
        return {
            (name, str(role)): asking[role]("get", OPERATIONS[name][1], limit=500).content
            for name in LISTS
            for role in Role
            if name not in ("entries", "me")
        }

    alone = told()
    one_of_each(grow("there"))

    assert told() == alone


def test_audit_entries_of_another_county_are_not_listed(client, rowed):
    here, _mine, there, _theirs = rowed
    nodes = {node.pk for node in there.nodes.values()}
    for role in (Role.ADMINISTRATOR, Role.INSPECTOR):
        found = Caller(client, secret_of(here[role])).items("audit", limit=500)
        assert found
        assert not {one["place_id"] for one in found} & nodes


@pytest.mark.parametrize("name", sorted(MADE))
def test_nothing_of_another_county_is_opened(client, rowed, name):
    here, mine, _there, theirs = rowed
    asking = callers(client, here)
    of = lambda things: OPERATIONS[name][1].replace("{pk}", str(things[MADE[name]]))

    assert {one("get", of(theirs)).status_code for one in asking.values()} <= {403, 404}
    assert 200 in {one("get", of(mine)).status_code for one in asking.values()}


@pytest.mark.parametrize("name", sorted(SENT))
def test_nothing_is_written_into_another_county(client, rowed, name):
    here, _mine, there, _theirs = rowed
    there.nodes["branch"].code = "only-there"
    there.nodes["branch"].save()
    before = [model.objects.count() for model in (Record, Measure, Target)]

    for one in callers(client, here).values():
        one("post", OPERATIONS[name][1], SENT[name])

    assert [model.objects.count() for model in (Record, Measure, Target)] == before


def test_the_address_of_the_api_is_what_the_document_says():
    assert reverse("api:me") == "/api/v1/me"
