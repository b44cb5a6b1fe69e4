"""Roll-up (逐级汇总): what the units under every ancestor reached, as sums that can be added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from ronghe.analysis.scoring.program import Program
from ronghe.analysis.scoring.sql import name, text


def sums_of(program: Program, whole: Collection[str] = ()) -> dict[str, str]:
    """Return the columns of a roll-up, each with the SQL that sums it up over units.

    How many units; how many have a total, and its sum; how many got each grade; of each
    indicator the sum of points and how many have any. Points are thousandths. Every unit has
    points in the indicators in `whole`.
    """
    sums = {"units": "count(*)", "with_total": "count(total)", "total": "sum(total)"}
    grades = program.scheme.grading.grades if program.scheme.grading else ()
    for number, grade in enumerate(grades, start=1):
        sums[f"grade__{grade.code}"] = f"count(case when grade = {number} then 1 end)"
    for scored in program.scored:
        points = f"points__{scored.indicator.code}"
        sums[points] = f"sum({name(points)})"
        everybody = scored.indicator.code in whole
        sums[f"with__{scored.indicator.code}"] = f"count({'*' if everybody else name(points)})"
    return {column: f"cast(coalesce({sql}, 0) as bigint)" for column, sql in sums.items()}


def make_rollup(
    con: duckdb.DuckDBPyConnection,
    program: Program,
    outcome: str,
    *,
    by: Sequence[str] = (),
    above: Path | None = None,
    whole: Collection[str] = (),
) -> None:
    """Make the table ``rollup``: one row for every unit that some unit appraised stands under.

    Parameters
    ----------
    outcome
        A query that gives `parent`, `total`, `grade`, the points and the columns of `by`.
    by
        Columns to keep apart, such as the part.
    above
        A Parquet file of further units, those above what ``units`` holds.
    whole
        Codes of the indicators in which every unit has points.
    """
    columns = sums_of(program, whole)
    keys = "".join(f"{column}, " for column in by)
    first = ", ".join(f"{sql} as {name(column)}" for column, sql in columns.items())
    again = ", ".join(f"cast(sum({name(c)}) as bigint) as {name(c)}" for c in columns)
    con.execute(
        f"create or replace table under as select {keys}parent, {first} from ({outcome}) as o"
        f" where parent is not null group by {keys}parent"
    )
    con.execute(f"create or replace table lineage as {_lineage(above)}")
    con.execute(
        f"create or replace table rollup as select {keys}l.above as unit, {again}"
        f" from under u join lineage l on l.unit = u.parent group by {keys}l.above"
        f" order by {keys}l.above"
    )
    con.execute("drop table under")
    con.execute("drop table lineage")


def _lineage(above: Path | None) -> str:
    """Write each parent in ``under`` with itself and every unit above it."""
    more = f" union select unit, parent from read_parquet({text(str(above))})" if above else ""
    return (
        "with recursive tree as materialized (select unit, parent from units"
        f" where unit in (select distinct parent from units){more}),"
        " up(unit, above) as (select parent, parent from under union"
        " select up.unit, t.parent from up join tree t on t.unit = up.above"
        " where t.parent is not null)"
        " select unit, above from up"
    )


def readable(program: Program, rollup: str, names: str) -> str:
    """Write a query that gives a roll-up in means of points, with Chinese headings for grades.

    Parameters
    ----------
    rollup, names
        Queries that give a roll-up and `unit` with `name`.
    """
    scheme = program.scheme
    columns = ["units", "with_total", f"{_mean('total', 'with_total')} as total"]
    for grade in scheme.grading.grades if scheme.grading else ():
        columns.append(f"{name(f'grade__{grade.code}')} as {name(str(grade.title))}")
    for scored in program.scored:
        code = scored.indicator.code
        mean = _mean(name(f"points__{code}"), name(f"with__{code}"))
        columns.append(f"{mean} as {name(code)}")
    return (
        f"select r.unit, coalesce(n.name, '') as name, {', '.join(columns)}"
        f" from ({rollup}) as r left join ({names}) as n on n.unit = r.unit order by r.unit"
    )


def _mean(total: str, count: str) -> str:
    """Write a mean of thousandths as an exact decimal, rounded half up; points are not negative."""
    rounded = f"((2 * {total} + {count}) // (2 * {count}))"
    return (
        f"case when {count} > 0 then cast({rounded} as decimal(35,0))"
        " * cast(0.001 as decimal(3,3)) end"
    )


def merged(program: Program, rollups: str, units: str) -> str:
    """Write a query that adds up the roll-ups of parts, for the units that a query gives."""
    again = ", ".join(f"cast(sum({name(c)}) as bigint) as {name(c)}" for c in sums_of(program))
    return (
        f"select unit, {again} from ({rollups}) as parts where unit in ({units})"
        " group by unit order by unit"
    )
