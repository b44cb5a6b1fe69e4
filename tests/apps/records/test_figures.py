"""Measures and targets: delivered by who owns them, superseded, exact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records_world import a_definition, deliver
from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.records.models import Measure, Target, Unit
from ronghe.apps.records.numbers import period_of, plain, whole
from ronghe.apps.records.selectors.figures import measures_visible_to
from ronghe.apps.records.services import FigureRow, define_measure, deliver_measures, set_targets
from ronghe.apps.records.services.stating import unit_of


def test_the_department_delivers_for_every_unit_of_its_county(here):
    definition = a_definition(here)

    done = deliver(here, definition, "12.5", node="branch_beside")

    assert done.new == 1
    assert Measure.objects.get().amount == Decimal("12.5")
    assert measures_visible_to(here[Role.DATA_DEPARTMENT]).count() == 0
    assert measures_visible_to(here[Role.VIEWER]).count() == 1


def test_a_new_figure_supersedes_and_the_earlier_stays(here):
    definition = a_definition(here)
    deliver(here, definition, 10)
    done = deliver(here, definition, 11, source="更正后的报表")

    earlier, later = Measure.objects.order_by("pk")
    assert (done.new, done.superseding) == (0, 1)
    assert (earlier.value, earlier.current) == (1000, False)
    assert (later.value, later.current, later.supersedes) == (1100, True, earlier)


def test_the_same_figure_again_changes_nothing(here):
    definition = a_definition(here)
    deliver(here, definition, 10)

    assert deliver(here, definition, "10.00").same == 1
    assert Measure.objects.count() == 1


@pytest.mark.parametrize("value", ["1.234", "1e20", "nan", "十"])
def test_what_is_not_exactly_a_figure_is_refused_and_never_rounded(here, value):
    definition = a_definition(here)

    with pytest.raises((ValidationError, ArithmeticError)):
        deliver(here, definition, value)
    assert not Measure.objects.exists()


def test_a_figure_without_its_source_is_refused(here):
    with pytest.raises(ValidationError):
        deliver(here, a_definition(here), 1, source=" ")


def test_a_figure_below_its_lowest_official_level_is_refused(here):
    definition = a_definition(here, lowest_level="township")

    with pytest.raises(ValidationError, match="乡镇"):
        deliver(here, definition, 1, node="branch")
    assert deliver(here, definition, 1, node="township").new == 1


def test_nobody_delivers_what_another_county_owns(here, there):
    definition = a_definition(here)

    with pytest.raises(PermissionDenied):
        deliver(there, definition, 1)
    rows = [FigureRow(unit_of(there.nodes["branch"]), definition, 1)]
    with pytest.raises(ValidationError):
        deliver_measures(rows, period="2025", source="s", by=there[Role.APPRAISAL_OFFICE])


def test_a_measure_without_a_department_is_delivered_by_each_for_their_own(here):
    definition = a_definition(here, owner=None)
    by = here[Role.TOWNSHIP_OFFICER]

    assert deliver(here, definition, 1, by=by).new == 1
    with pytest.raises(PermissionDenied):
        deliver(here, definition, 1, node="branch_beside", by=by)


def test_all_rows_are_taken_or_none_and_every_wrong_one_is_told(here):
    definition = a_definition(here)
    rows = [
        FigureRow(unit_of(here.nodes["branch"]), definition, "1"),
        FigureRow(unit_of(here.nodes["branch"]), definition, "2"),
        FigureRow(unit_of(here.nodes["township"]), definition, "x"),
    ]
    with pytest.raises(ValidationError) as refusal:
        deliver_measures(rows, period="2025", source="s", by=here[Role.DATA_DEPARTMENT])

    assert len(refusal.value.messages) == 2
    assert not Measure.objects.exists()


def test_targets_are_above_nothing_and_set_by_the_office(here):
    definition = a_definition(here)
    unit = unit_of(here.nodes["branch"])
    office = {"period": "2025", "source": "责任书", "by": here[Role.APPRAISAL_OFFICE]}

    with pytest.raises(ValidationError):
        set_targets([FigureRow(unit, definition, 0)], **office)
    set_targets([FigureRow(unit, definition, 5)], **office)

    assert Target.objects.get().value == 500
    assert Entry.objects.get(action="records.targets_set").details["measures"] == ["income"]


def test_how_fine_a_measure_is_stays_once_there_are_figures(here):
    definition = a_definition(here)
    deliver(here, definition, 1)
    definition.scale = 3

    with pytest.raises(ValidationError):
        define_measure(definition, by=here[Role.APPRAISAL_OFFICE])


def test_figures_about_a_person_are_for_those_who_answer_for_people(here):
    definition = a_definition(here, lowest_level="person")
    county, township = here.nodes["county"], here.nodes["township"]
    cadre = Unit.objects.create(
        node=township, county=county, kind="cadre", code="c1", name="书记", level="person"
    )
    rows = [FigureRow(cadre, definition, 1)]
    deliver_measures(rows, period="2025", source="s", by=here[Role.DATA_DEPARTMENT])

    assert measures_visible_to(here[Role.ORGANISATION]).count() == 1
    assert measures_visible_to(here[Role.VIEWER]).count() == 0


@given(st.decimals(-(10**8), 10**8, places=3, allow_nan=False, allow_infinity=False))
def test_whole_numbers_give_back_the_decimal_they_came_from(amount):
    number = whole(amount, 3, field="value")

    assert Decimal(number).scaleb(-3) == amount
    assert Decimal(plain(amount)) == amount


@pytest.mark.parametrize(
    ("label", "since", "until", "previous"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2023"),
        ("2024H2", "2024-07-01", "2024-12-31", "2023H2"),
        ("2024Q1", "2024-01-01", "2024-03-31", "2023Q1"),
        ("2024-02", "2024-02-01", "2024-02-29", "2023-02"),
    ],
)
def test_a_period_is_known_by_its_label(label, since, until, previous):
    found = period_of(label)

    told = (found.since.isoformat(), found.until.isoformat(), found.previous)
    assert told == (since, until, previous)


@pytest.mark.parametrize("label", ["", "24", "2024Q5", "2024-13", "2024-00", "2024H3", "x2024"])
def test_what_is_no_period_is_refused(label):
    with pytest.raises(ValidationError):
        period_of(label)
