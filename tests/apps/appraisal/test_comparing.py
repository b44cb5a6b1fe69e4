"""Results side by side: where the difference comes from, and that persons are never compared."""

from __future__ import annotations

from statistics import median

import pytest
from django.urls import reverse

from ronghe.apps.access import Role
from ronghe.apps.appraisal.comparing import (
    column_of,
    comparison,
    median_of_peers,
    year_before,
)
from ronghe.apps.appraisal.models import Result
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.selectors.rounds import comparable_with, scheme_of
from ronghe.apps.appraisal.services.rounds import start_computing
from round_world import YEAR, a_round, computed, final, moved, result_of, small_scheme
from web_world import on_roster


@pytest.fixture
def office(here, signed_in):
    """The appraisal office, signed in."""
    return signed_in(here[Role.APPRAISAL_OFFICE])


def address(result: Result) -> str:
    return reverse("appraisal:compare", args=[result.pk])


def test_the_differences_of_two_units_add_up_to_that_of_their_totals(here):
    round_ = computed(here)
    own, other = result_of(round_), result_of(round_, "branch_beside")

    found = comparison(scheme_of(round_), [column_of(own), column_of(other)])

    assert sum(row.difference or 0 for row in found.rows) == own.total - other.total
    drawn = found.drawing
    end = drawn.start[1] + sum(change for _title, change in drawn.changes)
    assert end == pytest.approx(own.total / 1000)


def test_the_office_puts_two_units_side_by_side(here, office):
    round_ = computed(here)
    own, other = result_of(round_), result_of(round_, "branch_beside")

    page = office.get(address(own), {"with": other.pk}).content.decode()

    assert f"差在哪里：从{other.name}到{own.name}" in page
    assert '<th scope="row">民主测评' in page


def test_the_median_is_only_told_of_five_peers_or_more(here):
    round_ = computed(here)
    result = result_of(round_)
    assert median_of_peers(result) is None
    for number in range(4):
        Result.objects.create(
            run=round_.run, unit=f"u{number}", name=f"村{number}", node=result.node,
            group=result.group, total=50_000 + number, scores={"cases": 1000 * number},
        )  # fmt: skip

    totals = Result.objects.filter(run=round_.run).values_list("total", flat=True)
    assert median_of_peers(result).total == round(median(totals))


def test_a_unit_stands_beside_its_own_year_before(here):
    before = final(here)
    round_ = computed(here, scheme=small_scheme(version="2"), period=str(YEAR + 1))

    side = year_before(result_of(round_))

    assert side.name == str(YEAR)
    assert side.total == result_of(before).total


def test_a_secretary_is_offered_only_the_units_below_them(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    own = result_of(round_)

    assert not comparable_with(here[Role.BRANCH_SECRETARY], own).exists()
    assert comparable_with(here[Role.APPRAISAL_OFFICE], own).exists()


def test_another_units_result_is_not_shown_when_asked_for(here, signed_in):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    own, other = result_of(round_), result_of(round_, "branch_beside")
    secretary = signed_in(here[Role.BRANCH_SECRETARY])

    page = secretary.get(address(own), {"with": other.pk}).content.decode()

    assert other.name not in page
    assert "没有可以对比的" in page


def test_persons_are_compared_with_nobody(here, signed_in):
    scheme = small_scheme(scheme="people", appraises="member", level="person")
    member, _other = on_roster(here.nodes["branch"]), on_roster(here.nodes["branch"], name="张三")
    round_ = a_round(here, scheme=scheme)
    start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()
    result = Result.objects.get(run=round_.run, member=member)

    assert median_of_peers(result) is None
    assert not comparable_with(here[Role.ORGANISATION], result).exists()
    page = signed_in(here[Role.ORGANISATION]).get(address(result)).content.decode()
    assert "张三" not in page
