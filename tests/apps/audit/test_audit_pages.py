"""The audit page narrows, tells what is sealed, and gives a file that says who took it."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import models
from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.audit.chain import read_anchor
from ronghe.apps.audit.exporting import csv_lines
from ronghe.apps.audit.models import Entry
from ronghe.apps.audit.sealing import head, seal_all
from ronghe.apps.audit.services import record, saw
from ronghe.apps.members.permissions import SEE_MEMBERS
from web_world import days, on_roster


@pytest.fixture
def entries(here):
    """Two entries after all others were sealed."""
    seal_all()
    member, secretary = here[Role.MEMBER], here[Role.BRANCH_SECRETARY]
    one = record("accounts.signed_in", by=member, place=here.nodes["branch"])
    two = record("accounts.token_made", by=secretary, place=here.nodes["village"])
    return one, two


def shown(browser, query: str) -> set[int]:
    page = browser.get(f"/audit/?{query}")
    assert page.status_code == 200
    return {entry.pk for entry in page.context["page"]}


def test_entries_are_narrowed_by_action_person_place_day_and_seal(here, entries, signed_in):
    browser, (one, two) = signed_in(here[Role.INSPECTOR]), entries
    today, both = timezone.localdate().isoformat(), {one.pk, two.pk}

    assert both <= shown(browser, "sealed=no")
    assert shown(browser, "action=accounts.token_made") == {two.pk}
    assert shown(browser, "person=here-member&sealed=no") == {one.pk}
    assert shown(browser, "place=village") >= both
    assert two.pk not in shown(browser, "place=branch")
    assert both <= shown(browser, f"since={today}&until={today}")
    assert shown(browser, f"sealed=no&until={days(-1).isoformat()}") == set()
    assert not both & shown(browser, "sealed=yes")


def test_a_person_acted_for_is_found_too(here, signed_in):
    entry = record("accounts.signed_in", by=here[Role.MEMBER], place=here.nodes["branch"])
    models.QuerySet(Entry).filter(pk=entry.pk).update(principal=here[Role.BRANCH_SECRETARY])

    found = shown(signed_in(here[Role.INSPECTOR]), "person=here-branch_secretary")

    assert entry.pk in found


def test_the_file_says_who_took_it_and_taking_it_is_recorded(here, entries, signed_in):
    asked = {"person": "here-member", "sealed": "no"}
    answer = signed_in(here[Role.INSPECTOR]).post("/audit/export/", asked)

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert "here-inspector" in rows[0][0]
    assert len(rows) == 2 + 1
    taken = Entry.objects.get(action="audit.exported")
    assert (taken.actor, taken.details) == (here[Role.INSPECTOR], {"count": 1})


def test_a_cell_never_becomes_a_formula(here, entries):
    entry = entries[0]
    entry.actor.name = "=1+1"

    assert "'=1+1" in "".join(csv_lines([entry], watermark="w"))


def test_the_anchor_can_be_taken_from_the_page(here, entries, signed_in):
    answer = signed_in(here[Role.INSPECTOR]).get("/audit/anchor/")

    assert read_anchor(answer.content.decode()) == head()


def test_the_page_takes_few_queries_however_many_entries(
    here, entries, signed_in, django_assert_max_num_queries
):
    for _number in range(60):
        record("accounts.signed_in", by=here[Role.MEMBER], place=here.nodes["branch"])
    browser = signed_in(here[Role.INSPECTOR])

    with django_assert_max_num_queries(12):
        browser.get("/audit/")


def test_a_look_is_recorded_once_in_a_while_with_who_looked(here, django_assert_max_num_queries):
    member, by = on_roster(here.nodes["branch"]), here[Role.BRANCH_SECRETARY]
    looked = {"by": by, "target": member, "place": here.nodes["branch"], "power": SEE_MEMBERS}
    assert saw("members.seen", **looked) is not None

    with django_assert_max_num_queries(1):
        assert saw("members.seen", **looked) is None

    assert saw("members.seen", **{**looked, "by": here[Role.ORGANISATION]}) is not None


def test_opening_a_member_is_recorded(here, signed_in):
    member = on_roster(here.nodes["branch"])

    signed_in(here[Role.BRANCH_SECRETARY]).get(f"/members/{member.pk}/")

    entry = Entry.objects.get(action="members.seen")
    assert (entry.actor, entry.target_id) == (here[Role.BRANCH_SECRETARY], member.pk)
