"""Reading one's own notices; nobody reads another's."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.desk.models import Notice, Subscription


def notices_of(user: Any) -> QuerySet[Notice]:
    """Return what a person was told, newest first."""
    return Notice.objects.filter(to=user).select_related("place")


def notice_of(user: Any, pk: int) -> Notice:
    """Return one of a person's notices, or raise Http404."""
    found = notices_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def subscription_of(user: Any) -> Subscription | None:
    """Return where else a person wants to be told."""
    return Subscription.objects.filter(user=user).first()
