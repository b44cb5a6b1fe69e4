"""The national job in plain Python: dictionaries, loops and sorted lists, county by county.

What an experienced person would write without a library for tables: one pass over the records,
the peers in a sorted list, and each different value in a peer group scored once. DuckDB only
hands over rows and pyarrow only writes columns. All results equal those of `ronghe appraise`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench import national_job as job
from bench.national_job import Indicator, nearest, thousandths

Column = list[Any]
Columns = dict[str, Column]
Groups = Iterable[Sequence[int]]
Tally = Callable[[Iterable[Any], Column, list[Indicator]], list[Column]]

UNITS = f"select {', '.join(job.LEAVES)}, kind from"
RECORDS = (
    "select unit, kind, coalesce(quantity, 1000), coalesce(quality, -1), verified from {}"
    f" where day between date '{job.SINCE}' and date '{job.UNTIL}'"
)


def tally(rows: Iterable[Any], members: Column, indicators: list[Indicator]) -> list[Column]:
    """Go over the records once; return for each indicator the value of each member."""
    position = {unit: at for at, unit in enumerate(members)}
    columns = [[0] * len(members) for _ in indicators]
    numbers = {one.code: [0] * len(members) for one in indicators if one.function == "share"}
    uses = defaultdict(list)
    for one, column in zip(indicators, columns, strict=True):
        for kind in one.kinds:
            uses[kind].append((column, one.function == "sum", one.least, one.verified))
            if one.function == "share":
                uses[kind].append((numbers[one.code], False, -1, one.verified))
    for unit, kind, quantity, quality, verified in rows:
        at = position[unit]
        for column, summed, least, only_verified in uses[kind]:
            if quality >= least and (verified or not only_verified):
                column[at] += quantity if summed else 1
    return [
        [nearest(1_000_000 * good, n) if n else None for good, n in zip(column, held, strict=True)]
        if (held := numbers.get(one.code))
        else column
        for one, column in zip(indicators, columns, strict=True)
    ]


def points_alone(one: Indicator, value: int) -> int:
    """Score a value by a rule that looks at nothing else."""
    rule, points, unit = one.rule, one.points, one.held(1)
    match rule["kind"]:
        case "count_points":
            found = nearest(one.given("each") * value, unit)
        case "deduction":
            found = nearest(points * unit - one.given("each") * value, unit)
        case "completion":
            found = nearest(points * value, one.held(rule["target"]))
        case "bands":
            reached = [thousandths(p) for s, p in rule["steps"].items() if value >= one.held(s)]
            found = max(reached, default=one.given("otherwise"))
        case "goalposts":
            low, least = one.held(rule["low"]), one.given("low_points")
            width = one.held(rule["high"]) - low
            inside = max(0, min(value - low, width))
            found = nearest(least * width + (points - least) * inside, width)
    return max(0, min(found, points))


def points_among(one: Indicator, value: int, figures: Sequence[int]) -> int:
    """Score a value by a rule that compares it with figures of the peers, as in `FIGURES`."""
    rule, points = one.rule, one.points
    match rule["kind"], *figures:
        case "efficacy", least, greatest:
            width = greatest - least
            share = 60 * width + 40 * (value - least)
            return nearest(points * share, 100 * width) if width else points
        case "rank_ladder", rank:
            return max(one.given("first") - one.given("step") * (rank - 1), one.given("rest"))
        case "ratio_to_best", greatest:
            if greatest <= 0:
                return points if value == greatest else 0
            return max(0, nearest(points * value, greatest))
        case "ratio_to_average", count, total:
            if total <= 0:
                return points if value * count >= total else 0
            most = nearest(points * one.given("cap"), 1000)
            return max(0, min(nearest(points * value * count, total), most))
        case "distance_from_average", count, total:
            behind, whole = max(0, total - value * count), count * one.held(rule["step"])
            return max(0, nearest(points * whole - one.given("loses") * behind, whole))
    raise ValueError(rule["kind"])


def score(one: Indicator, values: Column, groups: Groups) -> tuple[Column, Columns]:
    """Return the points, and the figures of the peers that they rest on."""
    names = job.FIGURES.get(one.rule["kind"])
    if not names:
        found = {v: None if v is None else points_alone(one, v) for v in set(values)}
        return [found[value] for value in values], {}
    points: Column = [None] * len(values)
    kept: Columns = {f"{name}__value__{one.code}": [None] * len(values) for name in names}
    for positions in groups:
        ordered = sorted([values[at] for at in positions])
        figures = {"least": ordered[0], "greatest": ordered[-1], "count": len(ordered)}
        figures["total"] = sum(ordered)
        known = {}
        for value in set(ordered):
            figures["rank_more"] = 1 + len(ordered) - bisect_right(ordered, value)
            read = [figures[name] for name in names]
            known[value] = points_among(one, value, read), read
        for at in positions:
            points[at], read = known[values[at]]
            for column, figure in zip(kept.values(), read, strict=True):
                column[at] = figure
    return points, kept


def add_up(members: Iterable[Sequence[int | None]], most: Sequence[int]) -> Column:
    """Add up the points of a group; what is missing leaves its weight to the others."""
    full, sums = sum(most), []
    for points in members:
        if None in points:
            there = [pair for pair in zip(points, most, strict=True) if pair[0] is not None]
            reached, weight = map(sum, zip(*there, strict=True))
            sums.append(nearest(reached * full, weight))
        else:
            sums.append(sum(points))
    return sums


def ranks(totals: Column, groups: Groups) -> Column:
    """Rank the totals within each group, ties on the better rank."""
    found: Column = [None] * len(totals)
    for positions in groups:
        ordered = sorted([totals[at] for at in positions])
        for at in positions:
            found[at] = 1 + len(ordered) - bisect_right(ordered, totals[at])
    return found


def grades(totals: Column, graded: Column, branches: Groups) -> Column:
    """Grade by thresholds, then by the quota under each parent; equals stand by unit code."""
    found: Column = [
        next(number for number, least in enumerate(job.THRESHOLDS, 1) if total >= least)
        for total in totals
    ]
    for positions in branches:
        eligible = [at for at in positions if graded[at]]
        best = sorted([at for at in eligible if found[at] == 1], key=lambda at: -totals[at])
        for at in best[len(eligible) * job.QUOTA[0] // job.QUOTA[1] :]:
            found[at] = 2
    return [grade if may else None for grade, may in zip(found, graded, strict=True)]


def roll_up(
    rollup: dict[str, list[int]], columns: Columns, branches: dict[str, list[int]],
    parents: dict[str, str | None],
) -> None:  # fmt: skip
    """Add what the members under each branch reached to the branch and all above it."""
    points = [column for name, column in columns.items() if name.startswith("points__")]
    for branch, positions in branches.items():
        grade = [columns["grade"][at] for at in positions]
        total = [columns["total"][at] for at in positions]
        sums = [len(positions), len(total), sum(total), *(grade.count(g) for g in (1, 2, 3, 4))]
        for column in points:
            there = [column[at] for at in positions if column[at] is not None]
            sums += [sum(there), len(there)]
        above: str | None = branch
        while above:
            held = rollup.get(above)
            rollup[above] = [a + b for a, b in zip(held, sums, strict=True)] if held else sums
            above = parents[above]


def positions_by(column: Column) -> dict[Any, list[int]]:
    """Return for each value of a column where it stands."""
    found = defaultdict(list)
    for at, value in enumerate(column):
        found[value].append(at)
    return found


def columns_of(
    members: list[Any], values: list[Column], indicators: list[Indicator], groups: dict[str, int]
) -> Columns:
    """Return the results of the members of a part. Only shares can be missing: all have totals."""
    columns: Columns = dict(zip(job.LEAVES, map(list, zip(*members, strict=True)), strict=True))
    peers = positions_by(columns["peer_group"]).values()
    figures, points = {}, {}
    for one, column in zip(indicators, values, strict=True):
        columns[f"value__{one.code}"] = column
        points[f"points__{one.code}"], kept = score(one, column, peers)
        figures.update(kept)
    columns |= figures | points
    for group in groups:
        mine = [one for one in indicators if one.group == group]
        theirs = zip(*[points[f"points__{one.code}"] for one in mine], strict=True)
        columns[f"node__{group}"] = add_up(theirs, [one.points for one in mine])
    sums = zip(*[columns[f"node__{group}"] for group in groups], strict=True)
    columns["total"] = [sum(row) for row in sums]
    columns["rank"] = ranks(columns["total"], peers)
    branches = positions_by(columns["parent"]).values()
    columns["grade"] = grades(columns["total"], columns["graded"], branches)
    return columns


def appraise(store: Path, out: Path, tallied: Tally = tally) -> dict[str, int]:
    """Appraise a store; write results of each part and the roll-up; return totals by unit.

    `tallied` adds the records up.
    """
    indicators, groups = job.read_scheme()
    totals: dict[str, int] = {}
    rollup: dict[str, list[int]] = {}
    above = duckdb.execute(f"select unit, parent from '{store}/parts/_above/units.parquet'")
    parents = dict(above.fetchall())
    for part in job.parts_of(store):
        folder = store / "parts" / part
        units = duckdb.execute(f"{UNITS} '{folder}/units.parquet' order by unit").fetchall()
        members = [row[:-1] for row in units if row[-1] == "member"]
        parents.update((row[0], row[3]) for row in units if row[-1] != "member")
        rows = duckdb.execute(RECORDS.format(f"'{folder}/records.parquet'")).fetchall()
        values = tallied(rows, [member[0] for member in members], indicators)
        columns = columns_of(members, values, indicators, groups)
        totals.update(zip(columns["unit"], columns["total"], strict=True))
        roll_up(rollup, columns, positions_by(columns["parent"]), parents)
        (out / "parts" / part).mkdir(parents=True)
        path = out / "parts" / part / "results.parquet"
        pq.write_table(pa.table(columns), path, compression="zstd")
    names = ["units", "with_total", "total", *job.GRADES]
    names += [f"{kind}__{one.code}" for one in indicators for kind in ("points", "with")]
    sums = zip(names, map(list, zip(*rollup.values(), strict=True)), strict=True)
    table = pa.table({"unit": list(rollup), **dict(sums)})
    pq.write_table(table, out / "rollup.parquet", compression="zstd")
    return totals


if __name__ == "__main__":
    job.run(appraise)
