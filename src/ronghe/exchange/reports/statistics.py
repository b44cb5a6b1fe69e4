"""Figures of a run for its reports, computed in the database and whole throughout.

Quartiles are observed values (the lower one where two qualify). Points are thousandths, shares
hundredths of a percent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ronghe.analysis.scheme.model import Gate, Indicator, Veto
from ronghe.analysis.scoring.expressions import thousandths
from ronghe.analysis.scoring.program import Scored
from ronghe.analysis.scoring.sql import WIDE, name, text
from ronghe.exchange.reports.folder import RunFolder, UnitRow
from ronghe.exchange.reports.shares import Attribute, share_of

BINS = 20
"""Into how many bins, from no points to full points, a distribution is drawn."""

SMALLEST = 10
"""Figures of fewer people than this would show single persons; such groups are merged."""

TOTAL = "total"
NAMED = 30
"""So many units are named where a gate or veto strikes; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of an indicator's points, or of totals, over the units that have them."""

    full: int
    count: int
    least: int | None
    quartiles: tuple[int | None, int | None, int | None]
    greatest: int | None
    sum: int | None
    at_full: int
    at_zero: int
    bins: tuple[int, ...]


def hidden(run: RunFolder) -> bool:
    """Tell whether so few people were appraised that any figure would show single persons."""
    return run.about_people and run.count < SMALLEST


def spreads(run: RunFolder) -> dict[str, Spread]:
    """Return the distribution of the total (`TOTAL`) and of every indicator, by code."""
    columns = {TOTAL: "total"} | {
        s.indicator.code: f"points__{s.indicator.code}" for s in run.program.scored
    }
    worths = {TOTAL: thousandths(run.scheme.points)} | {
        s.indicator.code: thousandths(s.indicator.points) for s in run.program.scored
    }
    return {code: _spread(run, column, worths[code], "true") for code, column in columns.items()}


def total_spread(run: RunFolder, condition: str) -> Spread:
    """Return the distribution of the totals of the units for which a condition in SQL holds."""
    return _spread(run, TOTAL, thousandths(run.scheme.points), condition)


def _spread(run: RunFolder, column: str, full: int, condition: str) -> Spread:
    c = name(column)
    figures = run.rows(
        f"select count({c}), min({c}), quantile_disc({c}, [0.25, 0.5, 0.75]), max({c}),"
        f" cast(sum({c}) as hugeint), count(*) filter ({c} >= {full}),"
        f" count(*) filter ({c} <= 0) from outcome where {condition}"
    )[0]
    placed = run.rows(
        f"select greatest(0, least({BINS - 1}, {c} * {BINS} // {full})) as bin, count(*)"
        f" from outcome where {c} is not null and {condition} group by bin order by bin"
    )
    found = {int(bin_): count for bin_, count in placed}
    count, least, quartiles, greatest, total, at_full, at_zero = figures
    first, second, third = quartiles or (None, None, None)
    bins = tuple(found.get(number, 0) for number in range(BINS))
    return Spread(
        full, count, least, (first, second, third), greatest, total, at_full, at_zero, bins
    )


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many units lack an indicator's data, and to how many it does not apply."""

    indicator: Indicator
    missing: int
    exempt: int


def gaps(run: RunFolder) -> list[Gaps]:
    """Return the indicators with gaps or exemptions, in the scheme's order."""
    found = []
    for scored in run.program.scored:
        exempt = f"exempt__{scored.indicator.code}"
        applies = f"{name(exempt)} = 0" if exempt in run.columns else "true"
        row = run.rows(
            f"select count(*) filter ({missing_condition(scored)} and {applies}),"
            f" count(*) filter (not ({applies})) from outcome"
        )[0]
        if any(row):
            found.append(Gaps(scored.indicator, *row))
    return found


def missing_condition(scored: Scored) -> str:
    """Write the condition under which an indicator's data are missing."""
    return "(" + " or ".join(f"{name(column.name)} is null" for column in scored.needs) + ")"


@dataclass(frozen=True, slots=True)
class Strike:
    """How many units a gate (前置条件) or veto (一票否决) struck, and the first of them by name."""

    rule: Gate | Veto
    count: int
    names: tuple[str, ...]


