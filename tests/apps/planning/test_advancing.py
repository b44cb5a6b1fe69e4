"""Records advance the entries of a plan: named as they are entered, or from the entry's page."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from planning_world import a_plan, an_entry
from records_world import a_record
from ronghe.apps.access import Role
from ronghe.apps.planning.models import Advance, Progress
from ronghe.apps.planning.selectors import plans as selectors
from ronghe.apps.planning.services import advancing
from ronghe.apps.records.models import Record
from ronghe.apps.records.services import correct_record
from web_world import days


@pytest.fixture
def entry(here):
    """An entry of the township's deployed plan that is given to the branch."""
    plan = a_plan(here.nodes["township"], deployed=True)
    return an_entry(plan, node=here.nodes["branch"])


def sent(here, **more) -> dict:
    """Return what the form of a settled request sends."""
    return {"day": days(0), "quantity": 1, "matter": "修水渠", "client_key": "k", **more}


def the_form(here) -> str:
    """Return the address of the form of a settled request of the branch."""
    return f"{reverse('records:add')}?kind=case_solved&unit={here.nodes['branch'].pk}"


def test_the_form_offers_the_entries_of_this_year_and_may_be_left_empty(here, entry, signed_in):
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    page = browser.get(f"{the_form(here)}&for_plan={entry.pk}").content.decode()
    browser.post(the_form(here), sent(here))

    assert f'<option value="{entry.pk}" selected>重点经济事项：修冷库</option>' in page
    assert Record.objects.count() == 1
    assert not Advance.objects.exists()


def test_without_a_plan_nothing_is_asked(here, signed_in):
    page = signed_in(here[Role.BRANCH_SECRETARY]).get(the_form(here)).content.decode()

    assert "for_plan" not in page


def test_a_draft_and_a_dropped_entry_are_not_offered(here, entry):
    an_entry(a_plan(here.nodes["branch"]))
    entry.progress = Progress.DROPPED
    entry.save()

    node, year = here.nodes["branch"], entry.plan.year
    assert not selectors.entries_open_at(here[Role.BRANCH_SECRETARY], node, year=year)


def test_a_record_names_what_it_advances_and_nothing_else_changes(here, entry, signed_in):
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    answer = browser.post(the_form(here), sent(here, for_plan=entry.pk), follow=True)
    page = browser.get(entry.get_absolute_url()).content.decode()

    assert Advance.objects.get().record == Record.objects.get()
    assert "推进的计划事项" in answer.content.decode()
    assert "修冷库" in answer.content.decode()
    assert reverse("records:record", args=[Record.objects.get().pk]) in page
    entry.refresh_from_db()
    assert entry.progress == Progress.OPEN


def test_an_entry_of_somebody_else_is_refused_and_no_record_is_left(here, entry):
    other = an_entry(a_plan(here.nodes["branch_beside"], deployed=True))

    with pytest.raises(ValidationError, match="不在"):
        a_record(here, named_for={"for_plan": str(other.pk)})

    assert not Record.objects.exists()


def test_records_that_are_there_are_named_from_the_page_of_the_entry(here, entry, signed_in):
    record = a_record(here)
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    address = reverse("planning:name_records", args=[entry.pk])

    browser.post(address, {"records": [record.pk]})
    again = browser.get(address).content.decode()

    assert Advance.objects.get().record == record
    assert f'value="{record.pk}"' not in again


def test_a_record_is_taken_back_by_who_tells_the_progress(here, entry, signed_in):
    record = a_record(here)
    advancing.name_records(entry, [record], by=here[Role.BRANCH_SECRETARY])
    address = reverse("planning:unname_record", args=[entry.pk, record.pk])

    with pytest.raises(PermissionDenied):
        advancing.unname_record(entry, record, by=here[Role.MEMBER])
    signed_in(here[Role.ORGANISATION_OFFICER]).post(address)

    assert not Advance.objects.exists()


def test_a_corrected_record_advances_what_it_did(here, entry):
    record = a_record(here, named_for={"for_plan": str(entry.pk)})

    new = correct_record(record, reason="日期", by=here[Role.BRANCH_SECRETARY], day=days(-1))

    seen = selectors.records_advancing(here[Role.BRANCH_SECRETARY], entry)
    assert list(seen) == [new]
