"""Workers that are killed with signal 9 while a job runs: it ends or is retried, visibly."""

from __future__ import annotations

import os
import signal

import pytest

from installations import until


@pytest.fixture
def place(installation):
    """A folder of marks, and an installation that carries out a job there."""
    return installation


def start_job(place, kind):
    return place.start_job(kind, folder=str(place.home))


def marks(place):
    """Return what was marked, as (word, process)."""
    file = place.home / "marks"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [(word, int(pid)) for word, pid in (line.split() for line in lines)]


def state(place, job):
    return place.rows(f"SELECT state, attempts, error FROM desk_job WHERE id = {job}")[0]


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def test_a_job_whose_worker_is_killed_is_done_by_another_and_never_twice_at_once(place):
    place.start("work")
    place.start("work")
    job = start_job(place, "trial.again")
    [(_word, first)] = until(lambda: marks(place), "the first beginning")

    kill(first)
    until(lambda: len(marks(place)) == 2, "the second beginning")
    (place.home / "go").touch()
    until(lambda: state(place, job)[0] == "done", "the end")

    words = [word for word, _pid in marks(place)]
    assert words == ["begin", "begin", "end"]
    assert marks(place)[1][1] != first
    assert state(place, job)[1] == 2


def test_a_job_that_may_not_be_repeated_ends_with_a_reference_number(place):
    place.start("work")
    job = start_job(place, "trial.once")
    [(_word, first)] = until(lambda: marks(place), "the beginning")

    kill(first)
    place.start("work")
    until(lambda: state(place, job)[0] == "failed", "the visible end")

    assert "编号" in state(place, job)[2]
    assert len(marks(place)) == 1


def test_the_worker_beside_a_server_is_started_again_when_it_is_killed(place):
    server, _site = place.serve()
    job = start_job(place, "trial.again")
    [(_word, first)] = until(lambda: marks(place), "the beginning")

    kill(first)
    (place.home / "go").touch()
    until(lambda: state(place, job)[0] == "done", "the end")
    server.send_signal(signal.SIGTERM)
    server.wait(60)

    workers = {pid for _word, pid in marks(place)}
    assert len(workers) == 2
    assert not any(is_there(pid) for pid in workers)


def test_a_worker_told_to_stop_lets_a_job_that_may_be_repeated_wait_for_the_next(place):
    worker = place.start("work")
    job = start_job(place, "trial.again")
    until(lambda: marks(place), "the beginning")

    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0

    assert state(place, job)[0] == "waiting"


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
