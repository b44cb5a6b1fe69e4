"""Rosters of members (党员名册) as the national member system exports them, from Excel or CSV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.exchange.small_tables import Row, read_small_tables

NAME_HEADINGS = ("姓名", "党员姓名", "name")
"""A row with one of these is the row of headings."""

MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class RosterTable:
    """The headings of a roster, and its rows with the numbers people see."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_roster(path: Path) -> RosterTable:
    """Read the first sheet that has a column of names; title rows above it are passed over.

    Raises ProblemsError where the file cannot be read, has no column of names, nobody below
    it, or more than 50,000 people.
    """
    where = Place(path.name)
    for _place, rows in read_small_tables(path, unreadable="roster-unreadable"):
        table = _table_in(rows)
        if table is None:
            continue
        if not table.rows:
            raise ProblemsError([Problem("roster-empty", where)])
        if len(table.rows) > MOST_ROWS:
            raise ProblemsError([Problem("roster-too-long", where, len(table.rows), MOST_ROWS)])
        return table
    raise ProblemsError([Problem("roster-without-names", where, expected=NAME_HEADINGS[0])])


def _table_in(rows: list[Row]) -> RosterTable | None:
    for at, (_number, cells) in enumerate(rows):
        headings = ["".join(cell.split()) for cell in cells]
        if any(heading.casefold() in NAME_HEADINGS for heading in headings):
            below = [(n, [cell.strip() for cell in row]) for n, row in rows[at + 1 :]]
            return RosterTable(headings, [(n, row) for n, row in below if any(row)])
    return None
