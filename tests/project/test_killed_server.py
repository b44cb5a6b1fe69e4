"""Server and worker killed with signal 9 while people enter and a job runs: nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
from itertools import count

from installations import Browser, until
from real_imports import send_records

PEOPLE = 4


def enter(browser, branch, who, acknowledged):
    """Register one person after another, and note whom the server said it had kept."""
    for number in count():
        name = f"甲{who}乙{number}"
        try:
            status = browser.register(name, branch)
        except OSError:
            return
        if status != 200:
            return
        acknowledged[who].append(name)


def test_what_was_acknowledged_is_there_and_nothing_is_half_done(installation):
    server, site = installation.serve("--threads", "4")
    browser, branch = installation.secretary(site)
    sheet, job = send_records(installation, site, 300)
    acknowledged = {who: [] for who in range(PEOPLE)}
    people = [
        threading.Thread(target=enter, args=(browser, branch, who, acknowledged))
        for who in acknowledged
    ]
    for one in people:
        one.start()
    until(lambda: min(map(len, acknowledged.values())) > 3, "some entries of everybody")
    staged = f"SELECT count(*) FROM records_record WHERE batch_id = {sheet}"
    until(lambda: installation.rows(staged)[0][0] > 20, "the job's beginning")

    os.killpg(server.pid, signal.SIGKILL)
    for one in people:
        one.join()

    said = {name for names in acknowledged.values() for name in names}
    kept = whole_entries(installation)
    assert said <= kept.keys()
    assert len(kept) <= len(said) + PEOPLE
    assert set(kept.values()) == {(1, 1, 1)}

    _server, site = installation.serve()
    assert Browser(site).get("/account/sign-in/") == 200
    until(lambda: job_of(installation, job)[0] == "done", "the job's end after the restart")
    assert installation.rows(staged + " AND state = 'pending'") == [(300,)]
    assert installation.rows(staged) == [(300,)]


def whole_entries(place):
    """Return who was registered, with how many stages, belongings and audit entries."""
    found = place.rows(
        """SELECT m.name,
        (SELECT count(*) FROM members_stagechange s WHERE s.member_id = m.id),
        (SELECT count(*) FROM members_belonging b WHERE b.member_id = m.id),
        (SELECT count(*) FROM audit_entry a WHERE a.action = 'members.registered'
            AND a.target_type = 'members.member' AND a.target_id = m.id)
        FROM members_member m WHERE m.name LIKE '甲%乙%'"""
    )
    return {name: tuple(counts) for name, *counts in found}


def job_of(place, job):
    return place.rows(f"SELECT state, attempts FROM desk_job WHERE id = {job}")[0]
