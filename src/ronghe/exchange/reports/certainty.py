"""How sure the ranks and grades of a run are, in words, figures and pictures for its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ronghe import wording
from ronghe.analysis.errors import Place, Problem
from ronghe.exchange.charts import Span, spans
from ronghe.exchange.reports.folder import RunFolder, UnitRow
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.numbers import fraction_text, percent_text
from ronghe.exchange.reports.told import grade_title
from ronghe.wording.explanation import interval

SURE = 9_500
"""In hundredths of a percent: a grade less probable than this is in doubt."""

DOUBTFUL = 100
"""So many units whose grade is in doubt are listed at most."""


def certainty_in_words(run: RunFolder, say: Labels) -> str:
    """Say what was drawn how often and what intervals and bands mean, or why there are none.

    Empty where persons are appraised, or an older run said nothing.
    """
    told = run.account.get("certainty")
    if not told:
        return ""
    if "left_out" in told:
        problem = Problem(told["left_out"], Place(), details=told["most"])
        return wording.say(problem, say.language)
    return say(
        "certainty-said-gaps" if told["gaps"] else "certainty-said",
        draws=f"{told['draws']:,}",
        spread=fraction_text(Fraction(told["spread"])),
        confidence=fraction_text(Fraction(told["confidence"])),
    )


def unit_in_words(run: RunFolder, row: Mapping[str, Any], say: Labels) -> list[str]:
    """Say how sure one unit's rank and grade are; nothing where that is not known."""
    if row.get("band") is None:
        return []
    between = interval(row["rank_low"], row["rank_high"])
    said = [say("unit-interval", interval=between, band=row["band"])]
    chances = [row[column] for column in chance_columns(run)]
    if run.scheme.grading and chances and None not in chances:
        shares = zip(grade_titles(run, say), chances, strict=False)
        likely = [
            say("notice-share", name=title, share=percent_text(c)) for title, c in shares if c
        ]
        said.append(say("unit-chances", grades=say.joined(likely)))
    return [*said, certainty_in_words(run, say)]


def interval_chart(rows: Sequence[UnitRow], group: str, say: Labels) -> str:
    """Draw the intervals of a peer group's units in their order; nothing where there are none."""
    drawn = []
    for row in rows:
        if row.rank is None or row.low is None or row.high is None:
            continue
        between = interval(row.low, row.high)
        told = say("span-told", name=row.name, rank=row.rank, interval=between, band=row.band)
        drawn.append(Span(row.name, row.rank, row.low, row.high, str(row.band), told))
    if not drawn:
        return ""
    title = say("intervals-of", group=group)
    return spans(title, say("intervals-told"), drawn, x=say("rank"), group=say("band"))


@dataclass(frozen=True, slots=True)
class DoubtfulGrades:
    """Units whose grade is in doubt: what to say, and a line for each of the first of them."""

    said: str
    head: list[str]
    lines: list[list[str]]


def chance_columns(run: RunFolder) -> list[str]:
    """Return the columns with the probability of each grade, and of none where that occurs."""
    if "chance__none" not in run.columns:
        return []
    grades = [f"chance__{number}" for number in range(1, run.program.grades + 1)]
    none = run.rows("select coalesce(max(chance__none), 0) > 0 from outcome")[0][0]
    return [*grades, "chance__none"] if none else grades


def grade_titles(run: RunFolder, say: Labels) -> list[str]:
    """Return what `chance_columns` are about: each grade, then none."""
    grades = run.scheme.grading.grades if run.scheme.grading else []
    return [*(say.title(grade.title) for grade in grades), say("no-grade")]


def doubtful_grades(run: RunFolder, say: Labels) -> DoubtfulGrades | None:
    """Return whose grade is in doubt, None where no probabilities are known."""
    columns = chance_columns(run)
    if not columns or run.scheme.grading is None:
        return None
    numbers = range(1, run.program.grades + 1)
    cases = " ".join(f"when {number} then chance__{number}" for number in numbers)
    doubt = f"from outcome where case grade {cases} else chance__none end < {SURE}"
    count = run.rows(f"select count(*) {doubt}")[0][0]
    rows = run.rows(
        f"select name, grade, {', '.join(columns)} {doubt}"
        f" order by peer_group nulls first, rank, unit limit {DOUBTFUL}"
    )
    sure = fraction_text(Fraction(SURE, 10_000))
    return DoubtfulGrades(
        said=say("chances-said" if count else "chances-sure", sure=sure, count=count),
        head=grade_titles(run, say)[: len(columns)],
        lines=[
            [name, grade_title(run.scheme, grade, say), *map(percent_text, chances)]
            for name, grade, *chances in rows
        ],
    )
