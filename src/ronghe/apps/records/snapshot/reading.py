"""One read of the database: everything as it was at one moment, without stopping anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_read() -> Iterator[None]:
    """Read from one snapshot of the database; nothing may be written meanwhile.

    On SQLite by a deferred transaction, which holds up no writer (Django's own would: they
    begin as writers). Inside a transaction that has begun already, from that one. PostgreSQL is
    told that whatever is asked is read to its end; otherwise it aims at the first rows.
    """
    if connection.in_atomic_block:
        if connection.vendor == "postgresql":
            _read_to_the_end()
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            _read_to_the_end()
            yield


def _read_to_the_end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
