"""The page of audit entries."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronghe.apps.audit import selectors
from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.permissions import SEE_ENTRIES
from ronghe.ui.paging import page_of


@login_required
def entries(request: HttpRequest) -> HttpResponse:
    """Show the entries within reach, newest first, of one action if asked."""
    if not request.user.has_perm(SEE_ENTRIES):
        raise PermissionDenied
    action = request.GET.get("action", "")
    page = page_of(selectors.entries_visible_to(request.user, action=action), request)
    rows = [(entry, SENTENCES.get(entry.action, entry.action)) for entry in page]
    actions = sorted(SENTENCES.items())
    context = {"page": page, "rows": rows, "action": action, "actions": actions}
    return render(request, "audit/entries.html", context)
