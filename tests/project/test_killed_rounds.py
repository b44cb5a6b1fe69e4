"""Rounds under way when a worker is killed with signal 9, and two officers who press at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest

from installations import Browser, installation, until  # noqa: F401

ROOT = Path(__file__).parents[2]
OPEN = """
import django
django.setup()
from bench.web_round import a_round
print(a_round("member-appraisal", "{year}").pk)
"""
COMPUTE = """
import django
django.setup()
from ronghe.apps.accounts.models import User
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.services.rounds import start_computing
print(start_computing(Round.objects.get(pk={round_}), by=User.objects.get(username="kaohe")).pk)
"""


@pytest.fixture
def place(installation):  # noqa: F811
    """An installation with a round that is collecting."""
    return installation


def said(place, code):
    """Carry out code as the site would and return the number it prints."""
    words = [sys.executable, "-c", code]
    return int(subprocess.check_output(words, env=place.environment, cwd=ROOT, text=True))


def a_round(place):
    """Open a round of the county's members on last year."""
    return said(place, OPEN.format(year=date.today().year - 1))  # noqa: DTZ011 - a year is as good


def compute(place, round_):
    """Start a computation as the office's button does; return the run's id."""
    return said(place, COMPUTE.format(round_=round_))


def round_of(place, run):
    """Return round, number of the run, stage and the run that holds."""
    query = (
        "SELECT r.id, c.number, r.stage, r.run_id FROM appraisal_round r"
        f" JOIN appraisal_run c ON c.round_id = r.id WHERE c.id = {run}"
    )
    return place.rows(query)[0]


def job_of(place, run):
    query = f"SELECT state, attempts FROM desk_job WHERE id = (SELECT job_id FROM appraisal_run WHERE id = {run})"  # noqa: E501
    return place.rows(query)[0]


def test_a_round_whose_worker_is_killed_is_computed_by_another_and_nothing_is_half_done(place):
    round_ = a_round(place)
    worker = place.start("work")
    run = compute(place, round_)
    _round, number, _stage, _held = round_of(place, run)
    folder = place.home / "rounds" / str(round_)
    until(lambda: list(folder.glob(f"{number}-*/data")), "the data of the computation")

    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert round_of(place, run)[2:] == ("computing", None)
    assert not (folder / str(number)).exists()

    place.start("work")
    until(lambda: job_of(place, run)[0] == "done", "the end")
    assert round_of(place, run)[2:] == ("review", run)
    assert job_of(place, run)[1] == 2
    assert [one.name for one in folder.iterdir()] == [str(number)]
    results = f"SELECT count(*), count(DISTINCT unit) FROM appraisal_result WHERE run_id = {run}"
    [(many, different)] = place.rows(results)
    assert many == different > 0

    again = compute(place, round_)
    until(lambda: job_of(place, again)[0] == "done", "the second computation")
    assert round_of(place, again)[2:] == ("review", again)


def test_of_two_officers_who_press_at_once_one_moves_the_round_and_one_is_told(place):
    _server, site = place.serve("--jobs", "0")
    [(round_,)] = place.rows("SELECT id FROM appraisal_round WHERE stage = 'collecting'")
    officers = [Browser(site), Browser(site)]
    for one in officers:
        one.sign_in("kaohe", place.password())
    statuses, ready = [], Barrier(2)

    def press(browser):
        ready.wait()
        statuses.append(browser.post(f"/appraisal/rounds/{round_}/move/", event="compute"))

    pressing = [Thread(target=press, args=[one]) for one in officers]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()

    assert statuses == [200, 200]
    runs = f"SELECT count(*) FROM appraisal_run WHERE round_id = {round_}"
    assert place.rows(runs) == [(1,)]
    state = f"SELECT stage, revision FROM appraisal_round WHERE id = {round_}"
    assert place.rows(state) == [("computing", 1)]
    assert "Traceback" not in place.log()
