"""Whether somebody may take part (利益冲突回避)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.procedures.models import Interest
from ronghe.apps.procedures.subject import Subject


def may_take_part(user: Any, subject: Subject, *, involved: Iterable[Any] = ()) -> str | None:
    """Return why somebody may not take part in a matter, None where they may.

    Blocked are those ``involved`` themselves, and those with a declared interest that holds
    today in the object, in one of those involved, or in the organisation where it lies or one
    above it (a county and a township are no interest: everybody works below one).
    """
    people = {person.pk for person in involved}
    if user.pk in people:
        return _("本人就是当事人，应当回避。")
    today = timezone.localdate()
    above = [int(pk) for pk in subject.place.path.split("/") if pk]
    tied = Interest.objects.filter(
        Q(target_type=subject.label, target_id=subject.pk)
        | Q(person__in=people)
        | Q(node__in=above),
        Q(until__isnull=True) | Q(until__gte=today),
        declared_by=user,
        since__lte=today,
    ).first()
    if tied is None:
        return None
    return _("已申报%(kind)s，应当回避。") % {"kind": tied.get_kind_display()}
