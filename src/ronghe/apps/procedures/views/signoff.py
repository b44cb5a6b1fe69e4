"""Pages of sign-offs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.procedures import forms
from ronghe.apps.procedures.models import SignOff
from ronghe.apps.procedures.permissions import SEE_PUBLICITY
from ronghe.apps.procedures.selectors import signoff as selectors
from ronghe.apps.procedures.services import signoff as services
from ronghe.apps.procedures.views.common import done
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of


@login_required
def signoffs(request: HttpRequest) -> HttpResponse:
    """List the sheets one signs, prepared or looks after."""
    if not request.user.has_perm(SEE_PUBLICITY):
        raise PermissionDenied
    context = {"page": page_of(selectors.signoffs_visible_to(request.user), request)}
    return render(request, "procedures/signoffs.html", context)


@login_required
def signoff(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet: its content, its steps, who signed what."""
    return _page(request, selectors.signoff_visible_to(request.user, pk), None)


@login_required
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a step, or return the sheet."""
    step = selectors.step_signed_by(request.user, pk)
    approve = request.POST.get("decision") == "approve"
    form = forms.SignForm(request.POST)
    act = lambda **sent: services.sign(step, approve=approve, by=request.user, **sent)
    if done(request, form, act) is None:
        return _page(request, step.signoff, form)
    messages.success(request, _("已签批。") if approve else _("已退回。"))
    return redirect(step.signoff)


def _page(request: HttpRequest, row: SignOff, form: Any) -> HttpResponse:
    due = selectors.steps_due_for(request.user, row)
    context = {
        "row": row,
        "steps": selectors.steps_shown(row),
        "due": due[0] if due else None,
        "form": form or forms.SignForm(initial={"digest": row.digest}),
        "prepared_by": row.prepared_by.all(),
    }
    return render(request, "procedures/signoff.html", context, status=refused(request))
