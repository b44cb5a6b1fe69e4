"""The database an installation uses: SQLite in its home, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FORM = "postgresql://user:password@host:port/name"


class DatabaseAddressError(ValueError):
    """``RONGHE_DATABASE_URL`` is not an address of PostgreSQL, which reads as FORM."""


def sqlite(folder: Path) -> dict[str, Any]:
    """Return the embedded database: readers never wait, writers queue for up to 30 s."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "ronghe.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": folder / "test.sqlite3"},
    }


def postgresql(address: str) -> dict[str, Any]:
    """Return the database at ``postgresql://user:password@host:port/name?option=…``.

    A folder of the server's socket goes into ``?host=``. Raises DatabaseAddressError.
    """
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise DatabaseAddressError(f"RONGHE_DATABASE_URL should read {FORM}")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
