"""The page of those on the way to joining whose next step is due."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ronghe.apps.members import selectors
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.ui.paging import page_of


@login_required
def due(request: HttpRequest) -> HttpResponse:
    """List the members whose stage is, or soon will be, complete."""
    if not request.user.has_perm(MANAGE_MEMBERS):
        raise PermissionDenied
    page = page_of(selectors.steps_due(request.user), request)
    rows = selectors.complete_on(list(page))
    return render(
        request, "members/steps.html", {"page": page, "rows": rows, "today": timezone.localdate()}
    )
