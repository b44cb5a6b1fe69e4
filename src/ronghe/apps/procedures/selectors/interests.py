"""Reading declared interests."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.procedures.models import Interest
from ronghe.apps.procedures.permissions import SEE_INTERESTS


def own_interests(user: Any) -> QuerySet[Interest]:
    """Return what somebody declared, ended ones too."""
    return Interest.objects.filter(declared_by=user).select_related("node", "person")


def own_interest(user: Any, pk: int) -> Interest:
    """Return one of one's own, or raise Http404."""
    found = own_interests(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def interests_visible_to(user: Any) -> QuerySet[Interest]:
    """Return what the people within reach of an inspector or organisation department declared."""
    within = user.reach(SEE_INTERESTS).within("place__path")
    found = Interest.objects.filter(within).exclude(declared_by=user)
    return found.select_related("declared_by", "place", "node", "person")
