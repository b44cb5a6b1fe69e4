"""Working days: counted by the notices, provisional where none is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.procedures import days
from ronghe.apps.procedures.days import _built_in
from ronghe.apps.procedures.forms import DaysField
from ronghe.apps.procedures.models import HolidayNotice
from ronghe.apps.procedures.services.calendar import enter_notice
from ronghe.apps.procedures.working_days import Calendar

BUILT_IN = Calendar(_built_in())
any_day = st.dates(date(2003, 1, 1), date(2029, 12, 31))
NOTICE = {
    "year": 2027,
    "number": "国办发明电〔2026〕9号",
    "off": [date(2027, 1, 1), date(2027, 5, 1), date(2027, 5, 3), date(2027, 10, 1)],
    "made_up": [date(2027, 5, 8)],
}
"""Not the real notice, which has not been published."""


@given(day=st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_a_day_is_worked_as_the_published_notices_say(day):
    assert BUILT_IN.works(day) == is_workday(day)


@given(day=any_day, number=st.integers(0, 60))
def test_counting_there_and_back_gives_the_same_number(day, number):
    deadline = BUILT_IN.after(day, number)

    assert BUILT_IN.between(day, deadline.day) == number
    assert BUILT_IN.between(deadline.day, day) == -number
    assert number == 0 or BUILT_IN.works(deadline.day)


@given(day=any_day, number=st.integers(0, 40), more=st.integers(0, 20))
def test_more_working_days_never_end_earlier_and_can_be_counted_in_two_steps(day, number, more):
    first = BUILT_IN.after(day, number)
    both, second = BUILT_IN.after(day, number + more), BUILT_IN.after(first.day, more)

    assert both.day == second.day
    assert both.provisional == (first.provisional or second.provisional)


@given(day=any_day, number=st.integers(0, 40))
def test_a_deadline_is_provisional_just_when_a_day_on_the_way_is_not_known(day, number):
    deadline = BUILT_IN.after(day, number)
    passed = [day + timedelta(days=n) for n in range(1, (deadline.day - day).days + 1)]

    assert deadline.provisional == (not all(map(BUILT_IN.known, passed)))


def test_five_working_days_over_the_national_holiday_of_2026():
    assert BUILT_IN.after(date(2026, 9, 29), 5) == days.Deadline(date(2026, 10, 12), False)


def test_the_last_week_of_december_waits_for_the_next_notice():
    assert BUILT_IN.known(date(2026, 12, 24))
    assert not BUILT_IN.known(date(2026, 12, 25))
    assert BUILT_IN.works(date(2018, 12, 29))


@pytest.mark.django_db
def test_a_year_not_yet_published_is_provisional_until_its_notice_is_entered(here):
    assert days.after(date(2027, 4, 30), 1) == days.Deadline(date(2027, 5, 3), True)

    enter_notice(**NOTICE, by=here[Role.APPRAISAL_OFFICE])

    assert days.after(date(2027, 4, 30), 1) == days.Deadline(date(2027, 5, 4), False)
    assert days.after(date(2027, 5, 7), 1).day == date(2027, 5, 8)
    assert days.between(date(2027, 5, 7), date(2027, 5, 10)) == 2


def test_a_later_notice_supersedes_and_the_earlier_one_stays(here):
    enter_notice(**NOTICE, by=here[Role.ORGANISATION])
    changed = {**NOTICE, "off": [*NOTICE["off"], date(2027, 5, 4)]}
    enter_notice(**changed, by=here[Role.ORGANISATION])

    assert not days.is_working(date(2027, 5, 4))
    assert HolidayNotice.objects.count() == 2
    assert Entry.objects.filter(action="procedures.notice_entered").count() == 2


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"off": [*NOTICE["off"], date(2028, 1, 1)]}, "不属于"),
        ({"off": [*NOTICE["off"], date(2027, 5, 8)]}, "既放假又上班"),
        ({"made_up": [date(2027, 5, 10)]}, "周六、周日"),
        ({"off": [date(2027, 5, 1)]}, "法定节日"),
    ],
)
def test_what_cannot_be_right_in_a_notice_is_refused(here, changed, word):
    with pytest.raises(ValidationError) as refusal:
        enter_notice(**{**NOTICE, **changed}, by=here[Role.ORGANISATION])

    assert word in refusal.value.messages[0]


def test_only_those_who_keep_the_calendar_enter_notices(here):
    with pytest.raises(PermissionDenied):
        enter_notice(**NOTICE, by=here[Role.BRANCH_SECRETARY])


def test_days_are_written_singly_or_as_a_range():
    found = DaysField().clean("2027-02-05 至 2027-02-07，2027-05-01\n2027-02-06")

    assert [day.isoformat()[5:] for day in found] == ["02-05", "02-06", "02-07", "05-01"]
    for wrong in ("2027-02-30", "2027-02-05至2027-02-01", "春节"):
        with pytest.raises(ValidationError):
            DaysField().clean(wrong)


def test_the_notice_is_entered_and_counted_by_on_screen(here, signed_in):
    browser = signed_in(here[Role.ORGANISATION])
    form = {
        "year": 2027,
        "number": NOTICE["number"],
        "off": "2027-01-01\n2027-05-01至2027-05-03\n2027-10-01",
        "made_up": "2027-05-08",
    }
    assert (
        "暂定"
        in browser.get("/procedures/working-days/?since=2027-04-30&number=1").content.decode()
    )

    answer = browser.post("/procedures/working-days/enter/", form)

    assert answer.status_code == 302
    page = browser.get("/procedures/working-days/?since=2027-04-30&number=1")
    assert page.context["counted"] == days.Deadline(date(2027, 5, 4), False)
