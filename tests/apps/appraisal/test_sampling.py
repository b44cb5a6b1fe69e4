"""The office draws which of a round's records are checked; others check them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from records_world import waiting_record
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Sample
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services.sampling import draw_records
from ronghe.apps.audit.models import Entry
from ronghe.apps.records.models import Record, State
from ronghe.apps.records.selectors.entries import records_waiting_for
from ronghe.apps.records.services import verify_record
from round_world import YEAR, computed, moved


def waiting(county, *, many=8, **more):
    """Keep records of the branches that the townships check by draws."""
    for place, node in (("township", "branch"), ("township_beside", "branch_beside")):
        for _ in range(many):
            record = waiting_record(county.nodes[node], kind="case_solved", by_sampling=True)
            values = {"verify_at": county.nodes[place], "day": f"{YEAR}-06-01", **more}
            Record.objects.filter(pk=record.pk).update(**values)


@pytest.fixture
def round_(here):
    """A round under review."""
    return computed(here)


def test_the_office_draws_at_every_place_from_the_page_of_the_review_and_sees_how_far_it_is(
    here, round_, signed_in
):
    waiting(here)
    office = signed_in(here[Role.APPRAISAL_OFFICE])
    review = reverse("appraisal:review", args=[round_.pk])
    draw = reverse("appraisal:sample", args=[round_.pk])
    assert draw in office.get(review).content.decode()

    assert office.post(draw, {"percent": "25"}).status_code == 302
    shown = office.get(review)
    rows = [(one.draw.population, one.chosen, one.decided) for one in shown.context["samples"]]
    assert rows == [(8, 3, 0), (8, 3, 0)]
    assert draw not in shown.content.decode()
    assert Entry.objects.filter(action="appraisal.records_drawn").count() == 2


def test_who_drew_checks_none_of_what_was_drawn_and_others_do(here, round_):
    waiting(here)
    office, secretary = here[Role.APPRAISAL_OFFICE], here[Role.PARTY_SECRETARY]
    draw_records(round_, percent=25, by=office)

    assert not records_waiting_for(office).exists()
    drawn = list(records_waiting_for(secretary))
    assert len(drawn) == 3
    with pytest.raises(PermissionDenied):
        verify_record(drawn[0], accept=True, by=office)
    for record in drawn:
        verify_record(record, accept=True, by=secretary)
    assert Record.objects.filter(state=State.ACCEPTED).count() == 8


def test_the_result_of_a_draw_stands_on_the_review(here, round_, signed_in):
    waiting(here)
    draw_records(round_, percent=25, by=here[Role.APPRAISAL_OFFICE])
    secretary = here[Role.PARTY_SECRETARY]
    for record in list(records_waiting_for(secretary)):
        verify_record(record, accept=False, reason="没有这回事", by=secretary)
    for record in list(records_waiting_for(secretary)):
        verify_record(record, accept=True, by=secretary)

    office = signed_in(here[Role.APPRAISAL_OFFICE])
    page = office.get(reverse("appraisal:review", args=[round_.pk]))
    found = {one.draw.node.pk: one for one in page.context["samples"]}
    ended = found[here.nodes["township"].pk]
    assert (ended.chosen, ended.decided, ended.refused) == (8, 8, 3)
    assert "有不属实的" in page.content.decode()
    assert "核实中" in page.content.decode()


@pytest.mark.parametrize("more", [{"day": f"{YEAR - 1}-06-01"}, {"kind": "visit"}])
def test_only_records_that_count_in_the_round_are_drawn(here, round_, more):
    waiting(here, **more)

    with pytest.raises(ValidationError, match="没有等待"):
        draw_records(round_, percent=25, by=here[Role.APPRAISAL_OFFICE])
    assert not Sample.objects.exists()


def test_nothing_is_drawn_after_disclosure_nor_by_others(here, round_):
    waiting(here)
    with pytest.raises(PermissionDenied):
        draw_records(round_, percent=25, by=here[Role.PARTY_SECRETARY])
    disclosed = moved(here, round_, Event.DISCLOSE)
    with pytest.raises(ValidationError, match="已经反馈"):
        draw_records(disclosed, percent=25, by=here[Role.APPRAISAL_OFFICE])


def test_the_page_of_the_review_asks_a_bounded_number_of_questions_of_the_database(
    here, round_, signed_in, django_assert_max_num_queries
):
    waiting(here)
    office = signed_in(here[Role.APPRAISAL_OFFICE])
    draw_records(round_, percent=25, by=here[Role.APPRAISAL_OFFICE])
    with django_assert_max_num_queries(40):
        office.get(reverse("appraisal:review", args=[round_.pk]))
