"""Terms of office, seats, and how long the stages of joining last."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.items import items_for
from ronghe.apps.members.models import StageChange, Term
from ronghe.apps.members.rules import last_day_of_term, later
from ronghe.apps.members.selectors import current_term, seats_of, steps_due, terms_ending
from ronghe.apps.members.services.keeping import change_stage
from ronghe.apps.members.services.terms import begin_term, leave_seat, take_seat
from ronghe.ui.doubts import NeedsReasonError
from web_world import business_below, days, on_roster


@pytest.fixture
def branch(here):
    """A branch with seven full members."""
    for number in range(7):
        on_roster(here.nodes["branch"], name=f"党员{number}")
    return here.nodes["branch"]


@pytest.fixture
def secretary(here):
    return here[Role.BRANCH_SECRETARY]


@pytest.fixture
def term(branch, secretary):
    return begin_term(branch, since=days(-100), elected=days(-103), by=secretary)


def members(branch):
    from ronghe.apps.members.selectors import members_of

    return list(members_of(branch).order_by("pk"))


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), years=st.integers(1, 9))
def test_a_period_of_years_ends_in_the_same_month_never_later_in_it(day, years):
    end = later(day, months=12 * years)

    assert (end.year, end.month) == (day.year + years, day.month)
    assert day.day - 3 <= end.day <= day.day


def test_a_village_has_five_years_and_a_branch_elsewhere_three(here, branch):
    elsewhere = business_below(here.nodes["enterprise"], kind="branch", code="firm-branch")
    since = date(2024, 3, 1)

    assert last_day_of_term(branch, since)[0] == date(2029, 2, 28)
    assert last_day_of_term(elsewhere, since)[0] == date(2027, 2, 28)


def test_a_new_term_ends_the_one_before_with_its_seats(branch, secretary, term):
    seat = take_seat(
        branch, member=members(branch)[0], post="secretary", since=days(-90), by=secretary
    )

    new = begin_term(branch, since=days(-1), elected=None, by=secretary)

    term.refresh_from_db()
    seat.refresh_from_db()
    assert (term.until, seat.until) == (days(-2), days(-2))
    assert current_term(branch) == new
    assert not seats_of(new)


def test_a_branch_of_two_members_needs_a_reason_for_a_term(here, secretary):
    branch = here.nodes["branch"]
    for name in ("甲", "乙"):
        on_roster(branch, name=name)

    with pytest.raises(NeedsReasonError, match="成立党支部的规定是"):
        begin_term(branch, since=days(-1), elected=None, by=secretary)
    made = begin_term(branch, since=days(-1), elected=None, by=secretary, reason="上级已批准")

    assert made.departs == ["branch.min_full_members"]
    assert made.reason == "上级已批准"


def test_the_sixth_seat_needs_a_reason_and_the_citation_is_shown(
    signed_in, branch, secretary, term
):
    people = members(branch)
    posts = ("secretary", "deputy", "organisation", "publicity", "discipline")
    for post, one in zip(posts, people, strict=False):
        take_seat(branch, member=one, post=post, since=days(-9), by=secretary)
    sent = {"member": people[5].pk, "post": "other", "since": days(-9).isoformat()}
    browser = signed_in(secretary)

    refused = browser.post(f"/members/organisations/{branch.pk}/seats/new/", sent)

    assert refused.status_code == 422
    assert "支部工作条例" in refused.content.decode()
    assert "<textarea" in refused.content.decode()
    sent["reason"] = "村里摊子大，上级同意"
    assert browser.post(f"/members/organisations/{branch.pk}/seats/new/", sent).status_code == 302
    assert Entry.objects.filter(action="members.seat_taken").latest("pk").details["departs"] == [
        "committee.usual_max_people"
    ]


def test_in_a_small_branch_only_secretary_and_deputy_are_as_the_rule_says(here, secretary):
    branch = here.nodes["branch"]
    people = [on_roster(branch, name=name) for name in ("甲", "乙", "丙")]
    begin_term(branch, since=days(-9), elected=None, by=secretary)
    take_seat(branch, member=people[0], post="secretary", since=days(-9), by=secretary)

    with pytest.raises(NeedsReasonError, match="设支部委员会的规定是"):
        take_seat(branch, member=people[1], post="publicity", since=days(-9), by=secretary)


def test_a_probationary_member_is_not_elected_without_a_reason(here, branch, secretary, term):
    new = on_roster(branch, stage="probationary", name="新人")

    with pytest.raises(NeedsReasonError, match="没有被选举权"):
        take_seat(branch, member=new, post="other", since=days(-9), by=secretary)


@pytest.mark.parametrize(
    ("post", "since", "again", "told"),
    [
        ("secretary", -9, False, "已有书记"),
        ("other", -9, True, "已有职务"),
        ("other", -101, False, "任期的起始日"),
        ("other", 1, False, "不能晚于今天"),
    ],
)
def test_an_impossible_seat_is_refused(branch, secretary, term, post, since, again, told):
    first, second = members(branch)[:2]
    take_seat(branch, member=first, post="secretary", since=days(-50), by=secretary)

    member = first if again else second

    with pytest.raises(ValidationError, match=told):
        take_seat(branch, member=member, post=post, since=days(since), by=secretary)


def test_nobody_of_another_organisation_takes_a_seat(here, branch, secretary, term):
    stranger = on_roster(here.nodes["branch_beside"], name="外人")

    with pytest.raises(ValidationError, match="本组织名册"):
        take_seat(branch, member=stranger, post="other", since=days(-9), by=secretary)


def test_a_seat_is_left_on_a_day_and_stays_in_the_history(signed_in, branch, secretary, term):
    one = members(branch)[0]
    seat = take_seat(branch, member=one, post="secretary", since=days(-50), by=secretary)

    leave_seat(seat, on=days(-1), by=secretary)

    assert not seats_of(term)
    page = signed_in(secretary).get(f"/members/organisations/{branch.pk}/terms/")
    assert one.name in page.content.decode()


def test_who_does_not_keep_the_organisation_changes_no_term(here, branch):
    for role in (Role.TOWNSHIP_OFFICER, Role.MEMBER, Role.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            begin_term(branch, since=days(-1), elected=None, by=here[role])


@pytest.mark.parametrize(("due", "shown"), [(-10, True), (100, True), (400, False)])
def test_terms_that_end_are_on_the_desks_of_those_who_prepare_the_next(here, branch, due, shown):
    Term.objects.create(node=branch, since=days(-900), due=days(due))

    for role in (Role.BRANCH_SECRETARY, Role.PARTY_SECRETARY, Role.ORGANISATION):
        told = [one.title for one in items_for(here[role])]
        assert any("任期届满" in title for title in told) == shown
    assert not terms_ending(here[Role.MEMBER]).exists()


def test_the_organisations_page_shows_the_committee_and_what_departs(signed_in, here, branch, term):
    take_seat(
        branch,
        member=members(branch)[0],
        post="secretary",
        since=days(-9),
        by=here[Role.BRANCH_SECRETARY],
    )

    page = signed_in(here[Role.BRANCH_SECRETARY]).get(f"/organisations/{branch.pk}/")

    assert "党员0" in page.content.decode()
    assert "委员会有1人" in page.content.decode()
    viewer = signed_in(here[Role.VIEWER]).get(f"/organisations/{branch.pk}/")
    assert "党员0" not in viewer.content.decode()


# --- how long stages last -----------------------------------------------------------------------


@pytest.fixture
def probationary(here):
    """Somebody on probation for 200 days."""
    one = on_roster(here.nodes["branch"], stage="probationary", name="新人")
    StageChange.objects.filter(member=one).update(since=days(-200))
    return one


def test_probation_cut_short_needs_a_reason_that_is_kept(signed_in, here, probationary):
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    sent = {"stage": "full", "since": days(0).isoformat()}

    refused = browser.post(f"/members/{probationary.pk}/stage/", sent)

    assert refused.status_code == 422
    assert "发展党员工作细则" in refused.content.decode()
    browser.post(f"/members/{probationary.pk}/stage/", {**sent, "reason": "登记有误，补办"})
    change = probationary.stages.get(stage="full")
    assert (change.departs, change.reason) == (["joining.probation_months"], "登记有误，补办")


def test_after_a_whole_probation_no_reason_is_asked(here, probationary):
    StageChange.objects.filter(member=probationary).update(since=days(-380))

    change_stage(probationary, stage="full", since=days(0), by=here[Role.BRANCH_SECRETARY])

    assert probationary.stages.get(stage="full").departs == []


def test_leaving_has_no_period(here, probationary):
    change_stage(probationary, stage="left", since=days(0), by=here[Role.BRANCH_SECRETARY])

    assert probationary.stages.get(stage="left").departs == []


def test_whose_probation_ends_soon_is_on_the_branchs_desk(signed_in, here, probationary):
    secretary = here[Role.BRANCH_SECRETARY]
    assert not steps_due(secretary).exists()

    StageChange.objects.filter(member=probationary).update(since=days(-350))

    assert any("阶段将满" in one.title for one in items_for(secretary))
    assert "新人" in signed_in(secretary).get("/members/steps/").content.decode()
    assert not any("阶段将满" in one.title for one in items_for(here[Role.ORGANISATION]))


def test_the_list_of_next_steps_takes_as_many_queries_for_many_as_for_few(
    signed_in, here, django_assert_max_num_queries
):
    for number in range(60):
        on_roster(here.nodes["branch"], stage="activist", name=f"积极分子{number}")
    browser = signed_in(here[Role.ORGANISATION])

    with django_assert_max_num_queries(20):
        browser.get("/members/steps/")


def test_a_stage_that_is_complete_already_is_said_to_be(signed_in, here, probationary):
    StageChange.objects.filter(member=probationary).update(since=days(-400))

    page = signed_in(here[Role.BRANCH_SECRETARY]).get("/members/steps/").content.decode()

    assert '<span class="badge bg-secondary-lt">已满</span>' in page
