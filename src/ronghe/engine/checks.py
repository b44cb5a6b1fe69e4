"""What the typed tables must satisfy before a scheme runs on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from ronghe.analysis.errors import Place, Problem
from ronghe.analysis.scheme.choices import CHOICES
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.sources import BallotSource, RecordsSource, Source
from ronghe.analysis.scoring.program import RECORD_SCALE
from ronghe.analysis.scoring.sql import text
from ronghe.engine.intake import RawTable, rows_at_fault


@dataclass(frozen=True, slots=True)
class Check:
    """A condition under which a row of a table is at fault.

    `exists` is SQL for whether there is such a row at all, where that is told more cheaply.
    """

    code: str
    table: str
    column: str
    condition: str
    found: str = ""
    expected: str = "null"
    exists: str = ""


def _duplicates(table: str, column: str, *keys: str, code: str = "duplicate-row") -> Check:
    """Report every row but the first of those with the same keys."""
    key = ", ".join(keys)
    return Check(
        code,
        table,
        column,
        f"(source_number, row_number) in (select (source_number, row_number) from ("
        f"select source_number, row_number, row_number() over (partition by {key}"
        f" order by source_number, row_number) as n from {table} where {_filled(keys)})"
        " where n > 1)",
        exists=f"exists (select 1 from {table} where {_filled(keys)} group by {key}"
        " having count(*) > 1)",
    )


def _filled(keys: Sequence[str]) -> str:
    return " and ".join(f"{key} is not null" for key in keys)


def _same_unit_again(code: str, column: str, group: str, found: str) -> Check:
    """Report a unit's rows but the first whose group compares so with that of the first."""
    return Check(
        code,
        "units",
        column,
        "(source_number, row_number) in (select (source_number, row_number) from ("
        "select source_number, row_number, coalesce(peer_group, '') as mine,"
        " row_number() over again as n, first(coalesce(peer_group, '')) over again as first"
        " from units where unit is not null"
        " window again as (partition by unit order by source_number, row_number))"
        f" where n > 1 and mine {group} first)",
        found=found,
        exists="exists (select 1 from units where unit is not null group by unit"
        " having count(*) > 1)",
    )


_REFERRING = (
    "measures", "targets", "records", "ballots", "expert_scores", "results", "exemptions",
    "open_items",
)  # fmt: skip


_UNITS = "(select unit from units where unit is not null)"


def _row_checks(scheme: Scheme, *, other_periods: bool) -> Iterator[Check]:
    yield _same_unit_again("duplicate-unit", "unit", "=", "unit")
    groups = (
        "(select string_agg(distinct coalesce(peer_group, '—'), '、' order by"
        " coalesce(peer_group, '—')) from units as other where other.unit = units.unit)"
    )
    yield _same_unit_again("unit-in-two-groups", "peer_group", "<>", f"unit || ' → ' || {groups}")
    for column, choice in (("kind", "appraises"), ("level", "level")):
        known = ", ".join(map(text, CHOICES[choice]))
        named = "、".join(f"{word}（{zh}）" for word, (zh, _) in CHOICES[choice].items())
        condition = f"{column} not in ({known})"
        yield Check("word-not-allowed", "units", column, condition, expected=text(named))
    yield Check(
        "unknown-parent",
        "units",
        "parent",
        f"parent not in {_UNITS}",
    )
    for table in _REFERRING:
        yield Check(
            "unknown-unit",
            table,
            "unit",
            f"unit not in {_UNITS}",
        )
    if scheme.peer_groups:
        known = ", ".join(map(text, scheme.peer_groups))
        yield Check(
            "unknown-peer-group",
            "units",
            "peer_group",
            f"kind = {text(scheme.appraises)} and level = {text(scheme.level)}"
            f" and coalesce(peer_group, '') not in ({known})",
            expected=text("、".join(scheme.peer_groups)),
        )
    for table in ("measures", "targets"):
        yield _duplicates(table, "measure", "unit", "measure", "period")
    yield Check("target-not-positive", "targets", "value", _declared(scheme, "value <= 0"))
    yield from _record_checks(scheme, other_periods=other_periods)
    yield from _vote_checks(scheme)
    yield _duplicates("results", "unit", "scheme", "unit")
    codes = ", ".join(text(indicator.code) for indicator in scheme.scored())
    yield Check(
        "exempts-unknown-indicator",
        "exemptions",
        "indicator",
        f"scheme = {text(scheme.scheme)} and indicator not in ({codes})",
    )


def _declared(scheme: Scheme, condition: str) -> str:
    codes = ", ".join(text(measure.code) for measure in scheme.measures)
    return f"measure in ({codes}) and {condition}" if codes else "false"


def _thousandths(column: str) -> str:
    """Write thousandths in SQL as people do: -3, 0.5."""
    exact = f"cast(cast({column} as decimal(18,0)) * 0.001 as varchar)"
    return f"rtrim(rtrim({exact}, '0'), '.')"


def _record_checks(scheme: Scheme, *, other_periods: bool) -> Iterator[Check]:
    yield _duplicates("records", "record", "record", code="duplicate-record")
    yield Check(
        "negative-count", "records", "quantity", "quantity < 0", found=_thousandths("quantity")
    )
    yield Check(
        "value-out-of-range", "records", "quality", "quality not between 0 and 5", expected="'0–5'"
    )
    for kind in scheme.record_kinds:
        finer = 10 ** (RECORD_SCALE - kind.scale)
        yield Check(
            "value-too-fine",
            "records",
            "quantity",
            f"kind = {text(kind.code)} and quantity % {finer} <> 0",
            found=_thousandths("quantity"),
        )
    since, until = scheme.period.since.isoformat(), scheme.period.until.isoformat()
    if not other_periods:
        yield Check(
            "date-out-of-period",
            "records",
            "date",
            f"day not between date '{since}' and date '{until}'",
            expected=text(f"{since} – {until}"),
        )


