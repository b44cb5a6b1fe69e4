"""Periodic work: once for all workers each time it is due."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ronghe.apps.desk import ticks
from ronghe.apps.desk.models import Tick


@pytest.fixture
def done(monkeypatch):
    """A list of what periodic work did; only that of the test is known."""
    monkeypatch.setattr(ticks, "_TICKS", {})
    return []


def test_work_is_done_when_it_is_due_and_only_then(db, done):
    ticks.every(hours=1)(lambda: done.append("x"))

    ticks.do_due()
    ticks.do_due()
    assert done == ["x"]

    Tick.objects.update(due=timezone.now())
    ticks.do_due()
    assert done == ["x", "x"]


def test_work_that_another_worker_took_meanwhile_is_not_done_twice(db, done, monkeypatch):
    ticks.every(hours=1)(lambda: done.append("x"))
    ticks.do_due()
    Tick.objects.update(due=timezone.now())
    read = list(Tick.objects.all())
    monkeypatch.setattr(Tick.objects, "all", lambda: read)

    ticks.do_due()
    ticks.do_due()

    assert done == ["x", "x"]


def test_what_fails_is_kept_with_its_number_and_stops_nothing_else(db, done, caplog):
    def fail():
        raise ZeroDivisionError

    ticks.every(hours=1)(fail)
    ticks.every(hours=1)(lambda: done.append("x"))

    ticks.do_due()

    assert done == ["x"]
    failed = Tick.objects.exclude(reference="").get()
    assert failed.reference in caplog.text
