"""Pages of declared interests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.procedures import forms, subjects
from ronghe.apps.procedures.permissions import SEE_PUBLICITY
from ronghe.apps.procedures.selectors import interests as selectors
from ronghe.apps.procedures.selectors.offers import own_county
from ronghe.apps.procedures.services import interests as services
from ronghe.apps.procedures.views.common import done
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of


@login_required
def interests(request: HttpRequest) -> HttpResponse:
    """Show one's own interests, and to those responsible what others declared."""
    if not request.user.has_perm(SEE_PUBLICITY):
        raise PermissionDenied
    context = {
        "own": selectors.own_interests(request.user),
        "page": page_of(selectors.interests_visible_to(request.user), request),
        "today": timezone.localdate(),
    }
    return render(request, "procedures/interests.html", context)


@login_required
def declare(request: HttpRequest) -> HttpResponse:
    """Declare an interest of one's own, also in the object whose page led here."""
    if not request.user.has_perm(SEE_PUBLICITY):
        raise PermissionDenied
    nodes, people = own_county(request.user)
    about, named = request.GET.get("about", ""), request.GET.get("pk", "")
    subject, start = None, {}
    if about and named.isdecimal() and about == Node._meta.label_lower:
        node = get_object_or_404(nodes, pk=named)
        start = {"node": node.code}
    elif about and named.isdecimal():
        subject = subjects.find(request.user, about, int(named))
    form = forms.InterestForm(request.POST or None, nodes=nodes, people=people, initial=start)

    def save(**sent: Any) -> Any:
        return services.declare(by=request.user, subject=subject, **sent)

    if done(request, form, save) is not None:
        messages.success(request, _("已申报。有关事项会自动请您回避。"))
        return redirect("procedures:interests")
    context = {
        "form": form,
        "title": _("申报利益关系：%(what)s") % {"what": subject.title}
        if subject
        else _("申报利益关系"),
        "explained": _("就这件事申报，也可以再写组织或个人；涉及它的签批、评审、抽取会请您回避。")
        if subject
        else _("组织和个人至少写一个。申报后，涉及它的签批、评审、抽取会请您回避。"),
        "submit": _("申报"),
        "back": reverse("procedures:interests"),
    }
    return render(request, "ui/form_page.html", context, status=refused(request))


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one's own interest end today."""
    interest = selectors.own_interest(request.user, pk)
    try:
        services.end(interest, on=timezone.localdate(), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已终止；申报记录保留。"))
    return redirect("procedures:interests")
