"""Reading measures and targets: what they are, who delivers them, which hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from ronghe.apps.access import Role, Standing
from ronghe.apps.records.models import (
    KindOwner,
    Measure,
    MeasureDefinition,
    Target,
    Unit,
    UnitKind,
)
from ronghe.apps.records.numbers import Period, last_period
from ronghe.apps.records.permissions import (
    DEFINE,
    DELIVER_FIGURES,
    DELIVER_OWN,
    SEE_FIGURES,
    SEE_PERSONAL,
)
from ronghe.apps.records.selectors.own_figures import is_asked_of_businesses
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.registry.selectors import nodes_reached_by

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


def figures_at(
    user: Any, node: Node, model: type[Measure] | type[Target], *, period: str = "", past: bool
) -> QuerySet[Any]:
    """Return the measures or targets of an organisation itself, the latest first of each.

    With those of the ``past`` that were superseded or withdrawn.
    """
    found = model.objects.filter(_seen(user), unit__node=node).exclude(unit__kind__in=_PEOPLE)
    chosen = found.filter(period=period) if period else found
    chosen = chosen if past else chosen.filter(current=True)
    more = chosen.select_related("definition", "by")
    return more.order_by("definition__code", "definition", "-period", "-pk")


def periods_at(user: Any, node: Node, model: type[Measure] | type[Target]) -> list[str]:
    """Return the periods for which an organisation has measures or targets, the latest first."""
    held = figures_at(user, node, model, past=True).order_by().values_list("period", flat=True)
    return sorted(held.distinct(), reverse=True)


def targets_visible_to(user: Any) -> QuerySet[Target]:
    """Return the targets that hold, of the units within reach."""
    found = Target.objects.filter(_seen(user), current=True)
    return found.select_related("definition", "unit__node", "unit__member")


def definitions_visible_to(user: Any) -> QuerySet[MeasureDefinition]:
    """Return what the measures of somebody's counties are."""
    found = MeasureDefinition.objects.filter(county__in=_counties_of(user))
    return found.select_related("county", "owner")


def definition_visible_to(user: Any, pk: int) -> MeasureDefinition:
    """Return what one measure is, or raise Http404."""
    found = definitions_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def counties_defined_by(user: Any) -> QuerySet[Node]:
    """Return the counties whose measures and kinds a person defines."""
    return nodes_reached_by(user, DEFINE).filter(county=None)


def definition_defined_by(user: Any, pk: int) -> MeasureDefinition:
    """Return a measure of such a county, or raise Http404."""
    found = MeasureDefinition.objects.filter(county__in=counties_defined_by(user), pk=pk).first()
    if found is None:
        raise Http404
    return found


def owners_in(county: Node) -> QuerySet[Node]:
    """Return the organisations of a county that can be in charge."""
    kinds = (Kind.DEPARTMENT, Kind.PARTY_COMMITTEE)
    return Node.objects.filter(county=county, kind__in=kinds, closed=None).order_by("code")


def owners_of_kinds(user: Any) -> dict[str, str]:
    """Return the names of the departments in charge of kinds in one's counties."""
    owned = KindOwner.objects.filter(county__in=_counties_of(user)).values_list(
        "kind", "owner__name"
    )
    return dict(owned.order_by("pk"))


def measures_waiting_for(
    user: Any, today: date
) -> dict[Period, list[tuple[MeasureDefinition, date]]]:
    """Return what a department has not delivered for the periods that ended last, and by when.

    Only what was delivered a year or a period before, or has targets, is waited for.
    """
    mine = user.reach(DELIVER_FIGURES).within("owner__path")
    return _awaited(definitions_visible_to(user).filter(mine).exclude(owner=None), today)


def measures_owed_by(node: Node, today: date) -> dict[Period, list[tuple[MeasureDefinition, date]]]:
    """Return what the department at a node has not delivered, as it stands on its own desk."""
    owned = MeasureDefinition.objects.filter(owner=node)
    return _awaited(owned, today) if owned.exists() else {}


def measures_overdue_in(county: Node, today: date) -> list[tuple[MeasureDefinition, date]]:
    """Return the measures that nobody has delivered in a county though they are due, and since.

    For who looks after the whole county; the departments themselves stand on the definitions.
    """
    owned = MeasureDefinition.objects.filter(county=county).select_related("owner")
    return [
        (one, due) for found in _awaited(owned, today).values() for one, due in found if due < today
    ]


def _awaited(
    owned: QuerySet[MeasureDefinition], today: date
) -> dict[Period, list[tuple[MeasureDefinition, date]]]:
    waiting = {}
    for every in MeasureDefinition.Every.values:
        period = last_period(every, today)
        asked = owned.filter(_is_asked(period, every), every=every)
        if found := [(one, period.until + timedelta(days=one.due_after)) for one in asked]:
            waiting[period] = found
    return waiting


def _is_asked(period: Period, every: str) -> Any:
    held = Q(definition=OuterRef("pk"), current=True)
    before = [period.previous, last_period(every, period.since).label]
    delivered = Q(Exists(Measure.objects.filter(held, period__in=before)))
    targeted = Q(Exists(Target.objects.filter(held, period=period.label)))
    return (delivered | targeted) & ~Exists(Measure.objects.filter(held, period=period.label))


def definitions_delivered_by(user: Any) -> QuerySet[MeasureDefinition]:
    """Return the measures that a person delivers: those of the departments in their reach.

    Those without a department are delivered by everybody with the power, for their own units.
    """
    reach = user.reach(DELIVER_FIGURES)
    found = definitions_visible_to(user)
    if not reach:
        return found.none()
    mine = reach.within("owner__path")
    if any(one.role != Role.DATA_DEPARTMENT for one in reach.standings):
        mine |= Q(owner=None)
    return found.filter(mine)


def standing_to_deliver(user: Any, power: str, what: MeasureDefinition, unit: Unit) -> Any:
    """Return from which post somebody delivers a measure of a unit; None where from none."""
    reach = user.reach(power)
    found: Standing | None = reach.standing_for(unit.node.path)
    if found is None and power == DELIVER_FIGURES and is_asked_of_businesses(what):
        own = user.reach(DELIVER_OWN).standings
        found = next((one for one in own if one.path == unit.node.path), None)
    if found is not None or what.owner is None:
        return found
    same_county = unit.county_id == what.county_id
    return reach.standing_for(what.owner.path) if same_county else None


def _counties_of(user: Any) -> set[int]:
    """Return the counties in which somebody holds a post."""
    return {int(one.path.split("/")[0]) for one in user.standings()}


def _seen(user: Any) -> Q:
    place = "unit__node__path"
    everything = Q(user.reach(SEE_FIGURES).within(place))
    answered = Q(user.reach(SEE_PERSONAL).within(place))
    return (everything & ~Q(unit__kind__in=_PEOPLE)) | answered
