"""The rectification list: what is put right, by whom, by when, and with which work it was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.accounts.models import User
from ronghe.apps.desk import notices
from ronghe.apps.records.models import Record
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Rectification, Report
from ronghe.apps.reporting.selectors.facts import records_for
from ronghe.apps.reporting.services.common import locked, record
from ronghe.apps.reporting.stages import Stage

PLANNED_FROM = (Stage.COMMENTED, Stage.COUNTED, Stage.SIGNING, Stage.FINAL)


def owners_for(report: Report, by: Any) -> QuerySet[User]:
    """Return who may be put in charge of an item: the secretary, those at the place, oneself."""
    today = timezone.localdate()
    there = Q(posts__node__path__startswith=report.node.path, posts__since__lte=today)
    held = Q(posts__until__isnull=True) | Q(posts__until__gte=today)
    found = User.objects.filter((there & held) | Q(pk__in=[report.secretary_id, by.pk]))
    return found.filter(is_active=True).distinct()


@transaction.atomic
def plan(report: Report, *, words: str, owner: Any, due: date, by: Any) -> Rectification:
    """Put an item on the rectification list (列入整改清单), once the report was commented on."""
    now = locked(report)
    if not (powers.may_hold(by, now) or powers.may_write(by, now)):
        raise PermissionDenied
    if now.stage not in PLANNED_FROM:
        raise ValidationError(_("点评以后再列整改清单。"))
    if due < timezone.localdate():
        raise ValidationError({"due": _("期限不能早于今天。")})
    if not owners_for(now, by).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("请选这个组织的人。")})
    made = Rectification.objects.create(report=now, words=words, owner=owner, due=due, by=by)
    record("reporting.item_planned", now, by, None, item=made.pk, owner=owner.pk)
    if owner != by:
        title = _("述职评议整改事项交给您办")
        notices.tell([owner], title=title, url=now.get_absolute_url(), place=now.node)
    return made


@transaction.atomic
def finish(
    item: Rectification, *, outcome: str, by: Any, records: Iterable[Record] = ()
) -> Rectification:
    """Say what came of an item, and with which records it was done; only its owner does."""
    if item.owner_id != by.pk:
        raise PermissionDenied
    chosen = [one.pk for one in records]
    year = item.report.appraisal.year
    seen = set(records_for(by, item.report.node, year).filter(pk__in=chosen).values_list(
        "pk", flat=True))  # fmt: skip
    if set(chosen) - seen:
        raise ValidationError({"records": _("有的纪实不在您的职务范围内。")})
    done = {"done": timezone.localdate(), "outcome": outcome}
    if not Rectification.objects.filter(pk=item.pk, done=None).update(**done):
        raise ValidationError(_("已经办结。"))
    item.refresh_from_db()
    item.records.set(chosen)
    record("reporting.item_finished", item.report, by, None, item=item.pk, records=len(chosen))
    return item
