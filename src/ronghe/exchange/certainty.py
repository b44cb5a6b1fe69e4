"""How sure the ranks and grades of a run are, put beside them in its table ``outcome``.

Persons are not ranked in public: for them nothing is computed, and nothing heavy imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import duckdb

from ronghe.analysis.scheme.model import Grading
from ronghe.analysis.scoring.program import Program
from ronghe.analysis.scoring.sql import name

if TYPE_CHECKING:
    from ronghe.analysis.outcome import Outcome
    from ronghe.analysis.robustness import Certainty, GradeRules

CHANCE = "chance__"
"""Columns with the probability of each grade, by its number from 1, and of ``none``."""

WHOLE = 10_000
"""Probabilities are held in hundredths of a percent."""

TOO_MANY = "certainty-left-out"
"""The code of the problem that says why there is nothing."""


def add_certainty(
    con: duckdb.DuckDBPyConnection, program: Program, quotas: Mapping[str, Fraction]
) -> dict[str, Any] | None:
    """Add rank intervals (名次区间), bands (档) and probabilities of grades to ``outcome``.

    Units with a total get ``rank_low``, ``rank_high`` and ``band``, and those that are graded
    ``chance__1``, … ``chance__none``; others have gaps there.

    Parameters
    ----------
    quotas
        The share (0 to 1) of those graded that a grade may have, by grade code.

    Returns
    -------
    What the account of the run keeps: how it was computed, or why not (``left_out``). None where
    persons are appraised or nobody has a total: nothing was added.
    """
    if program.scheme.about_people:
        return None
    import numpy as np

    from ronghe.analysis.robustness import appraisal, certainty, too_many
    from ronghe.exchange.outcome import read_outcome

    sizes = con.execute("select count(total) from outcome group by peer_group").fetchall()
    ranked = [size for (size,) in sizes]
    if too_many(ranked):
        most = {"group": appraisal.LARGEST_GROUP, "all": appraisal.MOST_UNITS}
        return {"left_out": TOO_MANY, "most": most}
    if not sum(ranked):
        return None
    outcome = read_outcome(con, program).ranked()
    found = certainty(outcome, grade_rules(con, program, quotas, outcome))
    _join(con, outcome, found, program.grades)
    return {
        "draws": found.draws,
        "spread": str(appraisal.SPREAD),
        "gaps": found.gaps,
        "confidence": str(appraisal.CONFIDENCE),
        "doubt": str(appraisal.DOUBT),
        "seed": appraisal.SEED,
        "numpy": np.__version__,
    }


def grade_rules(
    con: duckdb.DuckDBPyConnection,
    program: Program,
    quotas: Mapping[str, Fraction],
    outcome: Outcome,
) -> GradeRules | None:
    """Return how the units of an outcome are graded, None where the scheme gives no grades."""
    grading = program.scheme.grading
    if grading is None:
        return None
    from ronghe.analysis.robustness import GradeRules

    scope = {"peer_group": "peer_group", "parent": "parent", "all": "''"}[grading.within]
    rows = con.execute(
        f"select unit, coalesce({scope}, ''),"
        f" case when graded then {_best(program, grading)} else 0 end,"
        f" row_number() over (order by {_precedence(program, grading)}) from outcome"
    ).fetchall()
    found = {unit: rest for unit, *rest in rows}
    scopes, best, order = zip(*(found[unit] for unit in outcome.units), strict=True)
    import numpy as np

    return GradeRules(
        limits=tuple(float(grade.at_least) for grade in grading.grades),
        quotas=tuple(quotas.get(grade.code) for grade in grading.grades),
        scopes=scopes,
        best=np.array(best, np.int64),
        order=np.array(order, np.int64),
        together=grading.ties == "next_grade",
    )


def _best(program: Program, grading: Grading) -> str:
    """Write the number of the best grade that gates and vetoes leave to a unit."""
    codes = [grade.code for grade in grading.grades]
    ceilings = [
        f"case when {name('failed__' + one.code)} = 1 then {codes.index(one.ceiling) + 1} end"
        for one in program.scheme.striking()
        if one.ceiling
    ]
    return f"greatest({', '.join(['1', *ceilings])})"


def _precedence(program: Program, grading: Grading) -> str:
    """Write who goes first among equal totals."""
    leaves = {one.indicator.code for one in program.scored}
    breakers = [
        name(f"{'points' if code in leaves else 'node'}__{code}") + " desc nulls last"
        for code in grading.tie_breakers
    ]
    return ", ".join([*breakers, "unit"])


def _join(con: duckdb.DuckDBPyConnection, outcome: Outcome, found: Certainty, grades: int) -> None:
    """Put the figures beside the units, which keep their order."""
    columns: dict[str, list[Any]] = {
        "unit": list(outcome.units),
        "rank_low": found.low.tolist(),
        "rank_high": found.high.tolist(),
        "band": found.band.tolist(),
    }
    numbers = [*map(str, range(1, grades + 1)), "none"] if grades else []
    for number, shares in zip(numbers, found.grade_shares.T.tolist(), strict=True):
        columns[CHANCE + number] = [None if s != s else round(s * WHOLE) for s in shares]
    listed = ", ".join(
        f"unnest(cast(${n} as {'varchar' if column == 'unit' else 'bigint'}[])) as {name(column)}"
        for n, column in enumerate(columns, start=1)
    )
    con.execute(f"create or replace temp table certain as select {listed}", [*columns.values()])
    con.execute(
        "create or replace table outcome as select o.*, c.* exclude (unit)"
        " from outcome o left join certain c on c.unit = o.unit"
        " order by o.peer_group, o.rank nulls last, o.unit"
    )
    con.execute("drop table certain")
