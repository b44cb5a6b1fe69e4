"""What stands in a sheet and would go unseen: errors, hidden and merged cells, open formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ronghe.analysis.errors import Place, Problem
from ronghe.exchange.tables.assembly import Faults
from ronghe.exchange.tables.sheet import Facts, column_name


def unseen(
    facts: Facts, faults: Faults, used: Mapping[int, str], header_row: int
) -> Iterator[Problem]:
    """Yield a problem for each such place, as far as it touches the columns that are read.

    `used` gives the headings of these columns by their number; without any (the header was not
    understood) all merged cells count, because they may be the reason.
    """
    for row, column, text in facts.errors:
        if column in used:
            yield Problem("cell-error", faults.at(row, used[column]), text)
    for row, column in facts.uncomputed:
        if column in used:
            yield Problem("formula-without-value", faults.at(row, used[column]))
    for top, left, bottom, right in facts.merged:
        touched = [heading for column, heading in used.items() if left <= column <= right]
        if (touched and bottom >= header_row) or not used:
            area = f"{column_name(left)}{top}:{column_name(right)}{bottom}"
            yield Problem("cells-merged", faults.at(top, "、".join(touched)), area)
    for first, last in _runs(row for row in facts.hidden_rows if row > header_row):
        found = str(first) if first == last else f"{first}–{last}"
        yield Problem("row-hidden", faults.at(first, ""), found)
    for left, right in facts.hidden_columns:
        for column, heading in used.items():
            if left <= column <= right:
                where = Place(faults.where.source, faults.where.sheet, column=heading)
                yield Problem("column-hidden", where, column_name(column))


def _runs(rows: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Join rows that follow one another."""
    run: tuple[int, int] | None = None
    for row in rows:
        if run and row == run[1] + 1:
            run = run[0], row
            continue
        if run:
            yield run
        run = row, row
    if run:
        yield run
