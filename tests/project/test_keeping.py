"""Backups are whole and say what they hold; what is restored is what was backed up."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from keeping_world import contents, files_in, installed
from ronghe.analysis.errors import ProblemsError
from ronghe.apps.audit.sealing import verify
from ronghe.apps.members.models import Member
from ronghe.apps.registry.models import Node
from ronghe.project.keeping import backup, keys, occupied, restore, tables
from ronghe.project.keeping.databases import embedded, working_on
from web_world import person

KINDS = ("sqlite", "postgresql")


def codes(refusal: pytest.ExceptionInfo[ProblemsError]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def rewritten(file: Path, change) -> Path:
    """Return a copy of an archive whose parts a function changed: name, content to both."""
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            for new_name, content in change(name, source.read(name)):
                out.writestr(new_name, content)
    return target


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_restored_equals_what_was_backed_up_row_by_row(filled, tmp_path, settings, kind):
    before, files = contents(), files_in(filled / "files")
    told = backup.back_up(tmp_path / "b.zip")

    with installed(kind, tmp_path, settings) as home:
        outcome = restore.restore(told.file)
        after, proof = contents(), verify()

    assert after == before
    assert proof.finding.intact
    assert proof.finding.head.number > 0
    assert files_in(home / "files") == files
    assert (home / "rounds" / "1" / "1" / "results.parquet").read_bytes() == b"PAR1"
    assert not (home / "static").exists()
    assert sum(map(bool, after.values())) >= 13
    assert outcome.aside is None
    assert told.not_copied == []


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_go_on_after_the_last_one_given_also_to_what_is_gone(
    filled, tmp_path, settings, kind
):
    told = backup.back_up(tmp_path / "b.zip")
    last = tables.last_id(connection, table_of(Member))
    assert last is not None
    assert last > Member.objects.latest("pk").pk

    with installed(kind, tmp_path, settings):
        restore.restore(told.file)
        county = Node.objects.filter(county=None).first()
        assert Member.objects.create(county=county, name="new", stage="full").pk == last + 1


def table_of(model):
    every = tables.tables_at(tables.known())
    return next(table for table in every if table.name == model._meta.db_table)


def test_every_table_of_the_database_is_copied_or_named_as_left_out(transactional_db):
    known = tables.tables_at(tables.applied(connection))

    assert tables.not_copied(connection, known) == []


def test_a_backup_holds_each_half_of_what_was_written_together_or_none(filled, tmp_path):
    stop, wrong = threading.Event(), []

    def write():
        number = 0
        try:
            while not stop.is_set():
                number += 1
                with transaction.atomic():
                    person(f"left-{number}")
                    person(f"right-{number}")
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [backup.back_up(tmp_path / f"{turn}.zip").file for turn in range(3)]
    finally:
        stop.set()
        writer.join()

    assert wrong == []
    for file in files:
        with zipfile.ZipFile(file) as kept:
            users = kept.read("tables/accounts_user.jsonl").decode()
        assert users.count('"left-') == users.count('"right-')


def test_a_backup_holds_no_key_and_nobody_s_session(filled, tmp_path, client):
    client.force_login(person("signed-in"))
    told = backup.back_up(tmp_path / "b.zip")

    held = json.loads((filled / "keys.json").read_text())
    with zipfile.ZipFile(told.file) as kept:
        whole = b"".join(kept.read(name) for name in kept.namelist())
    assert not [key for key in [*held["keys"].values(), held["index"]] if key.encode() in whole]
    assert client.session.session_key.encode() not in whole
    assert b"110101199003070011" not in whole
    assert told.manifest.holds_keys is False
    assert told.manifest.keys_needed.keys() == {"k1", "index"}
    assert told.file.stat().st_mode & 0o077 == 0


def test_a_file_the_database_names_and_nobody_finds_is_told(filled, tmp_path):
    told = backup.back_up(tmp_path / "b.zip")

    assert told.manifest.files_missing == sorted(set(told.manifest.files_missing))
    assert {part.name for part in told.manifest.files} >= {
        "home/files/empty",
        "home/files/2026/照片 一.jpg",
        "home/rounds/1/1/results.parquet",
    }


def test_only_the_newest_archives_of_a_folder_are_kept(tmp_path):
    for day in range(1, 6):
        (tmp_path / f"ronghe-2026110{day}-000000.zip").touch()
    (tmp_path / "another.zip").touch()

    backup.forget_older(tmp_path, 2)

    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "another.zip",
        "ronghe-20261104-000000.zip",
        "ronghe-20261105-000000.zip",
    ]


def damaged(name, content):
    if name == "tables/registry_node.jsonl":
        content = content.replace(b"here", b"hare", 1)
    return [(name, content)]


def without_a_part(name, content):
    return [] if name == "tables/registry_node.jsonl" else [(name, content)]


def with_a_path(name, content):
    if name == "manifest.json":
        content = content.replace(b"home/files/empty", b"home/../../empty")
    return [(name.replace("home/files/empty", "home/../../empty"), content)]


def of_another_format(name, content):
    return [(name, content.replace(b'"format": 1', b'"format": 99'))]


def from_the_future(name, content):
    if name == "manifest.json":
        told = json.loads(content)
        told["migrations"].append(["registry", "9999_not_yet"])
        content = json.dumps(told).encode()
    return [(name, content)]


def without_a_manifest(name, content):
    return [] if name == "manifest.json" else [(name, content)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (damaged, "backup-part-damaged"),
        (without_a_part, "backup-part-unexpected"),
        (with_a_path, "backup-part-unexpected"),
        (of_another_format, "backup-of-another-format"),
        (from_the_future, "backup-from-newer-version"),
        (without_a_manifest, "not-a-backup"),
    ],
)
def test_a_backup_that_is_not_as_it_was_made_is_refused_and_changes_nothing(
    filled, tmp_path, settings, change, code
):
    file = rewritten(backup.back_up(tmp_path / "b.zip").file, change)

    with installed("sqlite", tmp_path, settings) as home:
        with pytest.raises(ProblemsError) as refusal:
            restore.restore(file)
        left = set(files_in(home)) - {"ronghe.sqlite3", occupied.FILE}

    assert code in codes(refusal)
    assert left == set()


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "b.zip").write_bytes(b"PK not really")

    with pytest.raises(ProblemsError) as refusal, restore.archive.opened(tmp_path / "b.zip"):
        pass

    assert codes(refusal) == {"not-a-backup"}


def test_where_somebody_has_an_account_nothing_is_restored_unless_it_is_replaced(
    filled, tmp_path, settings
):
    told = backup.back_up(tmp_path / "b.zip")
    backed_up = contents()
    with installed("sqlite", tmp_path, settings) as home:
        restore.restore(told.file)
        person("later")
        (home / "files" / "later").write_bytes(b"later")
        (home / "another").mkdir()
        with pytest.raises(ProblemsError) as refusal:
            restore.restore(told.file)

        outcome = restore.restore(told.file, replace=True)
        after = contents()

    assert codes(refusal) == {"installation-not-empty"}
    assert after == backed_up
    assert outcome.aside is not None
    assert (outcome.aside / "files" / "later").read_bytes() == b"later"
    assert (outcome.aside / "another").is_dir()
    assert not (home / "another").exists()
    with working_on(embedded(outcome.aside / "ronghe.sqlite3")):
        assert [row for row in contents()["accounts.User"] if "later" in row]


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_that_fails_at_the_end_changes_nothing(
    filled, tmp_path, settings, kind, monkeypatch
):
    told = backup.back_up(tmp_path / "b.zip")
    with installed(kind, tmp_path, settings) as home:
        restore.restore(told.file)
        person("later")
        before, files = contents(), files_in(home / "files")
        with monkeypatch.context() as patched:
            patched.setattr(restore, "bring_up_to_date", fails)
            patched.setattr(restore.Moves, "put", fails)
            with pytest.raises(OSError, match="no space"):
                restore.restore(told.file, replace=True)

        assert contents() == before
        assert files_in(home / "files") == files


def fails(*_arguments):
    raise OSError(28, "no space")


def test_nobody_restores_while_the_site_serves_and_nobody_serves_meanwhile(home):
    with occupied.serving(home), occupied.serving(home):
        assert occupied.is_served(home)
        with pytest.raises(ProblemsError) as refusal, occupied.alone(home):
            pass
    assert codes(refusal) == {"installation-in-use"}

    with occupied.alone(home), pytest.raises(ProblemsError) as refusal, occupied.serving(home):
        pass
    assert codes(refusal) == {"installation-being-exchanged"}


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    home, transactional_db, tmp_path, settings
):
    loader = MigrationLoader(None)
    last = max(key for key in loader.graph.leaf_nodes() if key[0] == "registry")
    earlier = tables.known() - set(loader.graph.backwards_plan(last))
    with working_on(embedded(tmp_path / "earlier.sqlite3")) as old:
        tables.build(old, earlier)
        file = backup.back_up(tmp_path / "b.zip").file

    with installed("sqlite", tmp_path, settings):
        restore.restore(file)
        assert tables.applied(connections["default"]) == tables.known()


def test_missing_and_other_keys_are_named_by_their_ids(filled, tmp_path, settings):
    told = backup.back_up(tmp_path / "b.zip")
    with installed("sqlite", tmp_path, settings) as home:
        outcome = restore.restore(told.file)
        assert outcome.keys_lacking == ["index", "k1"]

        password = keys.export(filled, tmp_path / "keys")
        assert keys.bring_in(home, tmp_path / "keys", f" {password}\n") == ["k1"]
        assert keys.lacking(told.manifest.keys_needed, home) == []


def test_exported_keys_open_with_their_password_only(filled, tmp_path):
    keys.export(filled, tmp_path / "keys")

    with pytest.raises(ProblemsError) as refusal:
        keys.bring_in(filled, tmp_path / "keys", "another")

    assert codes(refusal) == {"keys-do-not-open"}
    held = json.loads((filled / "keys.json").read_text())
    assert held["index"] not in (tmp_path / "keys").read_text()


def test_keys_that_are_there_are_not_replaced_by_others(filled, tmp_path):
    password = keys.export(filled, tmp_path / "keys")
    other = json.loads((filled / "keys.json").read_text())
    other["index"] = other["keys"]["k1"]
    (filled / "keys.json").write_text(json.dumps(other))

    with pytest.raises(ProblemsError) as refusal:
        keys.bring_in(filled, tmp_path / "keys", password)

    assert codes(refusal) == {"other-keys-there"}
    assert json.loads((filled / "keys.json").read_text()) == other
