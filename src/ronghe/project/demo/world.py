"""What the parts of the demonstration hand on to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ronghe.apps.accounts.models import User
from ronghe.apps.registry.models import Node

COUNTY = "QH"
"""The generated county's code; its organisations' codes begin with it."""

SINCE = date(2023, 1, 1)
"""From when the county's tree stands: before the first generated record."""

MARK = "（演示）"
BATCH = 500


@dataclass
class World:
    """The county while it is being loaded.

    ``folder`` holds the generated tables; ``nodes`` are by the code of the unit, ``members``
    ids by the code of the member, ``people`` accounts by sign-in name.
    """

    folder: Path
    password: str
    nodes: dict[str, Node] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def county(self) -> Node:
        """Return the county itself."""
        return self.nodes[COUNTY]

    def rows(self, table: str, columns: str, *, where: str = "true") -> list[tuple[Any, ...]]:
        """Return columns of a generated table, sorted."""
        files = self.folder / (f"{table}/*" if (self.folder / table).is_dir() else table)
        query = f"select distinct {columns} from '{files}.parquet' where {where} order by all"
        with duckdb.connect() as con:
            return con.execute(query).fetchall()


def bare(name: str) -> str:
    """Return a generated name without the mark: on screen the whole county bears it."""
    return name.removesuffix(MARK)


def in_batches(rows: Iterable[Any], model: Any) -> list[Any]:
    """Create many rows, some hundred in a statement."""
    created: list[Any] = model.objects.bulk_create(rows, batch_size=BATCH)
    return created
