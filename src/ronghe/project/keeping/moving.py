"""Moving (迁移数据库): from the embedded database to PostgreSQL, compared row by row."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.project.keeping import archive, backup, restore
from ronghe.project.keeping.databases import working_on
from ronghe.project.keeping.occupied import alone


def move(target: Mapping[str, Any]) -> tuple[int, Path]:
    """Move the embedded database to an empty one; files and keys stay where they are.

    Returns how many rows were moved, and where the former database now lies: out of the way, so
    that nobody goes on writing there. Raises ProblemsError with nothing changed.
    """
    serving, home = connections["default"], Path(settings.HOME)
    if serving.vendor != "sqlite":
        raise ProblemsError([Problem("move-from-embedded-only", found=serving.vendor)])
    place = Path(serving.settings_dict["NAME"])
    with alone(home), tempfile.TemporaryDirectory(dir=home, prefix=".moving-") as folder:
        told = backup.back_up(Path(folder) / "moved.zip", with_files=False)
        with archive.opened(told.file) as source, working_on(target) as there:
            if not restore.is_empty(there):
                name = str(there.settings_dict["NAME"])
                raise ProblemsError([Problem("target-not-empty", Place(name))])
            with transaction.atomic():
                restore.drop_ours(there)
                restore.load(source, there)
            restore.bring_up_to_date()
        serving.close()
        aside = home / f"moved-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        for name in ("", "-wal", "-shm"):
            former = place.with_name(place.name + name)
            if former.exists():
                former.rename(aside / former.name)
    return sum(part.rows for part in told.manifest.tables.values()), aside
