"""Restoring (恢复): a backup becomes the installation, whole or not at all.

Everything is made ready beside the installation and compared with the archive row by row; then
files and database are put in place, the former ones aside. A restore that is killed in between
is undone by the next command (`journal`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.project.keeping import archive, backup, journal, keys, tables
from ronghe.project.keeping.databases import embedded, working_on
from ronghe.project.keeping.folders import kept_in
from ronghe.project.keeping.occupied import alone

PEOPLE, PLACES = "accounts_user", "registry_node"


@dataclass(slots=True)
class Outcome:
    """What was restored, what the former state is kept in, which keys are lacking."""

    rows: int
    files: int
    aside: Path | None
    keys_lacking: list[str] = field(default_factory=list)


def restore(file: Path, *, replace: bool = False) -> Outcome:
    """Make an archive the installation. Raises ProblemsError with nothing changed."""
    home = Path(settings.HOME)
    with archive.opened(file) as source, alone(home):
        _refuse_unknown(source)
        source.verify()
        occupied = not is_empty(connections["default"])
        if occupied and not replace:
            raise ProblemsError([Problem("installation-not-empty", Place(str(home)))])
        with tempfile.TemporaryDirectory(dir=home, prefix=journal.WORK) as folder:
            aside = home / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
            moves = Moves(aside, journal.Journal(home))
            _unpack_files(source, Path(folder))
            with moves:
                _put_database(source, Path(folder), moves, occupied=occupied)
            if not occupied:
                moves.forget_empty_database()
        manifest = source.manifest
        return Outcome(
            rows=sum(part.rows for part in manifest.tables.values()),
            files=len(manifest.files),
            aside=moves.aside if moves.aside.exists() else None,
            keys_lacking=keys.lacking(manifest.keys_needed, home),
        )


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether nobody has an account and no county was begun."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in {PEOPLE, PLACES} & there:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")
            if cursor.fetchone():
                return False
    return True


def load(source: archive.Archive, target: BaseDatabaseWrapper) -> None:
    """Build the archive's tables in an empty database, fill them and compare every row."""
    migrations = migrations_of(source)
    tables.build(target, migrations)
    parts = source.manifest.tables
    known = tables.tables_at(migrations)
    if differing := {table.name for table in known} ^ parts.keys():
        raise _refusal(source, "backup-tables-differ", ", ".join(sorted(differing)))
    read = {table.name: tables.Digest(table) for table in known}
    with transaction.atomic():
        for table in known:
            digest, part = read[table.name], parts[table.name]
            if part.columns != table.columns:
                raise _refusal(source, "backup-tables-differ", table.name)
            tables.insert(target, table, map(digest.add, source.lines(part)))
            tables.set_last_id(target, table, part.last_id)
        target.check_constraints()
    for table in known:
        if tables.digest_of(target, table).value != read[table.name].value:
            raise _refusal(source, "restored-rows-differ", table.name)


def migrations_of(source: archive.Archive) -> set[tables.Migration]:
    """Return the migrations the archive's database had been through."""
    return {(app, name) for app, name in source.manifest.migrations}


def _refuse_unknown(source: archive.Archive) -> None:
    newer = migrations_of(source) - tables.known()
    if newer:
        names = ", ".join(f"{app} {name}" for app, name in sorted(newer))
        version = source.manifest.versions["ronghe"]
        raise _refusal(source, "backup-from-newer-version", names, version)


def drop_ours(target: BaseDatabaseWrapper) -> None:
    """Drop the tables of this system, and only those."""
    state = tables.tables_at(tables.known())
    ours = {table.name for table in state} | tables.LEFT_OUT.keys()
    there = sorted(ours & set(target.introspection.table_names()))
    if there:
        names = ", ".join(target.ops.quote_name(name) for name in there)
        with target.cursor() as cursor:
            cursor.execute(f"DROP TABLE {names} CASCADE")


def _put_database(source: archive.Archive, folder: Path, moves: Moves, *, occupied: bool) -> None:
    serving = connections["default"]
    if serving.vendor == "sqlite":
        made, place = folder / "ronghe.sqlite3", Path(serving.settings_dict["NAME"])
        with working_on(embedded(made)) as target:
            load(source, target)
            bring_up_to_date()
        _flush(made)
        serving.close()
        _put_files(folder / archive.FILES, moves)
        for beside in ("-wal", "-shm"):
            moves.put_aside(place.with_name(place.name + beside))
        moves.put(made, place, last=True)
        return
    if occupied:
        backup.back_up(moves.aside_made() / "database.zip", with_files=False)
    token = uuid.uuid4().hex
    moves.journal.note(token=token)
    with transaction.atomic():
        drop_ours(serving)
        load(source, serving)
        journal.mark(serving, token)
        _put_files(folder / archive.FILES, moves)
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Bring the tables of an older backup to this version."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _put_files(made: Path, moves: Moves) -> None:
    """Put each folder of stored files in its place; one the archive has not goes aside."""
    home = Path(settings.HOME)
    for name in {one.name for one in (*kept_in(home), *made.iterdir())}:
        if (made / name).exists():
            moves.put(made / name, home / name)
        else:
            moves.put_aside(home / name)


def _unpack_files(source: archive.Archive, folder: Path) -> None:
    (folder / archive.FILES).mkdir(mode=0o700)
    for part in source.manifest.files:
        target = folder / part.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with source.open(part) as packed, target.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, archive.PIECE)
        target.chmod(0o600)
        _flush(target)


def _flush(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())


class Moves:
    """Renamings that are undone where a later step fails; what was there goes aside."""

    def __init__(self, aside: Path, noted: journal.Journal) -> None:
        self.aside, self.journal = aside, noted
        self._undo = ExitStack()

    def __enter__(self) -> Moves:
        return self

    def __exit__(self, kind: Any, _error: Any, _trace: Any) -> None:
        if kind is None:
            self._undo.pop_all()
        else:
            self._undo.close()
        self.journal.close()

    def aside_made(self) -> Path:
        """Return the folder for what was there, made for this user alone."""
        self.aside.mkdir(mode=0o700, exist_ok=True)
        return self.aside

    def put_aside(self, place: Path) -> None:
        """Move what is at a place aside."""
        if place.exists():
            self._rename(place, self.aside_made() / place.name)

    def put(self, made: Path, place: Path, *, last: bool = False) -> None:
        """Put what was made in its place; the ``last`` one is what makes a restore come about."""
        self.put_aside(place)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._rename(made, place, last=last)

    def forget_empty_database(self) -> None:
        """Remove what is aside of a database that nobody used, and the folder if that was all."""
        if self.aside.exists():
            for file in self.aside.glob("ronghe.sqlite3*"):
                file.unlink()
            with suppress(OSError):  # files are kept
                self.aside.rmdir()

    def _rename(self, source: Path, target: Path, *, last: bool = False) -> None:
        self.journal.note(source=str(source), target=str(target), last=last)
        source.rename(target)
        self._undo.callback(target.rename, source)


def _refusal(
    source: archive.Archive, code: str, found: Any = None, expected: Any = None
) -> ProblemsError:
    return ProblemsError([Problem(code, Place(str(source.file)), found, expected)])
