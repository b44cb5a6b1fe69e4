"""Pages of the working days."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.procedures import days, forms
from ronghe.apps.procedures.permissions import KEEP_DAYS, SEE_DAYS
from ronghe.apps.procedures.services import calendar as services
from ronghe.ui.forms import refused, take_errors


@login_required
def working_days(request: HttpRequest) -> HttpResponse:
    """Show the notices known and count working days from a day."""
    if not request.user.has_perm(SEE_DAYS):
        raise PermissionDenied
    asked = request.GET if "number" in request.GET else None
    form = forms.CountForm(asked)
    counted = None
    if asked is not None and form.is_valid():
        counted = days.after(form.cleaned_data["since"], form.cleaned_data["number"])
    years = days.known_years()
    context = {
        "form": form,
        "counted": counted,
        "years": years,
        "next_unknown": max(timezone.localdate().year, years[0].year) + 1,
        "may_enter": request.user.has_perm(KEEP_DAYS),
    }
    return render(request, "procedures/working_days.html", context)


@login_required
def enter_notice(request: HttpRequest) -> HttpResponse:
    """Enter a year's notice."""
    if not request.user.has_perm(KEEP_DAYS):
        raise PermissionDenied
    form = forms.NoticeForm(request.POST or None, initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            _entered, moved = services.enter_notice(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            told = _("已录入；重新计算了%(count)d个期限。") % {"count": moved}
            messages.success(request, told)
            return redirect("procedures:working_days")
    return render(request, "procedures/enter_notice.html", {"form": form}, status=refused(request))
