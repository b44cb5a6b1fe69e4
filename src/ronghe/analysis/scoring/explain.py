"""Where a unit's points come from, what was lost, and which open work would help most.

Works on one row of a run's outcome and those of its peers; computes with the same expressions
as the run, so that an explanation can never disagree with the score it explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ronghe.analysis.scheme.model import Indicator
from ronghe.analysis.scheme.sources import MeasureSource, RecordsSource
from ronghe.analysis.scoring.evaluate import evaluate
from ronghe.analysis.scoring.expressions import Whole, if_gap, scaled, thousandths
from ronghe.analysis.scoring.program import GROWTH_SCALE, Input, Program, Scored, zeroed
from ronghe.analysis.scoring.rules import PeerFigure, peer_column

Row = Mapping[str, Any]
"""A unit's row of the outcome: whole numbers or gaps by column, and the unit's texts."""

Treatment = Literal["scored", "zero", "peer_median", "not_applicable", "exempt", "zeroed"]


@dataclass(frozen=True, slots=True)
class Peers:
    """How the unit stands among its peers on one indicator, in thousandths of a point."""

    scored: int
    best: int
    median: int
    better: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A column's value, or a figure about a column, as a whole number at a scale."""

    column: str
    value: int | None
    scale: int


@dataclass(frozen=True, slots=True)
class Explained:
    """One indicator explained; points and what was lost in thousandths.

    `pool` tells items of a bonus or penalty pool from those of the tree. `inputs` are the values
    that the source gave with their scales, `derived` growth and change, `figures` those of the
    peer group that the rule took into account, each about an input or derived column. `lost` is
    what the tree's full points lack, or what a penalty takes; a bonus loses nothing.
    """

    indicator: Indicator
    pool: Literal["", "bonus", "penalty"]
    points: int | None
    lost: int
    treatment: Treatment
    inputs: tuple[tuple[Input, int | None], ...]
    derived: tuple[Amount, ...]
    figures: tuple[tuple[PeerFigure, Amount], ...]
    struck_by: tuple[str, ...]
    peers: Peers | None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Work still open (待办事项): a target, a case or a task; `quantity` in thousandths.

    `own` is false where it is the work of a unit below, which counts only where the whole
    subtree does.
    """

    item: str
    kind: str
    title: str
    counts_for: str
    quantity: int
    due: str = ""
    owner: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True)
class Headroom:
    """What an open item would add: to the indicators it counts for, and to the total."""

    item: OpenItem
    indicators: tuple[str, ...]
    gain: int


def explain(program: Program, row: Row, peers: Sequence[Row]) -> list[Explained]:
    """Explain every indicator of a unit, in the scheme's order; `peers` include the unit."""
    return [_explained(program, scored, row, peers) for scored in program.scored]


def _explained(program: Program, scored: Scored, row: Row, peers: Sequence[Row]) -> Explained:
    code = scored.indicator.code
    points = row[f"points__{code}"]
    mine = [one for one in program.inputs if one.code == code]
    columns = {column.name for column in scored.needs}
    scales = {i.column: i.scale for i in mine} | {
        f"growth__{code}": GROWTH_SCALE,
        f"change__{code}": mine[0].scale,
    }
    struck = tuple(
        gate.code
        for gate in program.scheme.gates
        if row.get(f"failed__{gate.code}") == 1 and code in gate.zeroes
    )
    pool = _pool_of(program, code)
    return Explained(
        indicator=scored.indicator,
        pool=pool,
        points=points,
        lost=_lost(pool, points, thousandths(scored.indicator.points)),
        treatment=_treatment(scored, row, struck),
        inputs=tuple((one, row[one.column]) for one in mine),
        derived=tuple(
            Amount(column, row[column], scales[column])
            for column, _ in program.derived
            if column in columns
        ),
        figures=tuple(
            (figure, _figure_amount(figure, column, row, scales))
            for figure, column in program.peer_figures
            if column in columns
        ),
        struck_by=struck,
        peers=_among(f"points__{code}", points, peers),
    )


def _pool_of(program: Program, code: str) -> Literal["", "bonus", "penalty"]:
    for pool in program.scheme.pools:
        if any(item.code == code for item in pool.items):
            return pool.kind
    return ""


def _lost(pool: str, points: int | None, full: int) -> int:
    if points is None or pool == "bonus":
        return 0
    return points if pool == "penalty" else max(0, full - points)


def _figure_amount(figure: PeerFigure, column: str, row: Row, scales: Mapping[str, int]) -> Amount:
    valued = figure in ("least", "greatest", "total")
    return Amount(column, row[peer_column(figure, column)], scales[column] if valued else 0)


def _treatment(scored: Scored, row: Row, struck: tuple[str, ...]) -> Treatment:
    if row.get(f"exempt__{scored.indicator.code}") == 1:
        return "exempt"
    if struck:
        return "zeroed"
    if any(row[column.name] is None for column in scored.needs) and scored.missing != "error":
        return scored.missing
    return "scored"


