"""An installation with something in every table that tests can fill, and how two are compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from matrix_objects import one_of_each
from ronghe.apps.audit import services as audit
from ronghe.apps.audit.sealing import seal_all
from ronghe.apps.members.models import Member
from ronghe.apps.sealing.fields import SealedField
from ronghe.project.keeping import tables
from ronghe.project.keeping.databases import embedded, working_on
from web_world import grow, person


@pytest.fixture
def home(tmp_path, settings) -> Path:
    """A home of its own with a stored file; keys and secret stay those of the tests."""
    folder = tmp_path / "home"
    folder.mkdir()
    settings.HOME, settings.MEDIA_ROOT = folder, folder / "files"
    settings.RONGHE_KEYS = folder / "keys.json"
    (folder / "files" / "2026").mkdir(parents=True)
    (folder / "files" / "2026" / "照片 一.jpg").write_bytes(b"\xff\xd8" + bytes(range(256)) * 99)
    (folder / "files" / "empty").write_bytes(b"")
    (folder / "static").mkdir()
    (folder / "static" / "built.css").touch()
    (folder / "rounds" / "1" / "1").mkdir(parents=True)
    (folder / "rounds" / "1" / "1" / "results.parquet").write_bytes(b"PAR1")
    return folder


@pytest.fixture
def filled(home, transactional_db) -> Path:
    """Two counties, an object of every kind the matrix knows, and values that are hard to keep."""
    for name in ("here", "there"):
        one_of_each(grow(name))
    someone = person("nobody-else", name="𠮷野家\n\t“引号”\\ ' é")
    audit.record("test.kept", by=someone, z=1, a=[1.5, None, {"β": "✓"}], big=2**60)
    seal_all()
    audit.record("test.not_sealed_yet", by=someone)
    member = Member.objects.first()
    assert member is not None
    member.id_number, member.phone = "110101199003070011", "13900000000"
    member.save()
    Member.objects.create(county=member.county, name="gone", stage="full").delete()
    return home


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the default database as Django reads it."""
    kept = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in tables.LEFT_OUT and model._meta.managed:
            names = [field.attname for field in model._meta.concrete_fields]
            rows = model._base_manager.order_by("pk").values_list(*names)
            kept[model._meta.label] = sorted(rows, key=lambda row: str(row[0])) + ciphertexts(model)
    return kept


def ciphertexts(model: Any) -> list[Any]:
    """Return the sealed columns of a table as they are stored."""
    sealed = [one.column for one in model._meta.concrete_fields if isinstance(one, SealedField)]
    if not sealed:
        return []
    with connections["default"].cursor() as cursor:
        columns = ", ".join(f'"{name}"' for name in sealed)
        cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY id')
        return list(cursor.fetchall())


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


@contextmanager
def another(kind: str, tmp_path: Path) -> Iterator[Any]:
    """Give the settings of an empty database of one kind, with a home of its own."""
    if kind == "sqlite":
        yield embedded(tmp_path / "other" / "ronghe.sqlite3")
        return
    served = connections["default"]
    if served.vendor != "postgresql":
        pytest.skip("this is the run on SQLite")
    name = f"kept_{uuid4().hex[:12]}"
    with served.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield {**served.settings_dict, "NAME": name, "CONN_MAX_AGE": 0}
    with served.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def installed(kind: str, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Work on another, empty installation for a while; its keys are the same."""
    folder = tmp_path / "other"
    folder.mkdir(exist_ok=True)
    settings.HOME, settings.MEDIA_ROOT = folder, folder / "files"
    with another(kind, tmp_path) as database, working_on(database):
        ContentType.objects.clear_cache()
        yield folder
    ContentType.objects.clear_cache()
