"""Pages to check records: what waits, one press for each, and draws."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.records import services
from ronghe.apps.records.forms import DecideForm, DrawForm, rating
from ronghe.apps.records.permissions import VERIFY_RECORDS
from ronghe.apps.records.selectors import entries
from ronghe.apps.records.views.listing import LOOKS
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of


@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """List what a person may check one by one, and where a draw is due."""
    if not request.user.has_perm(VERIFY_RECORDS):
        raise PermissionDenied
    context = {
        "page": page_of(entries.records_waiting_for(request.user), request),
        "places": entries.places_to_draw(request.user),
        "draws": entries.draws_visible_to(request.user)[:10],
    }
    return render(request, "records/waiting.html", context)


@require_POST
@login_required
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse a waiting record, and go on to the next."""
    record = entries.record_checked_by(request.user, pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    try:
        accept, reason = said["accept"], said["reason"]
        quality = rating().clean(said["quality"])
        services.verify_record(
            record, accept=accept, reason=reason, quality=quality, by=request.user
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("records:record", pk)
    messages.success(request, _("已核实。") if accept else _("已退回，登记的人会看到理由。"))
    return redirect("records:waiting")


@login_required
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw which of the records that wait at an organisation are checked."""
    places = {node.pk: (node, many) for node, many in entries.places_to_draw(request.user)}
    if pk not in places:
        raise Http404
    node, many = places[pk]
    told = _(
        "%(many)d条纪实等待抽查。抽到的逐条核实；全部属实，其余一并认可；有一条不属实，"
        "那个单位的其余全部逐条核实。种子随机产生并留存，谁都可以验证。"
    )
    return form_page(
        request,
        DrawForm(request.POST or None),
        save=lambda percent: services.draw_sample(node, percent=percent, by=request.user),
        done=_("已抽取。"),
        to=lambda made: reverse("records:drawn", args=[made.pk]),
        title=_("抽查：%(place)s") % {"place": node.name},
        explained=told % {"many": many},
        submit=_("抽取"),
        back=reverse("records:waiting"),
    )


@login_required
def drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draw: seed, how many of how many, and what was drawn."""
    shown = entries.draws_visible_to(request.user).filter(pk=pk).first()
    if shown is None:
        raise Http404
    sample = shown.records.filter(in_sample=True).select_related("unit__node", "decided_by")
    context = {"draw": shown, "page": page_of(sample, request), "looks": LOOKS}
    return render(request, "records/drawn.html", context)
