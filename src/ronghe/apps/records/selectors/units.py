"""What is counted: units of organisations, and where a unit stands in the data tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.members.models import PARTY_KINDS
from ronghe.apps.records.models import Unit, UnitKind, UnitLevel
from ronghe.apps.registry.models import BUSINESS_KINDS, Kind, Level, Node

_OF_LEVEL = {Level.COUNTY: UnitLevel.COUNTY, Level.TOWNSHIP: UnitLevel.TOWNSHIP}
_BUSINESSES = set(BUSINESS_KINDS)


def stands_as(kind: str, level: int, above: str = "") -> tuple[str, str] | None:
    """Return the kind and level that a node has as a unit; None where it is none by itself.

    ``above`` is the kind of the node above: a branch below a village is the village's, one below
    a business the business's, and the Party committee of a township is the township itself.
    """
    if kind == Kind.VILLAGE:
        return UnitKind.AREA, UnitLevel.VILLAGE
    if kind not in {*PARTY_KINDS, Kind.COUNTY, Kind.TOWNSHIP}:
        return None
    if kind == Kind.PARTY_COMMITTEE and above == Kind.TOWNSHIP:
        return None
    if level in _OF_LEVEL:
        return UnitKind.ORGANISATION, _OF_LEVEL[Level(level)]
    if above == Kind.VILLAGE:
        return UnitKind.ORGANISATION, UnitLevel.VILLAGE
    if above in _BUSINESSES:
        return UnitKind.ORGANISATION, UnitLevel.ENTERPRISE
    return UnitKind.ORGANISATION, UnitLevel.BRANCH


def levels_of(units: Iterable[Unit]) -> dict[int, str]:
    """Return the level of each unit, stated or following from its node; empty where unknown."""
    units = list(units)
    above = {one.pk: _above(one.node.path) for one in units}
    kinds = dict(Node.objects.filter(pk__in=set(above.values())).values_list("pk", "kind"))
    return {
        one.pk: one.level or _level(one.node, kinds.get(above[one.pk] or 0, "")) for one in units
    }


def _above(path: str) -> int | None:
    ids = path.rstrip("/").split("/")
    return int(ids[-2]) if len(ids) > 1 else None


def _level(node: Node, above: str) -> str:
    if node.kind in _BUSINESSES:
        return UnitLevel.ENTERPRISE
    stands = stands_as(node.kind, node.level, above)
    return stands[1] if stands else ""


def units_within(user: Any, power: str) -> QuerySet[Unit]:
    """Return the units at the places where somebody may use a power."""
    within = user.reach(power).within("node__path")
    return Unit.objects.filter(within).select_related("node", "member")


def unit_within(user: Any, power: str, pk: int) -> Unit:
    """Return one unit within reach, or raise Http404."""
    found = units_within(user, power).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
