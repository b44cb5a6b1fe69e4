"""The cockpit: what a leader sees of a county and of a place, and what is stuck at whose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes_world import township_figures
from procedures_world import an_objection
from records_world import waiting_record
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services.missing import note
from ronghe.apps.complaints.models import Complaint
from ronghe.apps.planning.attention import stuck_in
from ronghe.apps.planning.outcomes import outcomes_of
from ronghe.apps.planning.pictures import drivers, tiles_of_bands
from ronghe.apps.records.models import Measure, MeasureDefinition, Record
from ronghe.apps.registry.services import add_node
from round_world import a_round, an_appeal, computed, moved
from web_world import days

COCKPIT = reverse("planning:cockpit")


@pytest.fixture
def leader(here, signed_in):
    """The county's leader, signed in."""
    return signed_in(here[Role.COUNTY_LEADER])


def stuck(county) -> list[tuple[str, str, int]]:
    """Return what is stuck, at whose, and the days."""
    found = stuck_in(county[Role.COUNTY_LEADER], county.nodes["county"])
    return [(one.what, one.where, one.days) for one in found]


def test_a_leader_sees_the_dimensions_the_places_and_their_intervals(here, leader):
    township_figures(here)

    page = leader.get(COCKPIT).content.decode()

    for words in ("创新", "协调", "绿色", "开放", "共享", "here township", "名次区间", "第1档"):
        assert words in page
    assert page.count("data-chart") >= 2


def test_the_map_is_coloured_by_one_dimension_when_asked(here, leader):
    township_figures(here)

    page = leader.get(COCKPIT, {"by": "green"}).content.decode()

    assert "绿色：各地得分" in page


def test_without_figures_it_says_so_and_still_shows_what_is_stuck(here, leader):
    page = leader.get(COCKPIT).content.decode()

    assert "还没有可以看的年度数据" in page
    assert "现在卡在哪里" in page


def test_a_dimension_without_figures_this_year_is_missing_and_named(here, leader):
    township_figures(here, skip=("exporting_firms", "online_sales"))

    page = leader.get(COCKPIT, {"year": "2025"}).content.decode()

    assert "这一年没有数的：有出口实绩的企业数、电商经营主体网络销售额" in page
    outcomes = outcomes_of(here.nodes["county"])
    assert outcomes.middle("2025", "openness") is None
    assert outcomes.middle("2025", "") is None
    assert outcomes.middle("2024", "openness") is not None


def test_a_place_shows_what_drives_its_scores_and_who_delivers(here, leader):
    township_figures(here)

    page = leader.get(reverse("planning:place", args=[here.nodes["township"].pk])).content.decode()

    assert "总分是怎么来的" in page
    assert "高新技术企业数" in page
    assert here.nodes["department"].name in page


def test_what_drives_a_place_adds_up_to_its_own_score(here):
    township_figures(here)
    outcomes = outcomes_of(here.nodes["county"])
    place = here.nodes["township"]

    drawn = drivers(outcomes, "2025", place)

    total = drawn.start[1] + sum(change for _name, change in drawn.changes)
    assert total == pytest.approx(outcomes.score("2025", "", outcomes.at(place)), abs=0.05)


def test_a_place_without_figures_is_shown_as_without(here, leader):
    township_figures(here)
    Measure.objects.filter(unit__node=here.nodes["township_beside"]).delete()
    place = here.nodes["township_beside"]

    page = leader.get(reverse("planning:place", args=[place.pk])).content.decode()
    outcomes = outcomes_of(here.nodes["county"])
    map_ = tiles_of_bands(outcomes, outcomes.standings("2025"))

    assert "没有数据" in page
    assert [tile.level for tile in map_.tiles if tile.name == place.name] == [None]


def test_figures_of_another_county_are_not_mixed_in(here, there):
    township_figures(here)
    township_figures(there)

    outcomes = outcomes_of(here.nodes["county"])

    assert {place.county_id for place in outcomes.places} == {here.nodes["county"].pk}


def test_a_department_that_is_late_is_named_with_its_days(here):
    last = timezone.localdate().year - 1
    township_figures(here, years=(str(last - 1),))
    MeasureDefinition.objects.update(due_after=0)

    found = [one for one in stuck(here) if one[1] == here.nodes["department"].name]

    assert len(found) == 1
    what, _where, late = found[0]
    assert what.startswith("上年数据11项未报")
    assert late == (timezone.localdate() - date(last, 12, 31)).days


def test_what_a_round_lacks_stands_with_who_supplies_it(here):
    round_ = a_round(here)
    note(round_)

    rows = [one for one in stuck(here) if round_.title in one[0]]

    assert rows
    assert all(late < 0 for _what, _where, late in rows)


def test_an_open_appeal_holds_the_round_up_at_the_office(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    an_appeal(here, round_)

    assert (f"{round_.title}：1件申诉待答复", "考核办", 0) in stuck(here)


def test_a_round_past_its_day_waits_for_the_office(here):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    Round.objects.filter(pk=round_.pk).update(until=days(-4))

    assert [late for what, where, late in stuck(here) if "期满" in what and where == "考核办"] == [
        4
    ]


def test_records_that_wait_long_to_be_checked_are_counted_where_they_wait(here):
    old = waiting_record(here.nodes["branch"])
    Record.objects.filter(pk=old.pk).update(entered_at=timezone.now() - timedelta(days=40))

    assert ("1条纪实待核实", here.nodes["branch"].name, 40) in stuck(here)


def test_objections_and_late_complaints_are_counted_and_not_told(here):
    an_objection(here, here.nodes["village"], here.people[Role.MEMBER])
    Complaint.objects.create(
        kind="figure", text="不对", receiver="inspection", handled_at=here.nodes["county"],
        due=days(-2),
    )  # fmt: skip

    words = [what for what, _where, _late in stuck(here)]

    assert "1件异议待答复" in words
    assert "1件投诉逾期未答复" in words


def test_the_cockpit_takes_a_bounded_number_of_queries(here, leader, django_assert_max_num_queries):
    township_figures(here)
    for number in range(8):
        add_node(
            parent=here.nodes["county"], code=f"t{number}", name=f"镇{number}", kind="township",
            level=2, since=days(-400), by=here[Role.ADMINISTRATOR],
        )  # fmt: skip

    with django_assert_max_num_queries(45):
        leader.get(COCKPIT)
