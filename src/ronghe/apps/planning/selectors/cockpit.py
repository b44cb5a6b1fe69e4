"""Reading the counties somebody looks after, their townships, and the figures of these."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors.rounds import rounds_visible_to, scheme_of, sides_visible_to
from ronghe.apps.planning.permissions import SEE_COCKPIT
from ronghe.apps.records.models import Measure, MeasureDefinition, UnitKind
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.registry.selectors import nodes_reached_by

LOOKED_AT = 10
"""So many of the latest rounds are looked at for one of the townships."""

Figures = dict[tuple[str, str], dict[int, Decimal]]
"""Figures by measure and year, then by the id of the organisation."""


def counties_led_by(user: Any) -> QuerySet[Node]:
    """Return the counties whose cockpit a person sees."""
    return nodes_reached_by(user, SEE_COCKPIT).filter(county=None).order_by("code")


def places_led_by(user: Any) -> QuerySet[Node]:
    """Return the townships whose page of the cockpit a person sees."""
    found = nodes_reached_by(user, SEE_COCKPIT).filter(kind=Kind.TOWNSHIP)
    return found.select_related("county").order_by("code")


def county_led_by(user: Any, pk: str = "") -> Node:
    """Return one of these counties, the first without an id.

    Raises PermissionDenied for who sees no cockpit, Http404 for another county.
    """
    counties = {str(one.pk): one for one in counties_led_by(user)}
    if not counties:
        raise PermissionDenied
    found = counties.get(pk) if pk else next(iter(counties.values()))
    if found is None:
        raise Http404
    return found


def place_led_by(user: Any, pk: int) -> Node:
    """Return a township of such a county, or raise Http404."""
    found = places_led_by(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def townships_of(county: Node) -> QuerySet[Node]:
    """Return the townships of today of a county."""
    return Node.objects.filter(county=county, kind=Kind.TOWNSHIP, closed=None).order_by("code")


def figures_of(county: Node, codes: Collection[str]) -> Figures:
    """Return the yearly figures that hold of the townships of a county."""
    rows = Measure.objects.filter(
        definition__county=county,
        definition__code__in=codes,
        current=True,
        period__regex=r"^\d{4}$",
        unit__kind=UnitKind.ORGANISATION,
        unit__node__kind=Kind.TOWNSHIP,
        unit__node__closed=None,
    )
    found: Figures = {}
    told = ("definition__code", "period", "unit__node_id", "value", "definition__scale")
    for code, period, node, value, scale in rows.values_list(*told):
        found.setdefault((code, period), {})[node] = Decimal(value).scaleb(-scale)
    return found


def computed_round(user: Any, county: Node) -> Round | None:
    """Return the latest finished round of the townships whose two sides a person sees."""
    ended = [Stage.FINAL, Stage.IMPROVEMENT]
    rounds = rounds_visible_to(user).filter(node=county, stage__in=ended).order_by("-period", "-pk")
    for round_ in rounds[:LOOKED_AT]:
        if scheme_of(round_).level == "township" and sides_visible_to(user, round_).exists():
            return round_
    return None


def definitions_of(county: Node, codes: Collection[str]) -> dict[str, MeasureDefinition]:
    """Return what each measure is in a county: its unit of measurement and who delivers it."""
    found = MeasureDefinition.objects.filter(county=county, code__in=codes)
    return {one.code: one for one in found.select_related("owner")}
