"""What is missing of a round, noted for the desks of those who supply it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors.rounds import missing_of, units_of
from ronghe.apps.desk import ticks
from ronghe.apps.registry.models import Node

DEPTH = 2
"""Units are counted under the county's direct parts: townships, committees, departments."""


@ticks.every(minutes=15)
def note_missing() -> None:
    """Note what is missing of every round that is collecting."""
    for round_ in Round.objects.filter(stage=Stage.COLLECTING).select_related("node", "version"):
        note(round_)


def note(round_: Round) -> None:
    """Note what a round lacks now."""
    units = units_of(round_)
    paths = dict(Node.objects.filter(path__startswith=round_.node.path).values_list("code", "path"))
    noted: list[dict[str, Any]] = []
    for one in missing_of(round_, units):
        if not one.units:
            continue
        places = (paths.get(code) or paths.get(units.above[code]) for code in one.units)
        under = Counter(_part(place or round_.node.path) for place in places)
        need = one.need
        noted.append(
            {
                "kind": need.kind,
                "code": need.code,
                "title": {"zh": need.title.zh, "en": need.title.en},
                "period": need.period,
                "supplier": need.supplier,
                "under": dict(under),
            }
        )
    Round.objects.filter(pk=round_.pk).update(missing=noted)


def _part(path: str) -> str:
    return "".join(f"{step}/" for step in path.split("/")[:DEPTH] if step)
