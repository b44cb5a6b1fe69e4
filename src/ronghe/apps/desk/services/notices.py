"""Reading notices off, and choosing where else to be told."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.desk import channels
from ronghe.apps.desk.models import Notice, Subscription


def read_notices(by: Any, *, pk: int | None = None) -> int:
    """Mark one of a person's notices as read, or all; return how many were not yet."""
    unread = Notice.objects.filter(to=by, read=None)
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read=timezone.now())


@transaction.atomic
def subscribe(*, channel: str, address: str, daily: bool, by: Any) -> None:
    """Tell a person outside from now on, as they chose; raises ValidationError for the address."""
    if channel not in channels.offered():
        raise ValidationError({"channel": _("本系统没有开通这个渠道。")})
    channels.check_address(channel, address)
    chosen = {"channel": channel, "address": address, "daily": daily}
    Subscription.objects.update_or_create(user=by, defaults=chosen)
    audit.record("desk.subscribed", by=by, target=by, channel=channel, daily=daily)


@transaction.atomic
def unsubscribe(by: Any) -> None:
    """Tell a person on the site only."""
    if Subscription.objects.filter(user=by).delete()[0]:
        audit.record("desk.unsubscribed", by=by, target=by)
