"""Counting the calls of a token: one statement a call, so that two at once both count."""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When

from ronghe.apps.programs.models import Calls


def is_within(token: str, *, minute: int, most: int) -> bool:
    """Count a call of a token in a minute; False where it has had ``most`` already.

    The row is changed where it stands and never read before; a call too many changes nothing.
    """
    free = Calls.objects.filter(~Q(minute=minute) | Q(count__lt=most), token=token)
    counted = Case(When(minute=minute, then=F("count") + 1), default=Value(1))
    if free.update(minute=minute, count=counted):
        return True
    _row, is_first = Calls.objects.get_or_create(
        token=token, defaults={"minute": minute, "count": 1}
    )
    return is_first or bool(free.update(minute=minute, count=counted))
