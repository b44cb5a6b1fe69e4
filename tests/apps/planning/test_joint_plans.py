"""Joint plans: drafted and linked, deployed, changed with a reason, carried over."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from planning_world import YEAR, a_pair, a_plan, an_entry
from records_world import a_definition
from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry as AuditEntry
from ronghe.apps.desk.items import items_for
from ronghe.apps.desk.models import Notice
from ronghe.apps.planning.models import Change, Entry, Plan, Progress, Sort
from ronghe.apps.planning.selectors import plans as selectors
from ronghe.apps.planning.services import plans as services
from web_world import days, on_roster

END = date(YEAR, 12, 31)


@pytest.fixture
def secretary(here):
    """The secretary of the township."""
    return here[Role.PARTY_SECRETARY]


@pytest.fixture
def plan(here, secretary):
    """The township's draft of this year."""
    return services.make_plan(node=here.nodes["township"], year=YEAR, by=secretary)


def added(plan, by, sort=Sort.PROJECT, **more) -> Entry:
    """Let somebody add an entry."""
    given = {"name": "修冷库", "purpose": "", "node": plan.node, "due": END, **more}
    return services.add_entry(plan, sort=sort, by=by, measure=None, target=None, **given)


def changed(entry, by, **more) -> Entry:
    """Let somebody change an entry that is otherwise as it was."""
    said = {name: getattr(entry, name) for name in services.CONTENTS}
    return services.change_entry(entry, by=by, **{"linked": (), **said, **more})


def test_a_plan_is_made_once_a_year_by_those_of_the_place(here, plan, secretary):
    with pytest.raises(ValidationError, match="已经有计划"):
        services.make_plan(node=plan.node, year=YEAR, by=secretary)
    with pytest.raises(PermissionDenied):
        services.make_plan(node=here.nodes["township_beside"], year=YEAR, by=secretary)
    with pytest.raises(ValidationError):
        services.make_plan(node=here.nodes["enterprise"], year=YEAR, by=secretary)


def test_a_project_and_the_action_behind_it_stand_side_by_side(plan, secretary):
    project = added(plan, secretary)
    action = added(plan, secretary, Sort.ACTION, name="突击队", linked=[project])
    alone = added(plan, secretary, Sort.ACTION, name="读书")
    bare = added(plan, secretary, name="招商")

    laid = selectors.laid_out(plan)

    assert laid.pairs == [(project, [action]), (bare, [])]
    assert (laid.bare, laid.alone, laid.entries) == ([bare], [alone], 4)


def test_an_entry_is_given_within_the_township_and_due_in_the_year(here, plan, secretary):
    with pytest.raises(ValidationError, match="本乡镇"):
        added(plan, secretary, node=here.nodes["township_beside"])
    with pytest.raises(ValidationError, match="年内"):
        added(plan, secretary, due=date(YEAR + 1, 1, 1))


def test_a_target_needs_the_measure_it_is_in(here, plan, secretary):
    entry = added(plan, secretary)

    with pytest.raises(ValidationError, match="用哪项数据"):
        changed(entry, secretary, target=5)
    measured = changed(entry, secretary, target=5, measure=a_definition(here))

    assert (measured.target, str(measured.measure)) == (5, "集体收入")


def test_links_stay_inside_a_plan(here, plan, secretary):
    elsewhere = an_entry(a_plan(here.nodes["village"]))

    with pytest.raises(ValidationError, match="同一份计划"):
        added(plan, secretary, Sort.ACTION, linked=[elsewhere])


def test_only_members_of_the_organisation_act(here, plan, secretary):
    near, far = on_roster(here.nodes["branch"]), on_roster(here.nodes["branch_beside"])
    action = added(plan, secretary, Sort.ACTION)

    services.choose_members(action, members=[near], by=secretary)
    with pytest.raises(ValidationError):
        services.choose_members(action, members=[far], by=secretary)

    assert list(action.members.all()) == [near]


def test_a_draft_changes_without_a_trace_and_entries_go(plan, secretary):
    entry = changed(added(plan, secretary), secretary, name="建冷库")
    services.drop_entry(entry, by=secretary)

    assert not plan.entries.exists()
    assert not Change.objects.exists()


def test_deploying_happens_once_and_tells_those_in_charge(
    here, plan, secretary, django_capture_on_commit_callbacks
):
    added(plan, secretary, node=here.nodes["branch"])

    with django_capture_on_commit_callbacks(execute=True):
        services.deploy(plan, by=secretary)

    told = set(Notice.objects.values_list("to__username", flat=True))
    assert told == {f"here-{Role.BRANCH_SECRETARY}", f"here-{Role.ORGANISATION_OFFICER}"}
    with pytest.raises(ValidationError, match="已经部署"):
        services.deploy(plan, by=secretary)


def test_an_empty_plan_is_not_deployed_and_an_officer_deploys_none(here, plan, secretary):
    with pytest.raises(ValidationError, match="还没有事项"):
        services.deploy(plan, by=secretary)
    with pytest.raises(PermissionDenied):
        services.deploy(plan, by=here[Role.TOWNSHIP_OFFICER])


