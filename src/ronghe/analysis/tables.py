"""What a data table looks like: its columns, in words that readers of files and people share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["text", "number", "date", "flag"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its English name, its Chinese heading, what it holds.

    A required column must be there and must not be empty in any row. `default` stands for an
    empty cell of an optional one; without it the cell is a gap.
    """

    name: str
    title: str
    kind: ColumnKind = "text"
    required: bool = True
    help_zh: str = ""
    help_en: str = ""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its English name, its Chinese title (a sheet may carry either), its columns.

    `in_results`: its text stands in the results that people open in a spreadsheet.
    """

    name: str
    title: str
    columns: tuple[ColumnSpec, ...]
    in_results: bool = False

    def column(self, name: str) -> ColumnSpec:
        """Return a column by its English name."""
        return next(column for column in self.columns if column.name == name)
