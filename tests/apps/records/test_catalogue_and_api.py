"""What is recorded and why, for everybody; departments put in charge; the API."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from records_world import a_definition, a_record, deliver, waiting_record
from ronghe.apps.access import Role
from ronghe.apps.accounts.services.tokens import make_token
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import KindOwner, Measure, MeasureDefinition, Record
from ronghe.apps.records.selectors.figures import measures_waiting_for
from ronghe.apps.records.uses import uses_for
from web_world import days, on_roster


def test_everybody_reads_what_is_recorded_and_for_which_scheme(here, signed_in):
    a_definition(here, code="collective_income")
    told = signed_in(here[Role.RESIDENT]).get(reverse("records:catalogue")).content.decode()

    assert all(str(kind.title) in told for kind in KINDS.values())
    assert "村（社区）党支部年度考核" in told
    assert uses_for(here[Role.RESIDENT])["case_solved"]


def test_a_department_is_put_in_charge_on_a_page(here, signed_in):
    browser = signed_in(here[Role.APPRAISAL_OFFICE])
    county, owner = here.nodes["county"], here.nodes["department"]

    browser.post(
        reverse("records:give", args=[county.pk]), {"kind": "data_error", "owner": owner.pk}
    )

    assert KindOwner.objects.get().owner == owner


def test_a_measure_is_defined_once_in_a_county(here, signed_in):
    browser = signed_in(here[Role.APPRAISAL_OFFICE])
    address = reverse("records:define", args=[here.nodes["county"].pk])
    said = {
        "code": "income",
        "title": "收入",
        "scale": 2,
        "lowest_level": "village",
        "every": "year",
        "due_after": 30,
    }

    assert browser.post(address, said).status_code == 302
    assert browser.post(address, said).status_code == 422
    one = MeasureDefinition.objects.get()
    change = {**said, "title": "集体收入", "owner": here.nodes["department"].pk}
    browser.post(reverse("records:redefine", args=[one.pk]), change)
    one.refresh_from_db()
    assert (one.title, one.owner) == ("集体收入", here.nodes["department"])


def test_a_department_is_asked_for_last_years_figures_by_their_day(here, signed_in):
    definition = a_definition(here, due_after=20)
    today = date(2026, 1, 5)
    department = here[Role.DATA_DEPARTMENT]
    assert measures_waiting_for(department, today) == {}

    deliver(here, definition, 1, period="2024")
    [(period, waiting)] = measures_waiting_for(department, today).items()
    assert (period.label, waiting) == ("2025", [(definition, date(2026, 1, 20))])
    deliver(here, definition, 1, period="2025")
    assert measures_waiting_for(department, today) == {}

    last = days(0).year - 2
    late = a_definition(here, code="late")
    deliver(here, late, 1, period=str(last))
    assert reverse("records:send") in signed_in(department).get("/").content.decode()


@pytest.fixture
def asked(client):
    """Return a function that asks the API as somebody with a token of some scopes."""

    def ask(user, method, path, body=None, *, scopes=("records:write", "measures:write"), **query):
        _token, secret = make_token(name="t", scopes=scopes, until=days(1), by=user)
        data = None if body is None else json.dumps(body)
        headers = {"Authorization": f"Bearer {secret}"}
        more = {"query_params": query} if method == "get" else {}
        send = getattr(client, method)
        address = f"/api/v1/{path}"
        return send(address, data, content_type="application/json", headers=headers, **more)

    return ask


def item(**more):
    said = {"kind": "tech_guidance", "unit": "branch", "day": days(0).isoformat()}
    return {"client_key": "k1", **said, "quantity": "1.5", **more}


def test_a_program_enters_a_batch_and_each_item_once(here, asked):
    member = on_roster(here.nodes["branch"])
    by = here[Role.BRANCH_SECRETARY]
    batch = [
        item(actors=[member.pk]),
        item(client_key="k2", quantity="1.55"),
        item(client_key="k3", unit="branch_beside"),
        item(client_key="k4", unit="nowhere"),
        item(client_key="k5", actors=[10**9]),
    ]

    first, again = (asked(by, "post", "records", batch).json() for _ in range(2))

    made = Record.objects.get()
    assert first[0]["id"] == again[0]["id"] == made.pk
    assert (made.channel, list(made.actors.all())) == ("program", [member])
    wrong = ["quantity", "unit", "unit", "actors"]
    assert [[fault["field"] for fault in one["errors"]] for one in first[1:]] == [
        [field] for field in wrong
    ]


def test_a_program_reads_what_its_owner_may_see(here, there, asked):
    mine = a_record(here)
    a_record(there)
    waiting_record(here.nodes["branch"], kind="discipline_action", scale=0)

    found = asked(here[Role.VIEWER], "get", "records", scopes=["records:read"]).json()["items"]

    assert [one["id"] for one in found] == [mine.pk]
    assert (found[0]["unit"], found[0]["quantity"]) == ("branch", "1")


def test_a_token_without_the_scope_does_neither(here, asked):
    by = here[Role.BRANCH_SECRETARY]

    assert asked(by, "post", "records", [item()], scopes=["people:read"]).status_code == 403
    assert asked(by, "post", "records", [item()], scopes=["records:read"]).status_code == 403
    assert not Record.objects.exists()


def test_too_many_at_once_are_refused(here, asked):
    batch = [item(client_key=str(n)) for n in range(501)]

    assert asked(here[Role.BRANCH_SECRETARY], "post", "records", batch).status_code == 422


def test_a_program_delivers_measures_all_or_none(here, asked):
    a_definition(here)
    by = here[Role.DATA_DEPARTMENT]
    row = {"unit": "branch", "measure": "income", "value": "3.25"}
    said = {"period": "2025", "source": "接口", "rows": [row]}

    assert asked(by, "post", "measures", said).json() == {"new": 1, "superseding": 0, "same": 0}
    assert asked(by, "post", "measures", said).json()["same"] == 1
    wrong = {**said, "rows": [row, {**row, "unit": "nowhere"}]}
    assert asked(by, "post", "measures", wrong).status_code == 422
    fine = {**said, "rows": [{**row, "value": "3.255"}]}
    assert asked(by, "post", "measures", fine).status_code == 422
    assert Measure.objects.count() == 1
    viewer, scopes = here[Role.VIEWER], ["measures:read"]
    found = asked(viewer, "get", "measures", scopes=scopes, period="2025").json()["items"]
    assert [(one["unit"], one["measure"], one["value"]) for one in found] == [
        ("branch", "income", "3.25")
    ]
