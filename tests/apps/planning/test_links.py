"""What stands beside the fusion diagnosis: who sees it, and how the two sides are linked."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404
from django.urls import reverse

from outcomes_world import township_figures
from planning_world import a_pair, a_plan, an_entry
from records_world import waiting_record
from ronghe.apps.access import Role
from ronghe.apps.appraisal.fusing import fused
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.selectors.rounds import (
    result_with_sides,
    round_with_sides,
    sides_visible_to,
)
from ronghe.apps.planning.alongside import lines, sentence
from ronghe.apps.planning.models import Progress
from ronghe.apps.planning.selectors.links import Links, links_of, period_of
from ronghe.apps.records.models import Record
from round_world import YEAR, computed, moved, small_scheme
from web_world import days


def two_sides():
    """Return the small scheme with a Party and an economic side."""
    scheme = small_scheme().model_dump(mode="json", exclude_defaults=True)
    for one, side in zip(scheme["indicators"], ("party", "economy", "economy"), strict=True):
        one["side"] = side
    return small_scheme(indicators=scheme["indicators"])


@pytest.fixture
def told(here):
    """A round of two sides whose results the assessed have been told."""
    return moved(here, computed(here, scheme=two_sides()), Event.DISCLOSE)


def a_linked_plan(node):
    """Put a deployed plan of the round's year: a pair, a project and an action by themselves."""
    plan = a_plan(node, deployed=True, year=YEAR)
    project, action = a_pair(plan)
    an_entry(plan, name="招商")
    an_entry(plan, "action", name="读书")
    return project, action


def a_done_record(node, *entries, day=None):
    """Put a record of the round's year that advances entries."""
    record = waiting_record(node)
    Record.objects.filter(pk=record.pk).update(day=day or date(YEAR, 6, 1))
    for entry in entries:
        entry.advances.create(record=record, by=entry.plan.by)


def counted(round_, node) -> Links | None:
    """Return the links at and below a node."""
    return links_of(round_.county, {node.pk}, period_of(round_)).get(node.pk)


def test_links_count_what_stands_at_and_below_a_place(here, told):
    project, action = a_linked_plan(here.nodes["branch"])
    dropped = an_entry(project.plan, "action", name="不办的", progress=Progress.DROPPED)
    dropped.projects.add(project)
    a_done_record(here.nodes["branch"], project, action)
    a_done_record(here.nodes["branch"], project, day=days(0))

    expected = Links(projects=2, backed=1, actions=2, serving=1, records=1)
    assert counted(told, here.nodes["township"]) == expected
    assert counted(told, here.nodes["branch"]) == expected
    assert counted(told, here.nodes["township_beside"]) is None


def test_a_draft_or_a_plan_of_another_year_does_not_count(here, told):
    an_entry(a_plan(here.nodes["branch"], year=YEAR))
    an_entry(a_plan(here.nodes["village"], year=YEAR - 1, deployed=True))

    assert counted(told, here.nodes["township"]) is None


def test_an_action_whose_project_was_dropped_serves_nothing(here, told):
    project, _action = a_pair(a_plan(here.nodes["branch"], deployed=True, year=YEAR))
    project.progress = Progress.DROPPED
    project.save()

    assert counted(told, here.nodes["branch"]) == Links(actions=1)


@pytest.mark.parametrize(
    ("lead", "held", "said"),
    [
        (1, Links(4, 4, 5, 2), "党建指数领先，但3项党建行动未联系任何经济事项。"),
        (-1, Links(4, 2, 1, 1), "经济指数领先，但2项重点经济事项背后没有党建行动。"),
        (0, Links(2, 2, 2, 2, 7), "两边同步；计划里的事项都有联系，7条纪实在推进。"),
        (0, Links(2, 2, 2, 2), "两边同步；计划里的事项都有联系，还没有纪实推进。"),
        (None, None, "两边的指数不全；没有部署共同谋划计划，说不清有没有联系。"),
    ],
)
def test_the_links_are_said_in_words(lead, held, said):
    assert sentence(lead, held) == said


