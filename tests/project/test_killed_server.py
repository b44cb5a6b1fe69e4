"""Server and worker killed with signal 9 while people enter and a job runs: nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
from itertools import count

from installations import Browser, installation, until  # noqa: F401


def enterprises(place):
    """Return the ids of four enterprises of the demonstration."""
    found = place.rows("SELECT id FROM registry_node WHERE kind = 'enterprise' ORDER BY id")
    return [pk for (pk,) in found[:4]]


def enter(browser, node, acknowledged):
    """State one more employee again and again, and note what the server said it had kept."""
    for number in count(1):
        try:
            status = browser.post(f"/organisations/{node}/registration/", employees=number)
        except OSError:
            return
        if status != 200:
            return
        acknowledged[node] = number


def kept(place, node):
    """Return the employees an enterprise is said to have, and how often the audit says so."""
    stated = place.rows(f"SELECT employees FROM registry_registration WHERE node_id = {node}")
    audited = place.rows(
        "SELECT count(*) FROM audit_entry WHERE action = 'registry.business_registered' "
        f"AND target_id = {node}"
    )
    return stated[0][0] if stated else 0, audited[0][0]


def test_what_was_acknowledged_is_there_and_nothing_is_half_done(installation):  # noqa: F811
    server, site = installation.serve("--threads", "4")
    browser = Browser(site)
    browser.sign_in("xitong", installation.password())
    before = {node: kept(installation, node)[1] for node in enterprises(installation)}
    job = installation.start_job("trial.import", rows=400, batch=20)
    acknowledged = dict.fromkeys(before, 0)
    people = [threading.Thread(target=enter, args=(browser, node, acknowledged)) for node in before]
    for one in people:
        one.start()
    until(lambda: min(acknowledged.values()) > 5, "some entries of everybody")
    until(lambda: job_of(installation, job)[0] != "waiting", "the job's beginning")

    os.killpg(server.pid, signal.SIGKILL)
    for one in people:
        one.join()

    for node, number in acknowledged.items():
        stated, audited = kept(installation, node)
        assert number <= stated <= number + 1
        assert audited - before[node] == stated
    members = installation.rows("SELECT count(*) FROM members_member WHERE name LIKE '虚构%'")
    assert members[0][0] % 20 == 0

    _server, site = installation.serve()
    assert Browser(site).get("/account/sign-in/") == 200
    until(lambda: job_of(installation, job)[0] == "done", "the job's end after the restart")


def job_of(place, job):
    return place.rows(f"SELECT state, attempts FROM desk_job WHERE id = {job}")[0]