def _vote_checks(scheme: Scheme) -> Iterator[Check]:
    yield Check("negative-count", "ballots", "votes", "votes < 0")
    yield _duplicates("ballots", "unit", "ballot", "unit", "voter_group", "grade")
    for source in sources_of(scheme):
        if isinstance(source, BallotSource):
            mine = f"ballot = {text(source.ballot)} and"
            for column, known in (("grade", source.grades), ("voter_group", source.groups)):
                words = ", ".join(map(text, known))
                yield Check(
                    "word-not-allowed",
                    "ballots",
                    column,
                    f"{mine} {column} not in ({words})",
                    expected=text("、".join(known)),
                )
    yield _duplicates("expert_scores", "unit", "panel", "unit", "expert")
    yield Check(
        "negative-count", "expert_scores", "score", "score < 0", found=_thousandths("score")
    )


def sources_of(scheme: Scheme) -> list[Source]:
    """Return every source a scheme reads, of indicators, gates and vetoes."""
    striking = [one.source for one in scheme.striking()]
    return [*(indicator.source for indicator in scheme.scored()), *striking]


def check_tables(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    scheme: Scheme,
    *,
    other_periods: bool = False,
) -> list[Problem]:
    """Check the typed tables against one another and against the scheme.

    With `other_periods` records outside the scheme's period are left out, otherwise refused.
    """
    present = {table.name: table for table in tables}
    checks = dict.fromkeys(_row_checks(scheme, other_periods=other_periods))
    nobody = con.execute("select 1 from units limit 1").fetchone() is None
    if nobody:  # one problem, not one for each row about somebody
        checks = {check: None for check in checks if check.code != "unknown-unit"}
    failed = {check for name in present for check in _failed(con, name, checks)}
    problems = [
        problem
        for check in checks
        if check in failed
        for problem in rows_at_fault(
            con,
            check.table,
            present[check.table],
            check.code,
            check.condition,
            check.column,
            found=check.found,
            expected=check.expected,
        )
    ]
    if nobody:
        return [Problem("no-units-table", Place("units")), *problems]
    return problems or _tree_problems(con, present["units"], scheme)


def _failed(con: duckdb.DuckDBPyConnection, table: str, checks: Iterable[Check]) -> Iterator[Check]:
    """Find which checks some row of a table fails, all of them in one pass."""
    mine = [check for check in checks if check.table == table]
    if mine:
        each = ", ".join(check.exists or f"bool_or({check.condition})" for check in mine)
        answers = con.execute(f"select {each} from {table}").fetchall()[0]
        yield from (check for check, fails in zip(mine, answers, strict=True) if fails)


def _tree_problems(
    con: duckdb.DuckDBPyConnection, units: RawTable, scheme: Scheme
) -> list[Problem]:
    """Find that nobody is appraised, or a unit that stands above itself."""
    appraised = con.execute(
        f"select count(*) from units where kind = {text(scheme.appraises)}"
        f" and level = {text(scheme.level)}"
    ).fetchone()
    if appraised is None or appraised[0] == 0:
        wanted = f"kind={scheme.appraises}, level={scheme.level}"
        return [Problem("no-units", Place("units"), found=0, expected=wanted)]
    if not any(isinstance(s, RecordsSource) and s.scope == "subtree" for s in sources_of(scheme)):
        return []
    make_below(con)
    circle = "unit in (select unit from below where unit = above and depth > 0)"
    deep = f"unit in (select unit from below where depth = {DEEPEST})"
    for condition in (circle, deep):
        if problems := rows_at_fault(
            con, "units", units, "circular-tree", condition, "parent",
            found="unit", expected=str(DEEPEST),
        ):  # fmt: skip
            return problems
    return []


DEEPEST = 30
"""How many levels a tree of units may have."""


def make_below(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``below``: each unit above, with itself and every unit under it."""
    con.execute(
        "create or replace table below as with recursive up(unit, above, depth) as ("
        " select unit, unit, 0 from units union all"
        f" select up.unit, u.parent, depth + 1 from up join units u on u.unit = up.above"
        f" where u.parent is not null and depth < {DEEPEST})"
        " select unit, above, depth from up"
    )


def missing_inputs(
    con: duckdb.DuckDBPyConnection, needed: Sequence[tuple[str, str, Sequence[str]]]
) -> list[Problem]:
    """Find gaps that the scheme does not allow.

    `needed` holds for each such indicator its code, its title and the columns of ``inputs``;
    where it does not apply a column ``exempt__<code>`` says so.
    """
    held = {row[0] for row in con.execute("describe inputs").fetchall()}
    problems = []
    for code, title, columns in needed:
        gap = " or ".join(f'"{column}" is null' for column in columns)
        applies = f' and "exempt__{code}" = 0' if f"exempt__{code}" in held else ""
        rows = con.execute(
            f"select unit, name from inputs where ({gap}){applies} order by unit"
        ).fetchall()
        if rows:
            units = "、".join(f"{unit} {label}" for unit, label in rows[:10])
            problems.append(
                Problem(
                    "missing-input",
                    Place(path=code),
                    found=len(rows),
                    details={"indicator": title, "units": units + (" …" if len(rows) > 10 else "")},
                )
            )
    return problems
