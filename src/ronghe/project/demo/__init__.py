"""演示: a fictitious county with a person in each role, to try everything on.

The county is the one that `ronghe.demo` generates, so what is on screen and what a run computes
agree. Each app's part is loaded by one module, in the order of `PARTS`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction

from ronghe.apps.accounts.services.people import one_time_password
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Node
from ronghe.demo import generate
from ronghe.project.demo import (
    appraisal,
    people,
    places,
    planning,
    records,
    reporting,
    roster,
    terms,
    tree,
)
from ronghe.project.demo.people import accounts
from ronghe.project.demo.world import World

__all__ = ["accounts", "accounts_file", "load", "password_kept"]

FILE = "demo-accounts.json"
MEMBERS = 8000
PARTS = (
    tree.load,
    people.load,
    roster.load,
    terms.load,
    places.load,
    records.load,
    appraisal.load,
    reporting.load,
    planning.load,
)
"""What is loaded, each standing on the ones before it."""


def accounts_file(home: Path) -> Path:
    """Return where the demonstration's password is kept for its owner to read."""
    return home / FILE


def load(home: Path) -> bool:
    """Load the demonstration once, whole or not at all; return whether it was loaded now.

    Every account gets the same password, drawn anew for each installation and kept in a file
    that only its owner can read.
    """
    if Node.objects.filter(county=None, fictitious=True).exists():
        return False
    password = one_time_password()
    handle = os.open(accounts_file(home), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        json.dump({"password": password}, written)
    with TemporaryDirectory(prefix="ronghe-") as folder, transaction.atomic():
        data = Path(folder, "data")
        generate(MEMBERS, data, format="parquet")
        world = World(data, password)
        for part in PARTS:
            part(world)
            _count_anew()
        _record(world)
    return True


def _count_anew() -> None:
    """Tell PostgreSQL's planner of rows that are not committed: no one else can."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _record(world: World) -> None:
    counted: dict[str, Any] = {"nodes": len(world.nodes), "members": len(world.members)}
    county = world.county
    audit.record("registry.demo_loaded", by=None, target=county, place=county, **counted)


def password_kept(home: Path) -> str:
    """Return the demonstration's password, empty where there is none."""
    file = accounts_file(home)
    return json.loads(file.read_text(encoding="utf-8"))["password"] if file.exists() else ""