def test_a_change_after_deploying_keeps_who_why_and_what_was_before(plan, secretary):
    entry = added(plan, secretary)
    services.deploy(plan, by=secretary)

    with pytest.raises(ValidationError, match="为什么"):
        changed(entry, secretary, name="建冷库")
    changed(entry, secretary, name="建冷库", reason="批复的名称")

    kept = Change.objects.get(what="changed")
    assert (kept.by, kept.reason) == (secretary, "批复的名称")
    assert kept.fields == [["name", "修冷库", "建冷库"]]
    entries = AuditEntry.objects.filter(action="planning.entry_changed")
    assert [one.details["fields"] for one in entries] == [["name"]]


def test_an_entry_dropped_from_a_deployed_plan_stays_with_the_reason(plan, secretary):
    entry = added(plan, secretary)
    services.deploy(plan, by=secretary)

    services.drop_entry(entry, by=secretary, reason="项目取消")

    laid = selectors.laid_out(plan)
    assert (laid.pairs, laid.dropped) == ([], [entry])


def test_progress_is_told_by_a_person_of_the_place_in_charge(here, secretary):
    plan = a_plan(here.nodes["township"], deployed=True)
    entry = an_entry(plan, node=here.nodes["branch"])

    services.tell_progress(entry, Progress.UNDER_WAY, by=here[Role.BRANCH_SECRETARY])

    assert Entry.objects.get().progress == Progress.UNDER_WAY
    assert Change.objects.get().fields == [["progress", "open", "under_way"]]
    with pytest.raises(PermissionDenied):
        services.tell_progress(entry, Progress.DONE, by=here[Role.MEMBER])


def test_what_last_year_left_unfinished_is_carried_over_once_with_its_links(here, secretary):
    project, action = a_pair(a_plan(here.nodes["township"], deployed=True, year=YEAR - 1))
    an_entry(project.plan, name="办成的", progress=Progress.DONE)
    action.members.add(on_roster(here.nodes["branch"]))
    plan = a_plan(here.nodes["township"])

    assert services.carry_over(plan, by=secretary) == 2
    assert services.carry_over(plan, by=secretary) == 0

    laid = selectors.laid_out(plan)
    [(new, [act])] = laid.pairs
    assert (new.carried_from, act.carried_from, new.due) == (project, action, END)
    assert act.members.count() == 1


def test_a_draft_is_seen_at_its_place_and_above_a_deployed_one_by_those_in_charge_too(here):
    plan = a_plan(here.nodes["township"])
    an_entry(plan, node=here.nodes["branch"])
    branch = here[Role.BRANCH_SECRETARY]

    assert selectors.plan_visible_to(here[Role.COUNTY_LEADER], plan.pk) == plan
    with pytest.raises(Http404):
        selectors.plan_visible_to(branch, plan.pk)
    a_plan(here.nodes["township"], deployed=True)
    assert selectors.plan_visible_to(branch, plan.pk) == plan
    with pytest.raises(Http404):
        selectors.plan_written_by(branch, plan.pk)


def test_an_entry_past_its_day_is_on_the_desk_of_its_organisation(here):
    plan = a_plan(here.nodes["township"], deployed=True)
    late = an_entry(plan, node=here.nodes["branch"], due=days(-1))
    an_entry(plan, name="办成的", node=here.nodes["branch"], due=days(-1), progress="done")

    found = [one for one in items_for(here[Role.BRANCH_SECRETARY]) if one.due == days(-1)]

    assert [one.url for one in found] == [late.get_absolute_url()]


def test_a_plan_is_drafted_linked_and_deployed_on_its_pages(here, secretary, signed_in):
    browser = signed_in(secretary)
    browser.post(reverse("planning:add_plan"), {"node": here.nodes["township"].pk, "year": YEAR})
    plan = Plan.objects.get()
    add = reverse("planning:add_entry", args=[plan.pk])
    said = {"name": "修冷库", "node": here.nodes["village"].pk, "due": END}
    browser.post(add, said)
    project = Entry.objects.get()
    linked = {"name": "突击队", "linked": project.pk, "node": here.nodes["branch"].pk}
    browser.post(f"{add}?sort=action", {**said, **linked})
    browser.post(add, {**said, "name": "招商"})
    page = browser.get(plan.get_absolute_url()).content.decode()
    browser.post(reverse("planning:deploy", args=[plan.pk]))

    assert "1项重点经济事项背后没有党建行动" in page
    assert list(project.actions.values_list("name", flat=True)) == ["突击队"]
    assert Plan.objects.get().deployed_by == secretary


def test_a_change_of_a_deployed_plan_without_a_reason_is_refused_on_its_page(
    here, secretary, signed_in
):
    entry = an_entry(a_plan(here.nodes["township"], deployed=True))
    address = reverse("planning:change_entry", args=[entry.pk])
    said = {"name": "建冷库", "node": here.nodes["village"].pk, "due": END}
    browser = signed_in(secretary)

    refused = browser.post(address, said)
    browser.post(address, {**said, "reason": "批复的名称"})
    page = browser.get(entry.get_absolute_url()).content.decode()

    assert refused.status_code == 422
    assert "名称由“修冷库”改为“建冷库”；" in page
    assert "理由：批复的名称" in page


def test_the_page_of_a_plan_takes_the_same_queries_whatever_its_size(
    here, secretary, signed_in, django_assert_max_num_queries
):
    plan = a_plan(here.nodes["township"], deployed=True)
    for _number in range(12):
        a_pair(plan)
    browser = signed_in(secretary)

    with django_assert_max_num_queries(30):
        browser.get(plan.get_absolute_url())
    with django_assert_max_num_queries(30):
        browser.get(reverse("planning:plans"))
