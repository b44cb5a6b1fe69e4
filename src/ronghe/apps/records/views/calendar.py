"""The calendar: a month on screen, and a private address for calendar programs."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.records.calendars import Day, calendar_of
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.forms import month_asked
from ronghe.apps.records.permissions import SEE_RECORDS
from ronghe.apps.records.selectors import entries
from ronghe.apps.records.selectors.feeds import feed_of, owner_of
from ronghe.apps.records.services.feeds import close_feed, open_feed

KEPT = timedelta(days=400)


@login_required
def month(request: HttpRequest) -> HttpResponse:
    """Show how many records of each kind there are on each day of a month."""
    if not request.user.has_perm(SEE_RECORDS):
        raise PermissionDenied
    first = month_asked(request.GET.get("month", ""))
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    rows = entries.days_of_month(request.user, first, last)
    for row in rows:
        row["title"] = KINDS[row["kind"]].title if row["kind"] in KINDS else row["kind"]
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": after.strftime("%Y-%m") if after <= timezone.localdate() else "",
        "days": [(day, list(of_day)) for day, of_day in groupby(rows, lambda row: row["day"])],
        "feed": feed_of(request.user),
        "address": request.session.pop("feed_address", ""),
    }
    return render(request, "records/calendar.html", context)


@require_POST
@login_required
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make a new private address, shown once; any earlier one ends."""
    if not request.user.has_perm(SEE_RECORDS):
        raise PermissionDenied
    address = request.build_absolute_uri(reverse("records:feed"))
    request.session["feed_address"] = f"{address}?key={open_feed(by=request.user)}"
    return redirect("records:calendar")


@require_POST
@login_required
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """End one's private address."""
    if not request.user.has_perm(SEE_RECORDS):
        raise PermissionDenied
    close_feed(by=request.user)
    messages.success(request, _("日历地址已停用。"))
    return redirect("records:calendar")


def feed(request: HttpRequest) -> HttpResponse:
    """Give a calendar program the days of whose secret address it is; kinds and numbers only."""
    owner = owner_of(request.GET.get("key", ""))
    if owner is None or not owner.has_perm(SEE_RECORDS):
        raise Http404
    today = timezone.localdate()
    days = [
        Day(
            f"{row['day'].isoformat()}-{row['kind']}",
            row["day"],
            _("%(kind)s %(many)d条") % {"kind": KINDS[row["kind"]].title, "many": row["many"]},
        )
        for row in entries.days_of_month(owner, today - KEPT, today)
        if row["kind"] in KINDS
    ]
    calendar = calendar_of(days, name=_("纪实"))
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = 'attachment; filename="ronghe.ics"'
    return response
