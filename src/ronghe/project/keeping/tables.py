"""The tables of an installation as plain rows, the same from SQLite and from PostgreSQL.

Sealed values stay sealed: no key is needed to copy them. Tables and columns are those of a
state of the migrations, so an older backup is read as what it was.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models.expressions import Col
from django.utils.duration import duration_string

from ronghe.apps.sealing.fields import SealedField

Migration = tuple[str, str]

LEFT_OUT = {"django_session": "sessions", "cache": "counters", "django_migrations": "migrations"}
"""What is not copied: who is signed in now (the rows would let a reader of a backup in), the
counters of the sign-in limits, and the list of migrations, which stands in the manifest."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns, in the order of the model; ``key`` is its primary key."""

    model: type[models.Model]
    name: str
    fields: tuple[models.Field[Any, Any], ...]
    key: models.Field[Any, Any]

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns."""
        return [str(one.column) for one in self.fields]


def applied(connection: BaseDatabaseWrapper) -> set[Migration]:
    """Return the migrations a database has been through."""
    return set(MigrationLoader(connection).applied_migrations)


def known() -> set[Migration]:
    """Return the migrations this version of the program has."""
    loader = MigrationLoader(None)
    return {*loader.disk_migrations}


def tables_at(migrations: set[Migration]) -> list[Table]:
    """Return the tables, by name, as these migrations leave them."""
    apps = MigrationLoader(None).project_state(sorted(_last_of_each_app(migrations))).apps
    found = [
        Table(
            model,
            model._meta.db_table,
            tuple(model._meta.local_concrete_fields),
            _plain(model._meta.pk),
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda table: table.name)


def build(connection: BaseDatabaseWrapper, migrations: set[Migration]) -> None:
    """Give an empty database the tables these migrations leave, with none of their rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # or what one migration adds keeps the next waiting
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationExecutor(connection).migrate(sorted(_last_of_each_app(migrations)))
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables_at(migrations):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")


def not_copied(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> list[str]:
    """Return tables of the database that nothing here knows of."""
    copied = {table.name for table in tables} | LEFT_OUT.keys()
    return sorted(set(connection.introspection.table_names()) - copied)


def rows_of(connection: BaseDatabaseWrapper, table: Table) -> Iterator[list[Any]]:
    """Yield the rows by primary key, each value as JSON can hold it."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in table.columns)
    order = quote(str(table.key.column))
    if connection.vendor == "postgresql" and isinstance(table.key, models.CharField):
        order += ' COLLATE "C"'
    readers = [_reader(connection, table.name, field) for field in table.fields]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(table.name)} ORDER BY {order}")
        for row in cursor:
            yield [read(value) for read, value in zip(readers, row, strict=True)]


def insert(connection: BaseDatabaseWrapper, table: Table, rows: Iterable[list[Any]]) -> None:
    """Put rows into an empty table."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in table.columns)
    marks = ", ".join(["%s"] * len(table.fields))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"
    writers = [_writer(connection, field) for field in table.fields]
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            cursor.executemany(
                statement,
                [
                    [write(value) for write, value in zip(writers, row, strict=True)]
                    for row in batch
                ],
            )


def last_id(connection: BaseDatabaseWrapper, table: Table) -> int | None:
    """Return the last number given to a row, also of a row that is gone; None without numbers."""
    if not isinstance(table.key, models.AutoField | models.BigAutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            return int((cursor.fetchone() or (0,))[0])
        cursor.execute(f"SELECT last_value, is_called FROM {_sequence(cursor, table)}")
        value, called = cursor.fetchone()
        return int(value) if called else 0


def set_last_id(connection: BaseDatabaseWrapper, table: Table, last: int | None) -> None:
    """Let the next row get the number after ``last``: no number is ever given twice."""
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table.name, last])
        else:
            cursor.execute("SELECT setval(%s, %s)", [_sequence(cursor, table), last])


def line_of(row: list[Any]) -> str:
    """Return a row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class Digest:
    """A digest of a table's rows, the same whatever database they are read from.

    PostgreSQL keeps the keys of a JSON object in an order of its own.
    """

    def __init__(self, table: Table) -> None:
        self._nested = [i for i, one in enumerate(table.fields) if _is_json(one)]
        self._sum = hashlib.sha256()
        self.rows = 0

    def add(self, row: list[Any]) -> list[Any]:
        """Take a row into account and return it."""
        canonical = list(row)
        for place in self._nested:
            if (text := row[place]) is not None:
                canonical[place] = json.dumps(json.loads(text), sort_keys=True)
        self._sum.update(f"{line_of(canonical)}\n".encode())
        self.rows += 1
        return row

    @property
    def value(self) -> str:
        """Return the digest, 64 hexadecimal digits."""
        return self._sum.hexdigest()


def digest_of(connection: BaseDatabaseWrapper, table: Table) -> Digest:
    """Return the digest of a table as it is in a database."""
    made = Digest(table)
    for row in rows_of(connection, table):
        made.add(row)
    return made


def _last_of_each_app(migrations: set[Migration]) -> set[Migration]:
    """Return those that no other of the same app builds on."""
    nodes = MigrationLoader(None).graph.node_map
    return {
        one
        for one in migrations
        if one in nodes
        and not any(
            child.key[0] == one[0] and child.key in migrations for child in nodes[one].children
        )
    }


def _sequence(cursor: Any, table: Table) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.key.column])
    return str(cursor.fetchone()[0])


def _plain(field: Any) -> Any:
    """Return what stands behind a field: of a link what it points to, of a sealed text a text."""
    if field.remote_field is not None and hasattr(field, "target_field"):
        return _plain(field.target_field)
    return models.TextField() if isinstance(field, SealedField) else field


def _is_json(field: Any) -> bool:
    return isinstance(_plain(field), models.JSONField)


def _reader(connection: BaseDatabaseWrapper, table: str, field: Any) -> Callable[[Any], Any]:
    """Return what turns a value of the database into one that JSON can hold."""
    if _is_json(field):
        return lambda value: value
    column = Col(table, field, _plain(field))
    steps = connection.ops.get_db_converters(column) + _plain(field).get_db_converters(connection)

    def read(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return _as_json(value)

    return read


def _writer(connection: BaseDatabaseWrapper, field: Any) -> Callable[[Any], Any]:
    """Return what turns such a value into one for this database."""
    plain = _plain(field)
    if _is_json(field):
        adapt = connection.ops.adapt_json_value
        return lambda text: None if text is None else adapt(json.loads(text), None)
    return lambda value: plain.get_db_prep_save(plain.to_python(value), connection)


def _as_json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    raise TypeError(type(value))