def test_the_fusion_page_shows_the_links_and_who_has_no_plan(here, told, signed_in):
    a_linked_plan(here.nodes["branch"])

    url = reverse("appraisal:fusion", args=[told.pk])
    page = signed_in(here[Role.APPRAISAL_OFFICE]).get(url).content.decode()

    assert "1项党建行动未联系任何经济事项" in page
    assert "没有部署共同谋划计划" in page


def test_a_viewer_sees_all_sides_a_township_secretary_those_of_the_township(here, told):
    def seen(role):
        return set(sides_visible_to(here[role], told).values_list("unit", flat=True))

    assert seen(Role.VIEWER) == {"branch", "branch_beside"}
    assert seen(Role.PARTY_SECRETARY) == {"branch"}
    assert seen(Role.MEMBER) == set()


def test_before_disclosure_only_who_sees_the_whole_sees_the_sides(here):
    round_ = computed(here, scheme=two_sides())

    assert round_with_sides(here[Role.APPRAISAL_OFFICE], round_.pk) == round_
    for role in (Role.VIEWER, Role.PARTY_SECRETARY):
        with pytest.raises(Http404):
            round_with_sides(here[role], round_.pk)


def test_a_secretary_reads_only_their_own_units_in_table_and_picture(here, told, signed_in):
    found = fused(told, "zh", here[Role.PARTY_SECRETARY])
    url = reverse("appraisal:fusion", args=[told.pk])
    page = signed_in(here[Role.PARTY_SECRETARY]).get(url).content.decode()

    assert [one.unit for one in found.fusion.lines] == ["branch"]
    assert [spot.name for spot in found.chart.spots] == ["here branch"]
    assert "here branch_beside" not in page


def test_a_viewer_s_picture_leads_to_no_result_they_may_not_open(here, told):
    found = fused(told, "zh", here[Role.VIEWER])

    assert {spot.url for spot in found.chart.spots} == {""}
    assert all(spot.url for spot in fused(told, "zh", here[Role.INSPECTOR]).chart.spots)


def test_the_lists_behind_the_figures_are_one_click_away(here, told, signed_in):
    project, action = a_linked_plan(here.nodes["branch"])
    a_done_record(here.nodes["branch"], action)
    result = told.run.results.get(unit="branch")
    secretary = signed_in(here[Role.PARTY_SECRETARY])

    fusion = secretary.get(reverse("appraisal:fusion", args=[told.pk])).content.decode()
    url = reverse("planning:links", args=[result.pk])
    page = secretary.get(url).content.decode()

    assert url in fusion
    for words in (project.name, action.name, "招商", "背后没有党建行动", "没有联系经济事项"):
        assert words in page
    beside = told.run.results.get(unit="branch_beside")
    with pytest.raises(Http404):
        result_with_sides(here[Role.PARTY_SECRETARY], beside.pk)


def test_links_take_the_same_queries_whatever_their_number(
    here, told, django_assert_max_num_queries
):
    for name in ("branch", "village", "township"):
        project, action = a_linked_plan(here.nodes[name])
        a_done_record(here.nodes[name], project, action)
    found = fused(told, "zh", here[Role.APPRAISAL_OFFICE])
    user = here[Role.APPRAISAL_OFFICE]

    with django_assert_max_num_queries(6):
        lines(user, found)


def test_a_township_secretary_opens_the_cockpit_at_their_own_place(here, signed_in):
    township_figures(here)
    secretary = signed_in(here[Role.PARTY_SECRETARY])

    answer = secretary.get(reverse("planning:cockpit"))
    beside = reverse("planning:place", args=[here.nodes["township_beside"].pk])

    assert answer.url == reverse("planning:place", args=[here.nodes["township"].pk])
    assert "here township" in secretary.get(answer.url).content.decode()
    assert secretary.get(beside).status_code == 404
