"""Workers killed with signal 9 in the midst of real imports and of sealing the audit entries."""

from __future__ import annotations

import pytest

from installations import until
from real_imports import send_records, send_roster
from trial_jobs.fatal import FATAL

IMPORTING = "ronghe.apps.records.services.importing"
ROSTERS = "ronghe.apps.members.services.importing"


def was_killed(place):
    return (place.home / "killed").exists()


def job_of(place, job):
    return place.rows(f"SELECT state, attempts FROM desk_job WHERE id = {job}")[0]


def counted(place, table, where):
    return place.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]


@pytest.mark.parametrize("point", ["_stage:150", "_finish:1"])
def test_records_of_a_sheet_are_entered_once_and_whole(installation, point):
    installation.environment[FATAL] = f"{IMPORTING}:{point}"
    _server, site = installation.serve()

    sheet, job = send_records(installation, site, 300)
    until(lambda: was_killed(installation), "the worker's death")
    mine = f"batch_id = {sheet}"
    assert counted(installation, "records_record", f"{mine} AND state <> 'staged'") == 0
    until(lambda: job_of(installation, job) == ("done", 2), "the end by another worker")

    states = f"SELECT state, count(*) FROM records_record WHERE {mine} GROUP BY state"
    assert installation.rows(states) == [("pending", 300)]
    assert installation.rows(f"SELECT state FROM records_import WHERE id = {sheet}") == [("done",)]
    assert counted(installation, "audit_entry", "action = 'records.import_applied'") == 1


@pytest.mark.parametrize("point", ["_mark:70", "_take_batch:5"])
def test_people_of_a_roster_are_taken_over_once(installation, point):
    installation.environment[FATAL] = f"{ROSTERS}:{point}"
    _server, site = installation.serve()

    browser, begun, compared = send_roster(installation, site, 210)
    until(lambda: job_of(installation, compared)[0] == "done", "the comparison")
    assert browser.post(f"/members/imports/{begun}/apply/", do="apply") == 200
    until(lambda: was_killed(installation), "the worker's death")
    job = installation.rows("SELECT max(id) FROM desk_job")[0][0]
    until(lambda: job_of(installation, job) == ("done", 2), "the end by another worker")

    names = "name LIKE '虚构%'"
    assert counted(installation, "members_member", names) == 210
    whole = f"""{names}
        AND (SELECT count(*) FROM members_belonging b WHERE b.member_id = members_member.id) = 1
        AND (SELECT count(*) FROM members_stagechange s WHERE s.member_id = members_member.id) = 1
        AND (SELECT count(*) FROM audit_entry a WHERE a.action = 'members.registered'
             AND a.target_type = 'members.member' AND a.target_id = members_member.id) = 1"""
    assert counted(installation, "members_member", whole) == 210
    assert counted(installation, "audit_entry", "action = 'members.import_applied'") == 1


def test_the_chain_of_audit_entries_stays_whole(installation):
    installation.environment[FATAL] = "ronghe.apps.audit.models:ChainHead.save:1"
    assert counted(installation, "audit_entry", "number IS NULL") > 0

    installation.serve()
    until(lambda: was_killed(installation), "the sealer's death")
    installation.run("audit", "seal")

    assert counted(installation, "audit_entry", "number IS NULL") == 0
    installation.run("audit", "verify")
