"""Pages of figures: those of an organisation, and what a business delivers of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.records import forms, services
from ronghe.apps.records.models import Import, Measure, Target
from ronghe.apps.records.permissions import SEE_FIGURES
from ronghe.apps.records.selectors.figures import figures_at, periods_at
from ronghe.apps.records.selectors.own_figures import asked_of, business_delivering
from ronghe.apps.registry.selectors import node_visible_to
from ronghe.ui.components import Tab
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of

TARGETS = Import.What.TARGETS


@login_required
def figures_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the measures or targets of an organisation, with their sources and what was before."""
    node = node_visible_to(request.user, pk)
    if not request.user.has_perm(SEE_FIGURES, node):
        raise PermissionDenied
    what = TARGETS if request.GET.get("what") == TARGETS else Import.What.MEASURES
    model = Target if what == TARGETS else Measure
    form = forms.FiguresOfForm(request.GET, periods=periods_at(request.user, node, model))
    chosen = form.cleaned_data if form.is_valid() else {}
    found = figures_at(
        request.user,
        node,
        model,
        period=chosen.get("period", ""),
        past=chosen.get("past", False),
    )
    address = reverse("records:figures_of", args=[pk])
    context = {
        "node": node,
        "form": form,
        "page": page_of(found, request),
        "tabs": [
            Tab(one.label, f"{address}?what={one.value}", what == one)
            for one in (Import.What.MEASURES, TARGETS)
        ],
    }
    return render(request, "records/figures_of.html", context)


@login_required
def own_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a business deliver what is asked of every business, of itself."""
    business = business_delivering(request.user, pk)
    asked = asked_of(business, timezone.localdate())
    form = forms.OwnFiguresForm(request.POST or None, asked=asked)

    def save(source: str, **_said: Any) -> Any:
        amounts = form.amounts()
        if not amounts:
            raise ValidationError(_("请至少填一项；没有的空着。"))
        return services.deliver_own(business, amounts, source=source, by=request.user)

    return form_page(
        request,
        form,
        save=save,
        done=_("已报送；各部门共用，不用再报第二次。"),
        to=reverse("registry:node", args=[pk]),
        title=_("报送本单位数据：%(name)s") % {"name": business.name},
        explained=_("只报这里列出的，没有的空着。改了数重新报送，原来的照旧可查。")
        if asked
        else _("没有要本单位报送的数据。"),
        submit=_("报送"),
        back=reverse("registry:node", args=[pk]),
    )
