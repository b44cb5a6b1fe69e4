"""The figures of an organisation, with sources and what was before; what waits there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records_world import a_definition, a_record, deliver, waiting_record
from ronghe.apps.access import Role
from ronghe.apps.desk.waiting import at_organisation
from ronghe.apps.records.models import Measure
from ronghe.apps.records.selectors.figures import measures_waiting_for
from ronghe.apps.records.services import FigureRow, set_targets
from ronghe.apps.records.services.stating import unit_of


def page_of(browser, county, query="", node="branch"):
    address = reverse("records:figures_of", args=[county.nodes[node].pk])
    return browser.get(address + query).content.decode()


def test_a_superseded_figure_is_shown_where_it_is_asked_for(here, signed_in):
    definition = a_definition(here)
    deliver(here, definition, 7, source="第一份报表")
    deliver(here, definition, 9, source="更正报表")
    deliver(here, definition, 5, source="上年报表", period="2024")
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    assert "更正报表" in page_of(browser, here)
    assert "第一份报表" not in page_of(browser, here)
    assert "第一份报表" in page_of(browser, here, "?past=on")
    assert "更正报表" not in page_of(browser, here, "?period=2024")


def test_targets_have_their_own_list(here, signed_in):
    rows = [FigureRow(unit_of(here.nodes["branch"]), a_definition(here), Decimal(12))]
    set_targets(rows, period="2026", source="目标责任书", by=here[Role.ORGANISATION])

    page = page_of(signed_in(here[Role.BRANCH_SECRETARY]), here, "?what=targets")
    assert "目标责任书" in page
    assert "目标责任书" not in page_of(signed_in(here[Role.BRANCH_SECRETARY]), here)


def test_the_page_asks_as_much_of_many_figures_as_of_few(here, signed_in):
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    counts = []
    for many in (2, 12):
        for at in range(many):
            deliver(here, a_definition(here, code=f"m{many}-{at}"), at)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(browser, here)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_quarterly_measure_waits_on_the_desk_after_its_quarter(here):
    definition = a_definition(here, every="quarter", due_after=15)
    deliver(here, definition, 1, period="2026Q1")
    department = here[Role.DATA_DEPARTMENT]

    [(period, waiting)] = measures_waiting_for(department, date(2026, 7, 2)).items()
    assert (period.label, waiting) == ("2026Q2", [(definition, date(2026, 7, 15))])
    deliver(here, definition, 2, period="2026Q2")
    assert measures_waiting_for(department, date(2026, 7, 2)) == {}


@pytest.mark.parametrize("role", [Role.PARTY_SECRETARY, Role.COUNTY_LEADER])
def test_what_waits_at_an_organisation_is_shown_to_those_above(here, role):
    waiting_record(here.nodes["branch"])

    section = at_organisation(here[role], here.nodes["township"])
    assert section is not None
    assert [one.title for one in section.shown["waiting"]] == ["1条纪实待核实"]


def test_where_nothing_waits_nothing_is_shown(here):
    a_record(here)
    Measure.objects.all().delete()

    assert at_organisation(here[Role.PARTY_SECRETARY], here.nodes["village_beside"]) is None
    assert at_organisation(here[Role.ENTERPRISE], here.nodes["branch"]) is None
