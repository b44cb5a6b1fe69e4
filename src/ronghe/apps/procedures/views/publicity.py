"""Pages of publicities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.procedures import forms, subjects
from ronghe.apps.procedures.models import Publicity
from ronghe.apps.procedures.permissions import PUBLISH, SEE_PUBLICITY
from ronghe.apps.procedures.selectors import objections as objected
from ronghe.apps.procedures.selectors import offers
from ronghe.apps.procedures.selectors import publicity as selectors
from ronghe.apps.procedures.services import objections
from ronghe.apps.procedures.services import publicity as services
from ronghe.apps.procedures.subject import Subject, about
from ronghe.apps.procedures.views.common import done
from ronghe.ui.forms import refused
from ronghe.ui.paging import page_of


@login_required
def publicities(request: HttpRequest) -> HttpResponse:
    """List what is and was published where one belongs."""
    if not request.user.has_perm(SEE_PUBLICITY):
        raise PermissionDenied
    context = {
        "page": page_of(selectors.publicities_visible_to(request.user), request),
        "may_publish": request.user.has_perm(PUBLISH),
    }
    return render(request, "procedures/publicities.html", context)


@login_required
def publicity(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is published, until when, and how to object."""
    row = selectors.publicity_visible_to(request.user, pk)
    return _publicity_page(request, row, forms.ConclusionForm())


@login_required
def publish(request: HttpRequest) -> HttpResponse:
    """Publish something at a place."""
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    return _publish(request, None)


@login_required
def publish_about(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Publish something about an object, from its page."""
    subject = subjects.find(request.user, label, pk)
    if not request.user.has_perm(PUBLISH, subject.place):
        raise Http404
    return _publish(request, subject)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or withdraw a publicity."""
    row = selectors.publicity_kept_by(request.user, pk)
    closing = request.POST.get("act") == "close"
    service = services.close_publicity if closing else services.withdraw_publicity
    form = forms.ConclusionForm(request.POST)
    ended = done(request, form, lambda **sent: service(row, by=request.user, **sent))
    if ended is None:
        return _publicity_page(request, row, form)
    messages.success(request, _("公示已结束。") if closing else _("公示已撤回。"))
    return redirect(ended)


@login_required
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to what is published."""
    row = selectors.publicity_visible_to(request.user, pk)
    form = forms.ObjectionForm(request.POST or None)
    act = lambda **sent: objections.object_to_publicity(row, by=request.user, **sent)
    raised = done(request, form, act)
    if raised is not None:
        messages.success(request, _("异议已提出。指定办理人答复以前，公示不能结束。"))
        return redirect(raised)
    context = {
        "form": form,
        "title": _("对公示提出异议"),
        "explained": _("实名提出，由不涉及此事的人办理并书面答复；被提异议的人不能经办。"),
        "submit": _("提出异议"),
        "back": row.get_absolute_url(),
    }
    return render(request, "ui/form_page.html", context, status=refused(request))


def _publish(request: HttpRequest, subject: Subject | None) -> HttpResponse:
    nodes = None if subject else offers.places_for(request.user, PUBLISH)
    initial = {"title": subject.title} if subject else {}
    keys = offers.publicity_keys()
    form = forms.PublicityForm(request.POST or None, nodes=nodes, keys=keys, initial=initial)

    def act(*, title: str, at: Any = None, **sent: Any) -> Publicity:
        over = subject or about(
            at, place=at, title=title, url=reverse("registry:node", args=[at.pk])
        )
        named = Subject(over.label, over.pk, over.place, title, over.url)
        return services.open_publicity(named, by=request.user, **sent)

    opened = done(request, form, act)
    if opened is not None:
        messages.success(request, _("已开始公示。"))
        return redirect(opened)
    context = {
        "form": form,
        "title": _("发起公示"),
        "explained": _("在公示的地方及其上下级任职的人登录后都能看到；到期由人结束并写明结论。"),
        "submit": _("开始公示"),
        "back": subject.url if subject else reverse("procedures:publicities"),
    }
    return render(request, "ui/form_page.html", context, status=refused(request))


def _publicity_page(request: HttpRequest, row: Publicity, form: Any) -> HttpResponse:
    keeps = request.user.has_perm(row.power, row.place)
    is_open = row.state == Publicity.State.OPEN
    open_ones = objected.objections_visible_to(request.user).filter(publicity=row)
    context = {
        "row": row,
        "form": form,
        "objections": open_ones,
        "unanswered": row.objections.filter(state__in=("raised", "assigned")).count(),
        "is_open": is_open,
        "may_object": is_open and not row.responsible.filter(pk=request.user.pk).exists(),
        "may_end": keeps and is_open,
        "over": row.ends < timezone.localdate(),
    }
    return render(request, "procedures/publicity.html", context, status=refused(request))
