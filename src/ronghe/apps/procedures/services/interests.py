"""Declaring interests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.procedures.models import Interest
from ronghe.apps.procedures.subject import Subject
from ronghe.apps.registry.models import Node


@transaction.atomic
def declare(
    *,
    kind: str,
    since: date,
    by: Any,
    until: date | None = None,
    node: Node | None = None,
    person: Any = None,
    subject: Subject | None = None,
    note: str = "",
) -> Interest:
    """Declare an interest (利益关系) of one's own in an organisation, a person or an object.

    Raises PermissionDenied for who holds no post, ValidationError where it is in nothing.
    """
    standings = [one for one in by.standings() if one.principal_id is None]
    if not standings:
        raise PermissionDenied
    if person is not None and person.pk == by.pk:
        raise ValidationError({"person": _("不必申报与本人的关系。")})
    if node is None and person is None and subject is None:
        raise ValidationError(_("请写明与哪个组织、哪个人或哪件事有关系。"))
    made = Interest(
        declared_by=by,
        place_id=max(standings, key=lambda one: len(one.path)).node_id,
        kind=kind,
        node=node,
        person=person,
        target_type=subject.label if subject else "",
        target_id=subject.pk if subject else None,
        note=note,
        since=since,
        until=until,
    )
    made.full_clean()
    made.save()
    audit.record("procedures.interest_declared", by=by, target=made, place=made.place, kind=kind)
    return made


@transaction.atomic
def end(interest: Interest, *, on: date, by: Any) -> Interest:
    """Make a day, today or earlier, the last of one's own interest; the row stays."""
    if interest.declared_by_id != by.pk:
        raise PermissionDenied
    if not interest.since <= on <= timezone.localdate():
        raise ValidationError({"on": _("应在起始日之后，不晚于今天。")})
    still = Interest.objects.filter(pk=interest.pk, until=interest.until)
    if not still.update(until=on):
        raise ValidationError(_("别人刚刚办理过，请重新打开查看。"))
    interest.refresh_from_db()
    audit.record("procedures.interest_ended", by=by, target=interest, place=interest.place)
    return interest
