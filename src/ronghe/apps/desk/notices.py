"""Telling people what happened: on the site, and outside where they asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ronghe.apps.desk import channels, jobs, ticks
from ronghe.apps.desk.items import items_for
from ronghe.apps.desk.models import Job, Notice, Subscription

MORNING = 8
"""The hour from which people are told once a day."""
KEPT = timedelta(days=365)
"""How long read notices are kept."""


@transaction.atomic
def tell(
    users: Iterable[Any], *, title: str, body: str = "", url: str = "", place: Any = None
) -> None:
    """Tell people something, in the caller's transaction.

    What goes out by their channels is the title and a link; so put no personal value there.
    """
    to = {user.pk for user in users}
    made = Notice.objects.bulk_create(
        Notice(to_id=pk, title=title[:200], body=body, url=url, place=place) for pk in sorted(to)
    )
    at_once = Subscription.objects.filter(user__in=to, daily=False).values_list("user", flat=True)
    wanted = set(at_once)
    if going_out := [one.pk for one in made if one.to_id in wanted]:
        jobs.start(
            "desk.tell", by=None, place=place, key=f"notices-{going_out[0]}", notices=going_out
        )


def unread_by(user: Any) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.filter(to=user, read=None).count()


@jobs.kind("desk.tell", title=gettext_lazy("站外提醒"), retries=5)
def deliver(job: jobs.Run, *, notices: list[int]) -> None:
    """Send notices out, each once; what is not accepted is tried again later."""
    waiting = Notice.objects.filter(pk__in=notices, told=None)
    by_user = {one.user_id: one for one in _subscriptions(waiting)}
    failed = 0
    for number, notice in enumerate(waiting, 1):
        to = by_user.get(notice.to_id)
        link = site_link(reverse("desk:read_notice", args=[notice.pk]))
        if to and not channels.send(to.channel, to.address, title=notice.title, link=link):
            failed += 1
        else:
            Notice.objects.filter(pk=notice.pk).update(told=timezone.now())
        job.progress(number, len(notices))
    _try_again(failed)


@jobs.kind("desk.morning", title=gettext_lazy("每日提醒"), retries=5)
def tell_the_day(job: jobs.Run, *, day: str) -> None:
    """Tell each subscriber once a day what is unread and due, if anything is."""
    failed = 0
    waiting = list(_not_told_on(day).select_related("user"))
    for number, one in enumerate(waiting, 1):
        title = _the_day_of(one)
        if title and not channels.send(
            one.channel, one.address, title=title, link=site_link(reverse("desk:desk"))
        ):
            failed += 1
        else:
            Subscription.objects.filter(pk=one.pk).update(last_morning=day)
        job.progress(number, len(waiting))
    _try_again(failed)


@ticks.every(minutes=10)
def morning() -> None:
    """Start the day's reminders once the morning has come."""
    now = timezone.localtime()
    day = now.date().isoformat()
    begun = Job.objects.filter(kind="desk.morning", key=day).exists()
    if now.hour >= MORNING and not begun and _not_told_on(day).exists():
        jobs.start("desk.morning", by=None, key=day, day=day)


@ticks.every(hours=24)
def forget_old() -> None:
    """Remove what was read long ago."""
    Notice.objects.filter(read__lt=timezone.now() - KEPT).delete()


def site_link(path: str) -> str:
    """Return the full address of a page."""
    return f"{settings.RONGHE_SITE.rstrip('/')}{path}"


def _subscriptions(notices: QuerySet[Notice]) -> QuerySet[Subscription]:
    return Subscription.objects.filter(user__in=notices.values("to"), user__is_active=True)


def _not_told_on(day: str) -> QuerySet[Subscription]:
    before = Q(last_morning=None) | Q(last_morning__lt=day)
    return Subscription.objects.filter(before, user__is_active=True)


def _the_day_of(one: Subscription) -> str:
    tomorrow = timezone.localdate() + timedelta(days=1)
    due = sum(item.due is not None and item.due <= tomorrow for item in items_for(one.user))
    fresh = unread_by(one.user) if one.daily else 0
    told = []
    if due:
        told.append(
            ngettext("%(count)d件事明天前到期", "%(count)d件事明天前到期", due) % {"count": due}
        )
    if fresh:
        told.append(
            ngettext("%(count)d条未读通知", "%(count)d条未读通知", fresh) % {"count": fresh}
        )
    return _("；").join(told)


def _try_again(failed: int) -> None:
    if failed:
        told = ngettext("%(count)d条没有送出。", "%(count)d条没有送出。", failed)
        raise jobs.Again(told % {"count": failed}, seconds=300)
