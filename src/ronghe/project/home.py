"""Where an installation keeps its state: database, keys, files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """Return the folder of the installation's state (``RONGHE_HOME``, else ``./var``)."""
    return Path(os.environ.get("RONGHE_HOME") or "var").resolve()


def prepared_home() -> Path:
    """Return the folder, made for this user alone if it was not there."""
    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """Return the installation's secret key, made at the first start.

    Kept in a file of its own that only this user can read, outside the database and backups.
    """
    file = prepared_home() / "secret.key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as written:
        key = secrets.token_urlsafe(50)
        written.write(key)
    return key
