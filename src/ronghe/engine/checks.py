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
from ronghe.engine.database import Database
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


def _data_checks() -> Iterator[Check]:
    """Yield what any data must satisfy, whatever scheme will read them."""
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
    yield Check("unknown-parent", "units", "parent", f"parent not in {_UNITS}")
    for table in _REFERRING:
        yield Check("unknown-unit", table, "unit", f"unit not in {_UNITS}")
    for table in ("measures", "targets"):
        yield _duplicates(table, "measure", "unit", "measure", "period")
    yield _duplicates("records", "record", "record", code="duplicate-record")
    yield Check(
        "negative-count", "records", "quantity", "quantity < 0", found=_thousandths("quantity")
    )
    yield Check(
        "value-out-of-range", "records", "quality", "quality not between 0 and 5", expected="'0–5'"
    )
    yield Check("negative-count", "ballots", "votes", "votes < 0")
    yield _duplicates("ballots", "unit", "ballot", "unit", "voter_group", "grade")
    yield _duplicates("expert_scores", "unit", "panel", "unit", "expert")
    yield Check(
        "negative-count", "expert_scores", "score", "score < 0", found=_thousandths("score")
    )
    yield _duplicates("results", "unit", "scheme", "unit")


def _scheme_checks(scheme: Scheme, *, other_periods: bool) -> Iterator[Check]:
    """Yield what the data must satisfy so that a scheme can run on them."""
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
    yield Check("target-not-positive", "targets", "value", _declared(scheme, "value <= 0"))
    yield from _record_checks(scheme, other_periods=other_periods)
    yield from _vote_checks(scheme)
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
    for kind in scheme.record_kinds:
        finer = 10 ** (RECORD_SCALE - kind.scale)
        if finer > 1:
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
    checks = [*_data_checks(), *_scheme_checks(scheme, other_periods=other_periods)]
    problems = _found_by(con, tables, checks) or nobody_appraised(con, scheme)
    if problems or not reads_below(scheme):
        return problems
    return circular_tree(con, _units(tables))


def check_data(con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable]) -> list[Problem]:
    """Check the typed tables against one another, before any scheme is known."""
    return _found_by(con, tables, list(_data_checks())) or circular_tree(con, _units(tables))


def _units(tables: Sequence[RawTable]) -> RawTable:
    return next(table for table in tables if table.name == "units")


def check_against_scheme(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    scheme: Scheme,
    *,
    other_periods: bool = False,
) -> list[Problem]:
    """Check tables against the scheme that have been checked against one another."""
    checks = list(_scheme_checks(scheme, other_periods=other_periods))
    return _found_by(con, tables, checks)


def check_changes(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    scheme: Scheme,
    *,
    other_periods: bool = False,
) -> list[Problem]:
    """Check the typed tables of a correction as far as they can be checked without the rest."""
    checks = [*_data_checks(), *_scheme_checks(scheme, other_periods=other_periods)]
    alone = [check for check in checks if check.code not in ("unknown-unit", "unknown-parent")]
    return _problems_of(con, tables, alone)


def _found_by(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], checks: Sequence[Check]
) -> list[Problem]:
    nobody = con.execute("select 1 from units limit 1").fetchone() is None
    if nobody:  # one problem, not one for each row about somebody
        checks = [check for check in checks if check.code != "unknown-unit"]
    problems = _problems_of(con, tables, checks)
    return [Problem("no-units-table", Place("units")), *problems] if nobody else problems


def _problems_of(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], checks: Sequence[Check]
) -> list[Problem]:
    present = {table.name: table for table in tables}
    checks = list(dict.fromkeys(checks))
    failed = {check for name in present for check in _failed(con, name, checks)}
    return [
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


def _failed(con: duckdb.DuckDBPyConnection, table: str, checks: Iterable[Check]) -> Iterator[Check]:
    """Find which checks some row of a table fails, all of them in one pass."""
    mine = [check for check in checks if check.table == table]
    if mine:
        each = ", ".join(check.exists or f"bool_or({check.condition})" for check in mine)
        answers = con.execute(f"select {each} from {table}").fetchall()[0]
        yield from (check for check, fails in zip(mine, answers, strict=True) if fails)


def nobody_appraised(con: duckdb.DuckDBPyConnection, scheme: Scheme) -> list[Problem]:
    """Find that no unit is of the kind and level that the scheme appraises."""
    appraised = con.execute(
        f"select 1 from units where kind = {text(scheme.appraises)}"
        f" and level = {text(scheme.level)} limit 1"
    ).fetchone()
    if appraised:
        return []
    wanted = f"kind={scheme.appraises}, level={scheme.level}"
    return [Problem("no-units", Place("units"), found=0, expected=wanted)]


def reads_below(scheme: Scheme) -> bool:
    """Tell whether a scheme counts the records of everything under a unit."""
    return any(isinstance(s, RecordsSource) and s.scope == "subtree" for s in sources_of(scheme))


def circular_tree(con: duckdb.DuckDBPyConnection, units: RawTable) -> list[Problem]:
    """Find a unit that stands above itself; leaves the table ``below``."""
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
    con: Database, needed: Sequence[tuple[str, str, Sequence[str]]]
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
