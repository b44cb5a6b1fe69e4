"""Before a version serves: is the database older, which is brought up, or newer, which is not."""

from __future__ import annotations

from django.db import connection

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.project.keeping import tables


def pending() -> int:
    """Return how many migrations an older database lacks, 0 where it is empty.

    Raises ProblemsError where a newer version has worked on it.
    """
    there, known = tables.applied(connection), tables.known()
    refuse_newer(there)
    return len(known - there) if there else 0


def refuse_newer(applied: set[tables.Migration]) -> None:
    """Raise ProblemsError where some of these migrations are not known to this version."""
    if newer := applied - tables.known():
        names = ", ".join(f"{app} {name}" for app, name in sorted(newer))
        raise ProblemsError([Problem("database-newer", found=names)])
