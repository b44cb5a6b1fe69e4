"""Jobs: started once, carried out by one worker at a time, ended visibly whatever happens."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk import jobkinds, jobs
from ronghe.apps.desk.jobs import leases, running
from ronghe.apps.desk.models import Job
from ronghe.apps.desk.services.jobs import cancel_job

State = Job.State


@pytest.fixture
def trial(monkeypatch):
    """Return a function that declares the only kind of job and hands back what it was given."""
    monkeypatch.setattr(jobkinds, "KINDS", {})
    monkeypatch.setattr(running, "KINDS", jobkinds.KINDS)
    monkeypatch.setattr(leases, "KINDS", jobkinds.KINDS)

    def declare(work, *, retries=0):
        jobs.kind("trial", title="试办", retries=retries)(work)

    return declare


@pytest.fixture
def waiting(monkeypatch):
    """Let jobs wait instead of being carried out at once."""
    monkeypatch.setattr(running, "enqueue", lambda *_job, **_later: None)


def running_job(by, **more):
    """Store a job that a worker has under way, its lease over or not."""
    values = {"kind": "trial", "key": "k", "language": "zh-hans", "state": State.RUNNING}
    lease = timezone.now() + timedelta(seconds=more.pop("lease", 60))
    return Job.objects.create(**values, by=by, worker="w", attempts=1, leased_until=lease, **more)


def test_a_job_is_carried_out_with_its_arguments_and_keeps_its_result(trial, here):
    trial(lambda job, number: {"url": f"/{number}/", "words": job.by.name})
    job = jobs.start("trial", by=here[Role.MEMBER], place=here.nodes["branch"], number=7)

    assert (job.state, job.result) == (State.DONE, {"url": "/7/", "words": "here-member"})
    assert job.ended is not None


def test_the_same_key_gives_the_same_job(trial, here):
    trial(lambda _job: None)
    first = jobs.start("trial", by=here[Role.MEMBER], key="batch-1")

    assert jobs.start("trial", by=here[Role.MEMBER], key="batch-1") == first
    assert jobs.start("trial", by=here[Role.MEMBER], key="batch-2") != first


def test_a_refused_job_says_why_and_can_be_started_anew(trial, here):
    def refuse(job):
        raise jobs.Refused("第3行没有单位。")

    trial(refuse)
    first = jobs.start("trial", by=here[Role.MEMBER], key="k")

    assert (first.state, first.error) == (State.REFUSED, "第3行没有单位。")
    assert jobs.start("trial", by=here[Role.MEMBER], key="k") != first


def test_a_crash_shows_a_reference_number_and_keeps_its_traceback_in_the_log(trial, here, caplog):
    def crash(job):
        raise ZeroDivisionError("secret detail")

    trial(crash)
    with caplog.at_level(logging.ERROR, "ronghe.jobs"):
        job = jobs.start("trial", by=here[Role.MEMBER])

    assert job.state == State.FAILED
    assert job.reference in job.error
    assert "secret" not in job.error
    assert job.reference in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_messages_of_a_job_are_in_the_language_of_who_started_it(trial, here):
    trial(lambda _job: 1 / 0)
    with translation.override("en"):
        job = jobs.start("trial", by=here[Role.MEMBER])

    assert "administrator" in job.error


def test_progress_is_saved_at_most_once_a_second(trial, here, django_assert_max_num_queries):
    def count(job):
        for number in range(1, 1001):
            job.progress(number, 1000)

    trial(count)
    with django_assert_max_num_queries(12):
        job = jobs.start("trial", by=here[Role.MEMBER])

    assert (job.done, job.total) == (1000, 1000)


def test_each_item_is_done_once_in_short_transactions(trial, here, monkeypatch):
    monkeypatch.setattr(running, "TURN", 0.0)
    done = []
    trial(lambda job: job.each(list(range(30)), done.append))
    job = jobs.start("trial", by=here[Role.MEMBER])

    assert done == list(range(30))
    assert (job.done, job.total) == (30, 30)


def test_a_second_worker_does_not_run_a_job_that_is_under_way(trial, here, waiting):
    ran = []
    trial(lambda job: ran.append(job.pk))
    job = jobs.start("trial", by=here[Role.MEMBER])
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="other", attempts=1)

    running.carry_out.enqueue(job.pk, 0)

    assert ran == []


def test_a_job_that_was_taken_over_cannot_go_on_in_its_former_worker(trial, here):
    def lose(job):
        Job.objects.filter(pk=job.pk).update(worker="other", attempts=2)
        job.hold()
        raise AssertionError

    trial(lose)
    job = jobs.start("trial", by=here[Role.MEMBER])

    assert (job.state, job.worker) == (State.RUNNING, "other")


def test_a_job_that_lost_its_worker_waits_anew_where_its_kind_retries(trial, here, waiting):
    trial(lambda _job: None, retries=1)
    job = running_job(here[Role.MEMBER], lease=-1)

    leases.reclaim()

    job.refresh_from_db()
    assert job.state == State.WAITING


@pytest.mark.parametrize(("retries", "attempts"), [(0, 1), (1, 2)])
def test_a_job_that_lost_its_worker_otherwise_ends_visibly(trial, here, retries, attempts):
    trial(lambda _job: None, retries=retries)
    job = running_job(here[Role.MEMBER], lease=-1)
    Job.objects.filter(pk=job.pk).update(attempts=attempts)

    leases.reclaim()

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.reference in job.error


def test_a_job_whose_worker_lives_is_left_alone(trial, here):
    trial(lambda _job: None)
    job = running_job(here[Role.MEMBER], lease=-1)
    leases.renew("w")

    leases.reclaim()

    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_what_is_worth_another_try_is_tried_as_often_as_its_kind_says(trial, here):
    tries = []

    def fail(job):
        tries.append(job.pk)
        raise jobs.Again("对方没有应答。")

    trial(fail, retries=2)
    job = jobs.start("trial", by=here[Role.MEMBER])

    assert len(tries) == 3
    assert (job.state, job.error) == (State.REFUSED, "对方没有应答。")


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(
    trial, here, waiting
):
    member = here[Role.MEMBER]
    trial(lambda _job: None)
    job = jobs.start("trial", by=member)
    assert cancel_job(job, by=member)
    job.refresh_from_db()
    assert job.state == State.CANCELLED

    under_way = running_job(member)
    assert cancel_job(under_way, by=member)
    with pytest.raises(running.Cancelled):
        running.Run(under_way).progress(1, 2)
    assert Entry.objects.filter(action="desk.job_cancelled").count() == 2


def test_the_page_of_a_job_asks_for_its_progress_until_it_ends(trial, here, signed_in):
    trial(lambda _job: {"url": "/members/"})
    job = running_job(here[Role.MEMBER], done=3, total=10, words="第3行")
    browser = signed_in(here[Role.MEMBER])

    page = browser.get(f"/jobs/{job.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "3/10" in page

    Job.objects.filter(pk=job.pk).update(state=State.DONE, result={"url": "/members/"})
    part = browser.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert 'href="/members/"' in part
    assert "<html" not in part


def test_an_administrator_sees_the_jobs_of_the_place_and_others_only_their_own(
    trial, here, there, signed_in, django_assert_max_num_queries
):
    trial(lambda _job: None)
    for number in range(60):
        jobs.start("trial", by=here[Role.MEMBER], place=here.nodes["branch"], key=str(number))
    jobs.start("trial", by=there[Role.MEMBER], place=there.nodes["branch"])

    browser = signed_in(here[Role.ADMINISTRATOR])
    with django_assert_max_num_queries(12):
        assert browser.get("/jobs/").context["page"].paginator.count == 60
    assert signed_in(here[Role.VIEWER]).get("/jobs/").context["page"].paginator.count == 0
