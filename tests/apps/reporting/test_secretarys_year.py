"""The secretary's year: what is due, what is recorded, nothing counted for its own sake."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from records_world import a_definition, a_record, deliver
from reporting_world import YEAR, commented
from ronghe.apps.access import Role
from ronghe.apps.reporting.selectors import year as selectors
from ronghe.apps.reporting.yearplan import Done, by_month, recurring, spans
from round_world import YEAR as LAST_YEAR
from round_world import final
from web_world import days

day = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(every=st.integers(1, 30))
def test_the_parts_of_a_year_cover_it_without_gap_or_overlap(every):
    found = spans(2026, every)

    assert found[0].since == date(2026, 1, 1)
    assert found[-1].until == date(2026, 12, 31)
    for one, after in pairwise(found):
        assert (after.since - one.until).days == 1


@given(every=st.sampled_from([1, 3, 12]), held=st.lists(day, max_size=20), today=day)
def test_a_part_is_done_once_however_often_it_was_held(every, held, today):
    done = [Done(one, "") for one in held]
    entries = recurring(
        "m", "会", "", year=2026, every_months=every, done=done, today=today
    )  # fmt: skip

    assert len(entries) == len(spans(2026, every))
    for entry, span in zip(entries, spans(2026, every), strict=True):
        inside = [one for one in held if span.since <= one <= span.until]
        assert (entry.state == "done") == bool(inside)
        assert entry.day == (min(inside) if inside else span.until)
        if entry.state == "late":
            assert span.until < today
    assert sum(len(rows) for _month, rows in by_month(entries)) == len(entries)


def test_meetings_are_due_by_the_rulebook_and_done_by_records(here):
    a_record(here, kind="meeting_held", values={})
    entries = selectors.entries_for(here[Role.BRANCH_SECRETARY], here.nodes["branch"], YEAR)

    meetings = [one for one in entries if one.key.startswith("meeting_held")]
    assert len(meetings) == 4
    assert [one.day for one in meetings if one.state == "done"] == [timezone.localdate()]
    assert "支部工作条例" in meetings[0].detail
    assert len([one for one in entries if one.key.startswith("theme_day")]) == 12


def test_the_page_tells_results_with_reasons_and_what_is_recorded(here, signed_in):
    final(here)
    a_record(here)
    deliver(here, a_definition(here), 52, period=str(YEAR))
    commented(here)
    secretary = signed_in(here[Role.BRANCH_SECRETARY])
    page = secretary.get(reverse("reporting:year")).content.decode()

    for words in ("办结群众和企业诉求", f"小方案 {LAST_YEAR}", "失", "集体收入", "交述职报告"):
        assert words in page
    old = secretary.get(reverse("reporting:year"), {"year": YEAR - 5}).content.decode()
    assert "还没有记录" in old


def test_the_year_goes_into_a_calendar_program(here, signed_in):
    answer = signed_in(here[Role.BRANCH_SECRETARY]).get(reverse("reporting:year_ics"))

    assert answer["Content-Type"] == "text/calendar"
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert answer.content.count(b"BEGIN:VEVENT") >= 41


def test_nobody_opens_the_year_of_an_organisation_they_do_not_lead(here, signed_in):
    secretary = signed_in(here[Role.BRANCH_SECRETARY])
    beside = {"at": here.nodes["branch_beside"].pk}

    assert secretary.get(reverse("reporting:year"), beside).status_code == 404
    assert signed_in(here[Role.MEMBER]).get(reverse("reporting:year")).status_code == 403


def test_the_year_asks_a_bounded_number_of_queries(here, django_assert_max_num_queries):
    by, node = here[Role.BRANCH_SECRETARY], here.nodes["branch"]
    for number in range(20):
        a_record(here, kind="meeting_held", day=days(-number), values={})
    with django_assert_max_num_queries(40):
        selectors.entries_for(by, node, YEAR)
