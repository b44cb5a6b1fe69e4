"""Backing up (备份): database and files in one archive, taken while the site serves."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

import django
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

import ronghe
from ronghe.project.keeping import archive, keys, tables
from ronghe.project.keeping.databases import standing_still
from ronghe.project.keeping.folders import files_below, kept_in
from ronghe.project.keeping.upgrading import refuse_newer

LAST = "last-backup.json"
NAMES = "ronghe-*.zip"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was backed up, where, and what could not be."""

    file: Path
    sha256: str
    manifest: archive.Manifest
    not_copied: list[str]


def back_up(target: Path, *, with_files: bool = True) -> Outcome:
    """Write an archive, read it again, note when; in a folder its name is the time."""
    made = datetime.now(UTC).replace(microsecond=0)
    file = target / f"ronghe-{made:%Y%m%d-%H%M%S}.zip" if target.is_dir() else target
    home = Path(settings.HOME)
    with (
        tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as folder,
        standing_still(Path(folder)) as still,
        archive.written_whole(file) as out,
    ):
        manifest, unknown = _write(out, still, made, with_files=with_files)
    with archive.opened(file) as written:
        written.verify()
    with file.open("rb") as whole:
        told = Outcome(file, archive.digest_of(whole), manifest, unknown)
    note = {"at": made.isoformat(), "file": str(file.resolve()), "sha256": told.sha256}
    if with_files:
        (home / LAST).write_text(json.dumps(note), encoding="utf-8")
    return told


def forget_older(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest archives of a folder; their names tell the time."""
    old = sorted(folder.glob(NAMES))[:-keep]
    for file in old:
        file.unlink()
    return old


def _write(
    out: archive.Writer, still: BaseDatabaseWrapper, made: datetime, *, with_files: bool
) -> tuple[archive.Manifest, list[str]]:
    migrations = tables.applied(still)
    refuse_newer(migrations)
    copied = tables.tables_at(migrations)
    needed: set[str] = set()
    named: set[str] = set()
    for table in copied:
        _write_table(out, still, table, needed, named)
    home = Path(settings.HOME)
    written = _write_files(out, home) if with_files else named
    held = keys.fingerprints(home)
    if needed:
        needed.add(keys.INDEX)
    manifest = archive.Manifest(
        made=made.isoformat(),
        versions={
            "ronghe": ronghe.__version__,
            "django": django.get_version(),
            "python": platform.python_version(),
        },
        database=still.vendor,
        migrations=[list(one) for one in sorted(migrations)],
        keys_needed={name: held.get(name, "") for name in sorted(needed)},
        left_out=sorted(tables.LEFT_OUT),
        files_missing=sorted(named - written),
    )
    out.close_with(manifest)
    return manifest, tables.not_copied(still, copied)


def _write_table(
    out: archive.Writer,
    still: BaseDatabaseWrapper,
    table: tables.Table,
    needed: set[str],
    named: set[str],
) -> None:
    """Write a table, noting which keys its values need and which files it names."""
    stored = Path(settings.MEDIA_ROOT).name
    file_places = [i for i, one in enumerate(table.fields) if isinstance(one, models.FileField)]
    rows = 0

    def lines() -> Iterator[bytes]:
        nonlocal rows
        for row in tables.rows_of(still, table):
            line = tables.line_of(row)
            needed.update(keys.SEALED.findall(line))
            named.update(f"{stored}/{row[place]}" for place in file_places if row[place])
            rows += 1
            yield f"{line}\n".encode()

    part = out.add(
        f"tables/{table.name}.jsonl",
        lines(),
        packed=True,
        table=table.name,
        columns=table.columns,
        last_id=tables.last_id(still, table),
    )
    part.rows = rows


def _write_files(out: archive.Writer, home: Path) -> set[str]:
    """Write what people stored; return the names. A file removed meanwhile is passed over."""
    written = set()
    for file in [one for folder in kept_in(home) for one in files_below(folder)]:
        if fnmatch(file.name, NAMES):  # backups kept inside are not backed up again
            continue
        name = file.relative_to(home).as_posix()
        try:
            source = file.open("rb")
        except FileNotFoundError:
            continue
        with source:
            out.add(f"{archive.FILES}/{name}", archive.pieces_of(source), packed=False)
        written.add(name)
    return written
