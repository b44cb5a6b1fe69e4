"""The doctor says what was found, what is expected and what to do, and harms nothing."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone

from ronghe.apps.audit.sealing import seal_all
from ronghe.apps.audit.services import record
from ronghe.apps.desk.models import Job, Tick
from ronghe.apps.members.models import Member
from ronghe.apps.sealing.keys import ring
from ronghe.cli import main
from ronghe.project.doctor import State, data, examine, machine, site
from ronghe.project.doctor.visit import data as looks_at_data
from ronghe.project.keeping import backup
from web_world import grow


def states(findings) -> list[str]:
    return [str(one.state) for one in findings]


def test_every_line_says_what_was_found_and_unless_it_is_good_what_to_do(db, home):
    findings = list(examine())

    assert len(findings) >= 15
    for one in findings:
        for language in ("zh", "en"):
            assert one.line(language)
            told = one.plain(language)
            assert told["found"]
            assert bool(told["todo"]) == (one.state != State.GOOD)


def test_an_installation_in_good_order_has_nothing_wrong(transactional_db, home):
    home.chmod(0o700)
    backup.back_up(home / "b.zip")
    about_data = [
        *data.migrations(),
        *data.clock(),
        *data.key_ring(home),
        *data.last_backup(home),
        *data.leftovers(home),
        *site.folder(home),
    ]

    assert set(states(about_data)) == {"good"}


def test_missing_and_unknown_migrations_are_wrong(db, home, monkeypatch):
    known = data.tables.known()
    for other in (known | {("registry", "9999_more")}, known - {max(known)}):
        monkeypatch.setattr(data.tables, "known", lambda other=other: other)
        assert states(data.migrations()) == ["wrong"]


def test_values_that_no_key_opens_are_wrong_and_no_key_is_made(db, home):
    county = grow("here").nodes["county"]
    Member.objects.create(county=county, name="x", stage="full", phone="13900000000")
    assert set(states(data.key_ring(home))) == {"good"}

    (home / "keys.json").rename(home / "elsewhere")
    assert "wrong" in states(data.key_ring(home))
    assert not (home / "keys.json").exists()

    ring()
    assert "wrong" in states(data.key_ring(home))


def test_a_key_file_that_others_can_read_is_wrong(db, home):
    ring()
    (home / "keys.json").chmod(0o644)

    assert states(data.key_ring(home))[0] == "wrong"


def test_an_old_backup_one_that_is_gone_and_none_could_be_better(home):
    def noted(at, file):
        note = {"at": at.isoformat(), "file": str(file), "sha256": ""}
        (home / backup.LAST).write_text(json.dumps(note))
        return states(data.last_backup(home))

    now = datetime.now(UTC)
    assert states(data.last_backup(home)) == ["could-be-better"]
    assert noted(now, home) == ["good"]
    assert noted(now - timedelta(days=3), home) == ["could-be-better"]
    assert noted(now, home / "gone.zip") == ["could-be-better"]


def test_a_clock_behind_the_newest_audit_entry_is_wrong(db, home, monkeypatch):
    later = timezone.now() + timedelta(hours=1)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: later)
        record("test.later", by=None)

    assert states(data.clock()) == ["wrong"]


def test_a_chain_that_somebody_changed_is_wrong(db):
    record("test.one", by=None)
    seal_all()
    record("test.two", by=None)
    (finding,) = data.audit()
    assert finding.state == State.GOOD
    assert finding.line("en").endswith("1, 1 unsealed")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'test.other' WHERE number = 1")

    assert states(data.audit()) == ["wrong"]


def test_little_room_is_told(home, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _at: usage(2**40, 0, 2**30))
    assert states(machine.room(home)) == ["could-be-better"]

    monkeypatch.setattr(shutil, "disk_usage", lambda _at: usage(2**40, 0, 2**20))
    assert states(machine.room(home)) == ["wrong"]


def test_without_chinese_fonts_something_is_wrong(monkeypatch):
    monkeypatch.setattr(machine, "_families", lambda: set())
    assert "wrong" in states(machine.fonts())

    monkeypatch.setattr(machine, "_families", lambda: {"FangSong_GB2312"})
    assert states(machine.fonts()) == ["good", "good"]

    monkeypatch.setattr(machine, "_families", lambda: None)
    assert states(machine.fonts()) == ["could-be-better"]


def test_a_database_out_of_reach_is_said_once_and_the_round_goes_on(db, home, monkeypatch):
    def unreachable():
        raise OperationalError("connection refused\nmore")

    for look in ("database", "migrations", "clock"):
        monkeypatch.setattr(looks_at_data, look, unreachable)

    told = [one.line("en") for one in examine()]

    assert len([line for line in told if "connection refused" in line]) == 1
    assert any("Running" in line for line in told)


def test_what_stopped_work_left_behind_is_named(home):
    (home / ".backup-x").mkdir()
    (home / "before-restore-20260101-000000").mkdir()

    (finding,) = data.leftovers(home)

    assert finding.state == State.BETTER
    assert ".backup-x" in finding.line("zh")


def test_work_that_nobody_does_is_wrong_and_a_fault_is_named(db):
    assert states(site.worker()) == ["good"]

    now = timezone.now()
    tick = Tick.objects.create(name="x", due=now - timedelta(hours=1), reference="AB12")
    assert states(site.worker()) == ["wrong", "could-be-better"]

    Tick.objects.filter(pk=tick.pk).update(due=now, reference="")
    Job.objects.create(kind="x", key="x", language="en")
    Job.objects.update(created=now - timedelta(hours=1))
    assert states(site.worker()) == ["wrong"]


def test_the_exit_code_tells_whether_something_is_wrong(db, home, capsys):
    home.chmod(0o755)
    assert main(["doctor", "--json", "--lang", "en"]) == 1
    told = json.loads(capsys.readouterr().out)
    folder = next(one for one in told if one["about"] == "Folder of state")
    assert folder["state"] == "wrong"
    assert folder["todo"] == f"chmod 700 {home}"
