"""Pages of objections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.procedures import forms
from ronghe.apps.procedures.machines.objections import OPEN
from ronghe.apps.procedures.models import Objection
from ronghe.apps.procedures.permissions import SEE_PUBLICITY
from ronghe.apps.procedures.selectors import objections as selectors
from ronghe.apps.procedures.services import objections as services
from ronghe.apps.procedures.views.common import done
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of


@login_required
def objections(request: HttpRequest) -> HttpResponse:
    """List one's own objections and those one has to do with."""
    if not request.user.has_perm(SEE_PUBLICITY):
        raise PermissionDenied
    context = {"page": page_of(selectors.objections_visible_to(request.user), request)}
    return render(request, "procedures/objections.html", context)


@login_required
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one objection, with what one may do about it."""
    return _page(request, selectors.objection_visible_to(request.user, pk))


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody to answer."""
    row = selectors.objection_visible_to(request.user, pk)
    form = forms.AssignForm(request.POST, people=selectors.may_answer_for(row))
    given = done(request, form, lambda to: services.assign(row, to=to, by=request.user))
    if given is None:
        return _page(request, row, assigning=form)
    messages.success(request, _("已交办。"))
    return redirect(row)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it with reasons."""
    row = selectors.objection_visible_to(request.user, pk)
    form = forms.AnswerForm(request.POST)
    if done(request, form, lambda **sent: services.answer(row, by=request.user, **sent)) is None:
        return _page(request, row, answering=form)
    messages.success(request, _("已答复，提出人可以看到。"))
    return redirect(row)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's own."""
    row = selectors.objection_visible_to(request.user, pk)
    try:
        services.withdraw(row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已撤回。"))
    return redirect(row)


def _page(
    request: HttpRequest, row: Objection, *, assigning: Any = None, answering: Any = None
) -> HttpResponse:
    user: Any = request.user
    against = {person.pk for person in row.against.all()}
    open_now = row.state in OPEN
    handles = open_now and user.pk not in against and user.pk != row.raised_by_id
    may_assign = handles and user.has_perm(row.power, row.place)
    people = selectors.may_answer_for(row)
    context = {
        "row": row,
        "against": row.against.all(),
        "assigning": (assigning or forms.AssignForm(people=people)) if may_assign else None,
        "answering": (answering or forms.AnswerForm())
        if handles and row.assigned_to_id == user.pk
        else None,
        "may_withdraw": open_now and row.raised_by_id == user.pk and user.pk not in against,
        "sections": sections_of("procedures.objection", user, row),
    }
    return render(request, "procedures/objection.html", context, status=refused(request))
