"""Joint plans for programs."""

from __future__ import annotations

from api_calls import Caller, secret_of
from planning_world import YEAR, a_pair, a_plan
from records_world import a_definition
from ronghe.apps.access import Role


def test_a_program_reads_the_plans_and_links_that_its_owner_sees(here, client):
    project, action = a_pair(a_plan(here.nodes["branch"], deployed=True))
    project.measure, project.target = a_definition(here), 5
    project.save()
    a_plan(here.nodes["branch_beside"])
    call = Caller(client, secret_of(here[Role.BRANCH_SECRETARY], ["plans:read"]))

    [plan] = call.items("plans", year=YEAR)
    entries = call.items(f"plans/{plan['id']}/entries")

    assert plan["node_id"] == here.nodes["branch"].pk
    assert [(one["name"], one["project_ids"]) for one in entries] == [
        (project.name, []),
        (action.name, [project.pk]),
    ]
    assert (entries[0]["measure"], float(entries[0]["target"])) == ("income", 5)


def test_a_plan_out_of_reach_and_an_impossible_year_are_refused(here, client):
    plan = a_plan(here.nodes["branch_beside"], deployed=True)
    call = Caller(client, secret_of(here[Role.BRANCH_SECRETARY], ["plans:read"]))

    assert call("get", f"plans/{plan.pk}/entries").status_code == 404
    assert call("get", "plans", year=10**30).status_code == 422
