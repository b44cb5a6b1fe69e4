"""The source rows behind one unit's input, from the typed tables that a run keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronghe.analysis.scheme.model import Indicator
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
    RecordsSource,
    SchemeSource,
)
from ronghe.analysis.scoring.explain import OpenItem, open_targets
from ronghe.analysis.scoring.program import Input
from ronghe.analysis.scoring.records_sql import counts
from ronghe.analysis.scoring.sql import text
from ronghe.exchange.reports.folder import RunFolder

SHOWN = 10
"""How many source rows are listed; the rest are counted."""

FEWEST_VOTES = 5
"""The votes of a voter group are broken down by grade from so many on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Source rows as texts, and how many there are in all."""

    rows: tuple[tuple[str, ...], ...]
    count: int


NOTHING = Evidence((), 0)


def evidence(run: RunFolder, indicator: Indicator, unit: str) -> Evidence:
    """Find the rows that an indicator's inputs were read from for a unit."""
    found = [_of_input(run, i, unit) for i in run.program.inputs if i.code == indicator.code]
    rows = tuple(row for one in found for row in one.rows)
    return Evidence(rows, sum(one.count for one in found))


def _of_input(run: RunFolder, one: Input, unit: str) -> Evidence:
    me, source = text(unit), one.source
    match source:
        case MeasureSource(measure=code, period=period):
            label = run.scheme.period.label if period == "current" else run.scheme.period.previous
            condition = f"unit = {me} and measure = {text(code)} and period = {text(label)}"
            columns = ["period", _decimal("value", 10**one.scale), "coalesce(source, '')"]
            return _rows(run, "targets" if one.target else "measures", columns, condition)
        case RecordsSource(scope=scope):
            mine = f"unit in ({_below(run, unit)})" if scope == "subtree" else f"unit = {me}"
            titles = " ".join(
                f"when {text(k.code)} then {text(k.title.zh)}" for k in run.scheme.record_kinds
            )
            kind, quantity = f"case kind {titles} end", _decimal("quantity", 1000)
            columns = ["record", "cast(day as varchar)", kind, quantity, "coalesce(source, '')"]
            condition = f"{mine} and {counts(source, run.scheme.period)}"
            return _rows(run, "records", columns, condition)
        case BallotSource(ballot=ballot):
            return _votes(run, f"unit = {me} and ballot = {text(ballot)} and votes > 0")
        case ExpertSource(panel=panel):
            condition = f"unit = {me} and panel = {text(panel)}"
            return _rows(run, "expert_scores", [_decimal("score", 1000)], condition)
        case SchemeSource(scheme=scheme):
            condition = f"unit = {me} and scheme = {text(scheme)}"
            return _rows(run, "results", ["scheme", _decimal("total", 1000)], condition)


def _votes(run: RunFolder, condition: str) -> Evidence:
    """Return votes by voter group and grade; of a group with few votes only that they are few."""
    kept = snapshot(run, "ballots")
    if kept is None:
        return NOTHING
    found = run.rows(
        f"with found as (select * from {kept} where {condition}),"
        f" groups as (select voter_group, sum(votes) < {FEWEST_VOTES} as few,"
        " min((source_number, row_number)) as place from found group by voter_group)"
        f" select voter_group, '—' as grade, '<{FEWEST_VOTES}' as votes, place"
        " from groups where few union all"
        " select voter_group, grade, cast(votes as varchar), (source_number, row_number)"
        " from found join groups using (voter_group) where not few order by place"
    )
    return Evidence(tuple(tuple(row[:-1]) for row in found[:SHOWN]), len(found))


def _decimal(column: str, divisor: int) -> str:
    """Write a whole number as the decimal it stands for, for reading."""
    return f"regexp_replace(cast({column} / {divisor} as varchar), '\\.0$', '')"


def open_items(run: RunFolder, unit: str) -> list[OpenItem]:
    """Return the work still open of a unit and of the units below it."""
    table = snapshot(run, "open_items")
    if table is None:
        return []
    found = run.rows(
        "select item, kind, title, counts_for, quantity, coalesce(cast(due as varchar), ''),"
        f" coalesce(owner, ''), unit = {text(unit)} from {table}"
        f" where unit in ({_below(run, unit)}) order by item"
    )
    return [OpenItem(*row) for row in found]


def snapshot(run: RunFolder, table: str) -> str | None:
    """Write what reads a typed table that the run kept; None where it had none."""
    kept = run.path / "inputs" / f"{table}.parquet"
    return f"read_parquet({text(str(kept))})" if kept.is_file() else None


def _rows(run: RunFolder, table: str, columns: list[str], condition: str) -> Evidence:
    kept = snapshot(run, table)
    if kept is None:
        return NOTHING
    found = run.rows(
        f"select {', '.join(columns)}, count(*) over () from {kept} where {condition}"
        f" order by source_number, row_number limit {SHOWN}"
    )
    if not found:
        return NOTHING
    return Evidence(tuple(tuple(map(str, row[:-1])) for row in found), int(found[0][-1]))


def _below(run: RunFolder, unit: str) -> str:
    """Write a query for a unit and every unit under it."""
    return (
        "with recursive down(unit) as ("
        f" select {text(unit)} union select u.unit from {snapshot(run, 'units')} u"
        " join down on u.parent = down.unit) select unit from down"
    )


def open_work(run: RunFolder, row: Mapping[str, Any]) -> list[OpenItem]:
    """Return the open work on record, and targets not yet reached that no item there names."""
    items = open_items(run, row["unit"])
    named = {item.counts_for for item in items if item.own and item.kind == "target"}
    unnamed = [t for t in open_targets(run.program, row) if t.counts_for not in named]
    return [*unnamed, *items]


def unit_and_peers(run: RunFolder, unit: str) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Return a unit's row of the outcome, None without one, and those of its peer group."""
    found = run.con.execute(
        "select * from outcome where peer_group is not distinct from"
        f" (select peer_group from outcome where unit = {text(unit)})"
    )
    columns = [column[0] for column in found.description or ()]
    peers = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    mine = next((row for row in peers if row["unit"] == unit), None)
    return mine, peers if mine else []
