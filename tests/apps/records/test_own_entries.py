"""A business enters what is its own and delivers what is asked of every business."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from records_world import a_definition, a_record
from ronghe.apps.access import Role
from ronghe.apps.records.models import Measure, Record, State
from ronghe.apps.records.numbers import last_period, period_of
from ronghe.apps.records.selectors.entries import is_changed_by, records_waiting_for
from ronghe.apps.records.selectors.own_figures import asked_of
from ronghe.apps.records.services import (
    FigureRow,
    add_record,
    deliver_measures,
    deliver_own,
    withdraw_record,
)
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.records.snapshot.tree import tree_of
from web_world import business_below, days

RAISE = {"kind": "difficulty_raised", "day": days(0), "values": {"matter": "招不到工人"}}


def raised(county, **more):
    return a_record(county, role=Role.ENTERPRISE, node="enterprise", **{**RAISE, **more})


def asked(county, **more):
    """Let a measure be asked of every business of a county."""
    given = {"code": "staff", "title": "用工人数", "scale": 0, "owner": None, **more}
    return a_definition(county, lowest_level="enterprise", **given)


def test_a_difficulty_raised_by_a_business_waits_at_its_township(here):
    record = raised(here)

    assert (record.state, record.verify_at) == (State.PENDING, here.nodes["township"])
    assert record in records_waiting_for(here[Role.TOWNSHIP_OFFICER])


def test_a_business_enters_for_itself_alone_and_no_work_of_the_party(here):
    by = here[Role.ENTERPRISE]
    beside = business_below(here.nodes["township"])
    inside = business_below(here.nodes["enterprise"], kind="branch", code="inside")

    for node in (beside, inside, here.nodes["township"]):
        with pytest.raises(PermissionDenied):
            add_record(unit=node, by=by, **RAISE)
    with pytest.raises(PermissionDenied):
        raised(here, kind="case_solved")


def test_a_business_changes_what_it_entered_and_nothing_else(here):
    own = raised(here)
    others = a_record(here, role=Role.TOWNSHIP_OFFICER, node="enterprise", **RAISE)
    by = here[Role.ENTERPRISE]

    assert is_changed_by(by, own)
    assert not is_changed_by(by, others)
    with pytest.raises(PermissionDenied):
        withdraw_record(others, reason="x", by=by)


def test_a_difficulty_is_raised_from_the_page_of_the_business(here, signed_in):
    browser, node = signed_in(here[Role.ENTERPRISE]), here.nodes["enterprise"]
    page = browser.get(reverse("registry:node", args=[node.pk])).content.decode()
    address = f"{reverse('records:add')}?kind=difficulty_raised&unit={node.pk}"
    assert address.replace("&", "&amp;") in page
    form = browser.get(address).content.decode()
    assert 'name="actors"' not in form

    said = {"day": days(0).isoformat(), "quantity": "1", "matter": "招不到工人", "client_key": "k"}
    assert browser.post(address, said).status_code == 302
    assert Record.objects.get().unit.node == node


def test_what_is_asked_of_businesses_is_delivered_from_the_own_page(here, signed_in):
    definition = asked(here, every="quarter")
    browser, node = signed_in(here[Role.ENTERPRISE]), here.nodes["enterprise"]
    address = reverse("records:own_figures", args=[node.pk])
    assert address in browser.get("/").content.decode()

    sent = browser.post(address, {f"of_{definition.pk}": "35", "source": "工资表"})
    assert sent.status_code == 302

    measure = Measure.objects.get()
    [one] = asked_of(node, days(0))
    assert (measure.value, measure.period, one.held) == (35, one.period.label, measure)
    assert address not in browser.get("/").content.decode()


def test_nothing_filled_in_is_no_delivery(here, signed_in):
    asked(here)
    address = reverse("records:own_figures", args=[here.nodes["enterprise"].pk])

    assert signed_in(here[Role.ENTERPRISE]).post(address, {"source": "x"}).status_code == 422


def test_a_business_delivers_no_measure_of_a_department_and_of_no_other_business(here):
    by, own = here[Role.ENTERPRISE], here.nodes["enterprise"]
    beside = business_below(here.nodes["township"])
    departments = a_definition(here, lowest_level="enterprise")
    every = asked(here)

    for node, definition in ((own, departments), (beside, every)):
        rows = [FigureRow(unit_of(node), definition, Decimal(1))]
        with pytest.raises(PermissionDenied):
            deliver_measures(rows, period="2025", source="x", by=by)
    assert deliver_own(own, {departments.pk: Decimal(1)}, source="x", by=by).new == 0


def test_a_business_that_enters_something_does_not_become_a_unit_of_the_appraisal(here):
    raised(here)

    tree = tree_of(here.nodes["county"], days(0))
    codes = {row[0] for row in tree.rows}
    assert here.nodes["enterprise"].code not in codes
    assert tree.nodes[here.nodes["enterprise"].pk] == "township"


@given(
    st.sampled_from(["year", "half", "quarter", "month"]),
    st.dates(date(1950, 1, 1), date(2900, 1, 1)),
)
def test_the_last_period_is_the_one_that_has_just_ended(every, today):
    period = last_period(every, today)
    length = {"year": 366, "half": 184, "quarter": 92, "month": 31}[every]

    assert 0 < (today - period.until).days <= length
    assert (period.until - period.since).days < length
    assert period_of(period.label) == period
