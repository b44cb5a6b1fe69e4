"""Pages of notices: the list, reading one, where else to be told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.desk import channels, forms
from ronghe.apps.desk.selectors import notices as selectors
from ronghe.apps.desk.services import notices as services
from ronghe.ui.forms import back_or, refused, take_errors
from ronghe.ui.paging import page_of


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """Show one's notices, newest first."""
    page = page_of(selectors.notices_of(request.user), request)
    context = {"page": page, "channels": channels.offered()}
    return render(request, "desk/notices.html", context)


@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a notice is about; it is read then."""
    notice = selectors.notice_of(request.user, pk)
    services.read_notices(request.user, pk=notice.pk)
    return redirect(notice.url or "desk:notices")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    services.read_notices(request.user)
    return back_or(request, reverse("desk:notices"))


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Choose where else to be told."""
    known = selectors.subscription_of(request.user)
    start = None
    if known:
        start = {"channel": known.channel, "daily": "daily" if known.daily else "each"}
    form = forms.SubscriptionForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.subscribe(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("已保存。以后也会在那里提醒您，随时可以取消。"))
            return redirect("desk:notices")
    context = {"form": form, "known": known, "channels": channels.offered()}
    return render(request, "desk/notice_settings.html", context, status=refused(request))


@login_required
@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Be told on the site only."""
    services.unsubscribe(request.user)
    messages.success(request, _("已取消，只在站内提醒。"))
    return redirect("desk:notices")
