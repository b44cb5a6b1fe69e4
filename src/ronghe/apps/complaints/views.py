"""Pages of complaints."""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronghe.apps.complaints import forms, selectors, services
from ronghe.apps.complaints.models import Complaint
from ronghe.apps.complaints.permissions import POWERS
from ronghe.ui.forms import refused, take_errors
from ronghe.ui.paging import page_of


def new(request: HttpRequest) -> HttpResponse:
    """Take a complaint from anybody, signed in or not."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        if not consume(request, action="complaint"):
            return render(request, "429.html", status=429)
        try:
            complaint, code = services.complain(**form.cleaned_data, by=_person(request))
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            if code:
                return render(request, "complaints/taken.html", {"code": code, "one": complaint})
            messages.success(request, _("已收到。到了期限还没有答复，会继续显示为过期。"))
            return redirect(complaint)
    return render(request, "complaints/new.html", {"form": form}, status=refused(request))


def receipt(request: HttpRequest) -> HttpResponse:
    """Show what became of an anonymous complaint, by the code of its receipt."""
    code = request.POST.get("code", "")
    if request.method == "POST" and not consume(request, action="complaint_receipt"):
        return render(request, "429.html", status=429)
    context = {"code": code, "one": services.found_by_receipt(code)}
    return render(request, "complaints/receipt.html", context)


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one complained of."""
    page = page_of(selectors.complaints_of(request.user), request)
    return render(request, "complaints/mine.html", {"page": page})


@login_required
def received(request: HttpRequest) -> HttpResponse:
    """Show what one handles and has not answered, the earliest day first, or everything."""
    if not any(request.user.has_perm(power) for power in POWERS.values()):
        raise PermissionDenied
    everything = request.GET.get("state") == "all"
    found = selectors.complaints_received_by(request.user)
    shown = found if everything else found.filter(answered=None).order_by("due", "pk")
    context = {"page": page_of(shown, request), "all": everything}
    return render(request, "complaints/received.html", context)


@login_required
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one complaint to who made it and who handles it."""
    shown = selectors.complaint_visible_to(request.user, pk)
    form = forms.AnswerForm() if _may_answer(request, shown) else None
    return render(request, "complaints/complaint.html", {"one": shown, "form": form})


@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a complaint."""
    shown = selectors.complaint_received_by(request.user, pk)
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(shown, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("已答复。"))
            return redirect("complaints:received")
    context = {"one": shown, "form": form if shown.answered is None else None}
    return render(request, "complaints/complaint.html", context, status=refused(request))


def _form(request: HttpRequest) -> forms.ComplaintForm:
    person = _person(request)
    places = selectors.places_of(person)
    return forms.ComplaintForm(
        request.POST or None,
        initial={"page": request.GET.get("page", "")},
        places=places,
        levels=selectors.levels_over(places),
        signed_in=person is not None,
    )


def _person(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _may_answer(request: HttpRequest, shown: Complaint) -> bool:
    handled = selectors.complaints_received_by(request.user).filter(pk=shown.pk)
    return shown.answered is None and handled.exists()
