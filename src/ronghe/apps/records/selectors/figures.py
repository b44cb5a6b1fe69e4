"""Reading measures and targets: what they are, who delivers them, which hold."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.access import Standing
from ronghe.apps.records.models import Measure, MeasureDefinition, Target, Unit, UnitKind
from ronghe.apps.records.permissions import DELIVER_FIGURES, SEE_FIGURES, SEE_PERSONAL
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.selectors import nodes_visible_to

_PEOPLE = (UnitKind.CADRE, UnitKind.MEMBER)
_SHOWN = 400


def measures_visible_to(user: Any) -> QuerySet[Measure]:
    """Return the measures that hold, of the units within reach; people's for who answers."""
    found = Measure.objects.filter(_seen(user), current=True)
    return found.select_related("definition", "unit__node", "unit__member")


def measures_of(user: Any, node: Node) -> QuerySet[Measure]:
    """Return the measures of an organisation itself, by measure, the latest period first."""
    found = measures_visible_to(user).filter(unit__node=node).exclude(unit__kind__in=_PEOPLE)
    return found.order_by("definition__code", "definition", "-period")[:_SHOWN]


def targets_visible_to(user: Any) -> QuerySet[Target]:
    """Return the targets that hold, of the units within reach."""
    found = Target.objects.filter(_seen(user), current=True)
    return found.select_related("definition", "unit__node", "unit__member")


def definitions_visible_to(user: Any) -> QuerySet[MeasureDefinition]:
    """Return what the measures of somebody's counties are."""
    counties = nodes_visible_to(user).filter(county=None)
    found = MeasureDefinition.objects.filter(county__in=counties)
    return found.select_related("county", "owner")


def definition_visible_to(user: Any, pk: int) -> MeasureDefinition:
    """Return what one measure is, or raise Http404."""
    found = definitions_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def definitions_delivered_by(user: Any) -> QuerySet[MeasureDefinition]:
    """Return the measures that a person delivers: those of the departments in their reach.

    Those without a department are delivered by everybody with the power, for their own units.
    """
    owned = user.reach(DELIVER_FIGURES).within("owner__path")
    found = definitions_visible_to(user)
    if not user.has_perm(DELIVER_FIGURES):
        return found.none()
    return found.filter(owned | Q(owner=None))


def standing_to_deliver(user: Any, power: str, what: MeasureDefinition, unit: Unit) -> Any:
    """Return from which post somebody delivers a measure of a unit; None where from none."""
    reach = user.reach(power)
    found: Standing | None = reach.standing_for(unit.node.path)
    if found is not None or what.owner is None:
        return found
    same_county = unit.county_id == what.county_id
    return reach.standing_for(what.owner.path) if same_county else None


def _seen(user: Any) -> Q:
    place = "unit__node__path"
    everything = Q(user.reach(SEE_FIGURES).within(place))
    answered = Q(user.reach(SEE_PERSONAL).within(place))
    return (everything & ~Q(unit__kind__in=_PEOPLE)) | answered
