"""Results side by side (对比): a unit with others, with the median of its peers, with last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.analysis.scheme.model import Scheme
from ronghe.apps.appraisal.explaining import worths
from ronghe.apps.appraisal.models import Result
from ronghe.apps.appraisal.selectors.rounds import SMALLEST, previous_round, scheme_of
from ronghe.ui.charts import Waterfall

SHOWN = 12
"""So many differences have a bar of their own."""

Scores = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One side: its name, its total and points by indicator, in thousandths."""

    name: str
    total: int | None
    scores: Scores


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: the points of each side, and what the first has over the second in all."""

    title: str
    full: int
    points: list[int | None]
    difference: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sides beside each other; the drawing leads from the second to the first."""

    columns: list[Column]
    rows: list[Row]
    drawing: Waterfall | None


def column_of(result: Result, name: str = "") -> Column:
    """Return a result as a side."""
    return Column(name or result.name, result.total, result.scores)


def median_of_peers(result: Result) -> Column | None:
    """Return the medians of a unit's peer group; None for persons, and where there are few."""
    if scheme_of(result.run.round).about_people:
        return None
    held = Result.objects.filter(run=result.run_id, group=result.group)
    rows = [
        (total, scores)
        for total, scores in held.values_list("total", "scores")
        if total is not None
    ]
    if len(rows) < SMALLEST:
        return None
    codes = {code for _total, scores in rows for code in scores}
    known = {
        code: [scores[code] for _total, scores in rows if scores.get(code) is not None]
        for code in codes
    }
    middle = {code: round(median(values)) if values else None for code, values in known.items()}
    return Column(_("同类组中位数"), round(median(total for total, _scores in rows)), middle)


def year_before(result: Result) -> Column | None:
    """Return the same unit's result in the round before; None without one."""
    before = previous_round(result.run.round)
    found = before and Result.objects.filter(run=before.run, unit=result.unit).first()
    return column_of(found, before.period) if before and found else None


def comparison(scheme: Scheme, columns: Sequence[Column]) -> Comparison:
    """Put sides beside each other, indicator by indicator in the order of the scheme."""
    signs = _worth_and_sign(scheme)
    rows = [
        Row(
            str((get_language() == "en" and one.title.en) or one.title.zh),
            int(one.points * 1000),
            [side.scores.get(one.code) for side in columns],
            _difference(columns, one.code, signs[one.code]),
        )
        for one in scheme.scored()
    ]
    return Comparison(list(columns), rows, _drawn(columns, rows))


def _worth_and_sign(scheme: Scheme) -> dict[str, Fraction]:
    """Return what a point of each indicator adds to the total: less than nought in a penalty."""
    found = worths(scheme)
    for pool in scheme.pools:
        sign = Fraction(-1 if pool.kind == "penalty" else 1)
        found |= {item.code: sign for item in pool.items}
    return found


def _difference(columns: Sequence[Column], code: str, worth: Fraction) -> int | None:
    """Return what the first side has over the second, in thousandths of the total."""
    if len(columns) < 2:
        return None
    own, other = columns[0].scores.get(code), columns[1].scores.get(code)
    return None if own is None or other is None else round(worth * (own - other))


def _drawn(columns: Sequence[Column], rows: Sequence[Row]) -> Waterfall | None:
    """Draw the largest differences on the way from the second side to the first."""
    if len(columns) < 2:
        return None
    own, other = columns[0], columns[1]
    if own.total is None or other.total is None:
        return None
    known = [(row.title, row.difference) for row in rows if row.difference]
    largest = sorted(known, key=lambda one: (-abs(one[1]), one[0]))[:SHOWN]
    shown = sorted(largest, key=lambda one: (-one[1], one[0]))
    rest = own.total - other.total - sum(change for _title, change in shown)
    steps = [*shown, *([(_("其余各项和限制"), rest)] if rest else [])]
    told = {"own": own.name, "other": other.name}
    return Waterfall(
        _("差在哪里：从%(other)s到%(own)s") % told,
        _("按折算后的总分计，高的在前，低的在后。"),
        (other.name, other.total / 1000),
        [(title, change / 1000) for title, change in steps],
        own.name,
        _("分"),
    )