def _among(column: str, points: int | None, peers: Sequence[Row]) -> Peers | None:
    known = sorted(peer[column] for peer in peers if peer[column] is not None)
    if points is None or not known:
        return None
    return Peers(
        scored=len(known),
        best=known[-1],
        median=known[(len(known) + 1) // 2 - 1],
        better=sum(other > points for other in known),
    )


def rescored(
    program: Program, row: Row, peers: Sequence[Row], changes: Mapping[str, int]
) -> dict[str, Any]:
    """Compute a unit's row again with other inputs; the peers stay as they are.

    Parameters
    ----------
    changes
        New values of input columns, as whole numbers at their scale.
    """
    new: dict[str, Any] = {**row, **changes}
    for column, expression in program.derived:
        new[column] = evaluate(expression, new)
    others = [peer for peer in peers if peer["unit"] != row["unit"]]
    for figure, column in program.peer_figures:
        if new[column] != row[column]:
            new[peer_column(figure, column)] = _figure(figure, column, new, others)
    for column, expression in program.strikes:
        new[column] = evaluate(expression, new)
    for scored in program.scored:
        watched = [column.name for column in scored.needs]
        watched += [f"failed__{gate.code}" for gate in program.scheme.gates]
        if any(new[column] != row[column] for column in watched):
            new[f"points__{scored.indicator.code}"] = _points(program, scored, new)
    for column, expression in (pair for layer in program.sums for pair in layer):
        new[column] = evaluate(expression, new)
    return new


def _points(program: Program, scored: Scored, row: Row) -> int | None:
    """Score one indicator over its inputs, its missing value by its policy."""
    code = scored.indicator.code
    if row.get(f"exempt__{code}") == 1:
        return None
    points = evaluate(if_gap(scored.needs, None, scored.raw), row)
    if points is None and scored.missing == "zero":
        points = 0
    if points is None and scored.missing == "peer_median":
        points = row.get(f"median__{code}")
    return None if points is None else evaluate(zeroed(Whole(points), code, program.scheme), row)


def _figure(figure: PeerFigure, column: str, row: Row, others: Iterable[Row]) -> int | None:
    mine: int | None = row[column]
    rest: list[int] = [other[column] for other in others if other[column] is not None]
    known = rest if mine is None else [*rest, mine]
    match figure:
        case "count":
            return len(known)
        case "total":
            return sum(known)
        case "least":
            return min(known, default=None)
        case "greatest":
            return max(known, default=None)
        case "rank_more":
            return None if mine is None else 1 + sum(other > mine for other in rest)
        case "rank_less":
            return None if mine is None else 1 + sum(other < mine for other in rest)


def headroom(
    program: Program, row: Row, peers: Sequence[Row], items: Iterable[OpenItem]
) -> list[Headroom]:
    """Say what each open item would add to the unit's total, the most helpful first.

    Only real work counts: records of a kind whose nature is work, and measures. Meetings,
    documents and entries are never suggested, whatever they would add.
    """
    found = []
    for item in items:
        changes = _changes(program, row, item)
        if not changes or row["total"] is None:
            continue
        total = rescored(program, row, peers, changes)["total"]
        if total is not None and total > row["total"]:
            codes = tuple(dict.fromkeys(column.split("__", 1)[1] for column in changes))
            found.append(Headroom(item, codes, total - row["total"]))
    return sorted(found, key=lambda one: (-one.gain, one.item.due or "9999", one.item.item))


def _changes(program: Program, row: Row, item: OpenItem) -> dict[str, int]:
    """Return the inputs as they would stand with the item done."""
    work = {kind.code for kind in program.scheme.record_kinds if kind.nature == "work"}
    changes = {}
    for one in program.inputs:
        now = row.get(one.column)
        if one.target or now is None or not one.column.startswith("value__"):
            continue
        match one.source:
            case RecordsSource(function="count" | "sum", cap=None) as source:
                counts = item.counts_for in source.of and item.counts_for in work
                if counts and (item.own or source.scope == "subtree"):
                    more = 1 if source.function == "count" else item.quantity
                    changes[one.column] = now + more
            case MeasureSource(measure=code, period="current"):
                if code == item.counts_for and item.own:
                    quantity = Decimal(item.quantity) / 1000
                    changes[one.column] = now + _at_scale(quantity, one.scale)
    return changes


def open_targets(program: Program, row: Row) -> list[OpenItem]:
    """Return the unit's own targets not yet reached, as open work: what is still to do of each."""
    found = []
    for one in program.inputs:
        if not one.target or not isinstance(one.source, MeasureSource):
            continue
        now, wanted = row.get(f"value__{one.code}"), row.get(one.column)
        if now is not None and wanted is not None and wanted > now:
            measure = one.source.measure
            title = next(m.title.zh for m in program.scheme.measures if m.code == measure)
            gap = (wanted - now) * 1000 // 10**one.scale
            found.append(OpenItem(measure, "target", title, measure, gap))
    return found


def _at_scale(quantity: Decimal, scale: int) -> int:
    """Return a quantity at a measure's scale, what is finer cut off."""
    return scaled(quantity.quantize(Decimal(1).scaleb(-scale), rounding="ROUND_DOWN"), scale)


def losses(explained: Iterable[Explained]) -> list[Explained]:
    """Return the indicators on which points were lost, the most first."""
    return sorted(
        (one for one in explained if one.lost > 0),
        key=lambda one: (-one.lost, one.indicator.code),
    )
