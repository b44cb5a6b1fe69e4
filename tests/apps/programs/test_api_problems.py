"""What programs are told: who they are, how much is too much, what is wrong and how to mend it."""

from __future__ import annotations

import json

import pytest

from api_calls import Caller, secret_of
from records_world import a_definition
from ronghe.apps.access import Role
from ronghe.apps.programs.problems import MEDIA_TYPE
from ronghe.apps.programs.scopes import SCOPES
from ronghe.apps.records.models import Record
from web_world import days, person, post


@pytest.fixture
def office(client, here):
    return Caller(client, secret_of(here[Role.APPRAISAL_OFFICE]))


def told(response):
    assert response.headers["Content-Type"] == MEDIA_TYPE
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"]
    return problem


def an_item(**more):
    said = {"kind": "case_solved", "unit": "branch", "day": days(0).isoformat()}
    return {"client_key": "k", **said, "values": {"matter": "修水渠"}, **more}


def test_without_a_token_one_is_told_how_to_get_one(client, here):
    response = client.get("/api/v1/me")

    problem = told(response)
    assert (problem["status"], response.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert problem["errors"][0]["field"] == "header.Authorization"
    assert "接口令牌" in problem["errors"][0]["fix"]


def test_a_missing_scope_is_named(client, here):
    caller = Caller(client, secret_of(here[Role.APPRAISAL_OFFICE], ["records:read"]))

    assert "schemes:read" in told(caller("get", "schemes"))["detail"]


def test_a_scope_that_holds_more_also_lets_read_less(client, here):
    caller = Caller(client, secret_of(here[Role.APPRAISAL_OFFICE], ["measures:write"]))

    assert caller("get", "measures").status_code == 200
    assert caller("post", "targets", {}).status_code == 403


def test_what_is_not_there_and_not_allowed_methods_are_problems(office):
    assert told(office("get", "nowhere"))["status"] == 404
    assert told(office("get", "rounds/999999"))["status"] == 404
    response = office("delete", "records")
    assert told(response)["status"] == 405
    assert "GET" in response.headers["Allow"]


def test_a_body_that_is_no_json_is_said_to_be_none(office):
    assert told(office("post", "records", "{"))["status"] == 400


def test_a_body_that_is_too_large_is_refused_as_such(office, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert told(office("post", "records", [an_item(source="长" * 1000)]))["status"] == 413


def test_every_wrong_field_is_named_with_what_would_be_right(office):
    problem = told(office("post", "records", [{"kind": "case_solved", "day": "昨天"}]))

    faults = {one["field"].split(".")[-1]: one for one in problem["errors"]}
    assert set(faults) == {"client_key", "unit", "day"}
    assert faults["unit"]["message"] == "缺少这一项。"
    assert "2026-03-01" in faults["day"]["fix"]


@pytest.mark.parametrize("limit", ["0", "501", "many"])
def test_a_page_has_one_to_five_hundred_items(office, limit):
    problem = told(office("get", "records", limit=limit))

    assert problem["status"] == 422
    assert problem["errors"][0]["field"] == "query.limit"
    assert problem["errors"][0]["fix"]


def test_problems_are_told_in_the_language_that_was_asked_for(client, here):
    secret = secret_of(here[Role.APPRAISAL_OFFICE])

    english = told(Caller(client, secret, "en-GB,en")("get", "nowhere"))
    chinese = told(Caller(client, secret, "fr")("get", "nowhere"))

    assert english["title"].isascii()
    assert not chinese["title"].isascii()


def test_who_calls_too_often_is_told_how_long_to_wait(client, here, settings):
    settings.RONGHE_CALLS_A_MINUTE = 2
    caller = Caller(client, secret_of(here[Role.MEMBER]))
    other = Caller(client, secret_of(here[Role.MEMBER]))

    answers = [caller("get", "me") for _ in range(4)]

    assert 429 in [one.status_code for one in answers]
    refused = next(one for one in answers if one.status_code == 429)
    assert told(refused)["status"] == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert other("get", "me").status_code == 200


def test_each_item_of_a_batch_says_what_came_of_it(client, here):
    caller = Caller(client, secret_of(here[Role.BRANCH_SECRETARY]))
    batch = [
        an_item(),
        an_item(quantity=3),
        an_item(client_key="elsewhere", unit="branch_beside"),
        an_item(client_key="nowhere", unit="没有"),
        an_item(client_key="wrong", kind="没有"),
    ]

    first = caller("post", "records", batch).json()
    again = caller("post", "records", batch[:1]).json()

    assert [one["status"] for one in first] == [201, 409, 403, 404, 422]
    assert [one["status"] for one in again] == [200]
    assert all(one["errors"][0]["field"] for one in first[1:])
    assert Record.objects.count() == 1


def test_a_delivery_names_the_row_that_is_wrong(client, here):
    a_definition(here)
    caller = Caller(client, secret_of(here[Role.DATA_DEPARTMENT]))
    row = {"unit": "branch", "measure": "income", "value": "3.25"}
    rows = [row, {**row, "unit": "没有"}, {**row, "measure": "无"}]

    problem = told(caller("post", "measures", {"period": "2025", "source": "报表", "rows": rows}))

    assert problem["status"] == 422
    places = [one["field"] for one in problem["errors"]]
    assert places == ["body.rows.1.unit", "body.rows.2.measure"]


def test_the_next_page_begins_after_the_last_item(client, here):
    for number in range(5):
        post(person(f"one-{number}"), Role.MEMBER, here.nodes["branch"])
    caller = Caller(client, secret_of(here[Role.ADMINISTRATOR]))
    address, found = "people?limit=4", []

    while address:
        page = caller("get", address).json()
        found += [one["id"] for one in page["items"]]
        address = (page["next"] or "").partition("/api/v1/")[2]

    whole = [one["id"] for one in caller.items("people", limit=500)]
    assert (found, len(found)) == (whole, len(set(whole)))


def test_the_reference_opens_without_script_and_explains_every_operation(client, here):
    page = client.get("/api/v1/docs").content.decode()

    operations = json.loads(client.get("/api/v1/openapi.json").content)["paths"]
    assert all(path in page for path in operations)
    assert all(scope in page for scope in SCOPES)
    assert "cdn" not in page


def test_the_document_is_in_the_language_that_is_asked_for(client, here):
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json()
    chinese = client.get("/api/v1/openapi.json").json()

    summary = lambda document: document["paths"]["/api/v1/members"]["get"]["summary"]
    assert summary(english).isascii()
    assert not summary(chinese).isascii()


def test_people_read_the_reference_in_the_language_of_the_site(client, here):
    asked = {"Accept": "text/html", "Accept-Language": "en"}

    assert "接口说明" in client.get("/api/v1/docs", headers=asked).content.decode()
