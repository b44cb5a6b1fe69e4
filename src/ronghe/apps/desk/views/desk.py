"""The desk page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ronghe.apps.desk.items import grouped, items_for, remember


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person signed in."""
    today, items = timezone.localdate(), items_for(request.user)
    remember(request.session, len(items))
    context = {"groups": grouped(items, today), "today": today}
    return render(request, "desk/desk.html", context)