def strikes(run: RunFolder) -> list[Strike]:
    """Return every gate and veto with what it struck; persons are counted, never named."""
    found = []
    rules: list[Gate | Veto] = [*run.scheme.gates, *run.scheme.vetoes]
    for rule in rules:
        struck = f"from outcome where {name('failed__' + rule.code)} = 1"
        count = run.rows(f"select count(*) {struck}")[0][0]
        names = (
            run.rows(f"select name {struck} order by unit limit {NAMED}")
            if count and not run.about_people
            else []
        )
        found.append(Strike(rule, count, tuple(label for (label,) in names)))
    return found


def grade_counts(run: RunFolder, condition: str = "true") -> list[int]:
    """Return how many units have each grade, the best first, then how many have none."""
    found = dict(
        run.rows(
            "select coalesce(grade, 0), count(*) from outcome"
            f" where {condition} group by 1 order by 1"
        )
    )
    return [found.get(number, 0) for number in (*range(1, run.program.grades + 1), 0)]


def reached(run: RunFolder, threshold: int) -> int:
    """Count the graded units whose total reaches a threshold in thousandths."""
    query = f"select count(*) from outcome where graded and total >= {threshold}"
    return int(run.rows(query)[0][0])


def group_sizes(run: RunFolder, column: str) -> list[tuple[str, int]]:
    """Return the peer groups (or parents) and how many units each has."""
    return run.rows(
        f"select coalesce({name(column)}, ''), count(*) from outcome group by 1 order by 1"
    )


def large_enough(sizes: Iterable[tuple[str, int]], smallest: int = SMALLEST) -> list[list[str]]:
    """Merge groups so that none shown has fewer than `smallest` people.

    Each group large enough stands alone, in the given order; the others come together in a last
    one, with the next smallest added until that is large enough too. Without enough people in
    all, nothing is shown.

    >>> large_enough([("a", 9), ("b", 2), ("c", 5), ("d", 7)], smallest=5)
    [['a'], ['d'], ['b', 'c']]
    """
    sizes = list(sizes)
    merged = [group for group in sizes if group[1] < smallest]
    others = sorted((g for g in sizes if g[1] >= smallest), key=lambda g: g[1], reverse=True)
    while merged and sum(size for _, size in merged) < smallest:
        if not others:
            return []
        merged.append(others.pop())
    together = {label for label, _ in merged}
    alone = [[label] for label, _ in sizes if label not in together]
    return alone + ([[label for label, _ in merged]] if merged else [])


def among(column: str, labels: Iterable[str]) -> str:
    """Write the condition that a unit belongs to one of these groups."""
    return f"coalesce({name(column)}, '') in ({', '.join(map(text, labels))})"


Shares = tuple[int | None, ...]


def unit_shares(
    run: RunFolder, attribute: Attribute, wanted: Iterable[str], units: Iterable[UnitRow] | None
) -> dict[str, Shares]:
    """Return the units' shares of each side or dimension, by unit code.

    None where the scheme, or the unit, has nothing of it. `units`: only these; None for all.
    """
    columns = []
    for one in wanted:
        share = share_of(run.scheme, attribute, one)
        columns.append(WIDE(share) if share else "cast(null as bigint)")
    chosen = ""
    if units is not None:
        codes = ", ".join(text(row.unit) for row in units)
        chosen = f" where unit in ({codes})" if codes else " where false"
    found = run.rows(f"select unit, {', '.join(columns)} from outcome{chosen} order by unit")
    return {row[0]: tuple(row[1:]) for row in found}


def mean_shares(run: RunFolder, attribute: Attribute, wanted: Iterable[str]) -> Shares:
    """Return the mean over the units of each share, rounded half away from zero."""
    found = unit_shares(run, attribute, wanted, None).values()
    means = []
    for column in zip(*found, strict=True):
        values = [value for value in column if value is not None]
        means.append(round_mean(values))
    return tuple(means)


def round_mean(values: list[int]) -> int | None:
    """Return the mean of whole numbers that are not negative, rounded half up; of none, a gap."""
    return (2 * sum(values) + len(values)) // (2 * len(values)) if values else None


def node_shares(run: RunFolder) -> list[tuple[str, int]]:
    """Return the code of each group at the top with the mean share of its points, in order."""
    found = []
    for node in run.scheme.indicators:
        if isinstance(node, Indicator):
            continue
        column = name(f"node__{node.code}")
        total, count = run.rows(
            f"select cast(sum({column}) as hugeint), count({column}) from outcome"
        )[0]
        if count:
            full = thousandths(node.points)
            found.append((node.code, (2 * 10_000 * total + full * count) // (2 * full * count)))
    return found
