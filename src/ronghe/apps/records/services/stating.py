"""What is counted and who is in charge: units, and departments for kinds of record."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import KindOwner, Unit, UnitKind
from ronghe.apps.records.permissions import DEFINE
from ronghe.apps.registry.models import Kind, Node


def unit_of(node: Node) -> Unit:
    """Return the unit of an organisation, made when something is first recorded of it."""
    made, _new = Unit.objects.select_related("node").get_or_create(
        node=node,
        kind=UnitKind.ORGANISATION,
        defaults={"code": node.code, "county_id": node.county_id_or_own},
    )
    return made


@transaction.atomic
def state_unit(unit: Unit, *, by: Any) -> Unit:
    """Say what is counted: the level, peer group and grading of a unit, or a new unit.

    ``unit`` may be new: a cadre, an area or a project at an organisation. Raises
    PermissionDenied out of reach, ValidationError with every refused field.
    """
    standing = defining(by, unit.node)
    unit.county_id = unit.node.county_id_or_own
    unit.full_clean()
    unit.save()
    details = {"unit": unit.code, "peer_group": unit.peer_group, "level": unit.level}
    audit.record(
        "records.unit_stated", by=by, target=unit, place=unit.node, standing=standing, **details
    )
    return unit


@transaction.atomic
def give_kind(*, county: Node, kind: str, owner: Node, by: Any) -> KindOwner:
    """Put a department in charge (责任部门) of a kind of record in a county.

    Raises PermissionDenied out of reach, ValidationError for a kind that no department enters
    and for an owner of another county.
    """
    standing = defining(by, county)
    if kind not in KINDS or not KINDS[kind].departments:
        raise ValidationError({"kind": _("这一类纪实由做事的单位登记，不由部门登记。")})
    refuse_owner(owner, county)
    given, _new = KindOwner.objects.update_or_create(
        county=county, kind=kind, defaults={"owner": owner}
    )
    details = {"kind": kind, "owner": owner.pk}
    audit.record(
        "records.kind_given", by=by, target=county, place=county, standing=standing, **details
    )
    return given


def defining(by: Any, place: Node) -> Standing:
    """Return from which post somebody says what is counted at a place, or refuse."""
    standing: Standing | None = by.reach(DEFINE).standing_for(place.path)
    if standing is None:
        raise PermissionDenied
    return standing


def refuse_owner(owner: Node, county: Node) -> None:
    """Refuse a department in charge that is closed, of another county or no department."""
    fits = owner.county_id == county.pk and owner.closed is None
    if not fits or owner.kind not in (Kind.DEPARTMENT, Kind.PARTY_COMMITTEE):
        raise ValidationError({"owner": _("须是本县现有的部门单位。")})
