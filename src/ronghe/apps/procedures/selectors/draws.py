"""Reading draws, and computing them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

from ronghe.apps.procedures.machines.draws import ticket
from ronghe.apps.procedures.machines.draws import verify as recompute
from ronghe.apps.procedures.models import Draw
from ronghe.apps.registry.selectors import nodes_visible_to


@dataclass(frozen=True, slots=True)
class Lot:
    """An item of a draw with its lot, and the place it was drawn at if it was."""

    name: str
    code: str
    ticket: str
    drawn: int | None


def draws_visible_to(user: Any) -> QuerySet[Draw]:
    """Return the draws at the places somebody sees."""
    return Draw.objects.filter(place__in=nodes_visible_to(user)).select_related("place", "by")


def draw_visible_to(user: Any, pk: int) -> Draw:
    """Return one draw, or raise Http404."""
    found = draws_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def draws_of(target: Model) -> QuerySet[Draw]:
    """Return the draws of an object; the caller decides who may see them."""
    return Draw.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)


def lots_of(draw: Draw) -> list[Lot]:
    """Return every item in the order of the lots."""
    places = {code: place for place, code in enumerate(draw.drawn, start=1)}
    lots = [
        Lot(one["name"], one["code"], ticket(draw.seed, one["code"]), places.get(one["code"]))
        for one in draw.pool
    ]
    return sorted(lots, key=lambda lot: (lot.ticket, lot.code))


def verify(draw: Draw) -> bool:
    """Tell whether a draw comes out the same when it is computed again."""
    codes = [one["code"] for one in draw.pool]
    return recompute(codes, draw.number, draw.seed, draw.drawn)
