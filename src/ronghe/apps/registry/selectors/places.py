"""Reading codes of areas and the households of villages."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from ronghe.apps.access import Standing
from ronghe.apps.registry.models import AreaCode, Household, HouseholdMark, Kind, Node
from ronghe.apps.registry.permissions import KEEP_HOUSEHOLDS


def area_code_of(node: Node) -> AreaCode | None:
    """Return the statistical code of an area today."""
    return AreaCode.objects.filter(node=node).order_by("-since").first()


def villages_kept_by(user: Any) -> QuerySet[Node]:
    """Return the villages whose households somebody keeps.

    They lie within reach, or a post is held at an organisation of the village itself: the
    branch's secretary keeps the village's households.
    """
    reach = user.reach(KEEP_HOUSEHOLDS)
    above = {int(pk) for one in reach.standings for pk in one.path.split("/") if pk}
    villages = Node.objects.filter(kind=Kind.VILLAGE, closed=None)
    return villages.filter(reach.within() | Q(pk__in=above))


def village_kept_by(user: Any, pk: int) -> Node:
    """Return one village whose households somebody keeps, or raise Http404."""
    found = villages_kept_by(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def standing_for_households(user: Any, village: Node) -> Standing | None:
    """Return the post somebody keeps a village's households from."""
    reach = user.reach(KEEP_HOUSEHOLDS)
    standing: Standing | None = reach.standing_for(village.path)
    inside = (one for one in reach.standings if one.path.startswith(village.path))
    return standing or next(inside, None)


def households_of(village: Node, *, search: str = "", mark: str = "") -> QuerySet[Household]:
    """Return the households of a village today, each with its ``current`` marks."""
    found = village.households.filter(until=None)
    if search:
        found = found.filter(code__icontains=search)
    if mark:
        marked = HouseholdMark.objects.filter(mark=mark, until=None)
        found = found.filter(pk__in=marked.values("household"))
    current = HouseholdMark.objects.filter(until=None)
    return found.prefetch_related(Prefetch("marks", queryset=current, to_attr="current"))


def household_kept_by(user: Any, pk: int) -> Household:
    """Return a household somebody keeps, or raise Http404."""
    kept = Household.objects.filter(node__in=villages_kept_by(user))
    found = kept.select_related("node").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def mark_kept_by(user: Any, pk: int) -> HouseholdMark:
    """Return a mark of today that somebody may end, or raise Http404."""
    kept = HouseholdMark.objects.filter(household__node__in=villages_kept_by(user), until=None)
    found = kept.select_related("household__node").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
