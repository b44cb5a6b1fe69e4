"""The national job in pandas: whole columns, `groupby` and `rank`, county by county.

What an experienced person would write with pandas: unit and kind come as categories, the records
are grouped once by kind and unit, and every indicator is a few operations on whole columns of
whole numbers. All results equal those of `ronghe appraise`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from bench import national_job as job
from bench.national_job import Indicator, nearest, thousandths

PERIOD = [
    ("day", ">=", date.fromisoformat(job.SINCE)),
    ("day", "<=", date.fromisoformat(job.UNTIL)),
]
FIELDS = ["unit", "kind", "quantity", "quality", "verified"]

Way = tuple[bool, int, bool]
"""What a record adds: its quantity or 1; from which quality; whether only when verified."""


def ways_of(one: Indicator) -> list[Way]:
    """Return what an indicator adds up; a share needs the good ones and all."""
    way = one.function == "sum", one.least, one.verified
    return [way, (False, -1, one.verified)] if one.function == "share" else [way]


def tally(records: pd.DataFrame, units: pd.Index, ways: set[Way]) -> dict[Way, pd.DataFrame]:
    """Group the records once by member and kind; return a table of members × kinds for each way."""
    quality, quantity = records["quality"].fillna(-1), records["quantity"].fillna(1000)
    added = {}
    for summed, least, verified in ways:
        counts = quality >= least
        if verified:
            counts &= records["verified"]
        added[summed, least, verified] = counts * quantity if summed else counts.astype("int64")
    unit, kind = records["unit"].cat, records["kind"].cat
    position = units.get_indexer(unit.categories)[unit.codes]
    frame = pd.concat(added.values(), axis=1, keys=range(len(added)))
    sums = frame.groupby([kind.codes, position], sort=False).sum()
    of, at = (sums.index.get_level_values(level) for level in (0, 1))
    found = {}
    for number, way in enumerate(added):
        table = np.zeros((len(kind.categories), len(units)), dtype="int64")
        table[of, at] = sums[number]
        found[way] = pd.DataFrame(table.T, columns=kind.categories)
    return found


def values_of(
    one: Indicator, tables: dict[Way, pd.DataFrame]
) -> tuple[pd.Series, pd.Series | None]:
    """Return the value of each member, and for a share how many records it is one of."""
    sums = [
        tables[way].reindex(columns=one.kinds, fill_value=0).sum(axis=1) for way in ways_of(one)
    ]
    if one.function != "share":
        return sums[0], None
    good, number = sums
    return nearest(1_000_000 * good, number.clip(lower=1)), number


def points_alone(one: Indicator, value: pd.Series) -> pd.Series:
    """Score values by a rule that looks at nothing else."""
    rule, points, unit = one.rule, one.points, one.held(1)
    match rule["kind"]:
        case "count_points":
            found = nearest(one.given("each") * value, unit)
        case "deduction":
            found = nearest(points * unit - one.given("each") * value, unit)
        case "completion":
            found = nearest(points * value, one.held(rule["target"]))
        case "bands":
            steps = sorted(rule["steps"].items(), reverse=True)
            reached = [value >= one.held(step) for step, _ in steps]
            given = [thousandths(points) for _, points in steps]
            found = pd.Series(np.select(reached, given, one.given("otherwise")), value.index)
        case "goalposts":
            low, least = one.held(rule["low"]), one.given("low_points")
            width = one.held(rule["high"]) - low
            inside = (value - low).clip(0, width)
            found = nearest(least * width + (points - least) * inside, width)
    return found.clip(0, points)


def figures_of(one: Indicator, value: pd.Series, peers: pd.Series) -> dict[str, pd.Series]:
    """Return for each member the figures of the peers that the rule reads."""
    groups = value.groupby(peers, observed=True)
    ways = {"least": "min", "greatest": "max", "count": "size", "total": "sum"}
    return {
        name: groups.rank(method="min", ascending=False).astype("int64")
        if name == "rank_more"
        else groups.transform(ways[name])
        for name in job.FIGURES.get(one.rule["kind"], ())
    }


def points_among(one: Indicator, value: pd.Series, figures: list[pd.Series]) -> pd.Series:
    """Score values by a rule that compares them with figures of the peers."""
    rule, points = one.rule, one.points
    match rule["kind"], *figures:
        case "efficacy", least, greatest:
            width = greatest - least
            share = 60 * width + 40 * (value - least)
            return nearest(points * share, 100 * width.clip(lower=1)).where(width > 0, points)
        case "rank_ladder", rank:
            return (one.given("first") - one.given("step") * (rank - 1)).clip(one.given("rest"))
        case "ratio_to_best", best:
            found = nearest(points * value, best.clip(lower=1)).clip(0)
            return found.where(best > 0, points * (value == best))
        case "ratio_to_average", count, total:
            most = nearest(points * one.given("cap"), 1000)
            found = nearest(points * value * count, total.clip(lower=1)).clip(0, most)
            return found.where(total > 0, points * (value * count >= total))
        case "distance_from_average", count, total:
            behind, whole = (total - value * count).clip(0), count * one.held(rule["step"])
            return nearest(points * whole - one.given("loses") * behind, whole).clip(0)
    raise ValueError(rule["kind"])


def add_up(points: pd.DataFrame, most: list[int]) -> pd.Series:
    """Add up the points of a group; what is missing leaves its weight to the others."""
    weight = points.notna() @ np.array(most)
    return nearest(points.sum(axis=1).astype("int64") * sum(most), weight)


def grades(members: pd.DataFrame) -> pd.Series:
    """Grade by thresholds, then by the quota under each parent; equals stand by unit code."""
    bounds = sorted(job.THRESHOLDS)
    grade = pd.Series(len(bounds) - np.searchsorted(bounds, members["total"], side="right") + 1)
    graded = members[members["graded"]].sort_values(["total", "unit"], ascending=[False, True])
    branches = graded.groupby("parent")
    over = branches.cumcount() >= branches["unit"].transform("size") * job.QUOTA[0] // job.QUOTA[1]
    over = over.reindex(members.index, fill_value=False)
    return grade.mask(over & (grade == 1), 2).where(members["graded"])


def appraised(
    members: pd.DataFrame, records: pd.DataFrame, indicators: list[Indicator]
) -> pd.DataFrame:
    """Return the results of the members of a part. Only shares can be missing: all have totals."""
    units, peers = pd.Index(members["unit"]), members["peer_group"]
    tables = tally(records, units, {way for one in indicators for way in ways_of(one)})
    values, figures, points = {}, {}, {}
    for one in indicators:
        value, number = values_of(one, tables)
        read = figures_of(one, value, peers)
        scored = points_among(one, value, list(read.values())) if read else points_alone(one, value)
        if number is not None:
            value, scored = (c.astype("Int64").mask(number == 0) for c in (value, scored))
        values[f"value__{one.code}"], points[f"points__{one.code}"] = value, scored
        figures |= {f"{name}__value__{one.code}": column for name, column in read.items()}
    groups = {}
    for group in dict.fromkeys(one.group for one in indicators):
        mine = [one for one in indicators if one.group == group]
        theirs = pd.DataFrame({one.code: points[f"points__{one.code}"] for one in mine})
        groups[f"node__{group}"] = add_up(theirs, [one.points for one in mine])
    found = pd.DataFrame(dict(members) | values | figures | points | groups)
    found["total"] = sum(groups.values())
    found["rank"] = found.groupby(peers)["total"].rank(method="min", ascending=False).astype(int)
    found["grade"] = grades(found)
    return found


def by_parent(found: pd.DataFrame) -> pd.DataFrame:
    """Return for each parent what the members under it reached, as sums that can be added."""
    points = found.filter(regex="^points__")
    sums = {"units": 1, "with_total": 1, "total": found["total"]}
    sums |= {name: found["grade"] == number for number, name in enumerate(job.GRADES, 1)}
    for name, column in points.items():
        sums |= {name: column, name.replace("points__", "with__"): column.notna()}
    frame = pd.DataFrame(sums, index=found.index).fillna(0).astype("int64")
    return frame.groupby(found["parent"]).sum()


def roll_up(reached: pd.DataFrame, parents: pd.Series) -> pd.DataFrame:
    """Return for each unit above members the sums of all parents below it, itself included."""
    levels = []
    while len(reached):
        levels.append(reached)
        reached = reached.groupby(parents.reindex(reached.index)).sum()
    return pd.concat(levels).groupby(level=0).sum().rename_axis("unit")


def appraise(store: Path, out: Path) -> pd.Series:
    """Appraise a store; write results of each part and the roll-up; return totals by unit."""
    indicators, _ = job.read_scheme()
    above = pd.read_parquet(store / "parts" / "_above" / "units.parquet")
    parents, reached, totals = [above.set_index("unit")["parent"]], [], []
    for part in job.parts_of(store):
        folder = store / "parts" / part
        units = pd.read_parquet(folder / "units.parquet")
        is_member = units["kind"] == "member"
        members = units.loc[is_member, job.LEAVES].sort_values("unit", ignore_index=True)
        parents.append(units[~is_member].set_index("unit")["parent"])
        records = pd.read_parquet(
            folder / "records.parquet",
            columns=FIELDS,
            filters=PERIOD,
            read_dictionary=["unit", "kind"],
        )
        found = appraised(members, records, indicators)
        (out / "parts" / part).mkdir(parents=True)
        found.to_parquet(out / "parts" / part / "results.parquet", compression="zstd")
        reached.append(by_parent(found))
        totals.append(found.set_index("unit")["total"])
    rollup = roll_up(pd.concat(reached), pd.concat(parents))
    rollup.to_parquet(out / "rollup.parquet", compression="zstd")
    return pd.concat(totals)


if __name__ == "__main__":
    job.run(appraise)
